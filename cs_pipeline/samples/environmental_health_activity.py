"""Turns a seed into Environmental Health's quarterly returns, whose whole years add to the figures the plan prints.

Requests on health and safety are drawn in `health_and_safety_requests.py`; how a return is read is declared in
`sources/environmental_health_activity.py`.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from openpyxl import Workbook

from cs_pipeline.samples import case_lists
from cs_pipeline.samples.book import MADE_BY, Row, lay_sheet, save, say_synthetic, start_book, type_date, with_total
from cs_pipeline.samples.case_lists_plan import draw_cases
from cs_pipeline.samples.health_and_safety_requests import FIRST, KINDS, LAST, Request, draw_requests
from cs_pipeline.samples.reference import list_wards
from cs_pipeline.words.periods import Period, quarters

SEED = 2023
TITLE = "Broxtowe Borough Council: Environmental Health activity"
DISEASES = "Infectious disease notifications investigated"
VISITS, SITES = "Health and safety intervention visits", "Caravan sites inspected"
POLLUTION = "Pollution complaints"
CAMPS, CAMPS_ON_OURS = "Traveller encampments", "Traveller encampments on Council land"
# In 2019/20, 2020/21, 2021/22, and April to December 2022. The plan prints those of the first three years, but of
# visits and sites only the percentages: 65%, 0% and 80%; 100%, 0% and 100%.
TOTALS = {
    DISEASES: (28, 17, 12, 10),
    "Health and safety inspections": (35, 12, 33, 25),
    VISITS: (26, 0, 24, 19),
    "Licensing and registration actions": (240, 234, 307, 221),
    POLLUTION: (475, 671, 669, 505),
    SITES: (12, 0, 12, 9),
    CAMPS: (7, 0, 5, 4),
    CAMPS_ON_OURS: (2, 0, 2, 1),
}
WHOLES = {VISITS: (40, 30, 30, 24), SITES: (12, 12, 12, 9)}
WITHIN = {CAMPS_ON_OURS: CAMPS}
ALSO_CALLED = {
    DISEASES: "Infectious disease notifications",
    "Health and safety inspections": "H&S inspections",
    VISITS: "H&S intervention visits",
    "Licensing and registration actions": "Licensing/registration actions",
    POLLUTION: "Pollution complaints (including noise)",
    SITES: "Caravan site inspections",
    CAMPS_ON_OURS: "Of which on Council owned land",
}
UNTOLD = {"2019-20-Q1": 4, "2021-22-Q2": 3}  # Pollution complaints of a month that the quarter's own return left out.
CORRECTED = "2020-21-Q3"
YEARS = (2019, 2020, 2021, 2022)
Counts = dict[tuple[str, str, dt.date], int]  # activity, number or of, first day of the month


@dataclass(frozen=True)
class Return:
    """One workbook. `place` among all returns decides the mess it has."""

    place: int
    quarter: Period
    made_on: dt.date
    is_corrected: bool
    counts: Counts
    requests: list[Request]

    @property
    def file_name(self) -> str:
        return f"EH activity {self.quarter.key.replace('-Q', ' Q')}{' corrected' if self.is_corrected else ''}.xlsx"


def write_environmental_health_activity(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 15 quarterly returns and one that corrects another; returns their paths in the order they were sent.

    By the latest return of each month and quarter the years add to `scale` times `TOTALS`. Pollution complaints hold
    the cases of the committed lists of `case_lists.py`.
    """
    rng = Random(f"EH activity {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    counts: Counts = {}
    cases = _cases_by_month(scale)
    for place, start in enumerate(YEARS):
        counts |= _draw_year(rng, place, _months(start), cases, scale)
    requests = draw_requests(rng, scale)
    paths = []
    for sent in _plan_returns(counts, requests, scale):
        path = to_dir / sent.file_name
        save(_make_book(sent), path)
        paths.append(path)
    return paths


def _months(start: int) -> list[dt.date]:
    return [dt.date(start + (n > 8), (n + 3) % 12 + 1, 1) for n in range(9 if start == YEARS[-1] else 12)]


def _cases_by_month(scale: int) -> Counter[dt.date]:
    service = case_lists.ENVIRONMENTAL_HEALTH
    rng = Random(f"{service.name} {case_lists.SEED}")  # noqa: S311  the lists as they stand
    return Counter(case.received.replace(day=1) for case in draw_cases(rng, service, scale, list_wards("2016")))


def _draw_year(rng: Random, year: int, months: list[dt.date], cases: Counter[dt.date], scale: int) -> Counts:
    counts: Counts = {}
    for activity, totals in TOTALS.items():
        total = totals[year] * scale
        if activity in WHOLES:
            of = Counter(rng.choices(months, k=WHOLES[activity][year] * scale))
            counts |= {(activity, "of", month): of[month] for month in months}
            done = Counter(rng.sample(sorted(of.elements()), total))
        elif activity in WITHIN:
            among = {month: counts[WITHIN[activity], "number", month] for month in months}
            done = Counter(rng.sample(sorted(Counter(among).elements()), total))
        elif activity == POLLUTION:
            inside = {month: cases[month] for month in months}
            done = Counter(inside) + Counter(rng.choices(months, k=total - sum(inside.values())))
        else:
            done = Counter(rng.choices(months, k=total))
        counts |= {(activity, "number", month): done[month] for month in months}
    return counts


def _plan_returns(counts: Counts, requests: dict[Period, list[Request]], scale: int) -> list[Return]:
    returns = []
    for place, quarter in enumerate(quarters(FIRST, LAST)):
        start = int(quarter.key[:4])
        so_far = {key: n for key, n in counts.items() if dt.date(start, 4, 1) <= key[2] <= quarter.last}
        made_on = quarter.last + dt.timedelta(days=12 + 3 * place % 5)
        told = _first_told(quarter, so_far, scale)
        listed = requests[quarter]
        first = Return(place, quarter, made_on, False, told, listed)
        if quarter.key == CORRECTED:  # First without its last requests, and with an accident told as a complaint.
            known = [_mistaken(one) if n == len(listed) // 2 else one for n, one in enumerate(listed)]
            returns.append(replace(first, requests=known[: -6 * scale]))
            first = Return(place, quarter, made_on + dt.timedelta(days=30), True, so_far, listed)
        returns.append(first)
    return returns


def _first_told(quarter: Period, counts: Counts, scale: int) -> Counts:
    """As the quarter's own return tells it: in its first month, a few complaints were not counted yet."""
    if quarter.key not in UNTOLD:
        return counts
    return counts | {
        (POLLUTION, "number", quarter.first): counts[POLLUTION, "number", quarter.first] - UNTOLD[quarter.key] * scale
    }


def _mistaken(request: Request) -> Request:
    is_accident = request.kind in ("Accident notification", *KINDS["Accident notification"])
    return replace(request, kind="Complaint" if is_accident else "Accident notification")


# ---------------------------------------------------------------- the workbook


def _make_book(sent: Return) -> Workbook:
    says = say_synthetic(sent.quarter.key.startswith("2022"), "request")
    notes = [
        f"{MADE_BY}; only the yearly totals that the published plan prints are its own.",
        "Monthly counts tell the financial year so far anew; requests are those of the quarter.",
        "Notifications and visits on COVID-19 are left out. Pollution complaints include every ASB case.",
    ]
    workbook = start_book(TITLE, says, notes)
    year, number = sent.quarter.key.rsplit("-", 1)
    head = (TITLE, f"Return made on {sent.made_on:%d/%m/%Y}", f"Quarter: {number} {year.replace('-', '/')}", says)
    top = 6 + sent.place % 2
    months = sorted({month for _, _, month in sent.counts})
    shown = "%B %Y" if sent.place % 3 == 2 else "%b %Y"
    headings = ["Activity", *(f"{month:{shown}} {role}" for month in months for role in ("number", "of"))]
    lay_sheet(
        workbook.create_sheet("Monthly counts"), head, top, [*headings, "Year to date"], _count_rows(sent, months)
    )
    rows: list[Row] = [_request_row(one.known_on(sent.made_on)) for one in sent.requests]
    laid = with_total(rows, gap=9 if sent.place % 4 == 1 else 0)
    columns = ("Kind", "Received", "Urgent", "First response")
    lay_sheet(workbook.create_sheet("H&S requests"), head, top, columns, laid)
    return workbook


def _count_rows(sent: Return, months: Sequence[dt.date]) -> list[Row]:
    rows: list[Row] = []
    for activity in TOTALS:
        name = ALSO_CALLED.get(activity, activity) if sent.place % 3 == 1 else activity
        counts = [sent.counts.get((activity, role, month)) for month in months for role in ("number", "of")]
        rows.append([name, *counts, sum(n or 0 for n in counts[::2])])
        if sent.place % 4 == 3 and activity == POLLUTION:
            rows.append([])
    return [*rows, ["Note: months are those in which a thing was done, received or began."]]


def _request_row(request: Request) -> Row:
    days = (type_date(request.received, request.date_form), type_date(request.answered, (request.date_form * 7) % 100))
    return [request.kind, days[0], request.urgent, days[1]]


WRITES = {"environmental_health_activity": write_environmental_health_activity}
