"""Days and times of day as people write them: read only when they can mean one thing, and days stand before months.

Months, quarters and years are `periods.py`; what else people type in a cell of figures is `typed.py`.
"""

import re
from datetime import date, time, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NUMBERS = {w.lower(): n for n, name in enumerate(MONTHS, 1) for w in (name, name[:3])} | {"sept": 9}
ONE_DAY = timedelta(days=1)
SERIAL_ZERO = date(1899, 12, 30)  # A day early, since Excel counts a 29 February 1900.
YEARS_READ = range(1990, 2101)
YEAR = r"(\d{4}|\d\d)"
MONTH = rf"({'|'.join(MONTH_NUMBERS)})\.?"

_MARKS = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | dict.fromkeys(map(ord, "\u200b\ufeff"), "")


def say_day(day: date) -> str:
    """`10 February 2022`, as officers write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def tidy(text: str) -> str:
    """With single spaces, a hyphen for every dash, and none of the invisible marks that pasting brings."""
    return " ".join(text.translate(_MARKS).split())


def parse_date(text: str) -> date | None:
    """An ISO day, `1/4/2020`, `1st April 2020` or an Excel serial, 1990 to 2100; no time but midnight."""
    written = re.sub(r"(?<=\d)[ t]0?0:00(:00(\.0+)?)?$", "", tidy(text).lower())
    named = match(r"([a-z]+),? (\d.*)", written)
    try:
        day = _day(named[2] if named else written)
    except ValueError:
        return None
    wrong_weekday = day and named and not (len(named[1]) > 2 and WEEKDAYS[day.weekday()].startswith(named[1]))
    return None if wrong_weekday or not day or day.year not in YEARS_READ else day


def parse_time(text: str) -> time | None:
    """A time of day: `23:50`, `2350`, or a spreadsheet's fraction of a day, to the nearest second."""
    written = tidy(text).lower()
    # A spreadsheet's time without a day comes with day zero or day one of its calendar.
    found = match(r"(?:(?:1899-12-3[01]|1900-01-01)[ t])?(\d\d?):(\d\d)(?::(\d\d)(?:\.0+)?)?", written)
    found = found or match(r"(\d\d)(\d\d)()", written)
    try:
        if found:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
        if match(r"0(\.\d+)?|\d(\.\d+)?e-\d\d?", written):
            seconds = round(float(written) * 86400)
            return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    except ValueError:  # An hour 24, or a fraction that rounds up to it.
        return None
    return None


def match(pattern: str, written: str) -> re.Match[str] | None:
    """The whole text against a pattern, in which a digit is 0 to 9 and no other script's."""
    return re.fullmatch(pattern, written, re.ASCII)


def full_year(digits: str) -> int:
    """`19` is 2019 and `90` is 1990. ValueError for a year that no figure here can mean."""
    number = int(digits)
    number += 0 if len(digits) == 4 else 1900 if number >= 90 else 2000
    if number not in YEARS_READ:
        raise ValueError(f"{number} is no year of these figures.")
    return number


def _day(written: str) -> date | None:
    if match(r"\d{5}", written):
        return SERIAL_ZERO + int(written) * ONE_DAY
    if found := match(r"(\d{4})-(\d\d)-(\d\d)", written):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := match(rf"(\d\d?)/(\d\d?)/{YEAR}", written):
        return date(full_year(found[3]), int(found[2]), int(found[1]))
    found = match(rf"(\d\d?)(?:st|nd|rd|th)?[ -]{MONTH}[ -]{YEAR}", written)
    return date(full_year(found[3]), MONTH_NUMBERS[found[2]], int(found[1])) if found else None
