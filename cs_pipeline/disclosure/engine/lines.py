"""Lines: ways in which several hidden counts can change together by one each, so that everything known still holds.

Along a line of four points every count on it has four possible values, so a line is a proof that they are protected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

from cs_pipeline.disclosure.engine.counts import Key
from cs_pipeline.disclosure.engine.web import Web

A_CELL = 1000  # What it costs at least to hide one.
MOST_TRIED = 4000  # Beginnings of lines that are followed before a cell is left to an integer programme.
Residual = frozenset[tuple[int, int]]  # Equations that do not hold yet, and by how much.
Start = tuple[int, int, tuple[tuple[int, int], ...], Residual, int, int]


@dataclass(frozen=True)
class Line:
    """Cells and the way each goes; `down` and `up` are how many steps can be taken from the true values."""

    steps: tuple[tuple[int, int], ...]
    down: int
    up: int
    needs_company: bool = False  # It holds only while its one count about people is not the only one hidden.

    @property
    def n_values(self) -> int:
        """How many values each cell has along the line."""
        return self.down + self.up + 1


@dataclass(frozen=True)
class Search:
    """Where lines are looked for: what it costs to move a cell (None: it may not move), and which limits hold.

    `is_alone` says whether a count would be the only hidden one about people among all that it has to do with.
    """

    web: Web
    price: Sequence[int | None]
    limits: frozenset[Key]
    is_alone: Callable[[int], bool]
    is_hasty: bool = (
        False  # Goes on with what has least left to set right, so that it finds dear lines in large tables.
    )
    dear: dict[int, bool] = field(default_factory=dict, repr=False)

    def find(self, cell: int, need: int, budget: int | None = None) -> Line | None:
        """The cheapest line on which the cell has as many values as it needs, if it costs no more than that."""
        enough = need - 1
        heap = [self._step((0, 0, (), frozenset(), enough, enough), cell, 1)]
        seen: set[tuple[Residual, int, int]] = set()
        for _ in range(MOST_TRIED if budget is None else MOST_TRIED // 5):
            if not heap:
                break
            (at_least, _), start = heappop(heap)
            if budget is not None and at_least > budget:
                break
            _, _, steps, residual, down, up = start
            if not residual:
                line = self._finish(steps)
                if line.n_values >= need:
                    return line
                continue
            if (residual, down, up) in seen:
                continue
            seen.add((residual, down, up))
            for other, sign in self._next(steps, residual):
                room = self.web.values[other]
                if (min(down, room) + up if sign > 0 else down + min(up, room)) >= enough:
                    heappush(heap, self._step(start, other, sign))
        return None

    @cached_property
    def _most_at_once(self) -> int:
        """How many equations one cell can set right."""
        return max(1, *map(len, self.web.equations_of))

    def _is_dear(self, place: int) -> bool:
        """Whether an equation has no cell that moves for nothing."""
        if place not in self.dear:
            self.dear[place] = all(self.price[cell] != 0 for cell, _ in self.web.equations[place])
        return self.dear[place]

    def _next(self, steps: tuple[tuple[int, int], ...], residual: Residual) -> list[tuple[int, int]]:
        """The cells that may move to set the shortest equation right again, and which way."""
        place, by = min(residual)
        moved, price = dict(steps), self.price
        sign = -1 if by > 0 else 1
        return [
            (cell, sign * times)
            for cell, times in self.web.equations[place]
            if price[cell] is not None and cell not in moved
        ]

    def _step(self, start: Start, cell: int, sign: int) -> tuple[tuple[int, int], Start]:
        cost, _, steps, residual, down, up = start
        left = dict(residual)
        for place, times in self.web.equations_of[cell]:
            by = left.pop(place, 0) + times * sign
            if by:
                left[place] = by
        room = self.web.values[cell]
        if sign > 0:
            down = min(down, room)
        else:
            up = min(up, room)
        cost += self.price[cell] or 0
        longer = (*steps, (cell, sign))
        n_dear = sum(self._is_dear(place) for place in left)
        at_least = cost + (n_dear if self.is_hasty else -(n_dear // -self._most_at_once)) * A_CELL
        return (at_least, len(longer) + len(left)), (cost, len(longer), longer, frozenset(left.items()), down, up)

    def _finish(self, steps: tuple[tuple[int, int], ...]) -> Line:
        """The whole line, with the room that counts, limits and the rule for a count hidden alone leave."""
        web = self.web
        line = measure(web, steps, self.limits)
        people = [cell for cell, _ in steps if web.is_about_people(cell)]
        if len(people) != 1:
            return line
        count = web.counts[people[0]]
        if not count.is_small:
            return Line(line.steps, line.down, line.up, True)
        if not self.is_alone(people[0]):
            return Line(line.steps, line.down, line.up, True)
        sign = dict(steps)[people[0]]
        below, above = count.value - (0 if count.hides_zero else 1), count.threshold - 1 - count.value
        down, up = (below, above) if sign > 0 else (above, below)
        return Line(line.steps, min(line.down, down), min(line.up, up))


FAR = 10**6  # Steps on a line without an end.


def measure(web: Web, steps: tuple[tuple[int, int], ...], limits: frozenset[Key]) -> Line:
    """How far one can go on a line either way, as far as counts are not negative and limits hold."""
    down = min((web.values[cell] for cell, sign in steps if sign > 0), default=FAR)
    up = min((web.values[cell] for cell, sign in steps if sign < 0), default=FAR)
    sign_of = dict(steps)
    for limit in {limit for cell, _ in steps for limit in web.limits_of.get(cell, ()) if limit.key in limits}:
        slack = sum(times * web.values[cell] for cell, times in limit.terms) - limit.least
        slope = sum(times * sign_of.get(cell, 0) for cell, times in limit.terms)
        if slope > 0:
            down = min(down, slack // slope)
        elif slope < 0:
            up = min(up, slack // -slope)
    return Line(steps, down, up)
