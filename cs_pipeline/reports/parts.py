"""What the sections of packs are made with: days in words, tables of rows by name, and the notice on every page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import NUMBERS, Cell, Column, Pack, Section, Table, clean, figure
from cs_pipeline.words.days import say_day

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

SYNTHETIC = "The figures come from synthetic samples."
INSIDE = "For use inside the council only: small numbers are not protected, so this must not be published."


class NoSuchPack(Exception):
    """There is nothing of which such a pack could be made; the message is two sentences for people."""


def finish_pack(
    publication: "Connection",
    key: str,
    names: tuple[str, str],
    audience: str,
    cut_at: datetime,
    sections: Sequence[Section],
) -> Pack:
    """The pack under its title and subtitle, with who may read it, and with no text that a form could not hold."""
    title, subtitle = names
    return clean(Pack(key, title, subtitle, audience, notice_of(publication), cut_at, tuple(sections)))


def make_table(
    name: str, title: str, columns: Sequence[Column], rows: Iterable[dict[str, Any]], empty: str, row_heading: int = 0
) -> Table:
    """A table of rows by name: what is no column is left out, and a mark stands where a reason says why."""
    cells = tuple(tuple(_cell(row.get(column.name), column, row) for column in columns) for row in rows)
    return Table(name, title, tuple(columns), cells, row_heading, empty)


def _cell(value: Any, column: Column, row: dict[str, Any]) -> Cell:
    if column.kind in NUMBERS:
        unit = row.get("unit", column.kind) if column.kind == "number" else column.kind
        return figure(None if value is None else float(value), unit, (), row.get(f"{column.name}_missing_reason"))
    if isinstance(value, date):
        return Cell(say_day(value))
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    return Cell("" if value is None else str(value))


def notice_of(publication: "Connection") -> str:
    """Who may read a pack, and, where it is so, that the returns behind it are samples."""
    rows = read_rows(
        publication,
        """select count(*) as n from meta.illustrative as i
           inner join meta.quarter_presence as p using (source_name) where p.is_present""",
    )
    return f"{INSIDE} {SYNTHETIC}" if rows[0]["n"] else INSIDE
