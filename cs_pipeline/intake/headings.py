"""Where the columns of a table stand on a sheet: its heading row, the place of each declared column and of each figure.

Which sheet belongs to which table, and what the rows under the headings hold, is settled in `layout.py`.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from difflib import get_close_matches

from cs_pipeline.declare.columns import Column, plain
from cs_pipeline.declare.source import Layout, Table
from cs_pipeline.intake.table import Sheet
from cs_pipeline.words.findings import Refused, column_letter
from cs_pipeline.words.harmless import is_harmless

HEADING_ROWS = 40
MISSPELT = 0.85  # So like a declared heading that it cannot be anything else; Edward and Wardle are 0.8 like Ward.


@dataclass(frozen=True)
class Headings:
    """`at` is the heading row's place among the sheet's rows, `number` its number as a spreadsheet shows it.

    `places` leads from a column's name to its place in the row; `figures` are (place, measure, period).
    """

    at: int
    number: int
    texts: list[str | None]
    places: dict[str, int]
    figures: list[tuple[int, str, str]]

    @property
    def used(self) -> set[int]:
        """The places whose values are stored."""
        return {*self.places.values(), *(place for place, _, _ in self.figures)}

    def address(self, place: int) -> str:
        return f"{column_letter(place + 1)}{self.number}"


def find_headings(sheet: Sheet, table: Table, layout: Layout, words: frozenset[str]) -> Headings:
    """Raises Refused where there is no heading row, and for a heading that is missing or stands twice.

    `words` are those that a heading may hold and still be quoted.
    """
    names = {column.name: layout.headings_of(column) for column in table.columns if column.place == "heading"}
    known = {plain(heading): name for name, headings in names.items() for heading in headings}
    at = _proved_heading_row(sheet, table, next(iter(names.values()), ("",))[0])
    number, texts = sheet.rows[at]
    headings = Headings(at, number, texts, {}, list(_figures(texts, table)))
    _place_columns(headings, known, sheet)
    for column in table.columns:
        if column.place == "heading" and column.name not in headings.places and not column.may_be_absent:
            taken = known.keys() | {plain(heading) for heading in table.not_stored}
            raise _missing_column(headings, column, names[column.name], taken, sheet, words)
    _check_figures(headings, table, sheet)
    return headings


def heading_row(sheet: Sheet, known: dict[str, str], table: Table) -> tuple[int, int]:
    """How many columns the best row names, and its place among the sheet's rows; `known` leads to a column's name.

    A row of groups over the headings may name a column too, so headings of figures count as well.
    """
    scores = [(0, 0, 0)]
    for place, (_, row) in enumerate(sheet.rows[:HEADING_ROWS]):
        found = {known[plain(text)] for text in row if text and plain(text) in known}
        scores.append((len(found) + count_figures(row, table), len(found), -place))
    _, n_found, place = max(scores)
    return n_found, -place


def count_figures(texts: list[str | None], table: Table) -> int:
    """How many headings of a row carry figures, which tell it for a heading row even where the others are misspelt."""
    return sum(1 for _ in _figures(texts, table))


def _proved_heading_row(sheet: Sheet, table: Table, first: str) -> int:
    """The row that holds most headings of any layout, so that one sent in another layout is told by its columns."""
    headed = [column for column in table.columns if column.place == "heading"]
    known = {plain(heading): heading for heading in table.not_stored}
    for column in headed:
        spellings = (heading for layout in table.layouts for heading in layout.headings_of(column))
        known |= {plain(heading): column.name for heading in spellings}
    best, place = heading_row(sheet, known, table)
    if best + count_figures(sheet.rows[place][1], table) < max(1, len(headed) // 3):
        raise Refused(
            "no heading row",
            "none of its rows holds the headings of this return",
            f'Send the sheet with its heading row, which starts "{first}".',
            sheet=sheet.name or None,
        )
    return place


def _place_columns(headings: Headings, known: dict[str, str], sheet: Sheet) -> None:
    for place, text in enumerate(headings.texts):
        name = known.get(plain(text)) if text else None
        if name is None:
            continue
        if name in headings.places:
            first = headings.places[name]
            raise Refused(
                "column twice",
                f'two columns are headed "{headings.texts[first]}"',
                "Keep the one that counts and delete the other.",
                sheet=sheet.name or None,
                cells=(headings.address(first), headings.address(place)),
            )
        headings.places[name] = place


def _missing_column(
    headings: Headings,
    column: Column,
    spellings: tuple[str, ...],
    taken: Set[str],
    sheet: Sheet,
    words: frozenset[str],
) -> Refused:
    """Names the nearest of the headings that mean nothing else; its text only where it cannot be a person's name."""
    spare = {plain(text): place for place, text in enumerate(headings.texts) if text and plain(text) not in taken}
    close = [near for heading in spellings for near in get_close_matches(plain(heading), spare, n=1, cutoff=0.6)]
    cells: tuple[str, ...] = ()
    nearest = ""
    if close:
        place = spare[close[0]]
        text = headings.texts[place] or ""
        cells = (headings.address(place),)
        is_misspelt = bool(get_close_matches(close[0], [plain(heading) for heading in spellings], n=1, cutoff=MISSPELT))
        may_quote = is_misspelt or is_harmless(text, words)
        nearest = f'; the nearest is "{text}"' if may_quote else "; the nearest stands in this cell"
    return Refused(
        "missing column",
        f'there is no column "{spellings[0]}"{nearest}',
        f'Head the column "{spellings[0]}", or add the new heading to the source\'s layouts.',
        sheet=sheet.name or None,
        cells=cells,
    )


def _figures(texts: list[str | None], table: Table) -> Iterator[tuple[int, str, str]]:
    """Every heading that carries figures, as (place, measure, period)."""
    if table.cells is None:
        return
    for place, text in enumerate(texts):
        match = re.fullmatch(table.cells.heading, " ".join((text or "").split()), re.IGNORECASE)
        if match:
            yield place, match.groupdict().get("measure") or "", match["period"]


def _check_figures(headings: Headings, table: Table, sheet: Sheet) -> None:
    if table.cells is None:
        return
    places: dict[tuple[str, str], list[int]] = {}
    for place, measure, period in headings.figures:
        places.setdefault((plain(measure), plain(period)), []).append(place)
    twice = [place for same in places.values() if len(same) > 1 for place in same]
    if places and not twice:
        return
    example = table.cells.example
    with_what = "a measure and a year" if table.cells.measure else "a period"
    what, remedy = f"no column is headed with {with_what}", f'Head each, as in "{example}".'
    if twice:
        what = f'two columns are headed "{headings.texts[twice[0]]}"'
        remedy = "Keep the one that counts and delete the other, or correct its year."
    cells = tuple(headings.address(place) for place in twice)
    raise Refused("figure headings", what, remedy, sheet=sheet.name or None, cells=cells)
