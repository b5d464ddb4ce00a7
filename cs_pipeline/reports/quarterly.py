"""The packs of a quarter: for members, the General Management Team, Cabinet and Scrutiny, and each service.

Which sets, columns and sections an audience gets stands in `AUDIENCES`; the sections are in
`changes.py`, `to_do.py` and `sources.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_pipeline.reports import reading
from cs_pipeline.reports.changes import changed_section
from cs_pipeline.reports.findings import find
from cs_pipeline.reports.pack import Chart, Pack, Section, clean, show
from cs_pipeline.reports.parts import notice_of
from cs_pipeline.reports.rows import SET_TITLES, Shown, figure_table, group_rows, table_name
from cs_pipeline.reports.sources import quality_section, sources_section
from cs_pipeline.reports.to_do import actions_section, decisions_section, late_section
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarter_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

QUARTERS_DRAWN = 12

FULL = ("code", "title", "quarter", "target", "status", "trend", "to_date", "previous", "status_to_date",
        "trend_to_date", "noise", "outlook", "history", "comment")  # fmt: skip
BRIEF = ("code", "title", "to_date", "target_to_date", "status_to_date", "previous", "trend_to_date", "outlook",
         "history", "comment")  # fmt: skip


@dataclass(frozen=True)
class Audience:
    """Who reads a pack: its subtitle, the sets it shows and draws large, its columns, and whether it is for managers.

    `services` says that there is a pack for each service.
    """

    subtitle: str
    sets: tuple[str, ...]
    drawn: tuple[str, ...]
    columns: tuple[str, ...] = FULL
    manages: bool = False
    services: bool = False


AUDIENCES = {
    "members": Audience("Members Matters: quarterly performance", ("CSI", "KPI"), ("CSI",)),
    "gmt": Audience(
        "General Management Team: quarterly monitoring", ("CSI", "KPI", "MPI"), ("CSI",), FULL, manages=True
    ),
    "cabinet": Audience("Cabinet and Overview and Scrutiny: progress by objective", ("CSI",), ("CSI",), BRIEF),
    "service": Audience(
        "Quarterly report of the service",
        ("CSI", "KPI", "MPI", "service data"),
        ("CSI", "KPI", "MPI"),
        FULL,
        services=True,
    ),
}


class NoSuchPack(Exception):
    """There is nothing of which such a pack could be made; the message is two sentences for people."""


def quarterly_packs(
    publication: "Connection", quarter: Period, audiences: Sequence[str], service: str | None = None
) -> list[Pack]:
    """The packs of a quarter for each audience, for a service's audience one a service. Raises NoSuchPack."""
    everything = read_quarter(publication, quarter)
    services = sorted({name for row in everything for name in (row.place.service_names or "").split(", ") if name})
    if service is not None and service not in services:
        raise NoSuchPack(f'"{service}" is no service that has indicators. Give one of {", ".join(services)}.')
    packs = []
    for name in audiences:
        audience = AUDIENCES[name]
        rows = [row for row in everything if row.place.indicator_set in audience.sets]
        for each in (services if service is None else [service]) if audience.services else [None]:
            packs.append(_pack(publication, quarter, name, [row for row in rows if _is_of(row, each)], each))
    return packs


def _is_of(row: Shown, service: str | None) -> bool:
    return service is None or service in (row.place.service_names or "").split(", ")


def read_quarter(publication: "Connection", quarter: Period) -> list[Shown]:
    """Every indicator of every set with its figures of the quarter. Raises NoSuchPack where none is published."""
    places = reading.read_places(publication)
    figures = reading.read_figures(publication, "quarter", quarter.key)
    if not figures:
        raise NoSuchPack(f"No figure of {quarter.name} has been published. Run cs run when its returns have come.")
    to_date = reading.read_figures(publication, "year to date", quarter.key)
    lines = reading.read_histories(publication, "quarter", quarter.last, QUARTERS_DRAWN)
    limits = reading.read_limits(publication, quarter.key)
    outlooks = reading.read_outlooks(publication, quarter.key)
    said = reading.read_commentary(publication, quarter.key)
    return [
        Shown(
            place,
            figures[place.indicator_set, code],
            lines[code],
            to_date.get((place.indicator_set, code)),
            limits.get(code),
            outlooks.get(code),
            said.get(code),
        )
        for place in places
        for code in [place.indicator_code]
        if (place.indicator_set, code) in figures
    ]


def _pack(publication: "Connection", quarter: Period, name: str, rows: list[Shown], service: str | None) -> Pack:
    audience = AUDIENCES[name]
    codes = {row.place.indicator_code for row in rows}
    cut_at = reading.read_cut(publication, quarter)
    sections = [
        Section("What matters", listed=find(rows, quarter.name)),
        changed_section(publication, codes, quarter),
        *_figures(rows, audience, by_page=name == "cabinet"),
    ]
    if audience.manages:
        until = quarter_of(quarter.last + ONE_DAY).last  # Pentana is exported some weeks after the quarter ends.
        sections += [actions_section(publication, until), late_section(publication, "quarter", quarter)]
        sections += [decisions_section(publication, rows)]
    if service is not None:
        sections += [late_section(publication, "quarter", quarter), quality_section(publication, codes, quarter)]
    sections += [sources_section(publication, codes, [quarter], cut_at)]
    suffix = f"-{service.lower().replace(' ', '-')}" if service else ""
    return clean(
        Pack(
            key=f"quarterly-{quarter.key}-{name}{suffix}",
            title=f"Community safety, {quarter.name}",
            subtitle=f"{service}: quarterly report of the service" if service else audience.subtitle,
            audience=name,
            notice=notice_of(publication),
            cut_at=cut_at,
            sections=tuple(sections),
        )
    )


def _figures(rows: Sequence[Shown], audience: Audience, *, by_page: bool) -> list[Section]:
    """Tables by set, and within it by objective or service, and charts of the sets that are drawn, each once."""
    sections, seen = [], set[str]()
    for name in audience.sets:
        for words, of_group in group_rows(name, [row for row in rows if row.place.indicator_set == name]).items():
            title = f"{SET_TITLES[name]}{f': {words}' if words else ''}"
            table = figure_table(table_name(name, words, of_group), title, of_group, audience.columns, "No indicator.")
            drawn = [row for row in of_group if name in audience.drawn and can_draw(row)][: 1 if by_page else None]
            charts = tuple(draw(row, f"{name.lower()}_") for row in drawn if row.place.indicator_code not in seen)
            seen |= {row.place.indicator_code for row in drawn}
            sections.append(Section(title, (), (), (table,), charts))
    return sections


def can_draw(row: Shown) -> bool:
    return sum(point.value is not None for point in row.line.points) > 1


def draw(row: Shown, prefix: str = "") -> Chart:
    """An indicator's history with its target and its control limits, under a title that says what it shows."""
    limits = row.limits
    return Chart(
        f"chart_{prefix}{row.place.indicator_code.lower()}",
        _chart_title(row),
        row.line.words,
        row.line,
        row.main.period_target_value,
        limits.lower_limit if limits else None,
        limits.centre if limits else None,
        limits.upper_limit if limits else None,
    )


def _chart_title(row: Shown) -> str:
    if row.main.value is None:
        why = "held" if row.main.missing_reason == "held" else row.main.missing_reason or "no figure"
        return f"{row.name}: {why} for {row.main.period_name}"
    said = f"{row.name}: {show(row.main.value, row.place.unit)} in {row.main.period_name}"
    if row.limits is not None and row.limits.signal is not None:
        within = row.limits.signal == "within"
        said += ", within noise" if within else f", more than noise ({row.limits.signal} the limits)"
    return said
