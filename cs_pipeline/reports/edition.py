"""What an edition of the Business Plan lists beside its figures: key tasks, budget lines, risks and strategies."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import Column, Section, Table
from cs_pipeline.reports.parts import make_table
from cs_pipeline.words.days import say_day
from cs_pipeline.words.periods import parse_period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def latest_edition(publication: "Connection") -> str | None:
    """The last edition on record by its years, such as 2023-26; None before the first."""
    rows = read_rows(publication, "select max(edition_code) as edition from marts.plan_figure")
    found: str | None = rows[0]["edition"]
    return found


def key_tasks(publication: "Connection", edition: str) -> Table:
    rows = read_rows(
        publication,
        "select * from marts.plan_action where edition_code = ? order by row_number",
        [edition],
    )
    columns = (
        Column("action_code", "Code", "code", 12),
        Column("action_name", "Key task", width=28),
        Column("intended_outcome", "Outcome", width=28),
        Column("partners", "Partners", width=18),
        Column("officers", "Officers", width=20),
        Column("due", "Due", width=12),
        Column("budget_note", "Budget", width=20),
    )
    return make_table("key_tasks", "Key tasks", columns, rows, f"The plan of {edition} lists no key task.", 1)


def budget_lines(publication: "Connection", edition: str) -> Table:
    """One row a line, with a column for each year that the plan prints; the note stands where it stands."""
    rows = read_rows(publication, "select * from marts.plan_budget where edition_code = ?", [edition])
    rows.sort(key=lambda row: (int(re.sub(r"\D", "", row["cell"]) or 0), row["cell"]))
    years = sorted({row["period_key"] for row in rows})
    lines: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(
            (row["budget_heading"], row["budget_item"], row["action_code"]),
            {"heading": row["budget_heading"], "item": row["budget_item"], "action_code": row["action_code"]},
        )
        key = _amount(row["period_key"])
        line[key], line[f"{key}_missing_reason"] = row["amount_pounds"], row["missing_reason"]
        line["footnote"] = row["footnote"] or line.get("footnote")
    columns = (
        Column("heading", "Heading", width=20),
        Column("item", "Item", width=30),
        Column("action_code", "Action", "code", 12),
        *(Column(_amount(key), _name(key), "pounds", 10) for key in years),
        Column("footnote", "Note", width=8),
    )
    return make_table("budget", "Budget lines", columns, lines.values(), f"The plan of {edition} has none.", 1)


def _amount(key: str) -> str:
    return f"amount_{key.replace('-', '_').replace('/', '_')}"


def _name(key: str) -> str:
    period = parse_period(key)
    return period.name if period else key


def risks(publication: "Connection", edition: str) -> Table:
    rows = read_rows(publication, "select * from marts.plan_risk where edition_code = ? order by row_number", [edition])
    columns = (
        Column("risk_kind", "Table", width=16),
        Column("risk_reference", "Reference", width=18),
        Column("risk_name", "Risk", width=34),
        Column("mitigation", "Mitigation", width=34),
        Column("action_codes", "Actions", width=14),
        Column("strategic_risks", "Strategic risks", width=10),
    )
    return make_table("risks", "Risks of the plan", columns, rows, f"The plan of {edition} lists no risk.", 2)


def risk_scores(publication: "Connection", until: date) -> Table:
    """The scores of the risks as the last export of Pentana up to a day tells them."""
    rows = read_rows(
        publication,
        """select * from marts.risk_score
           where as_at = (select max(as_at) from marts.risk_score where as_at <= ?)
           order by risk_score desc, risk_code""",
        [until],
    )
    columns = (
        Column("risk_code", "Code", "code", 10),
        Column("risk_title", "Risk", width=40),
        Column("risk_score", "Score", "number"),
        Column("score_since_before", "Since the export before", "number"),
        Column("risk_status", "Status", width=10),
        Column("as_at", "As at", "date", 14),
        Column("linked_action_codes", "Actions", width=20),
    )
    return make_table(
        "risk_scores", "Risk scores", columns, rows, f"No export of risks had come by {say_day(until)}.", 1
    )


def strategies(publication: "Connection", edition: str, due_by: date | None = None) -> Table:
    """The documents of an edition in its order; with `due_by`, only those whose renewal falls up to that day."""
    rows = read_rows(
        publication,
        "select * from marts.plan_strategy where edition_code = ? and (? is null or renew_by <= ?) order by row_number",
        [edition, due_by, due_by],
    )
    columns = (
        Column("document", "Document", width=50),
        Column("renewal", "Renewal", width=16),
        Column("responsible", "Responsible", width=30),
    )
    title = "Strategies and policies" if due_by is None else f"Due for renewal by {say_day(due_by)}"
    return make_table("strategies", title, columns, rows, "None.")


def edition_sections(publication: "Connection", edition: str) -> list[Section]:
    """Key tasks, budget, risks and strategies, each as the plan prints it."""
    tables = (
        ("Key tasks", key_tasks(publication, edition)),
        ("Budget", budget_lines(publication, edition)),
        ("Risks", risks(publication, edition)),
        ("Strategies and policies", strategies(publication, edition)),
    )
    return [Section(title, (), (), (table,)) for title, table in tables]
