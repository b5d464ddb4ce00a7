"""What adds up to what among all that a publication tells of people, so that nobody can work a hidden count out.

Quarters and their year, year to date or odd period; wards and the borough; a percentage and what it is taken of;
bands and their whole where they add; one count inside another; and each of these again as it was once told. An
equation that holds by chance is taken too: whoever reads a paper cannot know that it does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.engine.counts import Count, Sum, Within
from cs_pipeline.disclosure.engine.system import System
from cs_pipeline.disclosure.policy import Policy, rule_for
from cs_pipeline.disclosure.told import BOROUGH, Adding, Printed, Slot, read_adding, read_kept, read_public, read_told
from cs_pipeline.disclosure.versions import STANDS, Kept, Key, Versions
from cs_pipeline.disclosure.wards import Row, find_few, leave_out

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

    from cs_pipeline.disclosure.engine.suppress import Pattern


ANY = 1_000_000  # Below this is every count of a ward.


@dataclass(frozen=True)
class Equations:
    """The system that an attacker may solve, and every value of every figure with its key in it."""

    system: System
    figures: Mapping[Slot, Mapping[float, Key]]
    kept: Mapping[str, Kept]
    public: Sequence[Printed]

    @property
    def has_ward_register(self) -> bool:
        """Whether numbers of wards were ever published."""
        return any(slot[3] != BOROUGH for slot, *_ in self.public)

    @property
    def keys(self) -> frozenset[Key]:
        """Every count and every percentage."""
        return self.system.keys

    def open_under(self, pattern: "Pattern") -> frozenset[Key]:
        """The counts that a pattern leaves open."""
        return frozenset(count.key for count in self.system.counts) - pattern.hidden


def read_equations(
    publication: "Connection", policy: Policy, *, with_wards: bool = False, open_before: frozenset[Key] = frozenset()
) -> Equations:
    """Everything that a publication tells of people, with what is public already: the register, and `open_before`.

    Once numbers of wards were published, those of wards are part of it whether or not anybody asks for them.
    """
    public = read_public(publication)
    kept = {
        code: Kept(sensitivity, rule_for(policy, sensitivity), rollup, unit, *linked)
        for code, sensitivity, rollup, unit, *linked in read_kept(publication)
    }
    versions = Versions(kept)
    told = read_told(publication, with_wards or any(slot[3] != BOROUGH for slot, *_ in public))
    few = find_few(told, policy.least_per_ward)
    told = leave_out(told, few, [slot for slot, *_ in public])
    for each in sorted(told, key=lambda each: each.denominator is not None):  # Percentages are taken from counts.
        versions.enter(each)
    is_public = set(open_before)
    for slot, value, places in public:
        for of_figure, key in versions.figures.get(slot, {}).items():
            if round(of_figure, places) == round(value, places):
                is_public.add(key)
                if key in versions.shares:  # Known as it was printed; what a pack would show of it may be finer.
                    printed = (*key[:4], "printed", f"{value}")
                    versions.shares[printed] = replace(
                        versions.shares[key], key=printed, value=value, places=places, is_public=True
                    )
    system = make_system(versions, read_adding(publication), is_public, few)
    return Equations(system, versions.figures, kept, public)


def make_system(
    versions: Versions, adding: Sequence[Adding], is_public: Collection[Key] = (), few: Collection[Row] = ()
) -> System:
    """Everything that holds between the versions of all counts; in a row of `few` every ward is hidden."""
    return System(
        _counts(versions, is_public, few),
        _sums(versions, adding),
        _withins(versions),
        tuple(versions.shares.values()),
    )


def _sums(versions: Versions, adding: Sequence[Adding]) -> tuple[Sum, ...]:
    """Every sum that holds: quarters, wards and bands, in each state in which one of its numbers was told."""
    found: dict[Sum, None] = {}
    for total, parts, part in [*_by_quarters(versions, adding), *_by_wards(versions), *_by_bands(versions)]:
        for state in versions.states([total, *parts], part):
            keys = [versions.at(slot, part, state) for slot in (total, *parts)]
            known = [key for key in keys if key is not None]
            if len(known) < len(keys):
                continue
            numbers = [versions.numbers[key] for key in known]
            if numbers[0] == sum(numbers[1:]) and known[0] not in known[1:]:
                found[Sum(known[0], tuple(known[1:]))] = None
    return tuple(found)


Parted = tuple[Slot, list[Slot], str]


def _by_quarters(versions: Versions, adding: Sequence[Adding]) -> Iterator[Parted]:
    periods = {(each.kind, each.period): each.quarters for each in adding}
    for (code, kind, period, ward), part in list(versions.told):
        quarters = periods.get((kind, period))
        if quarters and versions.kept[code].rollup in ("sum", "ratio"):
            yield (code, kind, period, ward), [(code, "quarter", quarter, ward) for quarter in quarters], part


def _by_wards(versions: Versions) -> Iterator[Parted]:
    yield from ((total, sorted(wards), "") for total, wards in _wards(versions).items())


def _wards(versions: Versions) -> dict[Slot, list[Slot]]:
    """The borough's slot -> those of its wards, and of what is placed in none."""
    wards: dict[Slot, list[Slot]] = defaultdict(list)
    for slot, part in versions.told:
        if slot[3] != BOROUGH and part == "":
            wards[slot[0], slot[1], slot[2], BOROUGH].append(slot)
    return wards


def _by_bands(versions: Versions) -> Iterator[Parted]:
    for slot, part in list(versions.told):
        bands = versions.kept[slot[0]].bands
        if bands and part == "":
            yield slot, [(band, *slot[1:]) for band in bands], part


def _withins(versions: Versions) -> tuple[Within, ...]:
    """Every count that is counted inside another, as both stand."""
    found = []
    for slot, part in list(versions.told):
        whole = versions.at(slot, part, STANDS)
        for code in versions.kept[slot[0]].contains if part == "" else ():
            inside = versions.at((code, *slot[1:]), "", STANDS)
            if whole and inside and versions.numbers[inside] <= versions.numbers[whole]:
                found.append(Within(inside, whole))
    return tuple(found)


def _counts(versions: Versions, is_public: Collection[Key], few: Collection[Row]) -> tuple[Count, ...]:
    """Every count with the rule of its indicator; one of a ward is hidden whatever it is where the borough has few."""
    found = []
    for key, number in sorted(versions.numbers.items()):
        rule = versions.kept[key[0]].rule
        is_withheld = key[3] != BOROUGH and (key[0], key[1], key[2]) in few
        threshold = ANY if is_withheld else rule.threshold
        found.append(Count(key, number, threshold, rule.hides_zero or is_withheld, key in is_public))
    return tuple(found)
