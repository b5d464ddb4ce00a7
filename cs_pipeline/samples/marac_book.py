"""Turns a planned MARAC return into the workbook its administrator sends, with the mess such workbooks have.

What each meeting counts is planned in `marac.py`; the mess is undone in `intake/`.
"""

import datetime as dt
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.words.days import SERIAL_ZERO
from cs_pipeline.words.periods import Period

Value = str | int | dt.date | None

TITLE = "South Nottinghamshire MARAC: quarterly return"
LAYOUT_CHANGED_ON = dt.date(2021, 7, 1)
WHOLE = "South Nottinghamshire"
BROXTOWE = "Broxtowe"
WHOLE_ALSO_CALLED = (WHOLE, "South Notts", WHOLE, "Whole MARAC")
CASES = ("Cases discussed", "Repeat cases")
AGENCIES = (
    "Police",
    "IDVA",
    "Children's social care",
    "Primary care",
    "Secondary care",
    "Education",
    "Housing",
    "Mental health",
    "Probation",
    "Voluntary sector",
    "Substance abuse",
    "Adult social care",
    "MASH",
    "Other",
)
CHILDREN = "Children in household"
WHO_1 = (
    "B&ME victims",
    "LGBT victims",
    "Disabled victims",
    "Male victims",
    "Victims aged 16-17",
    "Perpetrators aged 17 or under",
)
WHO_2 = (
    "Racially minoritised victims",
    "LGBT+ victims",
    "Disabled victims",
    "Male victims",
    "Victims aged 16-17",
    "Persons causing harm aged 17 or under",
)
HEADINGS_1 = ("Meeting date", "Area", *CASES, *AGENCIES, CHILDREN, *WHO_1)
HEADINGS_2 = ("Date of meeting", "Area", *CASES, *AGENCIES, CHILDREN, *WHO_2)
ALSO_HEADED = {
    "Cases discussed": "Number of cases discussed",
    "Repeat cases": "Repeats",
    "B&ME victims": "BAME victims",
    "LGBT+ victims": "LGBTQ+ victims",
    "Victims aged 16-17": "Victims aged 16 and 17",
}
GROUPS = (("Cases", 3, 4), ("Referred by", 5, 18), ("Who", 19, 25))
NOTE = "Note: a repeat is a case that came back within twelve months."


@dataclass(frozen=True)
class Row:
    """A meeting and area with its 23 numbers; `date_form`, 0 to 99, fixes how the day is typed."""

    meeting_on: dt.date
    area: str
    counts: tuple[int, ...]
    date_form: int


@dataclass(frozen=True)
class Return:
    """One workbook. `place` is its place among all returns, which decides the mess it has."""

    place: int
    period: Period
    made_on: dt.date
    is_revised: bool
    rows: tuple[Row, ...]

    @property
    def file_name(self) -> str:
        revised = " revised" if self.is_revised else ""
        return f"MARAC return {self.period.key.replace('-Q', ' Q')}{revised}.xlsx"

    @property
    def says(self) -> str:
        """The line under each title that no one can take the figures for real ones."""
        is_illustrative = self.period.first >= dt.date(2022, 4, 1)
        kind = "Synthetic and illustrative sample" if is_illustrative else "Synthetic sample"
        return f"{kind}: no real case, person or place"


def make_book(made: Return) -> Workbook:
    """A `Notes` sheet and the meetings. Made on or after 1 July 2021: layout 2, otherwise layout 1."""
    workbook = Workbook()
    workbook.properties.title = made.says
    notes = workbook.worksheets[0]
    notes.title = "Notes"
    for number, text in enumerate(_note_texts(made), start=1):
        notes.cell(number, 1, text)
    _fill(workbook.create_sheet("MARAC data"), made)
    return workbook


def _note_texts(made: Return) -> list[str]:
    texts = [
        TITLE,
        f"{made.says}.",
        "Made by cs_pipeline.samples; only Broxtowe's yearly cases and repeats are those of the published plan.",
        "One row for each meeting and area. The whole counts Broxtowe, Gedling and Rushcliffe.",
        "Each case is referred by one agency. There can be more children than cases.",
    ]
    if made.is_revised:
        texts.append("This return replaces the one made before for its quarter.")
    return texts


def _fill(sheet: Worksheet, made: Return) -> None:
    years, number = made.period.name.split(" ")
    sheet["A1"] = TITLE
    sheet["A2"] = f"Quarter: {number} {years}"
    sheet["A3"] = f"Return made on {made.made_on:%d/%m/%Y}"
    sheet["A4"] = made.says
    row = 6 + made.place % 2
    for name, first, last in GROUPS:
        sheet.cell(row, first, name)
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    row += 1
    font = Font(color="FFFFFFFF" if made.place % 6 == 5 else "FF000000", bold=True)
    for column, heading in enumerate(HEADINGS_1 if made.made_on < LAYOUT_CHANGED_ON else HEADINGS_2, start=1):
        text = ALSO_HEADED.get(heading, heading) if made.place % 3 == 1 else heading
        sheet.cell(row, column, text).font = font
    for values in _lay_rows(made):
        row += 1
        for column, value in enumerate(values, start=1):
            _put(sheet, row, column, value)


def _lay_rows(made: Return) -> list[list[Value]]:
    """In some returns one area under the other, each with its total; in the others by meeting, with one at the end."""
    whole, broxtowe = ([row for row in made.rows if row.area == area] for area in (WHOLE, BROXTOWE))
    if made.place % 3 == 0:
        rows = [*_lay_area(made, whole), [], *_lay_area(made, broxtowe)]
    else:
        rows = [_values(made, row) for row in made.rows]
        if made.place % 4 != 1:
            rows.insert(6, [])
        rows.append(["Total", None, *_add(whole)])
    return [*rows, [], [NOTE]] if made.place % 4 == 2 else rows


def _lay_area(made: Return, rows: list[Row]) -> list[list[Value]]:
    return [*(_values(made, row) for row in rows), ["Total", _area(made, rows[0].area), *_add(rows)]]


def _values(made: Return, row: Row) -> list[Value]:
    return [_date_as_typed(row), _area(made, row.area), *row.counts]


def _area(made: Return, area: str) -> str:
    return WHOLE_ALSO_CALLED[made.place % 4] if area == WHOLE else area


def _add(rows: list[Row]) -> list[int]:
    return [sum(numbers) for numbers in zip(*(row.counts for row in rows), strict=True)]


def _date_as_typed(row: Row) -> Value:
    if row.date_form < 60:
        return row.meeting_on
    return f"{row.meeting_on:%d/%m/%Y}" if row.date_form < 85 else (row.meeting_on - SERIAL_ZERO).days


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    if value is None:
        return
    cell = sheet.cell(row, column, value)
    if isinstance(value, dt.date):
        cell.number_format = "dd/mm/yyyy"
