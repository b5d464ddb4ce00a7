"""Turns a planned MARAC return into the workbook its administrator sends, with the mess such workbooks have.

What each meeting counts is planned in `marac.py`; the mess is undone in `intake/`.
"""

import datetime as dt
from dataclasses import dataclass

from openpyxl import Workbook

from cs_pipeline.samples.book import MADE_BY, Value, colour, lay_sheet, say_synthetic, start_book, type_date
from cs_pipeline.words.periods import Period

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
        return say_synthetic(self.period.first >= dt.date(2022, 4, 1))


def make_book(made: Return) -> Workbook:
    """A `Notes` sheet and the meetings. Made on or after 1 July 2021: layout 2, otherwise layout 1."""
    workbook = start_book(TITLE, made.says, _note_texts(made))
    years, number = made.period.name.split(" ")
    lay_sheet(
        workbook.create_sheet("MARAC data"),
        (TITLE, f"Quarter: {number} {years}", f"Return made on {made.made_on:%d/%m/%Y}", made.says),
        7 + made.place % 2,
        _headings(made),
        _lay_rows(made),
        groups=GROUPS,
        font=colour(is_white=made.place % 6 == 5),
    )
    return workbook


def _note_texts(made: Return) -> list[str]:
    texts = [
        f"{MADE_BY}; only Broxtowe's yearly cases and repeats are those of the published plan.",
        "One row for each meeting and area. The whole counts Broxtowe, Gedling and Rushcliffe.",
        "Each case is referred by one agency. There can be more children than cases.",
    ]
    if made.is_revised:
        texts.append("This return replaces the one made before for its quarter.")
    return texts


def _headings(made: Return) -> list[Value]:
    headings = HEADINGS_1 if made.made_on < LAYOUT_CHANGED_ON else HEADINGS_2
    return [ALSO_HEADED.get(heading, heading) if made.place % 3 == 1 else heading for heading in headings]


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
    return [type_date(row.meeting_on, row.date_form), _area(made, row.area), *row.counts]


def _area(made: Return, area: str) -> str:
    return WHOLE_ALSO_CALLED[made.place % 4] if area == WHOLE else area


def _add(rows: list[Row]) -> list[int]:
    return [sum(numbers) for numbers in zip(*(row.counts for row in rows), strict=True)]
