"""Turns a planned list of cases into the workbook a service sends, with the mess such workbooks have.

Which cases stand on which list is planned in `case_lists.py`; sheets are laid by the hand of `book.py`.
"""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from openpyxl import Workbook

from cs_pipeline.samples.book import MADE_BY, Value, lay_sheet, say_synthetic, start_book, type_date, with_total
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period

# The spellings of each heading that are in use: a service keeps one for four lists.
HEADINGS = {
    "reference": ("Case reference", "Reference", "Case ref", "Ref No"),
    "received": ("Received", "Date received"),
    "case_type": ("Type",),
    "ward": ("Ward",),
    "closed": ("Closed", "Date closed"),
    "reopened": ("Re-opened", "Opened again"),
}
LISTS_PER_SPELLING = 4


@dataclass(frozen=True)
class Case:
    """One case as a list tells it. `date_form`, 0 to 99, fixes how its dates are typed on every list.

    `closed_first` is the closing before it was re-opened; no list shows it once that has happened.
    """

    reference: str
    received: dt.date
    closed: dt.date | None
    case_type: str
    ward: str
    date_form: int
    closed_first: dt.date | None = None
    reopened: dt.date | None = None

    def known_on(self, day: dt.date) -> "Case":
        """The case as it stood at the end of that day."""
        if self.reopened and self.reopened > day:
            return replace(self, closed=self.closed_first, reopened=None).known_on(day)
        return replace(self, closed=None) if self.closed and self.closed > day else self

    def is_listed(self, period: Period) -> bool:
        """Whether it was open when the period began, or was received or re-opened in it."""
        if any(day and period.first <= day <= period.last for day in (self.received, self.reopened)):
            return True
        return self.received < period.first and self.known_on(period.first - ONE_DAY).closed is None


@dataclass(frozen=True)
class CaseList:
    """One workbook. `place` is its place among all lists, which decides the mess it has; `tabs` are its sheets."""

    place: int
    title: str
    file_name: str
    as_at: dt.date
    is_corrected: bool
    is_illustrative: bool
    has_reopened: bool
    tabs: dict[str, list[Case]]


def make_case_book(listed: CaseList) -> Workbook:
    """A `Notes` sheet and the sheets of the list."""
    says = say_synthetic(listed.is_illustrative)
    notes = [
        f"{MADE_BY}.",
        "Only the totals of whole years are those of the published plan.",
        "A case is listed that was open when the quarter began, or was received or re-opened in it.",
        "Closed is the day on which a case was last closed; it is blank while the case is open.",
    ]
    if listed.is_corrected:
        notes.append("This list puts right the one sent before for the same quarter.")
    workbook = start_book(listed.title, says, notes)
    fields = [name for name in HEADINGS if name != "reopened" or listed.has_reopened]
    spelling = listed.place // LISTS_PER_SPELLING
    headings = [HEADINGS[name][spelling % len(HEADINGS[name])] for name in fields]
    for number, (name, cases) in enumerate(listed.tabs.items()):
        head = (listed.title, f"List as at {listed.as_at:%d/%m/%Y}", says)
        rows = [[_value(case, field) for field in fields] for case in cases]
        gap = 9 + 2 * listed.place if (listed.place + number) % 3 == 1 else 0
        lay_sheet(workbook.create_sheet(name), head, 5 + listed.place % 2, headings, with_total(rows, gap))
    return workbook


def _value(case: Case, field: str) -> Value:
    value: Value = getattr(case, field)
    return type_date(value, case.date_form) if isinstance(value, dt.date) else value or None


def misspell(rng: Random, word: str) -> str:
    """The word as people type it: mostly right, now and then in other letters or spaces, rarely left blank."""
    chance = rng.random()
    if chance < 0.02:
        return ""
    if chance < 0.05:
        return word.upper()
    if chance < 0.08:
        return word.lower()
    if chance < 0.11:
        return f"{word} "
    if chance < 0.13:
        return word.replace(" ", "  ")
    return word.replace("&", "and") if chance < 0.5 else word
