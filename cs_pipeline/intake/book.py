"""From an Excel workbook to a book of text, every sheet and every cell in use.

openpyxl reads the cells; a look through each sheet's XML first finds what it would lose in silence:
formulas without a value, hidden rows, rows out of order. `identify.py` has settled what the file is.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from cs_pipeline.intake.identify import refuse_odd_xml
from cs_pipeline.intake.table import UNCALCULATED, Book, Sheet, runs_of
from cs_pipeline.words.findings import Refused, column_letter

MOST_ROWS = 200_000
MOST_COLUMNS = 200
_LAST_COLUMN = column_letter(MOST_COLUMNS)

_ROW_NUMBER = re.compile(rb"\sr=[\"'](\d{1,9})[\"']")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_ADDRESS = re.compile(rb"\sr=[\"']([A-Z]{1,3})\d{1,7}[\"']")
_TYPE = re.compile(rb"\st=[\"'](\w+)[\"']")
_SPAN = re.compile(rb"\s(min|max)=[\"'](\d{1,5})[\"']")
_PLACEHOLDER_ZEROS = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\sfullCalcOnLoad=[\"'](?:1|true)")


def read_book(path: Path) -> Book:
    """Reads a workbook that `identify` has proved. An error stays as it is shown, `#N/A`.

    A formula without its value becomes `#UNCALCULATED`, and so does a 0 left for Excel to calculate. Raises
    Refused for cells in use beyond row 200,000 or column GR, and for what openpyxl cannot read.
    """
    try:
        with warnings.catch_warnings(), path.open("rb") as file, ZipFile(file) as package:
            warnings.simplefilter("ignore")  # openpyxl's warnings quote cell values.
            return _read(file, package)
    except (Refused, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - openpyxl, zipfile and expat raise what they like; the remedy is the same.
        raise _unreadable() from None


def _unreadable(sheet: str | None = None) -> Refused:
    remedy = "Open it in Excel, save it under a new name and send that."
    return Refused("unreadable", "cannot be read as a workbook", remedy, sheet=sheet)


def _read(file: IO[bytes], package: ZipFile) -> Book:
    from openpyxl import load_workbook

    refuse_odd_xml(package)
    contents = package.read(next(n for n in package.namelist() if re.fullmatch(r"xl/workbook\d*\.xml", n)))
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    # openpyxl leaves out a sheet whose part is missing, without a word.
    if len(workbook.sheetnames) != len(re.findall(rb"<(?:\w+:)?sheet\s", contents)):
        raise _unreadable()
    has_placeholders = _PLACEHOLDER_ZEROS.search(contents) is not None
    return Book([_read_sheet(sheet, package, has_placeholders) for sheet in workbook.worksheets])


def _read_sheet(source: Any, package: ZipFile, has_placeholders: bool) -> Sheet:
    from cs_pipeline.intake.cells import rows_of  # With openpyxl, which the parent process can do without.

    sheet = Sheet(source.title, hidden=source.sheet_state != "visible")
    with package.open(source._worksheet_path) as part:
        look = _Look(source.title, has_placeholders)
        for piece in _pieces(part, look):
            look.through(piece)
    for number, texts in rows_of(source, MOST_ROWS, look.width):
        for column in look.uncalculated.get(number, ()):
            texts[column - 1] = UNCALCULATED
        sheet.add(number, texts)
    sheet.notes = list(_notes(sheet, look))
    return sheet


def _notes(sheet: Sheet, look: "_Look") -> Iterator[tuple[str, tuple[str, ...]]]:
    if rows := [number for number, _ in sheet.rows if number in look.hidden_rows]:
        yield "hidden rows", runs_of(rows, str)
    if look.hidden_columns:
        used = {place for _, texts in sheet.rows for place, text in enumerate(texts, 1) if text}
        hidden = (place for first, last in look.hidden_columns for place in used if first <= place <= last)
        if columns := sorted(set(hidden)):
            yield "hidden columns", runs_of(columns, column_letter)
    if look.merged:
        yield "merged cells", tuple(look.merged)


@cache
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _pieces(part: IO[bytes], look: "_Look") -> Iterator[bytes]:
    """The part in pieces that never cut a row."""
    rest = b""
    while block := part.read(1 << 20):
        if not rest:
            look.know_tags(block)
        rest += block
        if (cut := rest.rfind(look.row_opening)) > 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


@dataclass
class _Look:
    """One look through a sheet's XML. Hidden columns are (first, last); `uncalculated` is row -> columns."""

    sheet: str
    has_placeholders: bool
    width: int = 1
    row: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)

    def know_tags(self, head: bytes) -> None:
        """Compiles the patterns; some programs write `<x:row>` for `<row>`."""
        root = re.search(rb"<(\w+:)?worksheet\b", head)
        p = (root and root[1]) or b""
        self.row_opening, self.cell_opening, self.formula_opening = b"<%brow" % p, b"<%bc" % p, b"<%bf" % p
        self.rows = re.compile(rb"<%brow\b([^>]*?)(?:/>|>(.*?)</%brow>)" % (p, p), re.DOTALL)
        self.cells = re.compile(rb"<%bc\b([^>]*?)(?:/>|>(.*?)</%bc>)" % (p, p), re.DOTALL)
        self.formula, self.value = re.compile(rb"<%bf[\s/>]" % p), re.compile(rb"<%bv\b[^>]*>([^<]*)" % p)
        self.column = re.compile(rb"<%bcol\s[^>]*>" % p)
        self.merge = re.compile(rb"<%bmergeCell\s[^>]*\bref=[\"']([A-Z0-9:]+)[\"']" % p)

    def through(self, piece: bytes) -> None:
        if b"<!--" in piece:  # Could hide a cell from these patterns; no spreadsheet program writes one.
            raise _unreadable(self.sheet)
        self.merged += [ref.decode() for ref in self.merge.findall(piece)]
        for tag in self.column.findall(piece):
            if _HIDDEN.search(tag):
                ends = {name: int(number) for name, number in _SPAN.findall(tag)}
                self.hidden_columns.append((ends[b"min"], ends[b"max"]))
        for row in self.rows.finditer(piece):
            self._through_row(row[1], row[2] or b"")

    def _through_row(self, attributes: bytes, body: bytes) -> None:
        given = _ROW_NUMBER.search(attributes)
        number = int(given[1]) if given else self.row + 1
        if number <= self.row:  # openpyxl drops a row that comes after its place.
            raise _unreadable(self.sheet)
        self.row = number
        if _HIDDEN.search(attributes):
            self.hidden_rows.add(number)
        letters = _ADDRESS.findall(body)
        width = max(map(_column, set(letters)), default=0)
        is_plain = self.formula_opening not in body and body.count(self.cell_opening) == len(letters)
        if is_plain and width <= MOST_COLUMNS and number <= MOST_ROWS:
            self.width = max(self.width, width)
        else:
            self._through_cells(body)

    def _through_cells(self, body: bytes) -> None:
        column = 0
        for cell in self.cells.finditer(body):
            address = _ADDRESS.search(cell[1])
            if address is None and b" r=" in cell[1]:
                raise _unreadable(self.sheet)
            column = _column(address[1]) if address else column + 1
            self._through_cell(column, cell[1], cell[2] or b"")

    def _through_cell(self, column: int, attributes: bytes, content: bytes) -> None:
        found, is_formula = self.value.search(content), self.formula.search(content) is not None
        value = found[1] if found else b""
        if column > MOST_COLUMNS or self.row > MOST_ROWS:
            if value or is_formula or b"<is" in content or b":is" in content:
                raise self._too_far(column)
            return
        self.width = max(self.width, column)
        given = _TYPE.search(attributes)
        kind = given[1] if given else b"n"
        is_blank_text = kind == b"str" and found is not None and not value
        is_placeholder = self.has_placeholders and kind == b"n" and value == b"0"
        if is_formula and (is_placeholder or not (value or is_blank_text)):
            self.uncalculated.setdefault(self.row, []).append(column)

    def _too_far(self, column: int) -> Refused:
        what = f"something stands far outside a table, beyond row {MOST_ROWS:,} or column {_LAST_COLUMN}"
        remedy = "Delete it, or send a table as large as this as CSV."
        address = f"{column_letter(column)}{self.row}"
        return Refused("far_cell", what, remedy, sheet=self.sheet, cells=(address,))
