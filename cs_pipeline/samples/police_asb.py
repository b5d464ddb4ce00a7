"""Turns a seed into the police force's ASB deliveries, each full year adding to the figure the plan prints.

Incidents are drawn in `police_asb_incidents.py`, workbooks laid out in `police_asb_book.py`.
"""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import save
from cs_pipeline.samples.police_asb_book import Delivery, Tab, make_book
from cs_pipeline.samples.police_asb_incidents import HEADINGS, NOT_ASB, STILL_OPEN, Incident, draw_month
from cs_pipeline.samples.reference import REFERENCE, list_wards

SEED = 2023
MONTH_AFTER_QUARTER = {1: 7, 2: 10, 3: 1, 4: 4}


@dataclass(frozen=True)
class Year:
    """A financial year from April `start`: what its incidents add to and how they spread over its months.

    `revised` are the calendar months sent again in May, `covid` the share of each month qualified COVID-19.
    """

    start: int
    n_asb: int
    weights: tuple[float, ...]
    revised: tuple[int, ...] = ()
    covid: tuple[float, ...] = (0.0,) * 12


YEARS = (
    Year(2019, 1500, (1.0, 1.1, 1.2, 1.35, 1.3, 1.05, 1.0, 0.95, 0.7, 0.75, 0.8, 0.9), (2, 3)),
    Year(
        2020,
        2881,
        (1.6, 1.55, 1.25, 1.15, 1.1, 0.9, 0.85, 0.95, 0.65, 0.85, 0.8, 0.85),
        (3,),
        (0.6, 0.5, 0.3, 0.15, 0.12, 0.2, 0.25, 0.45, 0.3, 0.5, 0.4, 0.3),
    ),
    Year(2021, 2415, (1.15, 1.15, 1.25, 1.3, 1.2, 1.05, 1.0, 0.9, 0.7, 0.7, 0.75, 0.85), (11, 3)),
    Year(2022, 1650, (1.0, 1.1, 1.2, 1.3, 1.25, 1.0, 0.95, 0.85, 0.65)),
)


def write_police_asb(to_dir: Path, seed: int = SEED, scale: int = 1, reference: Path = REFERENCE) -> list[Path]:
    """Write the 15 quarterly and 3 revised workbooks; returns their paths in the order they were extracted.

    By each incident's latest delivery, those closed under one of the 13 headings number 1,500 in 2019/20,
    2,881 in 2020/21, 2,415 in 2021/22 and, illustrative, 1,650 in April to December 2022, times `scale`.
    """
    rng = Random(seed)  # noqa: S311  a sample must come out the same again, not be hard to guess
    wards = list_wards("2016", reference)
    years = [replace(year, n_asb=year.n_asb * scale) for year in YEARS]
    deliveries = [delivery for year in years for delivery in _plan_year(rng, year, wards)]
    paths = []
    for place, delivery in enumerate(deliveries):
        path = to_dir / delivery.file_name
        save(make_book(replace(delivery, place=place)), path)
        paths.append(path)
    return paths


def _plan_year(rng: Random, year: Year, wards: list[str]) -> list[Delivery]:
    months = [dt.date(year.start + (place > 8), (place + 3) % 12 + 1, 1) for place in range(len(year.weights))]
    counts = _share_out(year.n_asb, year.weights)
    final = {
        month: draw_month(rng, month, count, covid, wards)
        for month, count, covid in zip(months, counts, year.covid, strict=False)
    }
    first = {
        month: [_first_sent(rng, incident) for incident in final[month]]
        if month.month in year.revised
        else final[month]
        for month in months
    }
    quarters = [
        _plan_quarter(year, place // 3 + 1, {month: first[month] for month in months[place : place + 3]})
        for place in range(0, len(months), 3)
    ]
    if not year.revised:
        return quarters
    return [*quarters, _plan_revised(year, {m: final[m] for m in months if m.month in year.revised})]


def _share_out(total: int, weights: tuple[float, ...]) -> list[int]:
    """Whole numbers in the proportion of `weights` that add to `total` exactly."""
    reached = [round(total * sum(weights[: place + 1]) / sum(weights)) for place in range(len(weights))]
    return [now - before for now, before in zip(reached, [0, *reached], strict=False)]


def _first_sent(rng: Random, incident: Incident) -> Incident:
    """The incident as it stood before its revision: still open, under another code, or as it stayed."""
    chance = rng.random()
    if incident.is_asb and chance < 0.07:
        return replace(incident, closing=STILL_OPEN)
    if incident.is_asb and chance < 0.11:
        return replace(incident, closing=rng.choice([name for name in HEADINGS if name != incident.closing]))
    if incident.is_asb and chance < 0.13:
        return replace(incident, closing=rng.choice(NOT_ASB), asb_type="")
    if incident.closing in NOT_ASB and chance < 0.6:
        return replace(incident, closing=incident.opening, asb_type=HEADINGS[incident.opening][1][0])
    return incident


def _plan_quarter(year: Year, quarter: int, months: dict[dt.date, list[Incident]]) -> Delivery:
    tabs: list[Tab] = []
    late: list[Incident] = []
    for month, incidents in months.items():
        tabs.append(Tab(month, (*late, *incidents)))
        late = [incident for incident in incidents[-2:] if _is_late(incident)]
    due = dt.date(year.start + (quarter > 2), MONTH_AFTER_QUARTER[quarter], 14)
    return Delivery(
        place=0,
        file_name=f"ASB Broxtowe {_name(year)} Q{quarter}.xlsx",
        extracted_on=due + dt.timedelta(days=(year.start + quarter + 2) % 3),
        is_revised=False,
        is_illustrative=year.start == 2022,
        tabs=tuple(tabs),
    )


def _plan_revised(year: Year, months: dict[dt.date, list[Incident]]) -> Delivery:
    return Delivery(
        place=0,
        file_name=f"ASB Broxtowe {_name(year)} revised.xlsx",
        extracted_on=dt.date(year.start + 1, 5, 18),
        is_revised=True,
        is_illustrative=False,
        tabs=tuple(Tab(month, tuple(incidents)) for month, incidents in months.items()),
    )


def _is_late(incident: Incident) -> bool:
    """From eight in the evening of the last day of its month: listed again in the next month's tab."""
    next_day = incident.at + dt.timedelta(days=1)
    return incident.at.hour >= 20 and next_day.month != incident.at.month


def _name(year: Year) -> str:
    return f"{year.start}-{(year.start + 1) % 100:02d}"


WRITES = {"police_asb": write_police_asb}
