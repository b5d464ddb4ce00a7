"""What the sections of packs are made with: days in words, tables of rows by name, and the notice on every page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import NUMBERS, Cell, Column, Of, Pack, Section, Table, clean, figure
from cs_pipeline.words.days import say_day

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

SYNTHETIC = "The figures come from synthetic samples."
INSIDE = "For use inside the council only: small numbers are not protected, so this must not be published."
PUBLIC = "Small numbers of people, and any that would give one away, are not shown: [c]."


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
    """The pack under its title and subtitle, with who may read it, and with no text that a form could not hold.

    One that is made from anything but the public copy is for inside use, in its name too.
    """
    title, subtitle = names
    key = key if protection_of(publication) else f"{key}-internal"
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
        number = None if value is None else float(value)
        cell = figure(number, unit, (), row.get(f"{column.name}_missing_reason"))
        return replace(cell, of=_figure_of(row)) if "unit" in row else cell
    if isinstance(value, date):
        return Cell(say_day(value))
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    return Cell("" if value is None else str(value))


def _figure_of(row: dict[str, Any]) -> Of:
    """The figure that a row tells of, where it names one."""
    names = ("indicator_code", "period_kind", "period_key")
    return (tuple(row[name] for name in names),) if all(row.get(name) for name in names) else ()


def protection_of(publication: "Connection") -> str | None:
    """What the public copy of a publication says of how it is protected; None for a publication itself."""
    is_copy = "select count(*) from duckdb_tables() where schema_name = 'meta' and table_name = 'protection'"
    if not publication.execute(is_copy).fetchall()[0][0]:
        return None
    words: str = read_rows(publication, "select protection_words from meta.protection")[0]["protection_words"]
    return words


def notice_of(publication: "Connection") -> str:
    """Who may read a pack, and, where it is so, that the returns behind it are samples."""
    who = PUBLIC if protection_of(publication) else INSIDE
    rows = read_rows(
        publication,
        """select count(*) as n from meta.illustrative as i
           inner join meta.quarter_presence as p using (source_name) where p.is_present""",
    )
    return f"{who} {SYNTHETIC}" if rows[0]["n"] else who
