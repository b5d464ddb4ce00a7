"""Turns a seed into requests on health and safety, so many of each kind in a year and so many of them answered late.

What is late is reckoned by England's bank holidays. How the requests are sent is `environmental_health_activity.py`.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarters

FIRST, LAST = "2019-20-Q1", "2022-23-Q3"
KINDS = {
    "Complaint": ("Complaints",),
    "Service request": ("Request", "Request for service"),
    "Accident notification": ("Accident", "RIDDOR"),
}
URGENT = {"Complaint": 0.3, "Service request": 0.1, "Accident notification": 0.5}
DAYS_GIVEN = {True: 1, False: 5}  # Working days, to what is urgent and to the rest.
LATEST = 12  # So many working days after its time a late answer comes at most.


@dataclass(frozen=True)
class Year:
    """How many complaints, service requests and accidents a year holds, how many were late, and where they fall."""

    counts: tuple[int, int, int]
    late: int
    weights: tuple[float, ...]


# The plan prints 52, 405 and 68 complaints and requests, 43, 38 and 36 accidents, and 93%, 87% and 90% in time.
YEARS = {
    "2019-20": Year((30, 22, 43), 7, (1, 1.1, 1, 0.9)),
    "2020-21": Year((262, 143, 38), 58, (1.7, 1, 0.9, 1)),
    "2021-22": Year((40, 28, 36), 10, (1.2, 1, 1, 0.8)),
    "2022-23": Year((24, 18, 26), 6, (1, 1, 1)),
}


@dataclass(frozen=True)
class Request:
    """One request as it is typed on every return that holds it. `date_form`, 0 to 99, fixes how its days are typed."""

    kind: str
    received: dt.date
    urgent: str
    answered: dt.date | None
    date_form: int

    def known_on(self, day: dt.date) -> "Request":
        return self if self.answered is None or self.answered <= day else replace(self, answered=None)


def draw_requests(rng: Random, scale: int) -> dict[Period, list[Request]]:
    """Every request by the quarter and the day in which it was received."""
    working = _working_days()
    drawn: dict[Period, list[Request]] = {quarter: [] for quarter in quarters(FIRST, LAST)}
    for year, planned in YEARS.items():
        spans = [quarter for quarter in drawn if quarter.key.startswith(year)]
        kinds = [kind for kind, n in zip(KINDS, planned.counts, strict=True) for _ in range(n * scale)]
        late = set(rng.sample(range(len(kinds)), planned.late * scale))
        for place, kind in enumerate(kinds):
            (quarter,) = rng.choices(spans, planned.weights)
            drawn[quarter].append(_draw(rng, kind, quarter, working, is_late=place in late))
    return {quarter: sorted(listed, key=lambda one: one.received) for quarter, listed in drawn.items()}


def _draw(rng: Random, kind: str, quarter: Period, working: list[dt.date], *, is_late: bool) -> Request:
    received = quarter.first + dt.timedelta(days=rng.randrange((quarter.last - quarter.first).days + 1))
    start = bisect_left(working, received)  # The same day, or the first working day after it.
    if working[start] != received and rng.random() < 0.6:  # Few come in on a day off.
        received = working[start] if working[start] <= quarter.last else received
    is_urgent = rng.random() < URGENT[kind]
    given = DAYS_GIVEN[is_urgent]
    after = given + rng.randint(1, LATEST) if is_late else rng.randint(0, given)
    is_answered = not is_late or rng.random() < 0.8
    yes, no = rng.choice((("Yes", "No"), ("Yes", "No"), ("Y", "N")))
    return Request(
        kind=kind if rng.random() < 0.7 else rng.choice(KINDS[kind]),
        received=received,
        urgent=yes if is_urgent else no,
        answered=working[start + after] if is_answered else None,
        date_form=rng.randrange(100),
    )


def _working_days() -> list[dt.date]:
    from holidays import country_holidays

    first, last = dt.date(2019, 4, 1), dt.date(2023, 3, 31)
    off = country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    return [day for day in _days(first, last) if day.weekday() < 5 and day not in off]


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += ONE_DAY
