"""Brings the records in `meta` up to the indicators' files.

Reading the files is `declare/definition_files.py`; what is decided about figures is brought up in `decided.py`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cs_pipeline.declare.definition_files import read_indicators, read_site
from cs_pipeline.declare.indicator import Indicator, Site
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.warehouse.connect import write_anew
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import parse_period, quarter_of
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def load_indicators(settings: Settings, plan: Plan) -> tuple[Indicator, ...]:
    """Every indicator, judged against the measures and sources that exist. Raises BrokenDefinition."""
    measures = frozenset(measure.name for measure in plan.measures)
    sources = frozenset(source.name for source in all_sources())
    return read_indicators(settings.indicators, measures, sources, settings.first_quarter)


def refresh_indicators(
    connection: "Connection", settings: Settings, plan: Plan, indicators: Sequence[Indicator]
) -> None:
    """Writes anew what `meta` holds of the indicators, their measures and the kinds of conflict."""
    site = read_site(settings.indicators)
    rows = {
        "indicator": [_indicator_row(indicator, site) for indicator in indicators],
        "definition": [row for i in indicators for row in _definition_rows(i)],
        "measure": [(m.name, m.head[0], m.text, m.knows_ward) for m in plan.measures],
        "conflict_kind": [(k.name, k.words, k.settled_by, k.holds) for k in plan.kinds],
        "indicator_part": [row for i in indicators for row in _part_rows(i)],
        "other_basis": [row for i in indicators for row in _basis_rows(i)],
        "odd_period": [
            (i.code, _key(odd.stands_for), _key(odd.first), _key(odd.last)) for i in indicators for odd in i.odd_periods
        ],
        "target_share": [
            (i.code, number, share)
            for i in indicators
            if i.rollup == "sum"
            for number, share in enumerate(i.profile or site.profile, 1)
        ],
    }
    for name, of_table in rows.items():
        write_anew(connection, name, of_table)


def _indicator_row(indicator: Indicator, site: Site) -> tuple[Any, ...]:
    limits = indicator.thresholds or site.thresholds
    return (
        indicator.code,
        indicator.title,
        ", ".join(indicator.sets),
        indicator.objective,
        indicator.owner,
        indicator.unit,
        indicator.aim,
        indicator.aim_disputed,
        indicator.rollup,
        indicator.source,
        indicator.sensitivity,
        indicator.first_year_period.first if indicator.first_year_period else None,
        indicator.before_first,
        indicator.note,
        indicator.heading,
        limits.green_within_pct,
        limits.amber_within_pct,
        limits.green_at,
        limits.amber_at,
        indicator.pentana_quarters,
        indicator.rate_per,
    )


def _definition_rows(indicator: Indicator) -> Iterator[tuple[Any, ...]]:
    run = 1
    for number, definition in enumerate(indicator.definitions):
        after = indicator.definitions[number + 1] if number + 1 < len(indicator.definitions) else None
        run += number > 0 and not definition.comparable
        last = quarter_of(after.since_quarter.first - ONE_DAY) if after else definition.until_quarter
        yield (
            indicator.code,
            number + 1,
            definition.since_quarter.key,
            last.key if last else None,
            definition.because,
            definition.numerator,
            definition.denominator,
            definition.measure,
            definition.of,
            definition.awaits,
            definition.comparable,
            run,
        )


def _part_rows(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    operands = indicator.operands or ()
    kinds: dict[str, tuple[str, ...]] = {"part": indicator.parts, "contained": indicator.contains}
    kinds |= {"headed": indicator.heads, "numerator": operands[:1], "denominator": operands[1:]}
    for kind, codes in kinds.items():
        yield from ((indicator.code, kind, code) for code in codes)


def _basis_rows(indicator: Indicator) -> Iterator[tuple[str, str, str, str]]:
    for basis in indicator.bases:
        for place, codes in (("numerator", basis.numerator), ("denominator", basis.denominator)):
            yield from ((indicator.code, basis.words, place, code) for code in codes)


def _key(text: str) -> str:
    period = parse_period(text)  # judged when it was loaded
    return period.key if period else text
