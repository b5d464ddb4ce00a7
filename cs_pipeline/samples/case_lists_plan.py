"""Turns what a service's years must add to into its cases, each drawn with its days, or says that it cannot be.

Which list shows a case, and how, is in `case_lists.py`. The ASB panel counts time in the same three bands.
"""

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from cs_pipeline.samples.case_lists_book import Case, misspell
from cs_pipeline.samples.police_asb_incidents import WARD_WEIGHTS
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarter_of, quarters

Band = Literal["short", "middle", "long"]

LISTED = quarters("2018-19-Q4", "2022-23-Q3")
FIRST_YEAR, LAST_YEAR = 2018, 2022
LAST_DAY = LISTED[-1].last
WEEK = dt.timedelta(days=7)
SEASON = (1.15, 1.2, 0.9, 0.75)  # What comes in by quarter: summer evenings are the noisiest.


@dataclass(frozen=True)
class Target:
    """What one year's cases add to. `short`, `middle` and `long` are the bands of `closing_days`, by year of closing;
    `long` also counts those open for over six months when the year ends.

    Of the year's own cases `recent_open` are open at its end after three to six months, `old_open` after more, and
    `oldest_open` after more and for another year. Whatever else is open then came in the year's last quarter.
    """

    received: int
    short: int
    middle: int
    long: int
    recent_open: int
    old_open: int
    oldest_open: int = 0


@dataclass(frozen=True)
class Service:
    """One service's cases. On 31 March 2019 its `opening` were open for under three months, three to six, and longer,
    and `n_closed` had just been closed. `corrected` are quarters whose list was sent a second time.
    """

    name: str
    title: str
    prefix: str
    digits: int
    most_between: int
    types: dict[str, int]
    opening: tuple[int, int, int]
    n_closed: int
    years: tuple[Target, ...]
    sheets: tuple[str, ...]
    corrected: tuple[str, ...]
    reopened_since: str
    n_reopened: int


@dataclass(frozen=True)
class Cohort:
    """So many cases received in one period and closed in another, in the band of their own time; None: still open."""

    n: int
    band: Band
    received: Period
    closed: Period | None


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def closing_days(band: Band, received: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of closing in under three months, in three to six, or in more."""
    three, six = months_after(received, 3), months_after(received, 6)
    match band:
        case "short":
            return received, three - ONE_DAY
        case "middle":
            return three, six
        case "long":
            return six + ONE_DAY, dt.date.max


def plan_cohorts(service: Service) -> Iterator[Cohort]:
    """ValueError for a year that cannot add to its target."""
    before = _quarters_of(FIRST_YEAR)
    fresh, recent, old = service.opening
    oldest = 0
    yield Cohort(service.n_closed, "short", _span(before[2:]), before[3])
    yield from _plan_open(FIRST_YEAR, fresh, recent, old, 0)
    for start, target in enumerate(service.years, FIRST_YEAR + 1):
        still_old = target.old_open + target.oldest_open
        short, middle = target.short - fresh, target.middle - recent
        long = target.long - old - still_old
        fresh = target.received - short - middle - long - target.recent_open - still_old
        if min(short, middle, long, fresh, target.recent_open, still_old) < 0:
            raise ValueError(f"{service.name}: the cases of {start} cannot add to {target}. Change what stays open.")
        recent, old, oldest = target.recent_open, still_old + oldest, target.oldest_open
        spans = _quarters_of(start)
        yield from _plan_short(short, spans, target.received, [*[0] * (len(spans) - 2), recent, fresh])
        yield Cohort(middle, "middle", _span(spans), _span(spans))
        yield Cohort(long, "long", _span(spans), _span(spans))
        yield from _plan_open(start, fresh, recent, target.old_open, oldest)


def _plan_short(short: int, spans: list[Period], received: int, still_open: list[int]) -> Iterator[Cohort]:
    """Those received and soon closed, fewer in the quarters of which many are still open, so that the year is even."""
    share = received / len(spans)
    weights = [max(1.0, season * share - n) for season, n in zip(SEASON, still_open, strict=False)]
    reached = [round(short * sum(weights[:place]) / sum(weights)) for place in range(len(spans) + 1)]
    for place, span in enumerate(spans):
        yield Cohort(reached[place + 1] - reached[place], "short", span, _span(spans))


def _plan_open(start: int, fresh: int, recent: int, old: int, oldest: int) -> Iterator[Cohort]:
    spans = _quarters_of(start)
    next_year, year_after = (
        _span(_quarters_of(year)) if year <= LAST_YEAR else None for year in (start + 1, start + 2)
    )
    yield Cohort(fresh, "short", spans[-1], next_year)
    yield Cohort(recent, "middle", spans[-2], next_year)
    yield Cohort(old, "long", _span(spans[:-2]), next_year)
    yield Cohort(oldest, "long", _span(spans[:-2]), year_after)


def _quarters_of(start: int) -> list[Period]:
    """The quarters of a financial year that are listed, and all those of the first."""
    return quarters(f"{start}-{(start + 1) % 100:02d}-Q1", quarter_of(min(LAST_DAY, dt.date(start + 1, 3, 31))).key)


def _span(spans: list[Period]) -> Period:
    return Period(spans[0].first, spans[-1].last)


def draw_days(rng: Random, cohort: Cohort) -> tuple[dt.date, dt.date | None]:
    """A day of receipt and of closing for one case of the cohort."""
    while True:
        received = pick_day(rng, cohort.received.first, cohort.received.last)
        if cohort.closed is None:
            return received, None
        first, last = closing_days(cohort.band, received)
        first, last = max(first, cohort.closed.first), min(last, cohort.closed.last)
        if first <= last:
            return received, first + dt.timedelta(days=int(((last - first).days + 1) * rng.random() ** 1.5))


def pick_day(rng: Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=rng.randrange((last - first).days + 1))


def draw_cases(rng: Random, service: Service, scale: int, wards: list[str]) -> list[Case]:
    """Every case by the day it was received, its words as they are typed, a few of them re-opened."""
    days = [draw_days(rng, cohort) for cohort in plan_cohorts(service) for _ in range(cohort.n * scale)]
    numbers = Counter[str]()
    cases = []
    for received, closed in sorted(days, key=lambda pair: (pair[0], pair[1] or dt.date.max)):
        prefix = service.prefix.format(day=received)
        numbers[prefix] += rng.randint(1, service.most_between)
        case_type = rng.choices(list(service.types), list(service.types.values()))[0]
        ward = rng.choices(wards, WARD_WEIGHTS)[0]
        cases.append(
            Case(
                reference=f"{prefix}{numbers[prefix]:0{service.digits}d}",
                received=received,
                closed=closed,
                case_type=misspell(rng, case_type),
                ward=misspell(rng, ward),
                date_form=rng.randrange(100),
            )
        )
    return _reopen_some(rng, service, cases, scale)


def _reopen_some(rng: Random, service: Service, cases: list[Case], scale: int) -> list[Case]:
    """A few cases get a first closing in one quarter and are opened again in a later one; their last day stays."""
    starts = [quarter.first for quarter in LISTED[1:] if quarter.key >= service.reopened_since]
    chances = {
        place: between
        for place, case in enumerate(cases)
        if (between := [day for day in starts if case.received + WEEK < day < (case.closed or LAST_DAY) - 2 * WEEK])
    }
    for place in rng.sample(sorted(chances), service.n_reopened * scale):
        case, start = cases[place], rng.choice(chances[place])
        closed_first = pick_day(rng, case.received + WEEK, start - ONE_DAY)
        reopened = pick_day(rng, start, min(start + 6 * WEEK, (case.closed or LAST_DAY) - WEEK))
        cases[place] = replace(case, closed_first=closed_first, reopened=reopened)
    return cases
