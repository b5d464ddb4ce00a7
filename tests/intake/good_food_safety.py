"""A small workbook of the food safety programme that is accepted whole, without a warning."""

from datetime import date
from typing import Any

FILE = "Food safety 2019-20 Q2.xlsx"
TITLES: list[list[Any]] = [["Broxtowe Borough Council: food safety programme"], ["Programme as at 08/10/2019"], []]
HEADINGS = ["Premises reference", "Risk category", "Due", "Inspected", "Re-inspected", "Written warning"]
RECEIVED = ["Received", "Apr 2019", "May 2019", "Jun 2019", "Total"]


def programme(tabs: dict[str, list[list[Any]]], as_at: str = "08/10/2019") -> dict[str, list[list[Any]]]:
    """Tabs with their titles and headings, and a sheet of requests beside them."""
    titles = [TITLES[0], [f"Programme as at {as_at}"], []]
    return {name: [*titles, list(HEADINGS), *rows] for name, rows in tabs.items()} | requests(as_at=as_at)


def requests(
    rows: list[list[Any]] | None = None, headings: list[Any] | None = None, as_at: str = "08/10/2019"
) -> dict[str, list[list[Any]]]:
    counted = rows or [["Complaints", 7, 9, 11, 27], ["Service requests", 0, 4, 6, 10]]
    return {"Requests": [TITLES[0], [f"Programme as at {as_at}"], [], list(headings or RECEIVED), *counted]}


def good() -> dict[str, list[list[Any]]]:
    q1 = [
        ["FB-0101", "A", date(2019, 4, 15), date(2019, 4, 18), date(2019, 5, 20), date(2019, 4, 18)],
        ["FB-0102", "Cat C", "22/05/2019", "29/05/2019", None, "13/06/2019"],
        ["FB-0103", "Category E", 43619, None, None, None],
        ["FB-0104", "D", None, date(2019, 6, 27), date(2019, 7, 30), None],
        ["FB-0101", "A", None, None, None, date(2019, 6, 17)],
    ]
    q2 = [["FB-0103", "E", date(2019, 6, 3), date(2019, 7, 16), None, None]]
    return programme({"Q1 2019-20": q1, "Q2 2019-20": q2})
