"""Turns a seed into three services' lists of anti-social behaviour cases, whose whole years add to the printed plan.

Cases are planned and drawn in `case_lists_plan.py`, workbooks laid out in `case_lists_book.py`; how a list is read is
declared in `sources/shapes/case_list.py`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import save
from cs_pipeline.samples.case_lists_book import Case, CaseList, make_case_book
from cs_pipeline.samples.case_lists_plan import LISTED, Service, Target, draw_cases
from cs_pipeline.samples.reference import REFERENCE, list_wards
from cs_pipeline.words.periods import Period

SEED = 2023
ENVIRONMENTAL_HEALTH = Service(
    name="EH",
    title="Broxtowe Borough Council: Environmental Health ASB cases",
    prefix="EH/{day:%y}/",
    digits=5,
    most_between=6,
    types={
        "Noise": 66, "Bonfire or smoke": 13, "Accumulation of waste": 9, "Animal nuisance": 5, "Artificial light": 3,
        "Other nuisance": 4,
    },
    opening=(16, 4, 2),
    n_closed=48,
    years=(
        Target(386, 316, 31, 25, recent_open=9, old_open=6, oldest_open=1),
        Target(561, 399, 42, 23, recent_open=36, old_open=5),
        Target(433, 343, 40, 33, recent_open=40, old_open=8, oldest_open=1),
        Target(318, 300, 62, 24, recent_open=22, old_open=5),
    ),
    sheets=("ASB cases",),
    corrected=("2019-20-Q3", "2021-22-Q1"),
    reopened_since="2019-20-Q3",
    n_reopened=5,
)  # fmt: skip
HOUSING = Service(
    name="Housing",
    title="Broxtowe Borough Council: Housing ASB cases",
    prefix="HSG-{day:%Y}-",
    digits=4,
    most_between=2,
    types={
        "Noise": 34, "Verbal abuse or harassment": 24, "Vandalism": 6, "Drugs": 10, "Garden or rubbish": 12,
        "Pets or animals": 8, "Other housing nuisance": 6,
    },
    opening=(30, 12, 3),
    n_closed=14,
    years=(
        Target(126, 107, 22, 9, recent_open=12, old_open=2),
        Target(118, 92, 19, 7, recent_open=12, old_open=1, oldest_open=1),
        Target(84, 73, 18, 10, recent_open=8, old_open=3),
        Target(74, 58, 16, 8, recent_open=5, old_open=2),
    ),
    sheets=("Open cases", "Closed cases"),
    corrected=("2020-21-Q2",),
    reopened_since="2018-19-Q4",
    n_reopened=4,
)  # fmt: skip
COMMUNITIES = Service(
    name="Communities",
    title="Broxtowe Borough Council: Communities ASB cases",
    prefix="CS-",
    digits=4,
    most_between=3,
    types={
        "Neighbour dispute": 42, "Nuisance youths": 24, "Street drinking": 6, "Vehicle nuisance": 8, "Drugs": 8,
        "Harassment": 8, "Other community nuisance": 4,
    },
    opening=(10, 2, 0),
    n_closed=4,
    years=(
        Target(22, 17, 2, 0, recent_open=2, old_open=0),
        Target(67, 68, 3, 0, recent_open=3, old_open=0),
        Target(46, 36, 18, 1, recent_open=1, old_open=1),
        Target(38, 26, 8, 2, recent_open=2, old_open=1),
    ),
    sheets=("Cases",),
    corrected=(),
    reopened_since="2020-21-Q1",
    n_reopened=2,
)  # fmt: skip


def write_environmental_health_cases(
    to_dir: Path, seed: int = SEED, scale: int = 1, reference: Path = REFERENCE
) -> list[Path]:
    """Write Environmental Health's 18 lists, one sheet each; returns their paths in the order they were sent.

    By each case's latest list, those received number 386 in 2019/20, 561 in 2020/21 and 433 in 2021/22, times `scale`.
    """
    return _write(ENVIRONMENTAL_HEALTH, to_dir, seed, scale, reference)


def write_housing_cases(to_dir: Path, seed: int = SEED, scale: int = 1, reference: Path = REFERENCE) -> list[Path]:
    """Write Housing's 17 lists, open and closed cases on sheets of their own; 126, 118 and 84 received in the years."""
    return _write(HOUSING, to_dir, seed, scale, reference)


def write_communities_cases(to_dir: Path, seed: int = SEED, scale: int = 1, reference: Path = REFERENCE) -> list[Path]:
    """Write the Communities team's 16 lists, one sheet each; 22, 67 and 46 received in the years."""
    return _write(COMMUNITIES, to_dir, seed, scale, reference)


def _write(service: Service, to_dir: Path, seed: int, scale: int, reference: Path) -> list[Path]:
    rng = Random(f"{service.name} {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    cases = draw_cases(rng, service, scale, list_wards("2016", reference))
    paths = []
    for place, listed in enumerate(_plan_lists(rng, service, cases, scale)):
        path = to_dir / listed.file_name
        save(make_case_book(replace(listed, place=place)), path)
        paths.append(path)
    return paths


def _plan_lists(rng: Random, service: Service, cases: list[Case], scale: int) -> Iterator[CaseList]:
    for place, period in enumerate(LISTED):
        known = [case.known_on(period.last) for case in cases if case.is_listed(period)]
        days_late = 4 + 3 * place % 5
        if period.key not in service.corrected:
            yield _plan_list(service, period, days_late, known)
            continue
        yield _plan_list(service, period, days_late, list(_mistake(rng, service, period, known, scale)))
        yield _plan_list(service, period, 38 + days_late, known, is_corrected=True)


def _plan_list(
    service: Service, period: Period, days_late: int, cases: list[Case], is_corrected: bool = False
) -> CaseList:
    tabs = {service.sheets[0]: cases}
    if len(service.sheets) == 2:
        tabs = {
            name: [case for case in cases if bool(case.closed) == bool(at)] for at, name in enumerate(service.sheets)
        }
    year, quarter = period.key.rsplit("-", 1)
    called = f"{year} {quarter}" if period.key != LISTED[0].key else f"{year} year end"
    return CaseList(
        place=0,
        title=service.title,
        file_name=f"{service.name} ASB cases {called}{' corrected' if is_corrected else ''}.xlsx",
        as_at=period.last + dt.timedelta(days=days_late),
        is_corrected=is_corrected,
        is_illustrative=year == "2022-23",
        has_reopened=period.key >= service.reopened_since,
        tabs=tabs,
    )


def _mistake(rng: Random, service: Service, period: Period, cases: list[Case], scale: int) -> Iterator[Case]:
    """The list as first sent: of the cases received and closed in the quarter, a few missing, open, or told wrong."""
    settled = [case for case in cases if case.received >= period.first and case.closed and not case.reopened]
    chosen = rng.sample(settled, min(len(settled), 8 * scale))
    wrong = {case.reference: place % 4 for place, case in enumerate(chosen)}
    for case in cases:
        match wrong.get(case.reference):
            case 0:
                continue
            case 1:
                yield replace(case, closed=None)
            case 2 if case.closed:
                yield replace(case, closed=case.received + (case.closed - case.received) // 2)
            case 3:
                others = [name for name in service.types if name.casefold() != case.case_type.strip().casefold()]
                yield replace(case, case_type=rng.choice(others))
            case _:
                yield case


WRITES = {
    "environmental_health_cases": write_environmental_health_cases,
    "housing_cases": write_housing_cases,
    "communities_cases": write_communities_cases,
}
