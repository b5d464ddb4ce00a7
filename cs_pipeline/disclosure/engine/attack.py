"""What somebody can find out of cells that are hidden: which values each can have, given all that is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.engine.counts import Key
from cs_pipeline.disclosure.engine.web import Terms, Web

if TYPE_CHECKING:
    from cs_pipeline.disclosure.engine.programme import Programme


MOST_NOTED = 64  # Values of one cell that are kept of one solution.


@dataclass(frozen=True)
class Row:
    """What is known of the cells of a group: their terms are no less than `least`, or just that."""

    terms: Terms
    least: int
    is_equal: bool
    keys: tuple[Key, ...]  # What must be shown to know it.

    def holds(self, values: dict[int, int]) -> bool:
        """Whether these values agree with it."""
        found = sum(times * values[cell] for cell, times in self.terms)
        return found == self.least if self.is_equal else found >= self.least


@dataclass(frozen=True)
class View:
    """A web as somebody sees it to whom some cells are unknown, with the limits that he knows."""

    web: Web
    unknown: frozenset[int]
    limits: frozenset[Key]

    def beside(self, cell: int) -> Iterator[int]:
        """The unknown cells that stand with this one in an equation or a limit."""
        for place, _ in self.web.equations_of[cell]:
            yield from (other for other, _ in self.web.equations[place] if other in self.unknown)
        for limit in self.web.limits_of.get(cell, ()):
            if limit.key in self.limits:
                yield from (other for other, _ in limit.terms if other in self.unknown)

    def is_alone(self, cell: int) -> bool:
        """Whether it is the only unknown count about people among all that it has to do with."""
        return not any(other != cell and self.web.is_about_people(other) for other in reach(self, cell))


def reach(view: View, cell: int) -> Iterator[int]:
    """The cell, and one by one all unknown cells that it has to do with."""
    met, next_ones = {cell}, [cell]
    while next_ones:
        at = next_ones.pop()
        yield at
        for other in view.beside(at):
            if other not in met:
                met.add(other)
                next_ones.append(other)


@dataclass
class Group:
    """Unknown cells that have to do with one another, with all that is known of them."""

    view: View
    cells: tuple[int, ...]
    rows: tuple[Row, ...]
    attained: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.attained = {cell: {self.view.web.values[cell]} for cell in self.cells}

    @cached_property
    def boxes(self) -> dict[int, tuple[int, int | None]]:
        """Between what each cell lies before anything is worked out; a small count hidden alone is known to be one."""
        web = self.view.web
        boxes: dict[int, tuple[int, int | None]] = dict.fromkeys(self.cells, (0, None))
        people = [cell for cell in self.cells if web.is_about_people(cell)]
        if len(people) == 1 and web.counts[people[0]].is_small:
            count = web.counts[people[0]]
            boxes[people[0]] = (0 if count.hides_zero else 1, count.threshold - 1)
        return boxes

    @cached_property
    def programme(self) -> "Programme":
        """The integer programme of the group, made once."""
        from cs_pipeline.disclosure.engine.programme import Programme

        return Programme(self.cells, self.rows, self.boxes)

    def n_values(self, cell: int, enough: int) -> int:
        """How many values a cell can have; none is looked for beyond enough."""
        mine = self.attained[cell]
        value = self.view.web.values[cell]
        for sign, high in ((1, None), (-1, value + enough)):
            if len(mine) < enough:
                self._note(self.programme.solve(cell, sign, None, high))
        low = min(mine)
        while len(mine) < enough:
            low = next(value for value in range(low, low + enough + 1) if value not in mine)
            solution = self.programme.solve(cell, 1, low, None)
            if solution is None or not self._note(solution):
                break
            low = solution[cell]
        return min(len(mine), enough)

    def _note(self, solution: dict[int, int] | None) -> bool:
        """What the cells are in a solution, and in those between it and the true one, they can be."""
        if solution is None or not all(row.holds(solution) for row in self.rows):
            return False
        true = self.view.web.values
        apart = {cell: solution[cell] - true[cell] for cell in self.cells}
        n_steps = gcd(*apart.values())
        for cell, by in apart.items():
            if by:
                self.attained[cell].update(
                    true[cell] + by // n_steps * step for step in range(1, min(n_steps, MOST_NOTED) + 1)
                )
                self.attained[cell].add(solution[cell])
        return True


def _rows(view: View, cells: set[int]) -> tuple[Row, ...]:
    """All that is known of these cells."""
    web = view.web
    places = sorted({place for cell in cells for place, _ in web.equations_of[cell]})
    limits = {limit for cell in cells for limit in web.limits_of.get(cell, ()) if limit.key in view.limits}
    found = [_row(view, web.equations[place], 0, None) for place in places]
    ordered = sorted(limits, key=lambda limit: (limit.key, limit.terms, limit.least))
    return tuple(found + [_row(view, limit.terms, limit.least, limit.key) for limit in ordered])


def _row(view: View, terms: Terms, least: int, key: Key | None) -> Row:
    values = view.web.values
    known = [(cell, times) for cell, times in terms if cell not in view.unknown]
    return Row(
        tuple((cell, times) for cell, times in terms if cell in view.unknown),
        least - sum(times * values[cell] for cell, times in known),
        key is None,
        (*([key] if key else []), *view.web.keys([cell for cell, _ in known])),
    )


def make_groups(view: View, cells: Iterable[int]) -> list[Group]:
    """The groups that the cells belong to, each once, in order."""
    groups: list[Group] = []
    met: set[int] = set()
    for cell in sorted(cells):
        if cell not in met:
            group = set(reach(view, cell))
            met |= group
            groups.append(Group(view, tuple(sorted(group)), _rows(view, group)))
    return groups
