"""A small return of Environmental Health's activity that is accepted whole, and the sheets it is made of."""

from datetime import date
from typing import Any

Rows = list[list[Any]]

FILE = "EH activity 2019-20 Q1.xlsx"
COUNT_HEADINGS = ["Activity", *(f"{month} 2019 {role}" for month in ("Apr", "May", "Jun") for role in ("number", "of"))]
REQUEST_HEADINGS = ["Kind", "Received", "Urgent", "First response"]


def activity(
    counts: Rows, requests: Rows, *, headings: list[Any] = COUNT_HEADINGS, made: str = "15/07/2019"
) -> dict[str, Rows]:
    """The return of a quarter: title rows, a blank one, the headings, then the rows of each sheet."""
    titles = [["Environmental Health: activity"], [f"Return made on {made}"], ["Quarter: Q1 2019/20"], []]
    return {
        "Monthly counts": [*titles, list(headings), *counts],
        "H&S requests": [*titles, list(REQUEST_HEADINGS), *requests],
    }


def good() -> dict[str, Rows]:
    """Every activity would be many rows: these hold a number alone, and one that is of another."""
    answered = date(2019, 4, 9)
    return activity(
        [
            ["Pollution complaints (including noise)", 38, None, 41, None, 1045, None],
            ["H&S intervention visits", 2, 3, 0, 0, 4, 4],
            ["Traveller encampments", 0, None, 2, None, 1, None],
        ],
        [
            ["Complaint", "29/04/2019", "No", date(2019, 4, 30)],
            ["Service request", date(2019, 4, 8), "Yes", answered],
            ["Service request", date(2019, 4, 8), "Yes", answered],
            ["Accident notification", 43628, "No", None],
        ],
    )
