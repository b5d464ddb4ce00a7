"""Attacks what is shown: finds every count about people that is hidden, and yet can be worked out or narrowed down.

Nothing here keeps or says what a count can be; a leak names the count and the numbers that give it away.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from cs_pipeline.disclosure.engine.attack import View, make_groups
from cs_pipeline.disclosure.engine.counts import Key
from cs_pipeline.disclosure.engine.known import Known, view_of
from cs_pipeline.disclosure.engine.lines import Search
from cs_pipeline.disclosure.engine.reasons import because_of
from cs_pipeline.disclosure.engine.system import System
from cs_pipeline.disclosure.engine.web import make_web


@dataclass(frozen=True)
class Leak:
    """A hidden count that can be worked out, or narrowed down to fewer values than is safe, and from what."""

    key: Key
    kind: Literal["worked out", "narrowed"]
    because: tuple[Key, ...]


def audit(system: System, shown: Collection[Key], least_values: int = 4) -> tuple[Leak, ...]:
    """Every leak there is when these keys are shown, by key."""
    web, shown_keys = make_web(system), frozenset(shown)
    known = frozenset(cell for cell, count in enumerate(web.counts) if count.is_public or count.key in shown_keys)
    view = view_of(web, system, known, shown_keys)
    hidden = [cell for cell in sorted(view.unknown) if web.is_about_people(cell)]
    without_any = Known(web, system, known)
    leaks = []
    for group in make_groups(view, _unproven(view, hidden, least_values)):
        for cell in group.cells:
            if not web.is_about_people(cell):
                continue
            n_values = group.n_values(cell, least_values)
            if n_values < least_values and without_any.n_values(cell, n_values + 1) > n_values:
                kind: Literal["worked out", "narrowed"] = "worked out" if n_values == 1 else "narrowed"
                leaks.append(
                    Leak(web.counts[cell].key, kind, because_of(group, cell, 1 if n_values == 1 else least_values - 1))
                )
    return tuple(sorted(leaks, key=lambda leak: leak.key))


def _unproven(view: View, hidden: list[int], least_values: int) -> Iterator[int]:
    """Hidden counts that no line proves protected."""
    price = [0 if cell in view.unknown else None for cell in range(len(view.web.values))]
    search = Search(view.web, price, view.limits, view.is_alone)
    proven: set[int] = set()
    for cell in hidden:
        if cell not in proven:
            line = search.find(cell, least_values)
            if line is None:
                yield cell
            else:
                proven |= {other for other, _ in line.steps}
