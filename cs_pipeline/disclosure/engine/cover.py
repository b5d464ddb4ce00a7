"""Which counts are hidden, and what proves each of them protected: a line, or an integer programme."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from cs_pipeline.disclosure.engine.attack import View, make_groups
from cs_pipeline.disclosure.engine.last_resort import cells_to_hide
from cs_pipeline.disclosure.engine.lines import Line, Search
from cs_pipeline.disclosure.engine.needs import Needs


class Cover:
    """What is hidden so far. The cells to recheck are proven by an integer programme, and only as things stand."""

    def __init__(self, needs: Needs) -> None:
        self.needs, self.web = needs, needs.web
        self.hidden: set[int] = set()
        self.line_of: dict[int, Line] = {}
        self.recheck: set[int] = set()
        differences = [0] * needs.n_differences
        self.prices: list[int | None] = [*needs.prices, *differences]
        self.free: list[int | None] = [*[None] * len(self.web.counts), *differences]
        self.hide(needs.small)

    def copy(self) -> "Cover":
        """Another cover that hides the same, with the same proofs."""
        other = Cover.__new__(Cover)
        other.needs, other.web = self.needs, self.web
        other.hidden, other.line_of, other.recheck = self.hidden.copy(), self.line_of.copy(), self.recheck.copy()
        other.prices, other.free = self.prices.copy(), self.free.copy()
        return other

    def become(self, other: "Cover") -> None:
        """Takes over what another one hides, with its proofs."""
        self.hidden, self.line_of, self.recheck = other.hidden, other.line_of, other.recheck
        self.prices, self.free = other.prices, other.free

    @property
    def cost(self) -> int:
        """What it costs to hide what is hidden."""
        return sum(self.needs.prices[cell] or 0 for cell in self.hidden)

    @property
    def covers(self) -> list[int]:
        """What is hidden for the sake of others, dearest first."""
        cells = self.hidden - self.needs.small
        return sorted(cells, key=lambda cell: (-(self.needs.prices[cell] or 0), -cell))

    def hide(self, cells: Iterable[int]) -> None:
        """Hides cells, and notes that they move for nothing from now on."""
        for cell in cells:
            if cell < len(self.web.counts):
                self.hidden.add(cell)
                self.prices[cell] = self.free[cell] = 0

    def make_dearer(self, by: int) -> None:
        """Makes what is no total dearer, so that lines through totals are tried that many cells could share."""
        for cell, price in enumerate(self.prices[: len(self.web.counts)]):
            if price and cell not in self.needs.totals:
                self.prices[cell] = price + by

    def show(self, cell: int) -> set[int]:
        """Shows a cell again and returns those that have lost their proof by that."""
        self.hidden.discard(cell)
        self.prices[cell], self.free[cell] = self.needs.prices[cell], None
        touched = {
            other
            for other, line in self.line_of.items()
            if other == cell or line.needs_company or any(at == cell for at, _ in line.steps)
        }
        for other in touched:
            del self.line_of[other]
        touched |= self.recheck
        self.recheck = set()
        return touched & self.hidden

    def pins(self, cell: int) -> bool:
        """Whether showing a cell leaves some hidden count as the only unknown of an equation, one after another."""
        free, next_ones, pinned = self.free, [cell], {cell}
        while next_ones:
            for place, _ in self.web.equations_of[next_ones.pop()]:
                left = [at for at, _ in self.web.equations[place] if free[at] is not None and at not in pinned]
                if len(left) == 1:
                    if self.web.is_about_people(left[0]) and self.needs.of(left[0]) > 1:
                        return True
                    pinned.add(left[0])
                    next_ones.append(left[0])
        return False

    def protect(self, cells: Iterable[int], budget: int | None = None) -> bool:
        """Hides more until all that is hidden is protected, first the cells in the order given.

        With a budget, a single line may cost no more than that, and it says whether that was enough.
        """
        order = list(cells)
        while order:
            for cell in order:
                if not self.is_sure(cell) and not self._protect_one(cell, budget):
                    return False
            order = [cell for cell in sorted(self.hidden) if not self.is_sure(cell)]
        return True

    def is_sure(self, cell: int) -> bool:
        """Whether it is proven that the cell has as many values as it needs."""
        need, line = self.needs.of(cell), self.line_of.get(cell)
        return need <= 1 or cell in self.recheck or (line is not None and line.n_values >= need)

    def stands(self, cells: Collection[int], *, by_lines: bool = False) -> bool:
        """Whether all these cells are protected by what is hidden, or shown to be so by lines; notes the proof."""
        left = []
        for cell in sorted(cells):
            if not self.is_sure(cell):
                line = self._find(cell, self.free)
                if line is not None:
                    self._take(line)
                elif by_lines:
                    return False
                else:
                    left.append(cell)
        if not all(self._stands_by_programme(left)):
            return False
        self.recheck |= set(left)
        return True

    def _stands_by_programme(self, cells: list[int]) -> Iterable[bool]:
        for group in make_groups(self._view, cells):
            for cell in group.cells:
                if cell in cells:
                    need = min(self.needs.of(cell), self.needs.look_up(cell))
                    yield group.n_values(cell, need) >= need

    def _protect_one(self, cell: int, budget: int | None) -> bool:
        line = self._find(cell, self.prices, budget)
        if line is None and budget is not None:
            return False
        if line is None and 1 < self.needs.look_up(cell) < self.needs.least_values:
            line = self._find(cell, self.prices, budget)
        if line is not None:
            self._take(line)
        elif self.needs.of(cell) > 1:
            self.needs.lineless.add(cell)
            if not self._hide_by_programme(cell):
                self._hide_all(cell)
        return True

    def _find(self, cell: int, prices: list[int | None], budget: int | None = None) -> Line | None:
        if cell in self.needs.lineless:
            return None
        search, need = Search(self.web, prices, self.needs.limits, self._is_alone), self.needs.of(cell)
        line = search.find(cell, need, budget)
        if line is None and budget is None:
            line = replace(search, is_hasty=True).find(cell, need)
        return line

    def _take(self, line: Line) -> None:
        cells = [cell for cell, _ in line.steps]
        self.hide(cells)
        for cell in cells:
            if cell not in self.line_of or self.line_of[cell].n_values < line.n_values:
                self.line_of[cell] = line

    def _hide_by_programme(self, cell: int) -> bool:
        """Hides what an integer programme finds, if the cell is protected then."""
        need = self.needs.of(cell)
        found = cells_to_hide(self.needs.known.group(cell), cell, need, self.prices)
        if found is None:
            return False
        self.hide(found)
        (group,) = make_groups(self._view, [cell])
        self.recheck |= {cell} if group.n_values(cell, need) >= need else set()
        return cell in self.recheck

    def _hide_all(self, cell: int) -> None:
        """Hides all that the cell has to do with: then it has what values it has whatever is hidden."""
        cells = [other for other in self.needs.known.group(cell).cells if other < len(self.web.counts)]
        self.hide(cells)
        self.recheck |= set(cells)

    @property
    def _view(self) -> View:
        known = set(range(len(self.web.counts))) - self.hidden
        return View(self.web, frozenset(range(len(self.web.values))) - known, self.needs.limits)

    def _is_alone(self, cell: int) -> bool:
        return self._view.is_alone(cell)
