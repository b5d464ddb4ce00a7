"""A small export of indicators from Pentana that is accepted whole."""

from typing import Any

FILE = "PI export 2019-20 Q1.xlsx"
MEASURES = ("Value", "Target", "Status")
HEADINGS = [
    "PI Code", "Short Name", *(f"{period} {measure}" for period in ("Q1 2019/20", "2018/19") for measure in MEASURES),
    "Latest Note",
]  # fmt: skip
TITLES: list[list[Any]] = [["Community Safety performance indicators"], ["Generated on 28 July 2019"], []]


def good() -> dict[str, list[list[Any]]]:
    rows = [
        ["ComS_011", "ASB incidents", 409, 500, "Green", "1,612", "N/A", "Data only", "<p>Fewer &amp; fewer.</p>"],
        ["ComS_012d", "Closed in 3 months", "82.00%", "80%", "Green", "79%", None, "Data only", None],
        ["ComS_066", "Premises inspected", "?", 12, "Unknown", 42, None, "Data only", None],
    ]
    return {"PI Report": [*TITLES, HEADINGS, *rows]}
