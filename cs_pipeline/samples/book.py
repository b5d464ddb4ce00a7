"""Lays rows out on sheets as people do, and writes a workbook or a text as the same bytes whenever it is written.

What stands in a workbook is decided by the modules beside this one.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from cs_pipeline.words.days import SERIAL_ZERO

Value = str | int | dt.date | dt.time | None
Row = Sequence[Value]
Group = tuple[str, int, int]  # A name merged over the headings from a first to a last column.

WRITTEN_AT = dt.datetime(2023, 4, 1)  # noqa: DTZ001  a document property holds no time zone
ZIPPED_AT = (2023, 4, 1, 0, 0, 0)
MADE_ON_UNIX = 3
MADE_BY = "Made by cs_pipeline.samples"
DATES = "dd/mm/yyyy"
BOLD = Font(bold=True)


# ---------------------------------------------------------------- what stands on a sheet


def say_synthetic(is_illustrative: bool, what: str = "case") -> str:
    """The line under each title that no one can take the figures for real ones."""
    kind = "Synthetic and illustrative sample" if is_illustrative else "Synthetic sample"
    return f"{kind}: no real {what}, person or place"


def start_book(title: str, says: str, notes: Iterable[str]) -> Workbook:
    """A workbook with its `Notes` sheet alone."""
    workbook = Workbook()
    workbook.properties.title = says
    sheet = workbook.worksheets[0]
    sheet.title = "Notes"
    for number, text in enumerate((title, f"{says}.", *notes), start=1):
        sheet.cell(number, 1, text)
    return workbook


def lay_sheet(
    sheet: Worksheet,
    head: Iterable[str],
    top: int,
    headings: Row,
    rows: Iterable[Row],
    *,
    groups: Iterable[Group] = (),
    font: Font = BOLD,
    dates: str = DATES,
) -> None:
    """Write `head` from the first row on, `groups` over the headings in row `top`, and the rows under them."""
    for number, text in enumerate(head, start=1):
        sheet.cell(number, 1, text)
    for name, first, last in groups:
        sheet.cell(top - 1, first, name)
        sheet.merge_cells(start_row=top - 1, start_column=first, end_row=top - 1, end_column=last)
    for column, heading in enumerate(headings, start=1):
        put(sheet, top, column, heading, dates)
        sheet.cell(top, column).font = font
    for number, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            put(sheet, number, column, value, dates)


def put(sheet: Worksheet, row: int, column: int, value: Value, dates: str = DATES) -> None:
    """One value; a day is shown as `dates` says, a time as hours and minutes."""
    if value is None:
        return
    cell = sheet.cell(row, column, value)
    if isinstance(value, dt.date):
        cell.number_format = dates
    elif isinstance(value, dt.time):
        cell.number_format = "hh:mm"


def colour(is_white: bool) -> Font:
    """Bold black, or bold white, which is there and cannot be seen."""
    return Font(color="FFFFFFFF" if is_white else "FF000000", bold=True)


def with_total(rows: Sequence[Row], gap: int = 0) -> list[Row]:
    """The rows with a blank one after every `gap`, where that is not 0, and the total under them."""
    laid: list[Row] = []
    for number, row in enumerate(rows, start=1):
        laid.append(row)
        if gap and number % gap == 0:
            laid.append([])
    return [*laid, ["Total", len(rows)]]


def type_date(day: dt.date | None, form: int) -> Value:
    """The day as a date for most forms of 0 to 99, as text for 60 to 84, as the serial number beneath it above."""
    if day is None or form < 60:
        return day
    return f"{day:%d/%m/%Y}" if form < 85 else (day - SERIAL_ZERO).days


# ---------------------------------------------------------------- the same bytes every time


def save(workbook: Workbook, path: Path) -> None:
    """Write `workbook` to `path`, replacing what is there; folders are made.

    `Workbook.save` stamps the time of writing into the properties and every zip entry, so it is not used.
    """
    workbook.properties.creator = "cs_pipeline.samples"
    workbook.properties.created = WRITTEN_AT
    workbook.properties.modified = WRITTEN_AT
    written = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(written, "w", allowZip64=True)).save()
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, ZIPPED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = MADE_ON_UNIX
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name), compresslevel=9)


def write(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with the line ends it has; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
