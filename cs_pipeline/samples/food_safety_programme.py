"""Draws the premises of each quarter's programme: due, inspected in time or late, new, inspected again and warned.

How they are laid out as workbooks is `food_safety.py`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from cs_pipeline.words.periods import Period, quarter_of

HIGH, LOW = "AABBBCCCCC", "DDDEE"
FIRST_NUMBER = 101


@dataclass(frozen=True)
class Year:
    """What a financial year's tabs add to; of `high` and `low` the premises due, and those inspected in time.

    `late` were due in an earlier quarter and `new` in none. Of all inspected `warned` got a written warning, `twice` of
    them two, and so did `unseen` others. `again` were inspected once more, and `again_next` more in the year after.
    `weights` share what is due and new over the quarters, `late_weights` what is late.
    """

    high: tuple[int, int]
    low: tuple[int, int]
    late: int
    new: int
    again: int
    warned: int
    twice: int
    unseen: int = 0
    again_next: int = 0
    weights: tuple[float, ...] = (1, 1, 1, 1)
    late_weights: tuple[float, ...] = (1, 1, 1, 1)


# Inspected 709, 35 and 1,072, again 50, 12 and 13, warned 407, 90 and 1,000; in time 98, 5 and 95% of the high risk and
# 96, 1 and 85% of the low, as the plan prints. All else is invented.
YEARS = {
    "2019-20": Year(
        (250, 245), (450, 432), late=12, new=20, again=50, warned=407, twice=15, again_next=2, late_weights=(0, 1, 1, 1)
    ),
    "2020-21": Year(
        (240, 12), (460, 5), late=4, new=14, again=10, warned=31, twice=4, unseen=59, weights=(0.4, 1, 1.3, 1.3)
    ),
    "2021-22": Year((260, 247), (420, 357), late=428, new=40, again=13, warned=1000, twice=40),
    "2022-23": Year(
        (190, 181),
        (330, 290),
        late=70,
        new=25,
        again=14,
        warned=380,
        twice=9,
        weights=(1, 1, 1),
        late_weights=(1, 1, 1),
    ),
}


@dataclass(frozen=True)
class Visit:
    """One row of the programme; `form` fixes how its days and its category are typed in every workbook."""

    reference: str
    category: str
    form: int
    due: dt.date | None = None
    inspected: dt.date | None = None
    again: dt.date | None = None
    warned: dt.date | None = None

    @property
    def days(self) -> list[dt.date]:
        return [day for day in (self.due, self.inspected, self.again, self.warned) if day]


Tabs = dict[Period, list[Visit]]


def draw_programme(rng: Random, listed: list[Period], scale: int) -> Tabs:
    """The rows of each quarter's tab as they are known in the end, in the order of their first day."""
    draw = _Draw(rng, scale)
    tabs: Tabs = {}
    for key, year in YEARS.items():
        tabs |= draw.draw_year(year, [quarter for quarter in listed if quarter.key.startswith(key)])
    return {q: sorted(visits, key=lambda visit: (visit.days[0], visit.reference)) for q, visits in tabs.items()}


class _Draw:
    """Year after year: `missed` were due and are not inspected yet, `to_see_again` will be in the year after."""

    def __init__(self, rng: Random, scale: int) -> None:
        self.rng, self.scale, self.number = rng, scale, FIRST_NUMBER
        self.missed: list[Visit] = []
        self.to_see_again: list[Visit] = []

    def draw_year(self, year: Year, listed: list[Period]) -> Tabs:
        tabs = {quarter: list(self._draw_tab(year, place, quarter)) for place, quarter in enumerate(listed)}
        last = listed[-1].last
        inspected = [
            (quarter, n) for quarter, visits in tabs.items() for n, visit in enumerate(visits) if visit.inspected
        ]
        for quarter, n in self.rng.sample(inspected, year.warned * self.scale):
            visit = tabs[quarter][n]
            tabs[quarter][n] = replace(visit, warned=self._after(visit.days[-1], 0, 12, last))
        early = [one for one in inspected if one[0] != listed[-1]]
        for quarter, n in self.rng.sample(early, year.again * self.scale):
            visit = tabs[quarter][n]
            tabs[quarter][n] = replace(visit, again=self._after(visit.inspected or last, 20, 70, last))
        for visit in self._draw_rows_of_their_own(year, tabs, listed):
            tabs[quarter_of(visit.days[0])].append(visit)
        return tabs

    def _draw_tab(self, year: Year, place: int, quarter: Period) -> Iterator[Visit]:
        for visit in self.rng.sample(self.missed, self._share(year.late, year.late_weights, place)):
            self.missed.remove(visit)
            yield replace(visit, inspected=self._workday(quarter))
        for categories, (n_due, n_in_time) in ((HIGH, year.high), (LOW, year.low)):
            due = [
                self._visit(categories, due=self._workday(quarter))
                for _ in range(self._share(n_due, year.weights, place))
            ]
            in_time = self._share(n_in_time, year.weights, place)
            yield from (replace(visit, inspected=self._workday(quarter)) for visit in due[:in_time])
            yield from due[in_time:]
            self.missed += due[in_time:]
        for _ in range(self._share(year.new, year.weights, place)):
            yield self._visit(HIGH + LOW, inspected=self._workday(quarter))

    def _draw_rows_of_their_own(self, year: Year, tabs: Tabs, listed: list[Period]) -> Iterator[Visit]:
        """Warned without an inspection, warned a second time, inspected again in the year after."""
        for _ in range(year.unseen * self.scale):
            yield self._visit(HIGH + LOW, warned=self._workday(self.rng.choice(listed[1:])))
        for visit in self.to_see_again:
            yield replace(visit, due=None, inspected=None, warned=None, again=self._workday(listed[0]))
        inspected = [visit for visits in tabs.values() for visit in visits if visit.inspected]
        for visit in self.rng.sample([visit for visit in inspected if visit.warned], year.twice * self.scale):
            day = self._after(visit.warned or listed[0].first, 10, 60, listed[-1].last)
            yield replace(visit, due=None, inspected=None, again=None, warned=day)
        late = [visit for visit in tabs[listed[-1]] if visit.inspected]
        self.to_see_again = self.rng.sample(late, year.again_next * self.scale)

    def _share(self, total: int, weights: tuple[float, ...], place: int) -> int:
        until, before = (sum(weights[:end]) / sum(weights) for end in (place + 1, place))
        return round(total * self.scale * until) - round(total * self.scale * before)

    def _visit(self, categories: str, **days: dt.date) -> Visit:
        self.number += 1
        return Visit(f"FB-{self.number:04d}", self.rng.choice(categories), self.rng.randrange(100), **days)

    def _workday(self, quarter: Period) -> dt.date:
        day = quarter.first + dt.timedelta(days=self.rng.randrange((quarter.last - quarter.first).days - 2))
        return day + dt.timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])

    def _after(self, day: dt.date, least: int, most: int, last: dt.date) -> dt.date:
        """A working day so many days after another, or the last one there is."""
        later = min(day + dt.timedelta(days=self.rng.randint(least, most)), last)
        return max(day, later - dt.timedelta(days=max(0, later.weekday() - 4)))
