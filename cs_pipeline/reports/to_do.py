"""What managers act on: the plan's actions, returns that are late, and what somebody has to decide."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import Column, Section, Table
from cs_pipeline.reports.parts import make_table
from cs_pipeline.reports.rows import Shown
from cs_pipeline.words.days import say_day
from cs_pipeline.words.periods import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def actions_section(publication: "Connection", until: date) -> Section:
    """The plan's actions as the last export of Pentana up to a day tells them."""
    rows = read_rows(
        publication,
        """select a.action_code, a.action_title, a.action_status, a.progress_pct, a.progress_since_before_pct,
               a.action_due_on, a.slipped_days, a.is_late, a.assigned_to, a.latest_note, a.as_at
           from marts.action_progress as a
           where a.as_at = (select max(as_at) from marts.action_progress where as_at <= ?)
           order by not a.is_late, a.action_due_on, a.action_code, a.row_number""",
        [until],
    )
    columns = [
        Column("action_code", "Code", "code", 12),
        Column("action_title", "Action", width=26),
        Column("action_status", "Status", width=11),
        Column("progress_pct", "Progress", "percent", 9),
        Column("progress_since_before_pct", "Since the export before", "percent", 10),
        Column("action_due_on", "Due", "date", 12),
        Column("slipped_days", "Slipped by days", "number", 8),
        Column("is_late", "Late?", width=6),
        Column("assigned_to", "Assigned to", width=18),
    ]
    if any(row["latest_note"] for row in rows):  # For inside use alone.
        columns.append(Column("latest_note", "Latest note", width=24))
    late = sum(bool(row["is_late"]) for row in rows)
    said = f"As Pentana exported them on {say_day(rows[0]['as_at'])}: {len(rows)} actions, {late} late." if rows else ""
    nothing = f"No export of actions had come by {say_day(until)}."
    return Section("Actions", (said,) if said else (), (), (make_table("actions", "Actions", columns, rows, nothing),))


def late_section(publication: "Connection", codes: set[str], kind: str, period: Period) -> Section:
    """Which returns the figures of a period wait for, and which of them wait."""
    rows = read_rows(
        publication,
        """select s.source_title, s.source_owner, s.due_when,
               string_agg(f.indicator_code, ', ' order by f.indicator_code) as codes
           from marts.figure as f inner join meta.indicator as i using (indicator_code)
           inner join meta.source as s on s.source_name = i.fed_by
           where f.period_kind = ? and f.period_key = ? and f.missing_reason = 'not yet available'
               and list_contains(?, f.indicator_code)
           group by all order by all""",
        [kind, period.key, sorted(codes)],
    )
    columns = (
        Column("source_title", "Return", width=24),
        Column("source_owner", "Owner", width=22),
        Column("due_when", "Due", width=22),
        Column("codes", "Figures that wait for it", width=30),
    )
    empty = f"No return is missing for {period.name}."
    return Section("What is late", (), (), (make_table("late", "Returns that are late", columns, rows, empty),))


def decisions_section(publication: "Connection", rows: Sequence[Shown]) -> Section:
    """What somebody has to decide: held figures, waiting restatements, reds without a comment, figures not signed."""
    codes = sorted({row.place.indicator_code for row in rows})
    open_kinds = read_rows(
        publication,
        """select kind_words, count(*) as n_open from marts.reconciliation
           where is_unsettled and not holds_figure group by all order by n_open desc, kind_words""",
    )
    kinds = (Column("kind_words", "Kind of conflict", width=60), Column("n_open", "Open", "number"))
    return Section(
        "What needs a decision",
        _without_words(rows),
        (),
        (
            _held(publication),
            _waiting(publication, codes),
            make_table("conflicts", "Other open conflicts", kinds, open_kinds, "No other conflict is open."),
        ),
    )


def _without_words(rows: Sequence[Shown]) -> tuple[str, ...]:
    reds = [row for row in rows if "red" in (row.main.figure_status, row.judged.figure_status)]
    silent = {row.place.indicator_code for row in reds if not (row.commentary and row.commentary.comment_words)}
    shown = [row for row in rows if row.main.value is not None]
    unowned = {row.place.indicator_code for row in shown if (row.place.owner_name or "not stated") == "not stated"}
    unsigned = {row.place.indicator_code for row in shown if not (row.commentary and row.commentary.is_signed)}
    said = (
        ("Red without a comment", silent),
        ("Without the sign-off of its owner", unsigned - unowned),
        ("Without an owner who could sign it off", unowned),
    )
    return tuple(f"{words}: {', '.join(sorted(codes))}." if codes else f"{words}: none." for words, codes in said)


def _held(publication: "Connection") -> Table:
    rows = read_rows(
        publication,
        """select distinct indicator_code, conflict_sentence, ask from marts.reconciliation
           where is_unsettled and holds_figure order by all""",
    )
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("conflict_sentence", "What disagrees, and what would settle it", width=60),
        Column("ask", "Ask", width=20),
    )
    return make_table("held", "Held until somebody decides which holds", columns, rows, "No figure is held.")


def _waiting(publication: "Connection", codes: Sequence[str]) -> Table:
    rows = read_rows(
        publication,
        """select w.indicator_code, w.period_kind, w.period_key, w.period_name, w.standing_value,
               w.calculated_value, i.unit,
               w.standing_missing_reason as standing_value_missing_reason,
               w.calculated_missing_reason as calculated_value_missing_reason
           from marts.restatement_waiting as w inner join meta.indicator as i using (indicator_code)
           where list_contains(?, w.indicator_code) order by w.indicator_code, w.period_key, w.period_kind""",
        [list(codes)],
    )
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("period_name", "Period", width=14),
        Column("standing_value", "Issued as", "number"),
        Column("calculated_value", "Would be", "number"),
    )
    return make_table("waiting", "Issued figures that would change", columns, rows, "No issued figure would change.")
