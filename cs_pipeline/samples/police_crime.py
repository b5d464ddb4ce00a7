"""Turns a seed into the force's extracts of recorded crime, their latest counts adding to the figures the plan prints.

How a workbook looks is in `police_crime_book.py`; the force's ASB incidents are in `police_asb.py`.
"""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import save
from cs_pipeline.samples.police_asb import MONTH_AFTER_QUARTER
from cs_pipeline.samples.police_crime_book import DOMESTIC_ABUSE, HATE, Counts, Extract, make_book

SEED = 2019
YEARS = (2019, 2020, 2021, 2022)
# Offences recorded in 2019/20, 2020/21, 2021/22, and April to December 2022. The plan prints their sums in the first
# three years (7,140, 6,180, 6,358), both burglaries (845, 563, 291) and domestic abuse; of 2021/22 also the three
# vehicle offences (494), both robberies (44) and violence with injury (2,191). All else is invented.
TOTALS = {
    "Violence with injury": (1385, 1298, 2191, 1588),
    "Violence without injury": (905, 922, 640, 512),
    "Stalking and harassment": (498, 571, 430, 334),
    "Sexual offences": (214, 171, 190, 151),
    "Personal robbery": (52, 38, 34, 29),
    "Business robbery": (9, 6, 10, 8),
    "Residential burglary": (590, 398, 205, 171),
    "Business and community burglary": (255, 165, 86, 78),
    "Theft of a vehicle": (168, 121, 118, 104),
    "Theft from a vehicle": (508, 349, 312, 238),
    "Vehicle interference": (79, 58, 64, 51),
    "Bicycle theft": (134, 118, 96, 81),
    "Shoplifting": (688, 430, 520, 497),
    "Theft from the person": (63, 27, 41, 38),
    "Other theft": (612, 437, 468, 371),
    "Criminal damage and arson": (642, 598, 560, 418),
    "Drug offences": (121, 186, 142, 102),
    "Possession of weapons": (34, 35, 38, 31),
    "Public order offences": (138, 197, 168, 133),
    "Other crimes against society": (45, 55, 45, 36),
    DOMESTIC_ABUSE: (749, 786, 789, 604),
}
# Hate crimes and incidents, April to September and October to March (2022/23: to December). The plan prints 103 for
# October 2019 to September 2020, 93 for the twelve months after, and 99 for 2021/22.
HATE_TOTALS = ((50, 48), (55, 45), (48, 51), (52, 24))
SEASONS = (0.97, 1.03, 1.04, 1.06, 1.05, 1.0, 1.02, 0.99, 0.95, 0.94, 0.9, 1.05)
LOCKED_DOWN = {dt.date(2020, 4, 1): 0.65, dt.date(2020, 5, 1): 0.75, dt.date(2021, 1, 1): 0.8, dt.date(2021, 2, 1): 0.8}
# By how much, at most, the extract before the year-end one told too few (-) or too many (+). The crimes among them
# never cancel out: 3 too few at the least, 1 too many at the most.
RIGHT_AT_YEAR_END = {
    "Violence with injury": -9,
    "Residential burglary": -3,
    "Theft from a vehicle": -4,
    "Personal robbery": +1,
    HATE: -2,
    DOMESTIC_ABUSE: +5,
}
N_REVISED = 6
BY_COMMITTED = "2020-21 Q2"


def write_police_crime(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 15 quarterly and 3 year-end workbooks; returns their paths in the order they were extracted.

    By the latest extract of each offence and month the counts add to `scale` times `TOTALS` and `HATE_TOTALS`.
    """
    rng = Random(seed)  # noqa: S311  a sample must come out the same again, not be hard to guess
    extracts = [extract for start in YEARS for extract in _plan_year(rng, start, scale)]
    paths = []
    for place, extract in enumerate(extracts):
        path = to_dir / extract.file_name
        save(make_book(replace(extract, place=place)), path)
        paths.append(path)
    return paths


def _plan_year(rng: Random, start: int, scale: int) -> list[Extract]:
    """From the latest extract back to the first, each telling a little differently what the next one puts right."""
    n_months = 9 if start == 2022 else 12
    months = [dt.date(start + (place > 8), (place + 3) % 12 + 1, 1) for place in range(n_months)]
    counts = _draw_counts(rng, start, months, scale)
    extracts = []
    if n_months == 12:
        extracts.append(_plan_extract(start, "year end", dt.date(start + 1, 5, 15), months, counts))
        counts = _before_year_end(rng, counts, months[6:])
    for quarter in range(n_months // 3, 0, -1):
        due = dt.date(start + (quarter > 2), MONTH_AFTER_QUARTER[quarter], 14)
        extracted_on = due + dt.timedelta(days=(start + quarter) % 3 - 1)
        extracts.append(_plan_extract(start, f"Q{quarter}", extracted_on, months[: 3 * quarter], counts))
        counts = _before_next_quarter(rng, counts, months[: 3 * quarter - 3])
    return extracts[::-1]


def _plan_extract(start: int, name: str, extracted_on: dt.date, months: list[dt.date], counts: Counts) -> Extract:
    full_name = f"{start}-{(start + 1) % 100:02d} {name}"
    return Extract(
        place=0,
        file_name=f"Recorded crime Broxtowe {full_name}.xlsx",
        extracted_on=extracted_on,
        dated_by="committed" if full_name == BY_COMMITTED else "recorded",
        months=tuple(months),
        counts=counts,
    )


def _draw_counts(rng: Random, start: int, months: list[dt.date], scale: int) -> Counts:
    year = YEARS.index(start)
    counts: Counts = {}
    for offence, totals in TOTALS.items():
        counts |= _spread(rng, offence, totals[year] * scale, months)
    for total, half_year in zip(HATE_TOTALS[year], (months[:6], months[6:]), strict=True):
        counts |= _spread(rng, HATE, total * scale, half_year)
    return counts


def _spread(rng: Random, offence: str, total: int, months: list[dt.date]) -> Counts:
    """Exactly `total` over the months, more of it in summer and less of it under lockdown."""
    weights = [SEASONS[month.month - 4] * LOCKED_DOWN.get(month, 1.0) for month in months]
    drawn = Counter(rng.choices(months, weights, k=total))
    return {(offence, month): drawn[month] for month in months}


def _before_year_end(rng: Random, counts: Counts, months: list[dt.date]) -> Counts:
    """As told in April: other counts in three of the `months`, so that no figure that the plan prints comes out."""
    told = dict(counts)
    revised = rng.sample(months, 3)
    for offence, most in RIGHT_AT_YEAR_END.items():
        # The fullest of the months, so that there is something to leave out.
        month = max(revised, key=lambda month: counts[offence, month])
        told[offence, month] += rng.randint(1, most) if most > 0 else -rng.randint(1, -most)
    return told


def _before_next_quarter(rng: Random, counts: Counts, months: list[dt.date]) -> Counts:
    """As told a quarter earlier: a handful of the counts of `months` a few higher or lower, none below nought."""
    told = dict(counts)
    cells = [cell for cell in counts if cell[1] in months]
    for cell in rng.sample(cells, min(N_REVISED, len(cells))):
        told[cell] = max(0, told[cell] + rng.choice((-3, -2, -1, 1, 2, 3)))
    return told


WRITES = {"police_crime": write_police_crime}
