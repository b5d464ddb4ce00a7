"""A small export of risks from Pentana that is accepted whole."""

from typing import Any

FILE = "Risks export 2019-07.xlsx"
HEADINGS = ["Risk Code", "Risk Title", "Current Risk Score", "Status", "Linked Actions"]
TITLES: list[list[Any]] = [["Community Safety risks"], ["Generated on 28 July 2019"], []]


def good() -> dict[str, list[list[Any]]]:
    rows = [
        ["COMS_R01", "Failure to deal with disorder", 9, "Amber", "COMS1920_01; COMS1920_02"],
        ["COMS_R02", "No food plan", 4, "Green", None],
        ["COMS_R03", "Loss of funding", 16, "Alert", "COMS1920_02"],
    ]
    return {"Risks": [*TITLES, HEADINGS, *rows]}
