"""What lies beside or inside a table and was not asked for: undeclared columns, values under no heading, hidden rows.

None of it is stored or refused; each gets a warning, so that nothing is left out in silence.
"""

import re
from collections.abc import Iterator

from cs_pipeline.declare.columns import plain
from cs_pipeline.declare.source import Table
from cs_pipeline.intake.headings import Headings
from cs_pipeline.intake.table import Sheet
from cs_pipeline.words.days import MONTH_NUMBERS
from cs_pipeline.words.findings import Dimension, Finding, Severity, column_letter
from cs_pipeline.words.harmless import is_harmless
from cs_pipeline.words.periods import parse_period


def find_strays(sheet: Sheet, headings: Headings, table: Table, known: frozenset[str]) -> list[Finding]:
    """Warnings on one sheet of a table. Headings are quoted where they are made of words that are known."""
    rows = sheet.rows[headings.at + 1 :]
    found = [
        *_hidden_rows(sheet, rows),
        *_merged_cells(sheet, headings),
        *_undeclared(headings, table, known),
        *_bare_values(headings, rows),
    ]
    return [
        Finding(rule, what, remedy, Severity.WARNED, Dimension.CONSISTENCY, sheet.name or None, cells)
        for rule, what, remedy, cells in found
    ]


Stray = tuple[str, str, str, tuple[str, ...]]  # rule, what, remedy, cells


def _hidden_rows(sheet: Sheet, rows: list[tuple[int, list[str | None]]]) -> Iterator[Stray]:
    first = rows[0][0] if rows else 0
    runs = [run for what, cells in sheet.notes if what == "hidden rows" for run in cells]
    cells = tuple(run for run in runs if int(run.split(":")[1]) >= first > 0)
    if cells:
        remedy = "Show the rows and delete those that should not count."
        yield "hidden rows", "hidden rows hold values, and they were counted", remedy, cells


def _merged_cells(sheet: Sheet, headings: Headings) -> Iterator[Stray]:
    """Ranges merged downwards among the rows: all but their first cell are blank to every program."""
    runs = [run for what, cells in sheet.notes if what == "merged cells" for run in cells]
    used = {column_letter(place + 1) for place in headings.used}
    cells = tuple(run for run in runs if _reaches_down(run, headings.number) and _letter(run) in used)
    if cells:
        what = "cells are merged, and only the first of them was read"
        yield "merged cells", what, "Unmerge them and write the value in every row.", cells


def _reaches_down(run: str, heading_row: int) -> bool:
    rows = [int(number) for number in re.findall(r"\d+", run)]
    return rows[-1] > max(rows[0], heading_row)


def _letter(run: str) -> str:
    return re.sub(r"\d.*", "", run)


def _undeclared(headings: Headings, table: Table, known: frozenset[str]) -> Iterator[Stray]:
    left_out = {plain(heading) for heading in table.not_stored}
    strange = {
        place: text
        for place, text in enumerate(headings.texts)
        if text and place not in headings.used and plain(text) not in left_out
    }
    if not strange:
        return
    if table.cells and (periods := [place for place, text in strange.items() if _reads_as_period(text)]):
        what = "a column headed with a period was not read, for its heading is not written as the others are"
        cells = tuple(headings.address(place) for place in periods)
        yield "period not read", what, f'Head it as in "{table.cells.example}", and send the file again.', cells
        strange = {place: text for place, text in strange.items() if place not in periods}
        if not strange:
            return
    may_quote = bool(known) and all(is_harmless(text, known) for text in strange.values())
    named = ", ".join(f'"{text}"' for text in strange.values()) if may_quote else ""
    what = "a column is" if len(strange) == 1 else f"{len(strange)} columns are"
    yield (
        "undeclared column",
        f"{what} not declared and not stored{': ' if named else ''}{named}",
        "Nothing needs doing; if it is wanted, declare it in the source's file.",
        tuple(headings.address(place) for place in strange),
    )


def _reads_as_period(heading: str) -> bool:
    return parse_period(heading) is not None or heading.strip().casefold() in MONTH_NUMBERS


def _bare_values(headings: Headings, rows: list[tuple[int, list[str | None]]]) -> Iterator[Stray]:
    headed = [bool(text) for text in headings.texts]
    width = len(headed)
    cells = []
    if not all(headed) or any(len(row) > width for _, row in rows):
        cells = [
            f"{column_letter(place + 1)}{number}"
            for number, row in rows
            for place, text in enumerate(row)
            if text and (place >= width or not headed[place])
        ]
    if cells:
        what = "values stand under no heading and were not stored"
        remedy = "Check that the row has not slipped; give the column a heading if it is wanted."
        yield "no heading", what, remedy, tuple(cells)
