"""What the sections of packs are made with: days in words, tables of rows by name, and the notice on every page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cs_pipeline.reports.pack import Cell, Column, Table, figure
from cs_pipeline.reports.reading import read
from cs_pipeline.words.days import MONTHS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

SYNTHETIC = "The figures come from synthetic samples."
INSIDE = "For use inside the council only: small numbers are not protected, so this must not be published."


def say_day(day: date) -> str:
    """`10 February 2022`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def make_table(
    name: str, title: str, columns: Sequence[Column], rows: Iterable[dict[str, Any]], empty: str, row_heading: int = 0
) -> Table:
    """A table of rows by name: what is no column is left out, and a mark stands where a reason says why."""
    cells = tuple(tuple(_cell(row.get(column.name), column, row) for column in columns) for row in rows)
    return Table(name, title, tuple(columns), cells, row_heading, empty)


def _cell(value: Any, column: Column, row: dict[str, Any]) -> Cell:
    if column.kind in ("number", "percent", "pounds"):
        unit = row.get("unit", column.kind) if column.kind == "number" else column.kind
        return figure(None if value is None else float(value), unit, (), row.get(f"{column.name}_missing_reason"))
    if isinstance(value, date):
        return Cell(say_day(value))
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    return Cell("" if value is None else str(value))


def notice_of(publication: "Connection") -> str:
    """Who may read a pack, and, where it is so, that the returns behind it are samples."""
    rows = read(
        publication,
        """select count(*) as n from meta.illustrative as i
           inner join meta.quarter_presence as p using (source_name) where p.is_present""",
    )
    return f"{INSIDE} {SYNTHETIC}" if rows[0]["n"] else INSIDE
