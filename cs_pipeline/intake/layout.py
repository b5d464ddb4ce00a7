"""From a book of texts to one text table for each declared table: which sheet, which heading row, which column, which day.

A value keeps its sheet, row and letter from here on. What the texts must be is judged in `judge.py`.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import cast

from cs_pipeline.declare.columns import KINDS, Column, plain
from cs_pipeline.declare.source import Layout, Source, Table
from cs_pipeline.intake.reading import SheetCount
from cs_pipeline.intake.table import Book, Sheet
from cs_pipeline.words.findings import Dimension, Finding, Refused, Severity, column_letter
from cs_pipeline.words.periods import parse_date, parse_period

TITLE_ROWS = 15
HEADING_ROWS = 40

Row = tuple[object, ...]  # sheet, row number, cell letter, texts of the read columns, the whole row's text


@dataclass
class TextTable:
    """The rows of one declared table as text, with the letter of each column on each sheet for addresses."""

    table: Table
    rows: list[Row] = field(default_factory=list)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass
class Laid:
    """A book laid out against a source's declaration."""

    as_at: date
    tables: list[TextTable]
    findings: list[Finding]
    other_sheets: list[SheetCount]


def lay_out(book: Book, source: Source, file_name: str) -> Laid:
    """Finds every declared table in a book. Raises Refused where a sheet, a heading or the day is missing or stands twice."""
    as_at = find_as_at(book, source, file_name)
    findings: list[Finding] = []
    tables = []
    left = list(book.sheets)
    for table in source.tables:
        layout = table.layout_at(as_at)
        mine = [sheet for sheet in left if re.fullmatch(layout.sheets, sheet.name.strip(), re.IGNORECASE)]
        left = [sheet for sheet in left if sheet not in mine and sheet.rows]
        if not any(sheet.rows for sheet in mine):
            raise _no_sheet(table, layout, book)
        text = TextTable(table)
        for sheet in mine:
            findings += _lay_sheet(sheet, text, layout, file_name, source.form == "flat")
        tables.append(text)
    return Laid(as_at, tables, findings, _set_aside(left, source, findings))


def find_as_at(book: Book, source: Source, file_name: str) -> date:
    """The day the delivery speaks for, from its declared place. Raises Refused when it is not there or is two days."""
    if source.as_at.place == "file name":
        texts = [file_name]
    else:
        texts = [
            text for sheet in book.sheets for number, row in sheet.rows if number <= TITLE_ROWS for text in row if text
        ]
    found = {m[1] for text in texts if (m := re.search(source.as_at.found_by, text, re.IGNORECASE))}
    days = {day for text in found if (day := _day_of(text))}
    if len(days) == 1:
        return days.pop()
    where = "in its title rows" if source.as_at.place == "title" else "in its file name"
    what = f"two different days stand {where}" if days else f"the day it speaks for does not stand {where}"
    raise Refused("no day", what, f'Write it there once, as in "{source.as_at.example}".')


def _day_of(text: str) -> date | None:
    if month := KINDS["month"].read(text):
        return cast(date, month[2])
    day = parse_date(text)
    if day is None and (period := parse_period(text)):
        day = period.last
    return day


def _no_sheet(table: Table, layout: Layout, book: Book) -> Refused:
    names = [sheet.name for sheet in book.sheets]
    close = get_close_matches(layout.sheets, names, n=1, cutoff=0.5)
    nearest = f'; the nearest is "{close[0]}"' if close else ""
    wanted = f'sheet "{layout.sheets}"' if re.fullmatch(r"[\w ]+", layout.sheets) else f"sheet for {table.one_row}"
    return Refused(
        "missing sheet",
        f"there is no {wanted} with rows{nearest}",
        "Send the whole workbook, its sheets named as before.",
    )


def _lay_sheet(sheet: Sheet, text: TextTable, layout: Layout, file_name: str, is_flat: bool) -> list[Finding]:
    table = text.table
    headings = {
        plain(h): c
        for c in table.columns
        if c.place == "heading"
        for h in (*c.headings, *layout.renamed.get(c.name, ()))
    }
    at = _heading_row(sheet, headings, table)
    number, texts = sheet.rows[at]
    places = _places(sheet, number, texts, headings, table)
    fixed = _fixed_texts(sheet, [row for _, row in sheet.rows[:at]], table, file_name)
    figures = _figure_places(sheet, number, texts, table)
    for name, index in places.items():
        text.letters[sheet.name, name] = column_letter(index + 1)
    for row_number, row in sheet.rows[at + 1 :]:
        known = {name: row[index] if index < len(row) else None for name, index in places.items()} | fixed
        whole = " ".join(cell for cell in row if cell)
        base = [known.get(column.name) for column in table.columns]
        if table.cells is None:
            text.rows.append((sheet.name, row_number, None, *base, whole))
        for index, measure, period in figures:
            figure = row[index] if index < len(row) else None
            text.rows.append((sheet.name, row_number, column_letter(index + 1), *base, measure, period, figure, whole))
    return _strays(sheet, at, {*places.values(), *(index for index, _, _ in figures)}, table, is_flat)


def _heading_row(sheet: Sheet, headings: dict[str, Column], table: Table) -> int:
    """The place, in the sheet's rows, of the row that holds most of the declared headings."""
    scores = []
    for place, (_, row) in enumerate(sheet.rows[:HEADING_ROWS]):
        found = {headings[plain(text)].name for text in row if text and plain(text) in headings}
        scores.append((len(found), -place))
    best, place = max(scores)
    if best < max(1, len({column.name for column in headings.values()}) // 3):
        raise Refused(
            "no heading row",
            "none of its rows holds the headings of this return",
            f'Send the sheet with its heading row, which starts "{next(iter(headings.values())).headings[0]}".',
            sheet=sheet.name or None,
        )
    return -place


def _places(
    sheet: Sheet, number: int, texts: list[str | None], headings: dict[str, Column], table: Table
) -> dict[str, int]:
    """Column name -> place in the row. Raises Refused for a heading that is missing or stands twice."""
    places: dict[str, int] = {}
    for index, text in enumerate(texts):
        column = headings.get(plain(text)) if text else None
        if column is None:
            continue
        if column.name in places:
            cells = tuple(f"{column_letter(place + 1)}{number}" for place in (places[column.name], index))
            raise Refused(
                "column twice",
                f'two columns are headed "{column.headings[0]}"',
                "Keep the one that counts and delete the other.",
                sheet=sheet.name or None,
                cells=cells,
            )
        places[column.name] = index
    for column in table.columns:
        if column.place == "heading" and column.name not in places and not column.may_be_absent:
            raise _missing_column(sheet, number, texts, column, headings)
    return places


def _missing_column(
    sheet: Sheet, number: int, texts: list[str | None], column: Column, headings: dict[str, Column]
) -> Refused:
    spellings = [heading for heading, meant in headings.items() if meant is column]
    spare = {plain(text): (index, text) for index, text in enumerate(texts) if text and plain(text) not in headings}
    close = [near for spelling in spellings for near in get_close_matches(spelling, spare, n=1, cutoff=0.6)]
    cells: tuple[str, ...] = ()
    nearest = ""
    if close:
        index, text = spare[close[0]]
        cells, nearest = (f"{column_letter(index + 1)}{number}",), f'; the nearest is "{text}"'
    return Refused(
        "missing column",
        f'there is no column "{column.headings[0]}"{nearest}',
        f'Head the column "{column.headings[0]}", or add the new heading to the source\'s layouts.',
        sheet=sheet.name or None,
        cells=cells,
    )


def _fixed_texts(sheet: Sheet, above: list[list[str | None]], table: Table, file_name: str) -> dict[str, str | None]:
    """Texts that stand once for a sheet: in its name, its title rows, or the file's name."""
    titles = [text for row in above for text in row if text]
    texts = {"sheet name": [sheet.name], "title": titles, "file name": [file_name]}
    found: dict[str, str | None] = {}
    for column in table.columns:
        if column.place != "heading":
            matches = (re.search(column.found_by or "(.*)", text, re.IGNORECASE) for text in texts[column.place])
            found[column.name] = next((match[1] for match in matches if match), None)
    return found


def _figure_places(sheet: Sheet, number: int, texts: list[str | None], table: Table) -> list[tuple[int, str, str]]:
    """(place, measure, period) of every heading that carries figures. Raises Refused for none, or one that stands twice."""
    if table.cells is None:
        return []
    found = []
    for index, text in enumerate(texts):
        match = re.fullmatch(table.cells.heading, " ".join((text or "").split()), re.IGNORECASE)
        if match:
            found.append((index, match["measure"], match["period"]))
    meant = [(plain(measure), plain(period)) for _, measure, period in found]
    if not found or len(set(meant)) < len(meant):
        what = (
            "two columns carry the same measure and year" if found else "no column is headed with a measure and a year"
        )
        raise Refused(
            "figure headings",
            what,
            'Head each column once, as in "Actual 2021/22".',
            sheet=sheet.name or None,
        )
    return found


def _strays(sheet: Sheet, at: int, used: set[int], table: Table, is_flat: bool) -> list[Finding]:
    """Findings on columns that are not declared, and on values that stand under no heading. Neither is stored."""
    number, texts = sheet.rows[at]
    known = {plain(heading) for heading in table.not_stored}
    strange = [i for i, text in enumerate(texts) if text and i not in used and plain(text) not in known]
    bare = [
        f"{column_letter(index + 1)}{row_number}"
        for row_number, row in sheet.rows[at + 1 :]
        for index, text in enumerate(row)
        if text and (index >= len(texts) or not texts[index])
    ]
    findings = []
    for what, cells in sheet.notes:
        if what == "hidden rows":
            remedy = "Show the rows and delete those that should not count."
            findings.append(
                _warn("hidden rows", "hidden rows hold values, and they were counted", remedy, sheet, cells)
            )
    if strange:
        cells = tuple(f"{column_letter(index + 1)}{number}" for index in strange)
        remedy = "Nothing needs doing; if the column is wanted, declare it in the source's file."
        findings.append(_warn("undeclared column", "a column is not declared and was not stored", remedy, sheet, cells))
    if bare:
        remedy = "Check that the row has not slipped; give the column a heading if it is wanted."
        findings.append(
            _warn("no heading", "values stand under no heading and were not stored", remedy, sheet, tuple(bare))
        )
    return findings


def _warn(rule: str, what: str, remedy: str, sheet: Sheet, cells: tuple[str, ...]) -> Finding:
    return Finding(rule, what, remedy, Severity.WARNED, Dimension.CONSISTENCY, sheet.name or None, cells)


def _set_aside(sheets: list[Sheet], source: Source, findings: list[Finding]) -> list[SheetCount]:
    """Counts for the sheets that no table claims: notes are ignored by rule, others are quarantined whole, with a finding."""
    counts = []
    for sheet in sheets:
        count = SheetCount(source.tables[0].name, sheet.name, read=len(sheet.rows))
        if re.fullmatch(source.other_sheets, sheet.name.strip(), re.IGNORECASE):
            count.ignored["sheet of notes"] = len(sheet.rows)
        else:
            count.quarantined = len(sheet.rows)
            remedy = "Name the sheet as the others are named, or delete it."
            what = f"the sheet belongs to no table of this return; its {len(sheet.rows)} rows were not taken"
            findings.append(
                Finding("unknown sheet", what, remedy, Severity.QUARANTINED, Dimension.CONSISTENCY, sheet.name)
            )
        counts.append(count)
    return counts
