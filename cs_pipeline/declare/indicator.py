"""The performance indicators and their dated definitions: YAML that performance officers write, a file for each owner.

Everything is judged when it is loaded, so that a figure is never calculated from a definition with a hole in it. What
a measure counts is a file in `sql/measures/`; the figures are made in `cs_pipeline/figures/`.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cs_pipeline.words.days import ONE_DAY
from cs_pipeline.words.periods import Period, parse_period, quarter_of, quarters

SETS = ("service data", "CSI", "KPI", "MPI")  # The sets that `marts.indicator_quarter` and `indicator_year` show.
CODE = r"^ComS_\d{3}[a-z]?$"
MEASURED_AT_YEAR_END = ("year_end", "annual")  # Roll-ups without a figure for a quarter.
ADDED = ("sum", "ratio")  # Roll-ups whose year is made of the sums of its quarters.
NAMING = ("parts", "contains", "operands", "heads")  # Keys that name other indicators.


class BrokenDefinition(Exception):
    """A definition cannot be used; the message names file, line, what is wrong and what to do."""


class Entry(BaseModel):
    """What every part of a definition file shares: no key but those declared, no change once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Basis(Entry):
    """What is counted: in words, and as a measure, which may be narrowed to one part of what it counts."""

    numerator: str = Field(min_length=10)
    denominator: str | None = Field(default=None, min_length=10)
    measure: str | None = None
    of: str = "all"
    awaits: str | None = Field(default=None, description="The source that is still to come, where there is no measure.")
    comparable: bool = Field(default=True, description="Whether its figures compare with those of the one before.")


class Definition(Basis):
    """A basis in force from the first day of the quarter `since`, to the end of `until` where that is given."""

    since: str
    until: str | None = None
    because: str = Field(min_length=10)

    @cached_property
    def since_quarter(self) -> Period:
        return cast("Period", _quarter(self.since))  # Judged when it was loaded.

    @cached_property
    def until_quarter(self) -> Period | None:
        return _quarter(self.until) if self.until else None


class Thresholds(Entry):
    """When a figure is green, amber or red: by its distance from target in per cent, or by values of its own."""

    amber_within_pct: float = Field(default=5.0, ge=0)
    green_within_pct: float = Field(default=0.0, ge=0)
    green_at: float | None = None
    amber_at: float | None = None


Share = Annotated[float, Field(ge=0)]
Profile = tuple[Share, Share, Share, Share]  # Of the annual target, in per cent, by quarter.


class Site(Entry):
    """What holds for every indicator that says nothing of its own: its thresholds, and how a target is shared out."""

    thresholds: Thresholds
    profile: Profile


class OddPeriod(Entry):
    """A run of whole quarters that the plan prints in the column of a year: October to September."""

    stands_for: str
    first: str
    last: str


class Indicator(Entry):
    """One performance indicator of the plan, or a heading over several (`heads`), which has no figure of its own."""

    code: str = Field(pattern=CODE)
    title: str = Field(min_length=3)
    sets: tuple[Literal["service data", "CSI", "KPI", "MPI"], ...]
    objective: Literal["CS1", "CS2", "CS3"] | None = None
    owner: str = Field(min_length=3)
    unit: Literal["number", "percent"]
    aim: Literal["maximise", "minimise", "plan is best", "none"]
    aim_disputed: bool = False
    rollup: Literal["sum", "ratio", "latest", "annual", "year_end", "distinct_in_year"]
    source: str
    sensitivity: Literal["not_people", "person_ordinary", "person_sensitive"]
    first_year: str | None = None
    before_first: Literal["not comparable", "not introduced"] | None = None
    note: str | None = None
    parts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    operands: tuple[str, str] | None = None
    heads: tuple[str, ...] = ()
    thresholds: Thresholds | None = None
    profile: Profile | None = None
    odd_periods: tuple[OddPeriod, ...] = ()
    definitions: tuple[Definition, ...] = ()
    proposed: tuple[Basis, ...] = ()

    @cached_property
    def first_year_period(self) -> Period | None:
        return _year(self.first_year) if self.first_year else None

    def in_force(self, quarter: Period) -> Definition | None:
        """The definition that holds in a quarter; None before the first and after one that has ended."""
        found = [d for d in self.definitions if d.since_quarter.first <= quarter.first]
        last = found[-1] if found else None
        return None if last and last.until_quarter and last.until_quarter.last < quarter.first else last

    @property
    def heading(self) -> bool:
        return bool(self.heads)


def read_indicators(
    folder: Path, measures: frozenset[str], sources: frozenset[str], first_quarter: str
) -> tuple[Indicator, ...]:
    """Every indicator by code, from every YAML file of the folder. Raises BrokenDefinition.

    `measures` and `sources` are the names that exist; `first_quarter` is where the warehouse begins, and so by when
    a definition must hold.
    """
    begins = quarters(first_quarter, first_quarter)[0]
    found: dict[str, tuple[Indicator, Path, Lines]] = {}
    for path in sorted(folder.glob("*.yml")):
        for entry, lines in _entries(path):
            indicator = _validated(Indicator, path, entry, lines, str(entry.get("code") or "An indicator"))
            for key, what, todo in _faults(indicator, measures, sources, begins):
                raise _broken(path, lines.at(*key), f"{indicator.code} {what}", todo)
            if indicator.code in found:
                what = f"{indicator.code} is defined here and in {found[indicator.code][1].name}"
                raise _broken(path, lines.at("code"), what, "Keep one of the two.")
            found[indicator.code] = (indicator, path, lines)
    for indicator, path, lines in found.values():
        for link in NAMING:
            named: tuple[str, ...] = getattr(indicator, link) or ()
            if unknown := sorted(set(named) - found.keys()):
                what = f"{indicator.code} names {', '.join(unknown)}, which no file defines"
                raise _broken(path, lines.at(link), what, "Correct the code.")
    return tuple(indicator for _, (indicator, _, _) in sorted(found.items()))


def read_site(folder: Path) -> Site:
    """The site's own settings, from `site/defaults.yml` beside the definitions. Raises BrokenDefinition."""
    path = folder / "site" / "defaults.yml"
    written = _loaded(path)
    if not isinstance(written, dict):
        raise _broken(path, 1, "holds no settings", "Give thresholds and profile.")
    lines = Lines(written, 1)
    site = _validated(Site, path, written, lines, "The site")
    for key, what, todo in _target_faults(site.thresholds, site.profile):
        raise _broken(path, lines.at(*key), f"The site {what}", todo)
    return site


# ---------------------------------------------------------------- judging


Fault = tuple[tuple[str | int, ...], str, str]  # where in the entry, what is wrong, what to do


def _faults(indicator: Indicator, measures: frozenset[str], sources: frozenset[str], begins: Period) -> Iterator[Fault]:
    """What is wrong with an indicator, the first thing first."""
    if not indicator.sets:
        yield ("sets",), "belongs to no set, so no mart would show it", f"Give sets, one or more of: {', '.join(SETS)}."
    yield from _year_faults(indicator)
    yield from _target_faults(indicator.thresholds, indicator.profile)
    if indicator.profile and indicator.rollup != "sum":
        yield ("profile",), "has a profile and is no sum", "Take the profile out; only a sum has shares by quarter."
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


def _year_faults(indicator: Indicator) -> Iterator[Fault]:
    if indicator.first_year and _year(indicator.first_year) is None:
        yield ("first_year",), f'begins in "{indicator.first_year}", which is no financial year', "Write it as 2021/22."
    if (indicator.first_year is None) != (indicator.before_first is None):
        todo = "Say not comparable or not introduced, and from which year the indicator has figures."
        yield ("code",), "gives only one of first_year and before_first", todo
    for number, odd in enumerate(indicator.odd_periods):
        first, last = _quarter(odd.first), _quarter(odd.last)
        if not first or not last or not _year(odd.stands_for) or last <= first or indicator.rollup not in ADDED:
            todo = "Give stands_for as 2019/20, first and last as 2019-20-Q3, in order; only sums can run so."
            yield ("odd_periods", number), "has an odd period that cannot be read", todo


def _target_faults(thresholds: Thresholds | None, profile: Profile | None) -> Iterator[Fault]:
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
        if text and _quarter(text) is None:
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


def quarters_of(definition: Definition, after: Definition | None, last_quarter: str) -> list[Period]:
    """The quarters in which a definition is in force, up to the warehouse's last."""
    ends = definition.until_quarter
    listed = quarters(definition.since_quarter.key, last_quarter)
    return [q for q in listed if not (after and after.since_quarter <= q) and not (ends and ends < q)]


def _quarter(text: str) -> Period | None:
    period = parse_period(text)
    return period if period and period.kind == "quarter" else None


def _year(text: str) -> Period | None:
    period = parse_period(text)
    return period if period and period.kind == "year" else None


# ---------------------------------------------------------------- reading


class Lines:
    """The line of a file on which each part of an entry stands."""

    def __init__(self, entry: Any, fallback: int) -> None:
        self._entry, self._fallback = entry, fallback

    def at(self, *path: str | int) -> int:
        """The line of a part; of the nearest part around it that has one, where it is not there."""
        here, line = self._entry, self._fallback
        for key in path:
            try:
                line = (here.lc.item(key) if isinstance(key, int) else here.lc.key(key))[0] + 1
                here = here[key]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return int(line)


def _loaded(path: Path) -> Any:
    """What a file holds, each part with its line; None when it is empty."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    line, said = 1, "it is not there"
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        pass
    except UnicodeDecodeError:
        said = "it is not written in UTF-8"
    except (YAMLError, ValueError, AttributeError) as trouble:  # ruamel.yaml: 2021-02-30, or !!set before a text.
        line += getattr(getattr(trouble, "problem_mark", None), "line", 0)
        said = getattr(trouble, "problem", None) or "it holds a value that is not YAML"
    raise _broken(path, line, f"cannot be read: {said}", "Correct it and run again.")


def _entries(path: Path) -> Iterator[tuple[dict[str, Any], Lines]]:
    """Each entry of a file as it is written, with its lines."""
    entries = _loaded(path)
    if not isinstance(entries, list | None):
        raise _broken(path, 1, "is not a list of indicators", "Start each with a dash and its code.")
    for place, entry in enumerate(entries or ()):
        line = Lines(entries, 1).at(place)
        if not isinstance(entry, dict):
            raise _broken(path, line, "holds an entry that is no indicator", "Start each with a dash and its code.")
        yield entry, Lines(entry, line)


Read = TypeVar("Read", bound=Entry)
SAID = {  # What pydantic's own words would not tell an officer.
    "bool_parsing": "must be yes or no",
    "bool_type": "must be yes or no",
    "float_parsing": "must be a number",
    "missing": "must have more items",
    "model_type": "must have keys of its own",
    "string_pattern_mismatch": "must be written as ComS_011 or ComS_012a",
    "string_type": "must be a text",
    "tuple_type": "must be a list",
}


def _validated(kind: type[Read], path: Path, entry: dict[str, Any], lines: Lines, called: str) -> Read:
    try:
        return kind.model_validate(_plain(entry))
    except ValidationError as trouble:
        # A misspelt key comes first: what is missing may stand there under the wrong word.
        fault = min(trouble.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
        where = fault["loc"]
        name = ".".join(part for part in where if isinstance(part, str))
        if fault["type"] == "missing" and isinstance(where[-1], str):
            what, todo = f"{called} has no {name}", f"Add {where[-1]}."
        elif fault["type"] == "extra_forbidden":
            what, todo = f"{called} has {name}, which means nothing here", "Correct the word or take it out."
        else:
            said = SAID.get(fault["type"], re.sub(r"^\w+ should ", "must ", str(fault["msg"])))
            what, todo = f"{called} has {name} that cannot be used: it {said}", "Correct it and run again."
        raise _broken(path, lines.at(*where), what, todo) from None


def _plain(entry: Any) -> Any:
    """Mappings and lists as Python's own, and text where YAML made a day, a number or a yes of it."""
    if isinstance(entry, dict):
        return {str(key): _plain(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_plain(value) for value in entry]
    return entry if entry is None else str(entry)


def _broken(path: Path, line: int, what: str, todo: str) -> BrokenDefinition:
    return BrokenDefinition(f"Definitions, file {path.name}, line {line} — {what}. {todo}")
