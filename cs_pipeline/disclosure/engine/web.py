"""A system in numbered cells: equations that sum to nothing, and limits that hold where a share or a bound is known.

The difference between a whole and the part within it is a cell too, which is never shown and need not be protected.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from cs_pipeline.disclosure.engine.counts import Count, Key, Share
from cs_pipeline.disclosure.engine.system import System

Terms = tuple[tuple[int, int], ...]  # Cells and how often each is taken.


@dataclass(frozen=True)
class Limit:
    """What follows from a share or a bound: the terms together are no less than `least`."""

    key: Key
    terms: Terms
    least: int


@dataclass(frozen=True)
class Web:
    """Cells by number, in the order of their keys; differences come last and have no count."""

    counts: tuple[Count, ...]
    values: tuple[int, ...]
    equations: tuple[Terms, ...]  # The shortest first.
    limits: tuple[Limit, ...]
    number: dict[Key, int] = field(repr=False)
    equations_of: tuple[tuple[tuple[int, int], ...], ...] = field(repr=False)  # Of a cell: equations, and how often.
    limits_of: dict[int, tuple[Limit, ...]] = field(repr=False)

    def is_about_people(self, cell: int) -> bool:
        """Whether the cell is a count about people."""
        return cell < len(self.counts) and self.counts[cell].is_about_people

    def keys(self, cells: Collection[int]) -> tuple[Key, ...]:
        """The keys of the cells that are counts."""
        return tuple(self.counts[cell].key for cell in sorted(cells) if cell < len(self.counts))


def make_web(system: System) -> Web:
    """The web of a system; the order in which the system names things makes no difference."""
    counts = tuple(sorted(system.counts, key=lambda count: count.key))
    number = {count.key: cell for cell, count in enumerate(counts)}
    values = [count.value for count in counts]
    equations: set[Terms] = {
        ((number[s.total], -1), *sorted((number[part], 1) for part in s.parts)) for s in system.sums
    }
    for part, whole in sorted({(number[w.part], number[w.whole]) for w in system.withins if w.part != w.whole}):
        equations.add(((whole, -1), (part, 1), (len(values), 1)))
        values.append(values[whole] - values[part])
    ordered = tuple(sorted(equations, key=lambda terms: (len(terms), terms)))
    equations_of: list[list[tuple[int, int]]] = [[] for _ in values]
    for place, terms in enumerate(ordered):
        for cell, times in terms:
            equations_of[cell].append((place, times))
    limits = tuple(_limits(system, number))
    limits_of: dict[int, list[Limit]] = defaultdict(list)
    for limit in limits:
        for cell, _ in limit.terms:
            limits_of[cell].append(limit)
    return Web(
        counts, tuple(values), ordered, limits, number, tuple(map(tuple, equations_of)),
        {cell: tuple(of_cell) for cell, of_cell in limits_of.items()},
    )  # fmt: skip


def _limits(system: System, number: dict[Key, int]) -> Iterator[Limit]:
    for share in sorted(system.shares, key=lambda share: share.key):
        low, high = share.reach
        yield _share_limit(share, number, low.denominator, -low.numerator, 0)
        yield _share_limit(share, number, -high.denominator, high.numerator, 0)
        yield _share_limit(share, number, 0, 1, 1)
    for bound in sorted(system.bounds, key=lambda bound: bound.key):
        if bound.low is not None:
            yield Limit(bound.key, ((number[bound.of], 1),), bound.low)
        if bound.high is not None:
            yield Limit(bound.key, ((number[bound.of], -1),), -bound.high)


def _share_limit(share: Share, number: dict[Key, int], of_part: int, of_whole: int, least: int) -> Limit:
    """So often the numerator and so often the denominator, together no less than `least`."""
    times: dict[int, int] = defaultdict(int)
    for key in share.numerator:
        times[number[key]] += of_part
    for key in share.denominator:
        times[number[key]] += of_whole
    return Limit(share.key, tuple(sorted((cell, n) for cell, n in times.items() if n)), least)
