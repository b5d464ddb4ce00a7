"""Samples of Environmental Health's activity: the committed ones are what the module writes, and add to the plan.

They are read with openpyxl alone, and what was answered in time is reckoned with bank holidays written out here.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_samples import assert_same_files, read_date

from cs_pipeline.samples.environmental_health_activity import write_environmental_health_activity
from cs_pipeline.sources.shapes.activity_counts import ACTIVITIES
from cs_pipeline.sources.shapes.safety_requests import REQUESTS
from cs_pipeline.words.periods import month, parse_period, year_of
from cs_pipeline.words.settings import PROJECT

FOLDER = PROJECT / "sources" / "environmental_health_activity"
VISITS, SITES = "Health and safety intervention visits", "Caravan sites inspected"
PRINTED = {
    "Infectious disease notifications investigated": (28, 17, 12),
    "Health and safety inspections": (35, 12, 33),
    "Licensing and registration actions": (240, 234, 307),
    "Pollution complaints": (475, 671, 669),
    "Traveller encampments": (7, 0, 5),
    "Traveller encampments on Council land": (2, 0, 2),
}
PRINTED_SHARES = {VISITS: (65, 0, 80), SITES: (100, 0, 100)}
PRINTED_REQUESTS = {"complaint or request": (52, 405, 68), "accident": (43, 38, 36)}
IN_TIME = ((88, 95, 93), (385, 443, 87), (94, 104, 90))  # answered in time, of, and the printed percentage
BANK_HOLIDAYS = {
    dt.date.fromisoformat(f"{year}-{day}")
    for year, days in {
        2019: "04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02",
    }.items()
    for day in days.split()
}
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Return:
    """A workbook: the day it was made, its quarter, the numbers of its months, and its requests."""

    path: Path
    made_on: dt.date
    quarter: str
    counts: dict[tuple[str, str, str], int]
    requests: list[tuple[str, dt.date, bool, dt.date | None]]
    says: set[str]


def read_return(path: Path) -> Return:
    book = load_workbook(path, read_only=True)
    sheets = {sheet.title: list(sheet.values) for sheet in book.worksheets}
    book.close()
    titles = [str(row[0]) for row in sheets["Monthly counts"][:4]]
    assert titles == [str(row[0]) for row in sheets["H&S requests"][:4]]
    says = {titles[3], str(sheets["Notes"][1][0]).rstrip(".")}
    made_on = read_date(titles[1].removeprefix("Return made on "))
    return Return(
        path, made_on, titles[2], counts_of(sheets["Monthly counts"]), requests_of(sheets["H&S requests"]), says
    )


def below(rows: list[tuple[Any, ...]], heading: str) -> tuple[list[Any], list[tuple[Any, ...]]]:
    top = next(place for place, row in enumerate(rows) if row and row[0] == heading)
    kept = [row for row in rows[top + 1 :] if row and row[0] and not re.match("Total|Note", str(row[0]))]
    return [cell for cell in rows[top] if cell], kept


def counts_of(rows: list[tuple[Any, ...]]) -> dict[tuple[str, str, str], int]:
    headings, kept = below(rows, "Activity")
    means = {said: name for name, spellings in ACTIVITIES.items() for said in (name, *spellings)}
    assert headings[-1] == "Year to date"
    counts = {}
    for name, *values in kept:
        for heading, value in zip(headings[1:-1], values, strict=False):
            told, role = heading.rsplit(" ", 1)
            period = parse_period(told)
            assert period
            if value is not None:
                counts[means[name], period.key, role] = value
        assert values[len(headings) - 2] == sum(value or 0 for value in values[: len(headings) - 2 : 2])
    assert {name for name, _, _ in counts} == set(ACTIVITIES)
    return counts


def requests_of(rows: list[tuple[Any, ...]]) -> list[tuple[str, dt.date, bool, dt.date | None]]:
    _, kept = below(rows, "Kind")
    kinds = REQUESTS.columns[1]
    found = []
    for kind, received, urgent, answered, *_ in kept:
        (meant,) = kinds.read(kind) or ("",)
        found.append((meant, read_date(received), urgent[0] == "Y", answered and read_date(answered)))
    return found


@cache
def committed() -> tuple[Return, ...]:
    return tuple(sorted(map(read_return, FOLDER.glob("*.xlsx")), key=lambda one: one.made_on))


def latest(returns: tuple[Return, ...]) -> tuple[dict[tuple[str, str, str], int], list[tuple[Any, ...]]]:
    """The numbers and the requests that hold: of each month and quarter those of the last return that tells it."""
    counts = {key: n for one in returns for key, n in one.counts.items()}
    return counts, [request for listed in {one.quarter: one.requests for one in returns}.values() for request in listed]


def by_year(counts: dict[tuple[str, str, str], int], activity: str, role: str = "number") -> tuple[int, ...]:
    added = Counter[int]()
    for (name, told, of), n in counts.items():
        if (name, of) == (activity, role):
            added[year_of(month(*map(int, told.split("-"))).first).first.year] += n
    return tuple(added[start] for start in (2019, 2020, 2021))


def is_off(day: dt.date) -> bool:
    return day.weekday() > 4 or day in BANK_HOLIDAYS


def due(received: dt.date, *, is_urgent: bool) -> dt.date:
    day, left = received, 1 if is_urgent else 5
    while is_off(day):
        day += DAY
    while left:
        day += DAY
        left -= not is_off(day)
    return day


def test_the_committed_returns_are_those_written_from_the_seed(tmp_path: Path) -> None:
    assert len(write_environmental_health_activity(tmp_path)) == 16
    assert_same_files(tmp_path, FOLDER)


def test_the_years_are_those_that_the_plan_prints() -> None:
    counts, _ = latest(committed())
    assert {activity: by_year(counts, activity) for activity in PRINTED} == PRINTED
    for activity, shares in PRINTED_SHARES.items():
        done, of = by_year(counts, activity), by_year(counts, activity, "of")
        assert tuple(round(100 * n / whole) for n, whole in zip(done, of, strict=True)) == shares


def test_requests_and_answers_in_time_are_those_that_the_plan_prints() -> None:
    _, requests = latest(committed())
    n_of, in_time = Counter[tuple[str, int]](), Counter[tuple[bool, int]]()
    for kind, received, urgent, answered in requests:
        start = year_of(received).first.year
        n_of["accident" if kind == "Accident notification" else "complaint or request", start] += 1
        in_time[bool(answered and answered <= due(received, is_urgent=urgent)), start] += 1
    years = (2019, 2020, 2021)
    assert {part: tuple(n_of[part, start] for start in years) for part in PRINTED_REQUESTS} == PRINTED_REQUESTS
    told = [(in_time[True, start], in_time[True, start] + in_time[False, start]) for start in years]
    assert [(n, of, round(100 * n / of)) for n, of in told] == [*IN_TIME]


def test_bank_holidays_and_days_off_decide_some_of_the_answers() -> None:
    _, requests = latest(committed())
    assert sum(is_off(received) for _, received, _, _ in requests) > 20
    plain = [
        (due(received, is_urgent=urgent), answered)
        for _, received, urgent, answered in requests
        if answered and any(received < day <= answered for day in BANK_HOLIDAYS)
    ]
    assert sum(day == answered for day, answered in plain) > 3


def test_every_return_is_made_when_the_time_of_all_its_requests_is_over() -> None:
    for one in committed():
        assert all(one.made_on >= due(received, is_urgent=urgent) for _, received, urgent, _ in one.requests)
        assert all(answered is None or received <= answered <= one.made_on for _, received, _, answered in one.requests)


def test_later_returns_put_earlier_ones_right() -> None:
    told: dict[tuple[str, str, str], int] = {}
    corrected = Counter[str]()
    for one in committed():
        corrected.update(key[1] for key, n in one.counts.items() if told.get(key, n) != n)
        told |= one.counts
    assert corrected == {"2019-04": 1, "2021-07": 1}
    again = [one for one in committed() if one.quarter == "Quarter: Q3 2020/21"]
    assert ["corrected" in one.path.stem for one in again] == [False, True]
    assert len(again[1].requests) - len(again[0].requests) == 6


def test_no_month_has_more_than_its_whole() -> None:
    counts, _ = latest(committed())
    for (name, told, role), n in counts.items():
        if name in (VISITS, SITES) and role == "number":
            assert n <= counts[name, told, "of"]
        if name == "Traveller encampments on Council land":
            assert n <= counts["Traveller encampments", told, "number"]


def test_every_sheet_says_that_it_is_synthetic_and_2022_illustrative() -> None:
    for one in committed():
        is_illustrative = "2022/23" in one.quarter
        kind = "Synthetic and illustrative sample" if is_illustrative else "Synthetic sample"
        assert one.says == {f"{kind}: no real request, person or place"}


@pytest.mark.parametrize("scale", [2])
def test_a_larger_sample_adds_to_as_many_times_the_years(scale: int, tmp_path: Path) -> None:
    counts, requests = latest(tuple(map(read_return, write_environmental_health_activity(tmp_path, 7, scale))))
    assert {a: by_year(counts, a) for a in PRINTED} == {a: tuple(scale * n for n in ns) for a, ns in PRINTED.items()}
    assert len([1 for _, received, _, _ in requests if received < dt.date(2022, 4, 1)]) == scale * (95 + 443 + 104)
