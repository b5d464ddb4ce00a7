"""Turns a planned extract of crime counts into the workbook the force sends, with the mess such workbooks have.

What each extract counts is planned in `police_crime.py`; the mess is undone in `intake/`.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from cs_pipeline.samples.book import MADE_BY, Group, Value, colour, lay_sheet, say_synthetic, start_book
from cs_pipeline.words.periods import year_of

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
        return say_synthetic(self.months[0].year == 2022, "crime")

    def count(self, offence: str, month: dt.date) -> int:
        """What was recorded of an offence in a month; of all crime, the sum of the offences that make it."""
        if offence == ALL_CRIME:
            return sum(self.counts[crime, month] for crime in chain(*CRIMES))
        return self.counts[offence, month]


def make_book(extract: Extract) -> Workbook:
    """A `Notes` sheet and the counts. Extracted on or after 1 July 2021: layout 2, otherwise layout 1."""
    workbook = start_book(TITLE, extract.says, _note_texts(extract))
    sheet = workbook.create_sheet("Recorded crime" if extract.is_of_old_layout else "Monthly counts")
    head = (
        TITLE,
        f"Data extracted on {extract.extracted_on:%d/%m/%Y}",
        f"Query: offences by date {extract.dated_by}, Broxtowe district, "
        f"counting rules {year_of(extract.months[0]).name}",
        extract.says,
    )
    groups = _groups(extract) if extract.place % 2 == 1 else []
    top = 6 + extract.place // 2 % 2 + len(groups[:1])
    font = colour(is_white=extract.place % 4 == 3)
    headings = _headings(extract)
    lay_sheet(sheet, head, top, headings, _lay_rows(extract), groups=groups, font=font, dates="mmm-yy")
    if extract.place % 5 == 2:
        sheet.column_dimensions[get_column_letter(len(headings) - len(extract.months))].hidden = True
    return workbook


def _note_texts(extract: Extract) -> list[str]:
    texts = [
        f"{MADE_BY}; only the yearly totals that the published plan prints are its own.",
        "Counts are live: each extract tells the months of its financial year anew, and the latest one holds.",
        "Hate and domestic abuse are marked across all offences, crimes and incidents alike: parts of no total.",
    ]
    if extract.dated_by == "committed":
        texts.append("This extract counts by the day on which an offence was committed.")
    return texts


def _groups(extract: Extract) -> list[Group]:
    n_before = 1 if extract.is_of_old_layout else 2
    months = ("Months", n_before + 1, n_before + len(extract.months))
    return [months] if extract.is_of_old_layout else [months, ("Offence", 1, n_before)]


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
