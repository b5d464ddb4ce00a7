"""A small export of actions from Pentana that is accepted whole; one code stands twice, as it may."""

from datetime import date
from typing import Any

FILE = "Actions export 2019-07.xlsx"
HEADINGS = [
    "Action Code", "Action Title", "Status", "Progress", "Due Date", "Original Due Date", "Assigned To", "Latest Note",
]  # fmt: skip
TITLES: list[list[Any]] = [["Community Safety actions"], ["Generated on 28 July 2019"], []]
DUE = date(2020, 3, 31)


def good() -> dict[str, list[list[Any]]]:
    note = "<div>Draft out.<br/>Reply by&nbsp;May.</div>"
    rows = [
        ["COMS1920_01", "Crime plan", "In Progress", "40%", DUE, DUE, "Senior Communities Officer", note],
        ["COMS1920_02", "Food plan", "Completed", 100, DUE, DUE, "Chief Environmental Health Officer", None],
        ["COMS1920_02", "Food survey", "Assigned", "0%", DUE, DUE, None, None],
    ]
    return {"Actions": [*TITLES, HEADINGS, *rows]}
