"""Turns a seed into the quarterly enforcement registers, whose whole years add to the figures the plan prints.

How a register is read, and the words it may use, are declared in `sources/enforcement_register.py`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from openpyxl import Workbook

from cs_pipeline.samples.book import MADE_BY, Row, lay_sheet, save, say_synthetic, start_book, type_date, with_total
from cs_pipeline.words.periods import Period, quarters

SEED = 2023
TITLE = "Broxtowe Borough Council: enforcement register"
FIRST, LAST = "2019-20-Q1", "2022-23-Q3"
NOTHING = "None in the quarter"
ABC = "Acceptable Behaviour Contract"
WARNING = "Community Protection Notice warning letter"
NOTICE = "Community Protection Notice"
INJUNCTION = "Injunction"
ORDER = "Public Spaces Protection Order"
TRIGGER = "Community Trigger request"
TYPES = {
    ABC: ("ABC",),
    WARNING: ("CPN warning letter", "CPN warning", "CPW"),
    NOTICE: ("CPN",),
    INJUNCTION: ("Civil injunction",),
    ORDER: ("PSPO",),
    TRIGGER: ("Community Trigger", "ASB case review"),
}
ISSUERS = {"Council": ("Broxtowe Borough Council",), "Police": ("Nottinghamshire Police",)}
ALL_ORDERS_RENEWED = dt.date(2020, 11, 16)


@dataclass(frozen=True)
class Year:
    """What a financial year's registers add to, and the weight of each quarter: 0 has no entry."""

    counts: dict[tuple[str, str], int]
    weights: tuple[float, ...]


def _count(
    abc: int, injunction: int, warnings: tuple[int, int], notices: tuple[int, int], trigger: int, order: int
) -> dict[tuple[str, str], int]:
    """Counts by type and issuer; the pairs are the Council's and the Police's."""
    return {
        (ABC, "Council"): abc,
        (INJUNCTION, "Council"): injunction,
        (WARNING, "Council"): warnings[0],
        (WARNING, "Police"): warnings[1],
        (NOTICE, "Council"): notices[0],
        (NOTICE, "Police"): notices[1],
        (TRIGGER, "Council"): trigger,
        (ORDER, "Council"): order,
    }


YEARS = {
    "2019-20": Year(
        _count(abc=1, injunction=2, warnings=(10, 5), notices=(3, 1), trigger=2, order=1), (1.2, 1, 1, 0.8)
    ),
    "2020-21": Year(
        _count(abc=0, injunction=1, warnings=(30, 17), notices=(6, 4), trigger=5, order=10), (0.15, 1, 1.2, 1.1)
    ),
    "2021-22": Year(_count(abc=0, injunction=1, warnings=(13, 12), notices=(5, 2), trigger=3, order=0), (1, 1, 0.8, 1)),
    "2022-23": Year(_count(abc=0, injunction=1, warnings=(11, 8), notices=(4, 2), trigger=3, order=0), (1, 0, 1)),
}
# Quarters whose own register tells their tab otherwise than the later ones do.
NOT_YET_TOLD, TOLD_WRONG = ("2019-20-Q1", "2020-21-Q1"), ("2021-22-Q2",)


@dataclass(frozen=True)
class Entry:
    """One entry as it is typed on every register that holds it."""

    enforcement_type: str
    issuer: str
    on: dt.date
    date_form: int


def write_enforcement_register(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 15 registers, each with a tab for every quarter of its year so far; returns their paths in order.

    By the latest register of each quarter, entries number 25 in 2019/20, 73 in 2020/21 and 36 in 2021/22, times
    `scale`.
    """
    rng = Random(f"enforcement {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    final = {quarter: _draw_quarter(rng, quarter, scale) for quarter in quarters(FIRST, LAST)}
    paths = []
    for place, quarter in enumerate(final):
        tabs = {q: entries for q, entries in final.items() if q.key[:7] == quarter.key[:7] and q <= quarter}
        tabs[quarter] = _first_told(quarter, tabs[quarter], scale)
        path = to_dir / f"Enforcement register {quarter.key.replace('-Q', ' Q')}.xlsx"
        save(_make_book(place, quarter, tabs), path)
        paths.append(path)
    return paths


def _draw_quarter(rng: Random, quarter: Period, scale: int) -> list[Entry]:
    """A quarter's share of each of its year's counts, by date."""
    year, number = YEARS[quarter.key[:7]], int(quarter.key[-1])
    until, before, whole = (sum(year.weights[:end]) for end in (number, number - 1, None))
    workdays = [day for day in _days(quarter) if day.weekday() < 5]
    entries = []
    for (kind, issuer), count in year.counts.items():
        n = round(count * scale * until / whole) - round(count * scale * before / whole)
        days = [rng.choice(workdays) for _ in range(n)]
        if kind == ORDER and year is YEARS["2020-21"]:
            days = [ALL_ORDERS_RENEWED] * count * scale if ALL_ORDERS_RENEWED in workdays else []
        entries += [
            Entry(_spell(rng, kind, TYPES), _spell(rng, issuer, ISSUERS), day, rng.randrange(100)) for day in days
        ]
    return sorted(entries, key=lambda entry: entry.on)


def _days(period: Period) -> list[dt.date]:
    return [period.first + dt.timedelta(days=number) for number in range((period.last - period.first).days + 1)]


def _spell(rng: Random, word: str, also: Mapping[str, Sequence[str]]) -> str:
    return word if rng.random() < 0.6 else rng.choice(also[word])


def _first_told(quarter: Period, entries: list[Entry], scale: int) -> list[Entry]:
    """The tab in its own quarter's register: the last entries not yet known, or notices told as warning letters."""
    if quarter.key in NOT_YET_TOLD:
        return entries[: max(0, len(entries) - 3 * scale)]
    if quarter.key in TOLD_WRONG:
        notices = {NOTICE, *TYPES[NOTICE]}
        return [replace(one, enforcement_type=WARNING) if one.enforcement_type in notices else one for one in entries]
    return entries


def _make_book(place: int, quarter: Period, tabs: dict[Period, list[Entry]]) -> Workbook:
    says = say_synthetic(quarter.key.startswith("2022"))
    notes = [
        f"{MADE_BY}.",
        "Only the totals of whole years are those of the published plan.",
        "Each tab holds a quarter of the financial year; a later register may put an earlier tab right.",
        "By the Police only what the neighbourhood policing team told the Council.",
    ]
    workbook = start_book(TITLE, says, notes)
    as_at = quarter.last + dt.timedelta(days=5 + 3 * place % 4)
    head = (TITLE, f"Register as at {as_at:%d/%m/%Y}", says)
    headings = ("Type", "Issued by", "Date issued" if place % 4 > 1 else "Date")
    for tab, entries in tabs.items():
        year, number = tab.key.rsplit("-", 1)
        rows: list[Row] = [[one.enforcement_type, one.issuer, type_date(one.on, one.date_form)] for one in entries]
        laid = with_total(rows, gap=7 if place % 4 == 1 else 0) if rows else [[NOTHING]]
        lay_sheet(workbook.create_sheet(f"{number} {year}"), head, 5 + place % 2, headings, laid)
    return workbook


WRITES = {"enforcement_register": write_enforcement_register}
