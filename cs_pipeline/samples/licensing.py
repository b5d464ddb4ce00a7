"""Turns a seed into Licensing's quarterly returns, whose whole years add to the figures that the plan prints.

How many of what a year holds is in `licensing_years.py`, how a workbook looks in `licensing_book.py`; how a return is
read is declared in `sources/licensing.py`.
"""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import save
from cs_pipeline.samples.licensing_book import Counts, Return, make_book
from cs_pipeline.samples.licensing_years import (
    DECIDED,
    IN_FORCE,
    INSPECTED,
    INSPECTED_APART,
    LATE,
    NOTICES,
    STATUTORY_IN_TIME,
    UNDECIDED,
)
from cs_pipeline.words.periods import Period, quarters

SEED = 1976
YEARS = (2019, 2020, 2021, 2022)
FIRST, LAST = "2019-20-Q1", "2022-23-Q3"
PREMISES, VEHICLES = "Licensing Act 2003 premises", "Hackney carriage and private hire vehicles"
UNTOLD = {"2020-21-Q2": 3, "2022-23-Q1": 1}  # Inspections of premises that the quarter's own return left out.
CORRECTED = "2021-22-Q2"  # Its first return told the pro-active inspections of vehicles as reactive.
WRONG_STOCK = {"2019-20-Q4": 6}  # So many too few vehicles told at the end of the year; the next return tells all.


def write_licensing(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 15 quarterly returns and one that corrects another; returns their paths in the order they were sent.

    By the latest return of each month the years add to `scale` times those of `licensing_years.py`.
    """
    rng = Random(f"Licensing {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    counts: Counts = {}
    for place, start in enumerate(YEARS):
        counts |= _draw_year(rng, place, _months(start), scale)
    paths = []
    for sent in _plan_returns(counts, scale):
        path = to_dir / sent.file_name
        save(make_book(sent), path)
        paths.append(path)
    return paths


def _months(start: int) -> list[dt.date]:
    return [dt.date(start + (n > 8), (n + 3) % 12 + 1, 1) for n in range(9 if start == YEARS[-1] else 12)]


def _draw_year(rng: Random, year: int, months: list[dt.date], scale: int) -> Counts:
    """Every number of a year: what was decided and inspected is planned, and spread at random over its months."""
    counts: Counts = {}
    for (family, activity), totals in DECIDED.items():
        spread = Counter(rng.choices(months, k=totals[year] * scale))
        counts |= {(family, activity, "", month): spread[month] for month in months}
    issued = {family: n[year] for (family, activity), n in DECIDED.items() if activity == "Issued"}
    for family, in_time in _in_time(rng, year, issued).items():
        listed = [month for month in months for _ in range(counts[family, "Issued", "", month])]
        spread = Counter(rng.sample(listed, in_time * scale))
        counts |= {(family, "Issued within 14 days", "", month): spread[month] for month in months}
    for family in {family: None for family, _ in DECIDED}:
        spread = Counter(rng.choices(months, k=(UNDECIDED.get(family, (1, 0, 1, 0))[year]) * scale))
        decided = {
            m: sum(counts.get((family, did, "", m), 0) for did in ("Issued", "Refused", NOTICES)) for m in months
        }
        counts |= {(family, "Received", "", month): decided[month] + spread[month] for month in months}
    for (family, prompt), total in _inspections(year).items():
        spread = Counter(rng.choices(months, k=total * scale))
        counts |= {(family, "Inspected", prompt, month): spread[month] for month in months}
    return counts


def _in_time(rng: Random, year: int, issued: dict[str, int]) -> dict[str, int]:
    """How many of each family were issued within 14 days: of those under no Act all but the year's late ones."""
    late = Counter(rng.choices([VEHICLES, "Hackney carriage and private hire drivers"], k=LATE[year]))
    return {
        family: round(STATUTORY_IN_TIME[family] * n) if family in STATUTORY_IN_TIME else n - late[family]
        for family, n in issued.items()
    }


def _inspections(year: int) -> dict[tuple[str, str], int]:
    """(family, how prompted) -> inspections in the year; to March 2021 they were not told apart."""
    if YEARS[year] < YEARS[2]:
        return {(family, ""): totals[year] for family, totals in INSPECTED.items()}
    return {
        (family, prompt): n
        for family, apart in INSPECTED_APART.items()
        for prompt, n in zip(("Pro-active", "Reactive"), apart[year - 2], strict=True)
    }


# ---------------------------------------------------------------- the returns


def _plan_returns(counts: Counts, scale: int) -> list[Return]:
    returns = []
    for place, quarter in enumerate(quarters(FIRST, LAST)):
        start = int(quarter.key[:4])
        so_far = {key: n for key, n in counts.items() if dt.date(start, 4, 1) <= key[3] <= quarter.last}
        made_on = quarter.last + dt.timedelta(days=7 + 4 * place % 7)
        stock = _stock(made_on, scale)
        if quarter.key in WRONG_STOCK:
            stock[VEHICLES, quarter.last] -= WRONG_STOCK[quarter.key] * scale
        first = Return(place, quarter, made_on, False, _first_told(quarter, so_far, scale), stock)
        returns.append(first)
        if quarter.key == CORRECTED:
            later = made_on + dt.timedelta(days=21)
            returns.append(replace(first, made_on=later, is_corrected=True, counts=so_far))
    return returns


def _stock(made_on: dt.date, scale: int) -> dict[tuple[str, dt.date], int]:
    ends = [dt.date(start, 3, 31) for start in YEARS]
    return {
        (family, end): n * scale
        for family, known in IN_FORCE.items()
        for end, n in zip(ends, known, strict=True)
        if end < made_on
    }


def _first_told(quarter: Period, counts: Counts, scale: int) -> Counts:
    """As the quarter's own return tells it, with what the next one puts right."""
    told = dict(counts)
    if missed := UNTOLD.get(quarter.key):
        prompt = "Pro-active" if quarter.key >= "2021" else ""
        months = [month for _, _, _, month in counts if quarter.first <= month]
        fullest = max(months, key=lambda month: counts[PREMISES, "Inspected", prompt, month])
        told[PREMISES, "Inspected", prompt, fullest] -= missed * scale
    if quarter.key == CORRECTED:
        for month in {month for _, _, _, month in counts if quarter.first <= month}:
            both = [(VEHICLES, "Inspected", prompt, month) for prompt in ("Pro-active", "Reactive")]
            told[both[0]], told[both[1]] = 0, counts[both[0]] + counts[both[1]]
    return told


WRITES = {"licensing": write_licensing}
