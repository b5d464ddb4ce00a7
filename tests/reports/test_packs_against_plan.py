"""The backtest: the business-plan pack and the outturn of 2021/22, beside the plan's printed tables, cell by cell.

A cell says what the plan prints, or the pack names the conflict: nothing else is allowed, and each conflict that is
used as an excuse is one that the plan itself has.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cs_pipeline.reports.business_plan import business_plan_pack
from cs_pipeline.reports.outturn import outturn_pack
from cs_pipeline.reports.pack import Cell, Pack
from cs_pipeline.words.periods import parse_period, year

# The cells in which the plan is at odds with itself, or prints a percentage that follows from no numbers.
IN_CONFLICT = {
    ("service data", "ComS_011", "2021-22"), ("CSI", "ComS_011", "2021-22"),
    ("KPI", "ComS_012d", "2019-20"), ("KPI", "ComS_013d", "2019-20"),
    ("service data", "ComS_014", "2020-21"), ("CSI", "ComS_014", "2020-21"), ("KPI", "ComS_014", "2020-21"),
    ("KPI", "ComS_014d", "2019-20"), ("KPI", "ComS_014d", "2020-21"),
}  # fmt: skip
MARK_OF = {"not comparable": "[x]", "not yet available": "[x]", "not introduced": "[z]"}


@pytest.fixture(scope="module")
def publication(committed: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(committed / "published" / "community_safety.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def printed(publication: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    result = publication.execute("select * from marts.plan_figure order by sheet_name, cell")
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.fixture(scope="module")
def plan(publication: duckdb.DuckDBPyConnection) -> Pack:
    return business_plan_pack(publication, "2023-26")


def cells_of(pack: Pack, starts: tuple[str, ...]) -> dict[tuple[str, str, str], Cell]:
    """Table, code and column heading -> the cell, for tables of figures."""
    return {
        (table.name, row[0].text, column.heading): cell
        for table in pack.tables
        if table.name.startswith(starts)
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
    }


def agree(cell: Cell, printed: dict[str, Any]) -> bool:
    """Whether a cell says what is printed: the number to the places that are printed, or the mark for its reason."""
    if printed["value"] is None:
        return cell.shown == MARK_OF[printed["missing_reason"]]
    said = re.match(r"[\d,.]+", cell.text)
    if said is None:
        return False
    places = len(printed["printed"].split(".")[1].rstrip("%")) if "." in printed["printed"] else 0
    ours = Decimal(said[0].replace(",", "")).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return ours == Decimal(str(printed["value"])).quantize(Decimal(1).scaleb(-places))


def test_the_business_plan_pack_says_what_the_plan_prints_or_names_the_conflict(
    plan: Pack, printed: list[dict[str, Any]]
) -> None:
    cells = cells_of(plan, ("service_data", "csi", "kpi", "mpi"))
    tables = {name for name, _, _ in cells}
    differ, compared = set(), 0
    for stated in printed:
        when = "future years" if stated["stated_period"] == "future" else stated["stated_period"]
        heading = f"{stated['measure'].capitalize()} {when}"
        prefix = stated["indicator_set"].lower().replace(" ", "_")
        found = [
            cells[name, stated["indicator_code"], heading]
            for name in tables
            if name.startswith(prefix) and (name, stated["indicator_code"], heading) in cells
        ]
        assert len(found) == 1, stated
        compared += 1
        if not agree(found[0], stated):
            differ.add((stated["indicator_set"], stated["indicator_code"], stated["period_key"]))
            assert found[0].shown == "[h]"
    assert compared == len(printed) == 309
    assert differ == IN_CONFLICT
    assert {(code, parse_period(key).name) for _, code, key in IN_CONFLICT} <= named(plan)  # type: ignore[union-attr]


def named(pack: Pack) -> set[tuple[str, str]]:
    """Codes and periods over which a pack names a conflict between values."""
    table = next(table for table in pack.tables if table.name in ("conflicts", "held"))
    sentences = [cell.text for row in table.rows for cell in row]
    return {found for said in sentences for found in re.findall(r"(ComS_\w+) for (\d{4}/\d\d) is ", said)}


@pytest.mark.parametrize(
    ("table", "sql", "columns"),
    [
        ("key_tasks", "select action_code, action_name, due from marts.plan_action order by row_number", (0, 1, 5)),
        ("risks", "select risk_name, mitigation, action_codes from marts.plan_risk order by row_number", (2, 3, 4)),
        ("strategies", "select document, renewal, responsible from marts.plan_strategy order by row_number", (0, 1, 2)),
    ],
)
def test_what_the_plan_lists_beside_its_figures_stands_in_its_order(
    plan: Pack, publication: duckdb.DuckDBPyConnection, table: str, sql: str, columns: tuple[int, ...]
) -> None:
    made = next(each for each in plan.tables if each.name == table)
    stated = [tuple(" ".join((text or "").split()) for text in row) for row in publication.execute(sql).fetchall()]
    assert [tuple(row[place].text for place in columns) for row in made.rows] == stated
    assert len(stated) > 8


def test_every_budget_amount_stands_where_the_plan_prints_it(
    plan: Pack, publication: duckdb.DuckDBPyConnection
) -> None:
    made = next(table for table in plan.tables if table.name == "budget")
    headings = [column.heading for column in made.columns]
    cells = {(row[1].text, row[0].text): dict(zip(headings, row, strict=True)) for row in made.rows}
    stated = publication.execute(
        """select b.budget_item, b.budget_heading, p.period_name, b.amount_pounds, b.missing_reason, b.printed
           from marts.plan_budget as b inner join core.dim_period as p using (period_key)"""
    ).fetchall()
    assert len(stated) == 28
    for item, heading, period, amount, missing, text in stated:
        cell = cells[item or "", heading][period]
        assert cell.text == (f"£{amount:,.0f}" if amount is not None else "nil" if missing == "nil" else ""), text


def test_the_outturn_of_2021_22_says_what_the_plan_prints_or_names_the_conflict(
    publication: duckdb.DuckDBPyConnection, printed: list[dict[str, Any]]
) -> None:
    pack = outturn_pack(publication, year(2021), 2)
    cells = cells_of(pack, ("service_data", "csi", "kpi", "mpi"))
    differ, compared = set(), 0
    for stated in printed:
        if stated["measure"] == "target" or "/" in stated["period_key"]:  # a span of odd days is no year
            continue
        prefix = stated["indicator_set"].lower().replace(" ", "_")
        found = [
            cell
            for (name, code, heading), cell in cells.items()
            if name.startswith(prefix) and code == stated["indicator_code"] and heading == stated["stated_period"]
        ]
        assert len(found) == 1, stated
        compared += 1
        if not agree(found[0], stated):
            differ.add((stated["indicator_set"], stated["indicator_code"], stated["period_key"]))
            assert found[0].shown == "[h]"
    assert compared == 229
    assert differ == IN_CONFLICT
    assert {(code, parse_period(key).name) for _, code, key in IN_CONFLICT} <= named(pack)  # type: ignore[union-attr]


def test_a_changed_figure_would_be_noticed(plan: Pack, printed: list[dict[str, Any]]) -> None:
    cells = cells_of(plan, ("csi",))
    stated = next(cell for cell in printed if (cell["cell"], cell["indicator_code"]) == ("H6", "ComS_012"))
    assert agree(cells["csi", "ComS_012", "Achieved 2021/22"], stated)
    assert not agree(Cell("434", 434.0), stated)
    assert not agree(Cell("", None, ("[x]",)), stated)
