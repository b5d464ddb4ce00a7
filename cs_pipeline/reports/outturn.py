"""The outturn of a year: against target, with earlier years, what was restated, and what does not compare.

How many earlier years are shown is a setting; the warehouse keeps all.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.reports import edition, reading
from cs_pipeline.reports.changes import breaks_section, changed_section, restated_section
from cs_pipeline.reports.figure_sections import figure_sections
from cs_pipeline.reports.findings import find
from cs_pipeline.reports.pack import Pack, Section
from cs_pipeline.reports.parts import NoSuchPack, finish_pack
from cs_pipeline.reports.rows import SET_TITLES, Made, Shown, year_columns
from cs_pipeline.reports.sources import sources_section
from cs_pipeline.reports.to_do import actions_section, decisions_section, late_section
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarter_of, year

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

QUARTERS_DRAWN = 12


def outturn_pack(publication: "Connection", of_year: Period, n_earlier: int) -> Pack:
    """The pack of a year with `n_earlier` years before it. Raises NoSuchPack where none of its figures is published."""
    earlier = [year(of_year.first.year - back) for back in range(n_earlier, 0, -1)]
    rows = read_year(publication, of_year, earlier)
    codes = {row.place.indicator_code for row in rows}
    cut_at = reading.read_cut(publication, of_year)
    until = quarter_of(of_year.last + ONE_DAY).last
    columns: list[str | Made] = ["code", "title", *year_columns(earlier, of_year), "target", "status", "trend"]
    columns += ["long_trend", "history", "comment"]
    targeted = [row for row in rows if row.place.indicator_set != "service data"]
    sections = [
        Section("What matters", listed=find(targeted, of_year.name)),
        changed_section(publication, codes, of_year),
        *figure_sections(rows, tuple(SET_TITLES), columns, ("CSI",)),
        restated_section(publication, of_year),
        breaks_section(publication, codes, earlier[0] if earlier else of_year, of_year),
        actions_section(publication, until),
        *_plan_sections(publication, of_year),
        late_section(publication, codes, "year", of_year),
        decisions_section(publication, targeted),
        sources_section(publication, codes, [of_year], cut_at),
    ]
    names = (f"Community safety, outturn {of_year.name}", "The year against target, with earlier years")
    return finish_pack(publication, f"outturn-{of_year.key}", names, "outturn", cut_at, sections)


def read_year(publication: "Connection", of_year: Period, earlier: Sequence[Period]) -> list[Shown]:
    """Every indicator of every set with its figures of the year and of earlier ones. Raises NoSuchPack."""
    figures = reading.read_figures(publication, "year", of_year.key)
    if not figures:
        raise NoSuchPack(f"No figure of {of_year.name} has been published. Run cs run when its returns have come.")
    before = [reading.read_figures(publication, "year", period.key) for period in earlier]
    lines = reading.read_histories(publication, "quarter", of_year.last, QUARTERS_DRAWN)
    said = reading.read_commentary(publication, of_year.key)
    return [
        Shown(
            place,
            figures[key],
            lines[place.indicator_code],
            commentary=said.get(place.indicator_code),
            earlier=tuple(of_period.get(key) for of_period in before),
        )
        for place in reading.read_places(publication)
        for key in [(place.indicator_set, place.indicator_code)]
        if key in figures
    ]


def _plan_sections(publication: "Connection", of_year: Period) -> list[Section]:
    """Budget lines, risks, and strategies due by the end of the following year, from the latest edition."""
    latest = edition.latest_edition(publication)
    if latest is None:
        return []
    scores = edition.risk_scores(publication, quarter_of(of_year.last + ONE_DAY).last)
    due_by = year(of_year.first.year + 1).last
    said = (f"As the plan of {latest} prints them.",)
    return [
        Section("Budget lines", said, (), (edition.budget_lines(publication, latest),)),
        Section("Risks", said, (), (edition.risks(publication, latest), scores)),
        Section("Strategies due for renewal", said, (), (edition.strategies(publication, latest, due_by),)),
    ]
