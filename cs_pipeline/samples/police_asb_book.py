"""Turns a planned ASB delivery into the workbook the police force sends, with the mess such workbooks have.

Which incidents stand on which tab is planned in `police_asb.py`; the mess is undone in `intake/`.
"""

import datetime as dt
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.samples.book import MADE_BY, Value, colour, lay_sheet, say_synthetic, start_book, type_date
from cs_pipeline.samples.police_asb_incidents import Incident

TITLE = "Nottinghamshire Police: ASB incidents, Broxtowe"
LAYOUT_CHANGED_ON = dt.date(2021, 4, 1)
COLUMNS_1 = {
    "Incident No": "number",
    "Date": "date",
    "Time": "time",
    "Opening Code": "opening",
    "Closing Code": "closing",
    "ASB Type": "asb_type",
    "Qualifiers": "qualifiers",
    "Beat Code": "beat_code",
    "Beat Name": "beat_name",
    "District": "district",
    "Ward": "ward",
    "Street": "street",
    "Easting": "easting",
    "Northing": "northing",
}
COLUMNS_2 = {
    "Incident Number": "number",
    "Incident Date": "date",
    "Incident Time": "time",
    "ASB Category": "asb_type",
    "Initial Type": "opening",
    "Closing Type": "closing",
    "Qualifiers": "qualifiers",
    "District": "district",
    "Ward": "ward",
    "Beat": "beat_code",
    "Beat Name": "beat_name",
    "Street": "street",
    "Easting": "easting",
    "Northing": "northing",
}
GROUPS_2 = (("Incident", 1, 3), ("Classification", 4, 7), ("Where", 8, 14))


@dataclass(frozen=True)
class Tab:
    """A month of a delivery: its first day and its rows in the order they are listed."""

    month: dt.date
    incidents: tuple[Incident, ...]


@dataclass(frozen=True)
class Delivery:
    """One workbook. `place` is its place among all deliveries, which decides the mess it has."""

    place: int
    file_name: str
    extracted_on: dt.date
    is_revised: bool
    is_illustrative: bool
    tabs: tuple[Tab, ...]

    @property
    def says(self) -> str:
        return say_synthetic(self.is_illustrative, "incident")


def make_book(delivery: Delivery) -> Workbook:
    """A `Notes` sheet and a tab a month. Extracted on or after 1 April 2021: layout 2, otherwise layout 1."""
    workbook = start_book(TITLE, delivery.says, _note_texts(delivery))
    for tab in delivery.tabs:
        _fill(workbook.create_sheet(_tab_name(delivery, tab.month)), delivery, tab)
    return workbook


def _note_texts(delivery: Delivery) -> list[str]:
    texts = [
        f"{MADE_BY}; only the total of a whole year is that of the published plan.",
        "Counted on the closing code: the 13 headings of the National Standard for Incident Recording.",
        "A blank closing code is an incident still open. Later extracts may change codes of earlier months.",
        "An incident that runs past midnight on the last day of a month can be listed in both months.",
    ]
    if delivery.is_revised:
        texts.append("This extract replaces the months it holds.")
    return texts


def _tab_name(delivery: Delivery, month: dt.date) -> str:
    if delivery.is_revised:
        return f"{month:%b %Y} (revised)"
    return f"{month:%B %Y}" if delivery.place % 5 == 1 else f"{month:%b %Y}"


def _fill(sheet: Worksheet, delivery: Delivery, tab: Tab) -> None:
    is_old = delivery.extracted_on < LAYOUT_CHANGED_ON
    columns = COLUMNS_1 if is_old else COLUMNS_2
    lay_sheet(
        sheet,
        (TITLE, f"Data extracted on {delivery.extracted_on:%d/%m/%Y}", delivery.says),
        (5 if is_old else 6) + delivery.place % 2,
        list(columns),
        _lay_rows(delivery, tab, list(columns.values())),
        groups=() if is_old else GROUPS_2,
        font=colour(is_white=delivery.place % 4 == 3),
    )
    for number, heading in enumerate(columns, start=1):
        hides = delivery.place % 3 == 2 and heading == "Easting"
        sheet.column_dimensions[get_column_letter(number)].hidden = hides


def _lay_rows(delivery: Delivery, tab: Tab, fields: list[str]) -> list[list[Value]]:
    """The incidents with the blank rows, the sub-total and the total that stand among and under them."""
    has_blanks = (delivery.place + tab.month.month) % 3 == 0
    has_subtotal = (delivery.place + tab.month.month) % 4 == 1
    rows: list[list[Value]] = []
    before = tab.month.day
    for n_listed, incident in enumerate(tab.incidents):
        day = incident.at.day if incident.at.month == tab.month.month else 1
        if has_subtotal and before <= 7 < day:
            rows.append(["Total week 1", n_listed])
        if has_blanks and (before <= 10 < day or before <= 20 < day):
            rows.append([])
        rows.append([_value(incident, field) for field in fields])
        before = day
    return [*rows, ["Total", len(tab.incidents)]]


def _value(incident: Incident, field: str) -> Value:
    match field:
        case "date":
            return type_date(incident.at.date(), incident.date_form)
        case "time":
            return incident.at.time() if incident.time_form < 30 else f"{incident.at:%H:%M}"
        case "beat_code":
            return f"ZB{incident.beat:02d}"
        case "beat_name":
            return f"Sample beat {incident.beat}"
        case "district":
            return "Broxtowe"
    found: str | int = getattr(incident, field)
    return None if found == "" else found
