"""The packs of a quarter: for members, the General Management Team, Cabinet and Scrutiny, and each service.

Which sets, columns and sections an audience gets stands in `audiences.py`; the sections are in
`changes.py`, `to_do.py` and `sources.py`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.reports import reading
from cs_pipeline.reports.audiences import AUDIENCES
from cs_pipeline.reports.changes import changed_section
from cs_pipeline.reports.figure_sections import figure_sections
from cs_pipeline.reports.findings import find
from cs_pipeline.reports.pack import Pack, Section
from cs_pipeline.reports.parts import NoSuchPack, finish_pack
from cs_pipeline.reports.rows import Shown
from cs_pipeline.reports.sources import quality_section, sources_section
from cs_pipeline.reports.to_do import actions_section, decisions_section, late_section
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarter_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

QUARTERS_DRAWN = 12


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
        *figure_sections(rows, audience.sets, audience.columns, audience.drawn, audience.most_drawn),
    ]
    if audience.manages:
        until = quarter_of(quarter.last + ONE_DAY).last  # Pentana is exported some weeks after the quarter ends.
        sections += [actions_section(publication, until), late_section(publication, codes, "quarter", quarter)]
        sections += [decisions_section(publication, rows)]
    if service is not None:
        sections += [late_section(publication, codes, "quarter", quarter), quality_section(publication, codes, quarter)]
    sections += [sources_section(publication, codes, [quarter], cut_at)]
    suffix = f"-{service.lower().replace(' ', '-')}" if service else ""
    names = (
        f"Community safety, {quarter.name}",
        f"{service}: quarterly report of the service" if service else audience.subtitle,
    )
    return finish_pack(publication, f"quarterly-{quarter.key}-{name}{suffix}", names, name, cut_at, sections)
