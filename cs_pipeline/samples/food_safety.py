"""Turns a seed into the quarterly workbooks of the food safety programme, whose years add to what the plan prints.

Which premises are due, inspected and warned is drawn in `food_safety_programme.py`; how a workbook is read is declared
in `sources/food_safety.py`.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from random import Random

from openpyxl import Workbook

from cs_pipeline.samples.book import MADE_BY, Row, lay_sheet, save, say_synthetic, start_book, type_date, with_total
from cs_pipeline.samples.food_safety_programme import Visit, draw_programme
from cs_pipeline.words.periods import Period, month, quarters

SEED = 2023
TITLE = "Broxtowe Borough Council: food safety programme"
FIRST, LAST = "2019-20-Q1", "2022-23-Q3"
HEADINGS = (
    ("Premises reference", "Risk category", "Due", "Inspected", "Re-inspected", "Written warning"),
    ("Premises ref", "Category", "Date due", "Date inspected", "Date re-inspected", "Date of written warning"),
)
CATEGORY = ("{}", "{}", "Cat {}", "Category {}")
COMPLAINTS, SERVICE = "Complaints", "Service requests"
ALSO_CALLED = {COMPLAINTS: "Food complaints", SERVICE: "Requests for service"}
# Received in 2019/20, 2020/21, 2021/22, and April to December 2022. The plan prints their sums 172, 377 and 238.
REQUESTS = {COMPLAINTS: (98, 141, 117, 84), SERVICE: (74, 236, 121, 90)}
SEASONS = (0.9, 1.0, 1.1, 1.2, 1.2, 1.0, 0.9, 0.8, 1.0, 0.8, 0.9, 1.0)
# Quarters whose own workbook tells their tab, or its last month's requests, otherwise than the later ones do.
NOT_YET_ENTERED, NOT_YET_COUNTED = ("2019-20-Q2", "2021-22-Q1"), ("2020-21-Q1", "2021-22-Q3")

Months = dict[tuple[str, dt.date], int]


def write_food_safety(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 15 workbooks, each with a tab for every quarter of its year so far; returns their paths in order.

    By the latest workbook of each quarter, inspections number 709 in 2019/20, 35 in 2020/21 and 1,072 in 2021/22, times
    `scale`.
    """
    rng = Random(f"food_safety {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    listed = quarters(FIRST, LAST)
    tabs = draw_programme(rng, listed, scale)
    received = _count_requests(scale)
    paths = []
    for place, quarter in enumerate(listed):
        path = to_dir / f"Food safety programme {quarter.key.replace('-Q', ' Q')}.xlsx"
        so_far = [one for one in listed if one.key[:7] == quarter.key[:7] and one <= quarter]
        save(_make_book(place, quarter, {one: tabs[one] for one in so_far}, received), path)
        paths.append(path)
    return paths


def _count_requests(scale: int) -> Months:
    """Each year's requests over its months, their sums exact."""
    counts = {}
    for kind, totals in REQUESTS.items():
        for start, total in zip((2019, 2020, 2021, 2022), totals, strict=True):
            weights = SEASONS[: 9 if start == 2022 else 12]
            for place in range(len(weights)):
                until, before = (sum(weights[:end]) / sum(weights) for end in (place + 1, place))
                first = month(start + (place + 3) // 12, (place + 3) % 12 + 1).first
                counts[kind, first] = round(total * scale * until) - round(total * scale * before)
    return counts


def _make_book(place: int, quarter: Period, tabs: dict[Period, list[Visit]], received: Months) -> Workbook:
    says = say_synthetic(quarter.key.startswith("2022"), "premises")
    notes = [
        f"{MADE_BY}.",
        "Only the totals of whole years are those of the published plan.",
        "A premises stands in the tab of the quarter in which it was due, and once more where it was inspected late.",
        "A second warning, or what followed an inspection of the year before, stands in a row of its own.",
        "Categories A to E are those of the Food Law Code of Practice and no hygiene ratings.",
    ]
    if quarter.key.startswith("2020"):
        notes.append("Few were inspected: new and higher risk businesses came first. Others were warned in writing.")
    workbook = start_book(TITLE, says, notes)
    as_at = quarter.last + dt.timedelta(days=6 + 2 * place % 5)
    head = (TITLE, f"Programme as at {as_at:%d/%m/%Y}", says)
    for tab, visits in tabs.items():
        year, number = tab.key.rsplit("-", 1)
        known = [_known_at(visit, quarter) for visit in visits]
        if tab == quarter and quarter.key in NOT_YET_ENTERED:
            known = [
                replace(visit, inspected=None, again=None, warned=None)
                if visit.due and visit.due >= tab.first and n % 9 == 4
                else visit
                for n, visit in enumerate(known)
            ]
        laid = with_total([_lay_row(visit) for visit in known], gap=12 if place % 4 == 1 else 0)
        lay_sheet(workbook.create_sheet(f"{number} {year}"), head, 5 + place % 2, HEADINGS[place // 2 % 2], laid)
    _lay_requests(workbook, place, quarter, head, received)
    return workbook


def _known_at(visit: Visit, quarter: Period) -> Visit:
    """A visit without what followed it only after a quarter."""
    again, warned = (day if day and day <= quarter.last else None for day in (visit.again, visit.warned))
    return replace(visit, again=again, warned=warned)


def _lay_row(visit: Visit) -> Row:
    days = (visit.due, visit.inspected, visit.again, visit.warned)
    typed = [type_date(day, visit.form) for day in days]
    return [visit.reference, CATEGORY[visit.form % 4].format(visit.category), *typed]


def _lay_requests(workbook: Workbook, place: int, quarter: Period, head: tuple[str, ...], received: Months) -> None:
    start = int(quarter.key[:4])
    months = [first for kind, first in received if kind == COMPLAINTS and dt.date(start, 4, 1) <= first <= quarter.last]
    rows: list[Row] = []
    for kind in REQUESTS:
        counts = [received[kind, first] for first in months]
        counts[-1] -= counts[-1] // 3 if quarter.key in NOT_YET_COUNTED else 0
        rows.append([ALSO_CALLED[kind] if place % 3 == 1 else kind, *counts, sum(counts)])
    under: Row = ["Total", *(sum(int(str(row[n])) for row in rows) for n in range(1, len(months) + 2))]
    headings: Row = ["Received", *(months if place % 3 == 2 else [f"{first:%b %Y}" for first in months]), "Total"]
    lay_sheet(workbook.create_sheet("Requests"), head, 5, headings, [*rows, under], dates="mmm-yy")


WRITES = {"food_safety": write_food_safety}
