"""Turns a planned extract of crime counts into the workbook the force sends, with the mess such workbooks have.

What each extract counts is planned in `police_crime.py`; the mess is undone in `intake/`.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.words.periods import year_of

Value = str | int | dt.date | None
# (offence, first day of the month) -> recorded. All crime is not among them: it is their sum.
Counts = dict[tuple[str, dt.date], int]

TITLE = "Nottinghamshire Police: recorded crime, Broxtowe"
LAYOUT_CHANGED_ON = dt.date(2021, 7, 1)
ALL_CRIME = "All crime"
HATE = "Hate crimes and incidents"
DOMESTIC_ABUSE = "Domestic abuse crimes and incidents"
# The rows in their order, by group, each with the Home Office class under which most of it is counted.
CRIMES: tuple[dict[str, str], ...] = (
    {"Violence with injury": "8N"},
    {"Violence without injury": "105A", "Stalking and harassment": "8L"},
    {"Sexual offences": "20A"},
    {"Personal robbery": "34B", "Business robbery": "34A"},
    {"Residential burglary": "28E", "Business and community burglary": "30C"},
    {"Theft of a vehicle": "48", "Theft from a vehicle": "45", "Vehicle interference": "126"},
    {"Bicycle theft": "44", "Shoplifting": "46", "Theft from the person": "39", "Other theft": "49"},
    {"Criminal damage and arson": "58"},
    {
        "Drug offences": "92",
        "Possession of weapons": "10",
        "Public order offences": "9A",
        "Other crimes against society": "99",
    },
)
ROWS = (*CRIMES, {ALL_CRIME: ""}, {HATE: "", DOMESTIC_ABUSE: ""})
ALSO_CALLED = {
    ALL_CRIME: "Total recorded crime",
    "Residential burglary": "Burglary - residential",
    "Business and community burglary": "Burglary - business and community",
    "Personal robbery": "Robbery - personal",
    "Business robbery": "Robbery - business",
    HATE: "Hate crime",
    DOMESTIC_ABUSE: "Domestic abuse",
}
LINES_UNDER_THE_TABLE = (None, "Source: force recording system", "Note: counts are live and change.")


@dataclass(frozen=True)
class Extract:
    """One workbook: the months it holds and what it counts. `place` among all extracts decides the mess it has."""

    place: int
    file_name: str
    extracted_on: dt.date
    dated_by: str
    months: tuple[dt.date, ...]
    counts: Counts

    @property
    def is_of_old_layout(self) -> bool:
        return self.extracted_on < LAYOUT_CHANGED_ON

    @property
    def says(self) -> str:
        """The line under each title that no one can take the figures for real ones."""
        kind = "Synthetic and illustrative sample" if self.months[0].year == 2022 else "Synthetic sample"
        return f"{kind}: no real crime, person or place"

    def count(self, offence: str, month: dt.date) -> int:
        """What was recorded of an offence in a month; of all crime, the sum of the offences that make it."""
        if offence == ALL_CRIME:
            return sum(self.counts[crime, month] for crime in chain(*CRIMES))
        return self.counts[offence, month]


def make_book(extract: Extract) -> Workbook:
    """A `Notes` sheet and the counts. Extracted on or after 1 July 2021: layout 2, otherwise layout 1."""
    workbook = Workbook()
    workbook.properties.title = extract.says
    notes = workbook.worksheets[0]
    notes.title = "Notes"
    for number, text in enumerate(_note_texts(extract), start=1):
        notes.cell(number, 1, text)
    _fill(workbook.create_sheet("Recorded crime" if extract.is_of_old_layout else "Monthly counts"), extract)
    return workbook


def _note_texts(extract: Extract) -> list[str]:
    texts = [
        TITLE,
        f"{extract.says}.",
        "Made by cs_pipeline.samples; only the yearly totals that the published plan prints are its own.",
        "Counts are live: each extract tells the months of its financial year anew, and the latest one holds.",
        "Hate and domestic abuse are marked across all offences, crimes and incidents alike: parts of no total.",
    ]
    if extract.dated_by == "committed":
        texts.append("This extract counts by the day on which an offence was committed.")
    return texts


def _fill(sheet: Worksheet, extract: Extract) -> None:
    year = year_of(extract.months[0]).name
    sheet["A1"] = TITLE
    sheet["A2"] = f"Data extracted on {extract.extracted_on:%d/%m/%Y}"
    sheet["A3"] = f"Query: offences by date {extract.dated_by}, Broxtowe district, counting rules {year}"
    sheet["A4"] = extract.says
    row = 6 + extract.place // 2 % 2
    if extract.place % 2 == 1:
        _group(sheet, row, extract)
        row += 1
    font = Font(color="FFFFFFFF" if extract.place % 4 == 3 else "FF000000", bold=True)
    headings = _headings(extract)
    for number, heading in enumerate(headings, start=1):
        _put(sheet, row, number, heading)
        sheet.cell(row, number).font = font
    if extract.place % 5 == 2:
        sheet.column_dimensions[get_column_letter(len(headings) - len(extract.months))].hidden = True
    for values in _lay_rows(extract):
        row += 1
        for number, value in enumerate(values, start=1):
            _put(sheet, row, number, value)


def _group(sheet: Worksheet, row: int, extract: Extract) -> None:
    n_before = 1 if extract.is_of_old_layout else 2
    groups = [("Months", n_before + 1, n_before + len(extract.months))]
    if not extract.is_of_old_layout:
        groups.append(("Offence", 1, n_before))
    for name, first, last in groups:
        sheet.cell(row, first, name)
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _headings(extract: Extract) -> list[Value]:
    if not extract.is_of_old_layout:
        return [
            "Home Office class",
            "Offence category",
            *(f"{month:%B %Y}" for month in extract.months),
            "Year to date",
        ]
    if extract.place % 3 == 2:
        return ["Offence", *extract.months, "Total"]
    return ["Offence", *(f"{month:%b %Y}" for month in extract.months), "Total"]


def _lay_rows(extract: Extract) -> list[list[Value]]:
    """The offences with the blank rows between their groups and the line under them."""
    rows: list[list[Value]] = []
    for group in ROWS:
        for offence, home_office_class in group.items():
            counts = [extract.count(offence, month) for month in extract.months]
            name = ALSO_CALLED.get(offence, offence) if extract.place % 3 == 1 else offence
            before = [] if extract.is_of_old_layout else [home_office_class or None]
            rows.append([*before, name, *counts, sum(counts)])
        if extract.place % 4 < 2:
            rows.append([])
    return [*rows, [LINES_UNDER_THE_TABLE[extract.place % 3]]]


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column, value)
    if isinstance(value, dt.date):
        cell.number_format = "mmm-yy"
