"""A system of counts: what is counted, and every equation that a reader can set up between the counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cs_pipeline.disclosure.engine.counts import Bound, Count, Key, Share, Sum, Within

Relation = Sum | Within | Share | Bound


class Inconsistent(Exception):
    """The system does not hold; the message names keys, and no values."""


@dataclass(frozen=True)
class System:
    """Counts and what holds between them. Raises Inconsistent where it does not hold."""

    counts: tuple[Count, ...]
    sums: tuple[Sum, ...] = ()
    withins: tuple[Within, ...] = ()
    shares: tuple[Share, ...] = ()
    bounds: tuple[Bound, ...] = ()

    def __post_init__(self) -> None:
        for name in ("counts", "sums", "withins", "shares", "bounds"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        _check_keys(self)
        for relation in self.relations:
            _check(relation, self.by_key)

    @cached_property
    def by_key(self) -> Mapping[Key, Count]:
        """Every count by its key."""
        return {count.key: count for count in self.counts}

    @property
    def relations(self) -> Iterator[Relation]:
        """All that holds between the counts."""
        yield from self.sums
        yield from self.withins
        yield from self.shares
        yield from self.bounds

    @cached_property
    def stated(self) -> tuple[Share | Bound, ...]:
        """What says something of counts without giving them, by key."""
        stated: list[Share | Bound] = [*self.shares, *self.bounds]
        return tuple(sorted(stated, key=lambda each: each.key))

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Every key that may be shown: of counts, shares and bounds."""
        return frozenset(self.by_key) | {each.key for each in self.stated}

    def components(self) -> tuple["System", ...]:
        """The parts that have nothing to do with each other, by their first key."""
        first = _first_of_each(sorted(self.by_key), (keys_of(relation) for relation in self.relations))
        parts: dict[Key, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for count in self.counts:
            parts[first[count.key]]["counts"].append(count)
        for relation in self.relations:
            parts[first[keys_of(relation)[0]]][f"{type(relation).__name__.lower()}s"].append(relation)
        return tuple(System(**{name: tuple(of_part) for name, of_part in parts[key].items()}) for key in sorted(parts))


def keys_of(relation: Relation) -> tuple[Key, ...]:
    """The counts that a relation holds between."""
    if isinstance(relation, Sum):
        return (relation.total, *relation.parts)
    if isinstance(relation, Within):
        return relation.part, relation.whole
    if isinstance(relation, Share):
        return (*relation.numerator, *relation.denominator)
    return (relation.of,)


def _first_of_each(keys: list[Key], related: Iterable[tuple[Key, ...]]) -> dict[Key, Key]:
    """For each key the first one of those it has to do with."""
    above = {key: key for key in keys}

    def top(key: Key) -> Key:
        while above[key] != key:
            above[key] = key = above[above[key]]
        return key

    for together in related:
        for key in together[1:]:
            one, other = sorted((top(together[0]), top(key)))
            above[other] = one
    return {key: top(key) for key in keys}


def _check_keys(system: System) -> None:
    all_keys = [*(count.key for count in system.counts), *(each.key for each in system.stated)]
    twice = sorted(key for key, n in Counter(all_keys).items() if n > 1)
    if twice:
        raise Inconsistent(f"There is more than one number with the key {say(twice[0])}.")
    unknown = sorted({key for each in system.relations for key in keys_of(each)} - set(system.by_key))
    if unknown:
        raise Inconsistent(f"There is no count with the key {say(unknown[0])}.")
    negative = sorted(count.key for count in system.counts if count.value < 0)
    if negative:
        raise Inconsistent(f"{say(negative[0])} is less than nothing.")


def _check(relation: Relation, counts: Mapping[Key, Count]) -> None:
    keys = keys_of(relation)
    values = [counts[key].value for key in keys]
    if isinstance(relation, Sum):
        if len(set(keys)) < len(keys):
            raise Inconsistent(f"The sum {say(relation.total)} has the same count twice.")
        if values[0] != sum(values[1:]):
            raise Inconsistent(f"{say(relation.total)} is not the sum of {', '.join(map(say, relation.parts))}.")
    elif isinstance(relation, Within):
        if values[0] > values[1]:
            raise Inconsistent(f"{say(relation.part)} is not within {say(relation.whole)}.")
    elif isinstance(relation, Share):
        part, whole = sum(values[: len(relation.numerator)]), sum(values[len(relation.numerator) :])
        low, high = relation.reach
        if whole == 0 or not low * whole <= part <= high * whole:
            raise Inconsistent(f"{say(relation.key)} is not the share that its counts give.")
    elif not (relation.low is None or relation.low <= values[0]) or not (
        relation.high is None or values[0] <= relation.high
    ):
        raise Inconsistent(f"{say(relation.key)} is not true of {say(relation.of)}.")


def say(key: Key) -> str:
    """A key in a sentence."""
    return " ".join(part for part in key if part)
