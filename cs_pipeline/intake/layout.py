"""From a book of texts to one text table for each declared table: which sheet, which column, which rows, which day.

A value keeps its sheet, row and letter from here on. Headings are found in `headings.py`, what lies beside the table is
named in `strays.py`, and what the texts must be is judged in `judge.py`.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import cast

from cs_pipeline.declare.kinds import KINDS
from cs_pipeline.declare.source import Layout, Source, Table
from cs_pipeline.intake.headings import Headings, find_headings
from cs_pipeline.intake.reading import QuarantinedRow, SheetCount
from cs_pipeline.intake.strays import find_strays
from cs_pipeline.intake.table import Book, Sheet
from cs_pipeline.words.days import parse_date
from cs_pipeline.words.findings import Dimension, Finding, Refused, Severity, column_letter
from cs_pipeline.words.harmless import is_harmless
from cs_pipeline.words.periods import parse_period

TITLE_ROWS = 15

Row = tuple[object, ...]  # sheet, row number, cell letter, texts of the read columns, the whole row's text


@dataclass
class TextTable:
    """The rows of one declared table as text; `in_database` where `bulk.py` has put them there already.

    `letters` is the letter of each column on each sheet, `headings` what the delivery writes over a letter.
    """

    table: Table
    rows: list[Row] = field(default_factory=list)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    in_database: bool = False


@dataclass
class Laid:
    """A book laid out against a source's declaration; `other_sheets` counts those that no table claims."""

    as_at: date
    tables: list[TextTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    other_sheets: list[SheetCount] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)


def lay_out(book: Book, source: Source, file_name: str) -> Laid:
    """Finds every declared table in a book.

    Raises Refused where a sheet, a heading, a text of the title or the day is missing or stands twice.
    """
    laid = Laid(find_as_at(book, source, file_name))
    ours = [source.other_sheets, *(layout.sheets for table in source.tables for layout in table.layouts)]
    for place, sheet in enumerate(book.sheets, 1):
        is_ours = any(re.fullmatch(name, sheet.name.strip(), re.IGNORECASE) for name in ours)
        if not (is_ours or is_harmless(sheet.name, source.vocabulary)):
            sheet.name = f"sheet {place}"  # Its own name may be a person's.
    left = list(book.sheets)
    for table in source.tables:
        layout = table.layout_at(laid.as_at)
        mine = [sheet for sheet in left if re.fullmatch(layout.sheets, sheet.name.strip(), re.IGNORECASE)]
        left = [sheet for sheet in left if sheet not in mine and sheet.rows]
        if not any(sheet.rows for sheet in mine):
            raise _no_sheet(table, layout, book)
        text = TextTable(table)
        for sheet in mine:
            if sheet.rows:
                laid.findings += _lay_sheet(sheet, text, layout, file_name, source)
        if not text.rows:
            raise _no_rows(mine[0].name or None)
        laid.tables.append(text)
    for sheet in left:
        _set_aside(sheet, source, laid)
    return laid


def find_as_at(book: Book, source: Source, file_name: str) -> date:
    """The day the delivery speaks for, from its declared place. Raises Refused when it is not there or is two days."""
    texts = [file_name]
    if source.as_at.place == "title":
        heads = [row for sheet in book.sheets for number, row in sheet.rows if number <= TITLE_ROWS]
        texts = [text for row in heads for text in row if text]
    found = {m[1] for text in texts if (m := re.search(source.as_at.found_by, text, re.IGNORECASE))}
    days = sorted({day for text in found if (day := _day_of(text))})
    if len(days) == 1:
        return days[0]
    where = "in its title rows" if source.as_at.place == "title" else "in its file name"
    what = f"the day it speaks for does not stand {where}"
    if days:
        named = " and ".join(f"{day:%d/%m/%Y}" for day in days)
        what = f"{len(days)} different days stand {where}: {named}"
    raise Refused("no day", what, f'Write it there once, as in "{source.as_at.example}".')


def _day_of(text: str) -> date | None:
    """A day that is written out, also where it is the first of a month; else the last day of the month or period."""
    if day := parse_date(text):
        return day
    if month := KINDS["month"].read(text):
        return cast(date, month[2])
    period = parse_period(text)
    return period.last if period else None


def _no_sheet(table: Table, layout: Layout, book: Book) -> Refused:
    wanted = layout.sheet_example or layout.sheets
    if not book.sheets[1:] and not book.sheets[0].name:
        return _no_rows(None)
    close = get_close_matches(wanted, [sheet.name for sheet in book.sheets], n=1, cutoff=0.5)
    nearest = f'; the nearest is "{close[0]}"' if close and close[0].casefold() != wanted.casefold() else ""
    like = "named like" if layout.sheet_example else "named"
    what = f'there is no sheet {like} "{wanted}" that holds rows{nearest}'
    return Refused("missing sheet", what, "Send the whole workbook, its sheets named as before.")


def _no_rows(sheet: str | None) -> Refused:
    what, remedy = "no row stands under its headings", "Send it with its rows."
    return Refused("no rows", what, remedy, sheet=sheet)


def _lay_sheet(sheet: Sheet, text: TextTable, layout: Layout, file_name: str, source: Source) -> list[Finding]:
    """Adds a sheet's rows to its text table; returns what is worth a warning beside them."""
    table = text.table
    headings = find_headings(sheet, table, layout, source.vocabulary)
    _name_columns(sheet, headings, text)
    fixed = _fixed_texts(sheet, headings.at, table, file_name)
    sources = [(headings.places.get(column.name), fixed.get(column.name)) for column in table.columns]
    width = max(headings.used, default=0) + 1
    for number, texts in sheet.rows[headings.at + 1 :]:
        row = texts + [None] * (width - len(texts))
        base = [once if place is None else row[place] for place, once in sources]
        whole = " ".join(cell for cell in row if cell) if table.asks_whole_row else None
        if table.cells is None:
            text.rows.append((sheet.name, number, None, *base, whole))
        for place, measure, period in headings.figures:
            letter = column_letter(place + 1)
            measured = (measure,) if table.cells and table.cells.measure else ()
            text.rows.append((sheet.name, number, letter, *base, *measured, period, row[place], whole))
    return find_strays(sheet, headings, table, source.vocabulary if source.may_quote else frozenset())


def _name_columns(sheet: Sheet, headings: Headings, text: TextTable) -> None:
    for name, place in headings.places.items():
        text.letters[sheet.name, name] = column_letter(place + 1)
    for place in headings.used:
        text.headings[sheet.name, column_letter(place + 1)] = headings.texts[place] or ""


def _fixed_texts(sheet: Sheet, at: int, table: Table, file_name: str) -> dict[str, str | None]:
    """Texts that stand once for a sheet: in its name, its title rows, or the file's name. Raises Refused for none."""
    titles = [text for _, row in sheet.rows[:at] for text in row if text]
    texts = {"sheet name": [sheet.name], "title": titles, "file name": [file_name]}
    where = {"sheet name": "the sheet's name", "title": "the title rows", "file name": "the file's name"}
    found: dict[str, str | None] = {}
    for column in (c for c in table.columns if c.place != "heading"):
        matches = (re.search(column.found_by or "(.*)", text, re.IGNORECASE) for text in texts[column.place])
        found[column.name] = next((match[1] for match in matches if match), None)
        if column.required and found[column.name] is None:
            label = column.name.replace("_", " ")
            raise Refused(
                "no title text",
                f"no {label} stands in {where[column.place]} above the headings",
                f'Write it there, as in "{column.example}".' if column.example else column.remedy,
                sheet=sheet.name or None,
            )
    return found


def _set_aside(sheet: Sheet, source: Source, laid: Laid) -> None:
    """A sheet that no table claims: notes are ignored by rule, any other is quarantined whole, with a finding."""
    table = source.tables[0].name
    count = SheetCount(table, sheet.name, read=len(sheet.rows))
    laid.other_sheets.append(count)
    if re.fullmatch(source.other_sheets, sheet.name.strip(), re.IGNORECASE):
        count.ignored["sheet of notes"] = len(sheet.rows)
        return
    count.quarantined = len(sheet.rows)
    rule, remedy = "unknown sheet", "Name the sheet as the others are named, or delete it."
    rows = "its only row was" if len(sheet.rows) == 1 else f"its {len(sheet.rows)} rows were"
    what = f"the sheet belongs to no table of this return; {rows} not taken"
    laid.findings.append(Finding(rule, what, remedy, Severity.QUARANTINED, Dimension.CONSISTENCY, sheet.name))
    laid.quarantined += [
        QuarantinedRow(table, sheet.name, number, f"{number}:{number}", rule, remedy) for number, _ in sheet.rows
    ]
