"""What is known of small counts whatever is hidden: from what is public, or together with what is not about people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cs_pipeline.disclosure.engine.attack import Group, View, make_groups
from cs_pipeline.disclosure.engine.counts import Key
from cs_pipeline.disclosure.engine.reasons import because_of
from cs_pipeline.disclosure.engine.system import System
from cs_pipeline.disclosure.engine.web import Web


@dataclass(frozen=True)
class Open:
    """A small count that cannot be protected, why, and the numbers that give it away.

    published: it is public itself. known: what is public gives it away or narrows it down. shown: what is public does
    so together with counts that are not about people.
    """

    key: Key
    why: Literal["published", "known", "shown"]
    because: tuple[Key, ...]


class Known:
    """What somebody knows to whom every count is hidden that may be."""

    def __init__(self, web: Web, system: System, shown: frozenset[int]) -> None:
        self.web, self.system, self.shown = web, system, shown
        self._groups: dict[tuple[bool, int], Group] = {}

    @cached_property
    def from_public(self) -> View:
        """To whom what is public is known and nothing else."""
        known = {cell for cell, count in enumerate(self.web.counts) if count.is_public}
        return view_of(self.web, self.system, frozenset(known), frozenset())

    @cached_property
    def from_never_hidden(self) -> View:
        """To whom what is shown of all that is not about people is known too."""
        known = {
            cell
            for cell, count in enumerate(self.web.counts)
            if count.is_public or (cell in self.shown and not count.is_about_people)
        }
        return view_of(self.web, self.system, frozenset(known), frozenset())

    def n_values(self, cell: int, enough: int, *, from_public: bool = False) -> int:
        """How many values a cell has where all is hidden that may be; no more than enough are looked for."""
        return self.group(cell, from_public=from_public).n_values(cell, enough)

    def group(self, cell: int, *, from_public: bool = False) -> Group:
        """The group of a cell; found once."""
        if (from_public, cell) not in self._groups:
            (group,) = make_groups(self.from_public if from_public else self.from_never_hidden, [cell])
            self._groups |= {(from_public, each): group for each in group.cells}
        return self._groups[from_public, cell]


def find_open(known: Known, cells: Iterable[int], least_values: int) -> Iterator[tuple[Open, bool]]:
    """What is open of these cells, and whether what is public gives its very value."""
    for cell in sorted(cells):
        count = known.web.counts[cell]
        if count.is_public:
            yield Open(count.key, "published", (count.key,)), True
            continue
        n_values = known.n_values(cell, least_values, from_public=True)
        is_known = n_values < least_values
        because = because_of(known.group(cell, from_public=is_known), cell, least_values - 1)
        yield Open(count.key, "known" if is_known else "shown", because), n_values == 1


def view_of(web: Web, system: System, known: frozenset[int], shown: frozenset[Key]) -> View:
    """How somebody sees a web who knows some cells, and the shares and bounds that are shown or public."""
    unknown = frozenset(range(len(web.values))) - known
    public = {each.key for each in system.stated if each.is_public}
    follows = {limit.key for limit in web.limits} - {
        limit.key for limit in web.limits if any(cell in unknown for cell, _ in limit.terms)
    }
    return View(web, unknown, frozenset(public | follows | {each.key for each in system.stated if each.key in shown}))
