"""Turns a seed into MARAC returns, Broxtowe's cases and repeats of each full year adding to those the plan prints.

How a workbook looks is in `marac_book.py`. No case reaches a file, only how many there were at a meeting.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import save
from cs_pipeline.samples.marac_book import AGENCIES, BROXTOWE, WHO_1, WHOLE, Return, Row, make_book
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarter_of, year_of

SEED = 2024
# Cases and repeats by the calendar year a financial year starts in: Broxtowe's, which the plan prints for the first
# three, and those of Gedling and Rushcliffe, which are invented like all of 2022/23 (to December).
TOTALS = {
    2019: ((129, 18), (274, 71)),
    2020: ((107, 27), (251, 68)),
    2021: ((153, 27), (312, 92)),
    2022: ((121, 29), (238, 74)),
}
FIRST_MEETING = dt.date(2019, 4, 2)
BETWEEN_MEETINGS = dt.timedelta(days=14)
N_MEETINGS = 98
# Quarter -> the day of the return that restates it; in the first one every sixth case was still missing.
REVISED = {"2020-21-Q2": dt.date(2020, 12, 10), "2021-22-Q4": dt.date(2022, 6, 16)}
LATE_EVERY = 6
# How common, in the order of AGENCIES and of WHO_1; a case can be of several groups or of none.
AGENCY_WEIGHTS = (55, 13, 8, 3, 4, 1, 4, 4, 3, 6, 1, 2, 3, 2)
SHARES_OF_GROUPS = (0.16, 0.03, 0.11, 0.05, 0.03, 0.02)
CHILDREN = (0, 0, 0, 1, 1, 2, 2, 3, 4)


@dataclass(frozen=True)
class Case:
    """What the return counts of one invented case: who referred it, how many children, which of the groups."""

    meeting_on: dt.date
    is_repeat: bool
    agency: str
    n_children: int
    groups: tuple[str, ...]


def write_marac(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 15 quarterly and 2 revised returns; returns their paths in the order they were made.

    By the latest return of each quarter Broxtowe's cases and repeats add to `scale` times its `TOTALS`.
    """
    rng = Random(seed)  # noqa: S311  a sample must come out the same again, not be hard to guess
    returns = [made for start in TOTALS for made in _plan_year(rng, start, scale)]
    paths = []
    for place, made in enumerate(sorted(returns, key=lambda made: made.made_on)):
        path = to_dir / made.file_name
        save(make_book(replace(made, place=place)), path)
        paths.append(path)
    return paths


def _plan_year(rng: Random, start: int, scale: int) -> list[Return]:
    meetings = [FIRST_MEETING + place * BETWEEN_MEETINGS for place in range(N_MEETINGS)]
    meetings = [day for day in meetings if year_of(day).first.year == start]
    parts = [_draw_cases(rng, meetings, n_cases * scale, n_repeats * scale) for n_cases, n_repeats in TOTALS[start]]
    returns = []
    for period in dict.fromkeys(map(quarter_of, meetings)):
        # A day is typed the same way in the return that restates it.
        days = [(day, rng.randrange(100)) for day in meetings if quarter_of(day) == period]
        told = parts
        if revised_on := REVISED.get(period.key):
            returns.append(_plan_return(period, revised_on, days, parts))
            told = [_without_late(part, period) for part in parts]
        returns.append(_plan_return(period, _due(period), days, told))
    return returns


def _draw_cases(rng: Random, meetings: list[dt.date], n_cases: int, n_repeats: int) -> list[Case]:
    """`n_cases` cases, of which `n_repeats` are repeats, over the meetings as it falls out."""
    repeats = set(rng.sample(range(n_cases), n_repeats))
    return [
        Case(
            meeting_on=rng.choice(meetings),
            is_repeat=place in repeats,
            agency=rng.choices(AGENCIES, AGENCY_WEIGHTS)[0],
            n_children=rng.choice(CHILDREN),
            groups=tuple(who for who, share in zip(WHO_1, SHARES_OF_GROUPS, strict=True) if rng.random() < share),
        )
        for place in range(n_cases)
    ]


def _without_late(cases: list[Case], period: Period) -> list[Case]:
    """The quarter's cases as first told: without every sixth, repeats counted off first so that they too fall short."""
    told = [case for case in cases if quarter_of(case.meeting_on) == period]
    told.sort(key=lambda case: not case.is_repeat)
    return [case for place, case in enumerate(told) if place % LATE_EVERY]


def _due(period: Period) -> dt.date:
    """Three to four weeks after the quarter: the first Thursday from the 22nd on."""
    earliest = (period.last + ONE_DAY).replace(day=22)
    return earliest + dt.timedelta(days=(3 - earliest.weekday()) % 7)


def _plan_return(period: Period, made_on: dt.date, days: list[tuple[dt.date, int]], parts: list[list[Case]]) -> Return:
    rows = []
    for day, date_form in days:
        broxtowe, others = ([case for case in part if case.meeting_on == day] for part in parts)
        rows.append(Row(day, WHOLE, _count(broxtowe + others), date_form))
        rows.append(Row(day, BROXTOWE, _count(broxtowe), date_form))
    return Return(place=0, period=period, made_on=made_on, is_revised=made_on != _due(period), rows=tuple(rows))


def _count(cases: list[Case]) -> tuple[int, ...]:
    """The numbers of one row in the order of the headings: cases, repeats, agencies, children, groups."""
    agencies = Counter(case.agency for case in cases)
    groups = Counter(who for case in cases for who in case.groups)
    return (
        len(cases),
        sum(case.is_repeat for case in cases),
        *(agencies[name] for name in AGENCIES),
        sum(case.n_children for case in cases),
        *(groups[who] for who in WHO_1),
    )


WRITES = {"marac": write_marac}
