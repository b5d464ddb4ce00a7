"""Financial periods (years run April to March), and the periods that people write.

A text is read only when it can mean one thing. Days and times are `days.py`; what else people type in a cell of
figures is `typed.py`.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cs_pipeline.words.days import (
    MONTH,
    MONTH_NUMBERS,
    MONTHS,
    ONE_DAY,
    YEAR,
    YEARS_READ,
    full_year,
    match,
    tidy,
)

MOST_YEARS = 10  # Longer than any plan: 2020-11 is a month, not ninety-one years.


@dataclass(frozen=True, order=True)
class Period:
    """From the first day to the last, both counted. ValueError when it would end before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A period cannot end on {self.last}, before it begins on {self.first}.")

    @property
    def months(self) -> int:
        """How many calendar months it fills; 0 when it begins or ends inside one."""
        after = self.last + ONE_DAY
        whole = self.first.day == after.day == 1
        return (after.year - self.first.year) * 12 + after.month - self.first.month if whole else 0

    @property
    def kind(self) -> Literal["month", "quarter", "year", "span"]:
        if self.months == 1:
            return "month"
        if self.months == 3 and self.first.month % 3 == 1:
            return "quarter"
        return "year" if self.months == 12 and self.first.month == 4 else "span"

    @property
    def key(self) -> str:
        """`2019-04`, `2019-20-Q1`, `2019-20`, `2019-10/2020-09`, and ISO days where it is cut inside a month.

        November 2010 and the year 2010/11 share one key, like every such pair up to 2011/12.
        """
        if self.kind in ("quarter", "year"):
            return self._of_financial_year("-", "-")
        ends = [day.isoformat()[: 7 if self.months else 10] for day in (self.first, self.last)]
        return "/".join(dict.fromkeys(ends))

    @property
    def name(self) -> str:
        """As on paper: `April 2019`, `2019/20 Q1`, `2019/20`, `October 2019 to September 2020`."""
        if self.kind in ("quarter", "year"):
            return self._of_financial_year("/", " ")
        ends = [
            f"{'' if self.months else f'{day.day} '}{MONTHS[day.month - 1]} {day.year}"
            for day in (self.first, self.last)
        ]
        return " to ".join(dict.fromkeys(ends))

    def _of_financial_year(self, slash: str, space: str) -> str:
        start = year_of(self.first).first.year
        years = f"{start}{slash}{(start + 1) % 100:02d}"
        return years if self.kind == "year" else f"{years}{space}Q{(self.first.month - 4) % 12 // 3 + 1}"


def month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - ONE_DAY)


def quarter(start_year: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that begins in April of `start_year`; else ValueError."""
    if number not in (1, 2, 3, 4):
        raise ValueError(f"There is no quarter {number}. Give 1, 2, 3 or 4.")
    first = date(start_year + number // 4, number * 3 % 12 + 1, 1)
    return Period(first, month(first.year, first.month + 2).last)


def year(start_year: int) -> Period:
    """The financial year that begins in April of `start_year`."""
    return Period(date(start_year, 4, 1), date(start_year + 1, 3, 31))


def year_of(day: date) -> Period:
    return year(day.year - (day.month < 4))


def quarter_of(day: date) -> Period:
    return quarter(year_of(day).first.year, (day.month - 4) % 12 // 3 + 1)


def quarters(first_key: str, last_key: str) -> list[Period]:
    """Every quarter between two keys, both counted; empty out of order. ValueError for other keys."""
    first, last = (_quarter(key.lower()) for key in (first_key, last_key))
    if first is None or last is None:
        raise ValueError(f'"{first_key}" to "{last_key}" is no run of quarters. Write each as 2018-19-Q1.')
    listed = []
    while first <= last:
        listed.append(first)
        first = quarter_of(first.last + ONE_DAY)
    return listed


def parse_period(text: str) -> Period | None:
    """A month, quarter, financial or calendar year, a run of them, or a key; None unless one reading holds.

    None, then, for `2010-11` (a month or a year), `10/11` (a day), `2020-2024` (which years?), `Q1 2019`.
    """
    written = tidy(text).lower()
    try:
        return _one_period(written) or _run(written)
    except ValueError:  # 31 February, or a year nobody means.
        return None


def _one_period(written: str) -> Period | None:
    readings = {read(written) for read in (_quarter, _years, _worded_months, _iso)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _run(written: str) -> Period | None:
    """`Oct 2019 - Sept 2020`, `2019/20 to 2021/22`, or a key: two alike in order, not calendar years."""
    for between in re.finditer(r" ?- ?| to |(?<=-\d\d)/(?=\d{4}-)", written):
        first, last = _one_period(written[: between.start()]), _one_period(written[between.end() :])
        if first and last and (first.kind, first.months) == (last.kind, last.months) != ("span", 12):
            return Period(first.first, last.last) if first < last else None
    return None


def _years(written: str, labelled: bool = False) -> Period | None:
    """`2019/20`, `2023-26`; `19/20` and `2019/2020` only as one year with a slash: `18-24` is an age."""
    bare = written.removeprefix("fy").lstrip()
    labelled = labelled or bare != written
    run = match(rf"{YEAR} ?[/-] ?{YEAR}" if labelled else r"(\d{4}) ?[/-] ?(\d\d)", bare)
    found = run or match(rf"(\d{{4}}|1[3-9]|[2-9]\d) ?/ ?{YEAR}", bare)
    if not found:
        return None
    start = full_year(found[1])
    end = int(found[2]) if len(found[2]) == 4 else start + (int(found[2]) - start) % 100
    fits = 1 <= end - start <= (MOST_YEARS if run else 1) and end in YEARS_READ
    return Period(year(start).first, year(end - 1).last) if fits else None


def _quarter(written: str) -> Period | None:
    found = match(r"(?:q|qtr ?|quarter ?)(?P<n>[1-4]),? (?P<years>.+)", written)
    found = found or match(r"(?P<years>.+)[ -]q(?P<n>[1-4])", written)
    years = _years(found["years"], labelled=True) if found else None
    return quarter(years.first.year, int(found["n"])) if found and years and years.kind == "year" else None


def _worded_months(written: str) -> Period | None:
    """`March 24`, `Sept 2021`, and several months of one calendar year: `Apr-Jun 2024`."""
    found = match(rf"{MONTH}(?:(?: ?- ?| to ){MONTH})?[ -]{YEAR}", written)
    if not found:
        return None
    of_year = full_year(found[3])
    first, last = (month(of_year, MONTH_NUMBERS[word]) for word in (found[1], found[2] or found[1]))
    return Period(first.first, last.last)


def _iso(written: str) -> Period | None:
    """`2020-11`, `2020-11-30`, or the calendar year `2024`."""
    found = match(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", written)
    if not found:
        return None
    of_year, *rest = full_year(found[1]), *(int(part) for part in found.group(2, 3) if part)
    if len(rest) == 1:
        return month(of_year, rest[0])
    day = date(of_year, *rest) if rest else None
    return Period(day, day) if day else Period(date(of_year, 1, 1), date(of_year, 12, 31))
