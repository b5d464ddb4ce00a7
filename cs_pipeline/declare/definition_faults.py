"""What can be wrong with an indicator's definitions: holes, overlaps, words that are no period, unknown names.

Each fault is told by where in the entry it stands, what is wrong and what to do; files and lines are added in
`definition_files.py`.
"""

from collections.abc import Iterator
from itertools import pairwise

from cs_pipeline.declare.indicator import (
    ADDED,
    SETS,
    Basis,
    Definition,
    Indicator,
    Profile,
    Thresholds,
    as_quarter,
    as_year,
)
from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, quarter_of

Fault = tuple[tuple[str | int, ...], str, str]  # where in the entry, what is wrong, what to do


def find_faults(
    indicator: Indicator, measures: frozenset[str], sources: frozenset[str], begins: Period
) -> Iterator[Fault]:
    """What is wrong with an indicator, the first thing first."""
    if not indicator.sets:
        yield ("sets",), "belongs to no set, so no mart would show it", f"Give sets, one or more of: {', '.join(SETS)}."
    yield from _year_faults(indicator)
    yield from find_target_faults(indicator.thresholds, indicator.profile)
    yield from _sum_faults(indicator)
    if indicator.heading:
        for key in ("definitions", "proposed"):
            if getattr(indicator, key):
                yield (key,), f"is a heading and has {key}", "Take one of the two out."
        return
    if not indicator.definitions:
        yield ("code",), "has no definition", "Add definitions, each with since, because and a measure."
    for number, definition in enumerate(indicator.definitions):
        yield from _definition_faults(indicator, definition, ("definitions", number), measures, sources)
    for number, basis in enumerate(indicator.proposed):
        yield from _basis_faults(indicator, basis, ("proposed", number), measures, sources)
    yield from _holes(indicator, begins)


def _sum_faults(indicator: Indicator) -> Iterator[Fault]:
    """What only a sum may say of itself."""
    if indicator.profile and indicator.rollup != "sum":
        yield ("profile",), "has a profile and is no sum", "Take the profile out; only a sum has shares by quarter."
    if indicator.rate_per and indicator.rollup != "sum":
        yield ("rate_per",), "has a rate_per and is no sum", "Take rate_per out; only a sum is told per 1,000."


def _year_faults(indicator: Indicator) -> Iterator[Fault]:
    if indicator.first_year and as_year(indicator.first_year) is None:
        yield ("first_year",), f'begins in "{indicator.first_year}", which is no financial year', "Write it as 2021/22."
    if (indicator.first_year is None) != (indicator.before_first is None):
        todo = "Say not comparable or not introduced, and from which year the indicator has figures."
        yield ("code",), "gives only one of first_year and before_first", todo
    for number, odd in enumerate(indicator.odd_periods):
        first, last = as_quarter(odd.first), as_quarter(odd.last)
        if not first or not last or not as_year(odd.stands_for) or last <= first or indicator.rollup not in ADDED:
            todo = "Give stands_for as 2019/20, first and last as 2019-20-Q3, in order; only sums can run so."
            yield ("odd_periods", number), "has an odd period that cannot be read", todo


def find_target_faults(thresholds: Thresholds | None, profile: Profile | None) -> Iterator[Fault]:
    """What is wrong with limits and shares, of an indicator or of the whole site."""
    if thresholds and thresholds.amber_within_pct < thresholds.green_within_pct:
        todo = "Let amber_within_pct be green_within_pct or more."
        yield ("thresholds",), "has an amber band that ends inside the green one", todo
    if thresholds and (thresholds.green_at is None) != (thresholds.amber_at is None):
        yield ("thresholds",), "gives only one of green_at and amber_at", "Give both values, or neither."
    if profile and abs(sum(profile) - 100) > 0.01:
        yield ("profile",), "has a profile that does not share out 100 per cent", "Give four shares that add to 100."


def _definition_faults(
    indicator: Indicator,
    definition: Definition,
    at: tuple[str | int, ...],
    measures: frozenset[str],
    sources: frozenset[str],
) -> Iterator[Fault]:
    for name, text in (("since", definition.since), ("until", definition.until)):
        if text and as_quarter(text) is None:
            yield (*at, name), f'has a definition {name} "{text}", which is no quarter', "Write it as 2021-22-Q3."
    if definition.until_quarter and definition.until_quarter < definition.since_quarter:
        what = f"has a definition that ends in {definition.until}, before it begins in {definition.since}"
        yield (*at, "until"), what, "Correct since or until."
    yield from _basis_faults(indicator, definition, at, measures, sources)


def _basis_faults(
    indicator: Indicator, basis: Basis, at: tuple[str | int, ...], measures: frozenset[str], sources: frozenset[str]
) -> Iterator[Fault]:
    if (basis.measure is None) == (basis.awaits is None):
        yield at, "needs either a measure or the source that it awaits", "Give measure, or awaits."
    elif basis.measure and basis.measure not in measures:
        todo = f"Add sql/measures/{basis.measure}.sql, or correct the name."
        yield (*at, "measure"), f"is measured by {basis.measure}, which does not exist", todo
    elif basis.awaits and basis.awaits in sources:
        yield (*at, "awaits"), f"awaits {basis.awaits}, which has come", "Give the measure that counts it."
    elif basis.awaits and basis.awaits != indicator.source:
        yield (*at, "awaits"), f"awaits {basis.awaits} and comes from {indicator.source}", "Let the two be the same."
    elif basis.measure and indicator.source not in sources:
        yield ("source",), f"comes from {indicator.source}, which is no source", "Correct the name."
    if (indicator.rollup == "ratio") != (basis.denominator is not None):
        what = "has a denominator and is no ratio" if basis.denominator else "is a ratio without a denominator"
        yield at, what, "Say in denominator what the numerator is taken out of, and only for a ratio."


def _holes(indicator: Indicator, begins: Period) -> Iterator[Fault]:
    """Gaps and overlaps between definitions, and before the first."""
    last = len(indicator.definitions) - 1
    for number, (one, other) in enumerate(pairwise(indicator.definitions), 1):
        at = ("definitions", number, "since")
        if other.since_quarter <= one.since_quarter:
            todo = "Put definitions in the order in which they came into force, each with a quarter of its own."
            yield at, f"has definitions that overlap: {one.since} and {other.since}", todo
        elif one.until_quarter and one.until_quarter.last >= other.since_quarter.first:
            yield at, f"has definitions that overlap from {other.since} to {one.until}", "Correct since or until."
        elif one.until_quarter and one.until_quarter.last + ONE_DAY < other.since_quarter.first:
            yield at, f"has no definition between {one.until} and {other.since}", "Correct since or until."
    needed = indicator.first_year_period.first if indicator.first_year_period else begins.first
    if last >= 0 and indicator.definitions[0].since_quarter.first > needed:
        todo = f"Let the first hold since {quarter_of(needed).key}, or give the first_year of the indicator."
        yield ("definitions", 0, "since"), f"has no definition before {indicator.definitions[0].since}", todo
