"""Turns a seed into the ASB panel's quarterly agendas, whose whole years hold as many individuals as the plan prints.

Time on the agenda is counted in the bands of `case_lists_plan.py`; how an agenda is read is declared in
`sources/asb_panel.py`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from openpyxl import Workbook

from cs_pipeline.samples.book import MADE_BY, Row, lay_sheet, save, say_synthetic, start_book, type_date, with_total
from cs_pipeline.samples.case_lists_plan import LISTED, Band, closing_days
from cs_pipeline.words.periods import Period, month, parse_period

SEED = 2023
TITLE = "Broxtowe multi-agency panel on anti-social behaviour: agenda"
HEADINGS = (
    ("Panel reference", "First discussed", "Removed"),
    ("Reference", "Date first discussed", "Date removed"),
    ("Panel ref", "First discussed", "Removed from agenda"),
)
FIRST_NUMBER = 17


@dataclass(frozen=True)
class Group:
    """So many individuals first discussed and removed in runs of months, such as `Apr 2019 - Mar 2020`.

    Not removed: still on the agenda. `back_in` is the month in which they are first discussed once more.
    """

    n: int
    discussed: str
    removed: str | None
    band: Band
    back_in: str | None = None


GROUPS = (
    # Removed before the first year that the plan prints.
    Group(2, "Oct 2018 - Jan 2019", "Jan 2019 - Mar 2019", "short"),
    # 2019/20: 14 individuals, removed after 6 short, 0 middle; 8 long, three of them still on at its end.
    Group(6, "Apr 2019 - Mar 2020", "Apr 2019 - Mar 2020", "short"),
    Group(4, "May 2018 - Mar 2019", "Apr 2019 - Mar 2020", "long"),
    Group(1, "Apr 2019 - Jun 2019", "Nov 2019 - Mar 2020", "long"),
    Group(1, "Nov 2018 - Mar 2019", "Apr 2020 - Dec 2020", "long"),
    Group(1, "Apr 2019 - Aug 2019", "Apr 2020 - Dec 2020", "long"),
    Group(1, "Apr 2019 - Aug 2019", "May 2021 - Dec 2021", "long"),
    # 2020/21: three and ten new; 1 short, 6 middle; 4 long, two of them still on at its end beside two younger ones.
    Group(1, "Apr 2020 - Dec 2020", "Apr 2020 - Mar 2021", "short"),
    Group(6, "Apr 2020 - Dec 2020", "Apr 2020 - Mar 2021", "middle"),
    Group(1, "Apr 2020 - Aug 2020", "May 2022 - Aug 2022", "long"),
    Group(1, "Jan 2021 - Mar 2021", "Apr 2021 - Aug 2021", "middle"),
    Group(1, "Oct 2020 - Feb 2021", "Jun 2021 - Feb 2022", "long"),
    # 2021/22: four and 17 new; 4 short, 9 middle; 4 long, one of them still on at its end beside four younger ones.
    Group(4, "Apr 2021 - Mar 2022", "Apr 2021 - Mar 2022", "short"),
    Group(8, "Apr 2021 - Dec 2021", "Apr 2021 - Mar 2022", "middle"),
    Group(1, "Apr 2021 - Aug 2021", "Oct 2021 - Mar 2022", "long"),
    Group(2, "Feb 2022 - Mar 2022", "Apr 2022 - Jun 2022", "short"),
    Group(1, "Nov 2021 - Feb 2022", "Apr 2022 - Jul 2022", "middle"),
    Group(1, "Oct 2021 - Mar 2022", "Jun 2022 - Dec 2022", "long"),
    # April to December 2022, illustrative; one comes back in the quarter of the removal.
    Group(3, "Apr 2022 - Nov 2022", "Apr 2022 - Dec 2022", "short"),
    Group(3, "Apr 2022 - Sep 2022", "Apr 2022 - Dec 2022", "middle"),
    Group(1, "Jun 2022 - Jul 2022", "Oct 2022", "middle", back_in="Dec 2022"),
    Group(5, "Aug 2022 - Dec 2022", None, "short"),
)


@dataclass(frozen=True)
class Stay:
    """An individual's time on the agenda; `date_form` fixes how its days are typed on every agenda."""

    reference: str
    discussed: dt.date
    removed: dt.date | None
    date_form: int

    def is_on(self, period: Period) -> bool:
        return self.discussed <= period.last and (self.removed is None or self.removed >= period.first)


def write_asb_panel(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the 16 agendas, from 2018/19's year end on; returns their paths in the order they were sent.

    The individuals on them at any time number 14 in 2019/20, 13 in 2020/21 and 21 in 2021/22, times `scale`.
    """
    rng = Random(f"asb_panel {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    stays = _draw_stays(rng, scale)
    paths = []
    for place, period in enumerate(LISTED):
        called = period.key.replace("-Q", " Q") if place else "2018-19 year end"
        path = to_dir / f"ASB panel agenda {called}.xlsx"
        save(_make_book(place, period, [stay for stay in stays if stay.is_on(period)]), path)
        paths.append(path)
    return paths


def _draw_stays(rng: Random, scale: int) -> list[Stay]:
    """In the order of first discussion, which gives individuals their references."""
    drawn = [(*_draw_days(rng, group), group.back_in) for group in GROUPS for _ in range(group.n * scale)]
    stays = []
    for number, (discussed, removed, back_in) in enumerate(sorted(drawn, key=lambda one: one[0]), FIRST_NUMBER):
        stay = Stay(f"P-{number:04d}", discussed, removed, rng.randrange(100))
        stays.append(stay)
        if back_in:
            stays.append(Stay(stay.reference, next(_list_meetings(back_in)), None, stay.date_form))
    return sorted(stays, key=lambda stay: (stay.discussed, stay.reference))


def _draw_days(rng: Random, group: Group) -> tuple[dt.date, dt.date | None]:
    """Days of two meetings, the first of which leaves a second in the group's band. ValueError where none does."""
    pairs: list[tuple[dt.date, list[dt.date | None]]] = []
    for discussed in _list_meetings(group.discussed):
        first, last = closing_days(group.band, discussed)
        # Taken off at the meeting that first discussed them, nobody was on the agenda.
        ends = [day for day in _list_meetings(group.removed or "") if first <= day <= last and day > discussed]
        choices: list[dt.date | None] = [*ends] if group.removed else [None]
        if choices:
            pairs.append((discussed, choices))
    if not pairs:
        raise ValueError(f"No two meetings suit {group}. Widen its months.")
    discussed, choices = rng.choice(pairs)
    return discussed, rng.choice(choices)


def _list_meetings(months: str) -> Iterator[dt.date]:
    """The panel meets on the second Wednesday of a month."""
    span = parse_period(months)
    if span is None:
        return
    for place in range(span.months):
        year, number = divmod(span.first.month - 1 + place, 12)
        first = month(span.first.year + year, number + 1).first
        yield first + dt.timedelta(days=(2 - first.weekday()) % 7 + 7)


def _make_book(place: int, period: Period, stays: list[Stay]) -> Workbook:
    says = say_synthetic(period.key.startswith("2022"))
    notes = [
        f"{MADE_BY}.",
        "Only the totals of whole years are those of the published plan.",
        "Everybody is listed who was on the agenda at any time in the quarter; who comes back is listed once more.",
    ]
    workbook = start_book(TITLE, says, notes)
    rows: list[Row] = [
        [stay.reference, type_date(stay.discussed, stay.date_form), type_date(removed, stay.date_form)]
        for stay in stays
        for removed in [stay.removed if stay.removed and stay.removed <= period.last else None]
    ]
    as_at = period.last + dt.timedelta(days=3 + 2 * place % 5)
    head = (TITLE, f"Agenda as at {as_at:%d/%m/%Y}", says)
    rows = with_total(rows, gap=4 if place % 5 == 2 else 0)
    lay_sheet(workbook.create_sheet("Agenda"), head, 5 + place % 2, HEADINGS[place // 4 % 3], rows)
    return workbook


WRITES = {"asb_panel": write_asb_panel}
