"""Turns a planned return of Licensing into the workbook that is sent, with the mess that such workbooks have.

What each return tells is planned in `licensing.py`; the mess is undone in `intake/`.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from openpyxl import Workbook

from cs_pipeline.samples.book import MADE_BY, Row, Value, lay_sheet, say_synthetic, start_book
from cs_pipeline.words.periods import Period

# family, activity, how prompted or nothing, first day of the month -> number
Counts = dict[tuple[str, str, str, dt.date], int]
TITLE = "Broxtowe Borough Council: Licensing"
CHANGED_ON = dt.date(2021, 7, 1)
ACTIVITIES = ("Received", "Issued", "Issued within 14 days", "Refused", "Notices dealt with", "Inspected")
ALSO_CALLED = {
    "Licensing Act 2003 premises": "Premises licences",
    "Licensing Act 2003 clubs": "Club premises certificates",
    "Temporary event notices": "TENs",
    "Gambling Act 2005": "Gambling",
    "Hackney carriage and private hire drivers": "HC/PH drivers",
    "Hackney carriage and private hire vehicles": "HC/PH vehicles",
    "Animal welfare": "Animal licences",
    "Received": "Applications received",
    "Issued": "Granted",
    "Issued within 14 days": "Granted within 14 days",
    "Pro-active": "Programmed",
    "Reactive": "Complaint",
}


@dataclass(frozen=True)
class Return:
    """One workbook. `place` among all returns decides the mess it has; `in_force` holds families at each 31 March."""

    place: int
    quarter: Period
    made_on: dt.date
    is_corrected: bool
    counts: Counts
    in_force: dict[tuple[str, dt.date], int]

    @property
    def file_name(self) -> str:
        return (
            f"Licensing return {self.quarter.key.replace('-Q', ' Q')}{' corrected' if self.is_corrected else ''}.xlsx"
        )

    @property
    def is_of_old_layout(self) -> bool:
        return self.made_on < CHANGED_ON

    def call(self, name: str) -> str:
        """A family, an activity or a prompt as this return spells it."""
        return ALSO_CALLED.get(name, name) if self.place % 3 == 1 else name


def make_book(sent: Return) -> Workbook:
    """A `Notes` sheet, the activities by month, and the licences in force. Made on or after 1 July 2021: layout 2."""
    says = say_synthetic(sent.quarter.key.startswith("2022"), "licence")
    notes = [
        f"{MADE_BY}; only the yearly totals that the published plan prints are its own.",
        "The months of the financial year so far are told anew in each return, and so is every 31 March.",
        "Checks on COVID-19 rules in premises under the Licensing Act count as inspections.",
    ]
    workbook = start_book(TITLE, says, notes)
    year, number = sent.quarter.key.rsplit("-", 1)
    head = (TITLE, f"Return made on {sent.made_on:%d/%m/%Y}", f"Quarter: {number} {year.replace('-', '/')}", says)
    top = 6 + sent.place % 2
    names = ("Licensing activity", "Licences in force")
    if not sent.is_of_old_layout:
        names = ("Monthly activity", "In force at 31 March")
    months = sorted({month for *_, month in sent.counts})
    activity, stock = (workbook.create_sheet(name) for name in names)
    lay_sheet(activity, head, top, _headings(sent, months), _rows(sent, months), dates="mmm-yy")
    days = sorted({day for _, day in sent.in_force})
    first = "Licences" if sent.is_of_old_layout else "Family of licences"
    lay_sheet(stock, head, top, [first, *(f"{day.day} March {day.year}" for day in days)], _stock_rows(sent, days))
    return workbook


def _headings(sent: Return, months: list[dt.date]) -> list[Value]:
    shown: list[Value] = [f"{month:%b %Y}" for month in months]
    if sent.place % 5 == 2:
        shown = list(months)
    if sent.is_of_old_layout:
        return ["Licence type", "Activity", *shown, "Total"]
    if sent.place % 5 == 4:
        shown = [f"{month:%B %Y}" for month in months]
    return ["Family", "What was done", "How prompted", *shown, "Year to date"]


def _rows(sent: Return, months: list[dt.date]) -> list[Row]:
    """The families in their order, their activities under each, and a blank row between them in some returns."""
    rows: list[Row] = []
    families = list(dict.fromkeys([*(family for family, _ in sent.in_force), *(key[0] for key in sent.counts)]))
    listed = sorted(
        {key[:3] for key in sent.counts},
        key=lambda key: (families.index(key[0]), ACTIVITIES.index(key[1]), key[2]),
    )
    for _, of_family in groupby(listed, key=lambda key: key[0]):
        for family, activity, prompt in of_family:
            numbers = [sent.counts[family, activity, prompt, month] for month in months]
            names: list[Value] = [sent.call(family), sent.call(activity)]
            names += [] if sent.is_of_old_layout else [sent.call(prompt) or None]
            rows.append([*names, *numbers, sum(numbers)])
        if sent.place % 4 == 3:
            rows.append([])
    return [*rows, ["Note: within 14 days is counted from the day on which the application was complete."]]


def _stock_rows(sent: Return, days: list[dt.date]) -> list[Row]:
    families = dict.fromkeys(family for family, _ in sent.in_force)
    rows: list[Row] = [[sent.call(family), *(sent.in_force[family, day] for day in days)] for family in families]
    totals = [sum(sent.in_force[family, day] for family in families) for day in days]
    return [*rows, [], ["Total" if sent.place % 2 else "Total licences", *totals]]
