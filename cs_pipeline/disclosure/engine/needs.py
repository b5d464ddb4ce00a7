"""How many values each count of a web needs to be protected, and what it costs to hide one."""

from cs_pipeline.disclosure.engine.known import Known
from cs_pipeline.disclosure.engine.lines import A_CELL
from cs_pipeline.disclosure.engine.web import Web

A_ZERO, A_TOTAL = 60, 30  # What it costs to hide a cell on top, where it is nil or a total.


class Needs:
    """What every way to cover a web has in common: prices, and how many values each count needs to be protected."""

    def __init__(self, web: Web, known: Known, least_values: int) -> None:
        self.web, self.known, self.least_values = web, known, least_values
        self.limits = known.from_never_hidden.limits
        self.small = frozenset(cell for cell, count in enumerate(web.counts) if count.is_small)
        self.fewer: dict[int, int] = {}  # Counts that have fewer values than are safe, whatever is hidden.
        self.lineless: set[int] = set()  # Counts that are on no line, whatever is hidden.
        self.totals = {cell for terms in web.equations for cell, times in terms if times < 0}
        self.prices = [
            A_CELL + A_ZERO * (count.value == 0) + A_TOTAL * (cell in self.totals) if count.may_be_hidden else None
            for cell, count in enumerate(web.counts)
        ]
        self.n_differences = len(web.values) - len(web.counts)

    @property
    def open(self) -> list[int]:
        """Counts below their threshold that cannot be protected, as far as they have been looked up."""
        counts = self.web.counts
        return [cell for cell, count in enumerate(counts) if count.is_below and (count.is_public or cell in self.fewer)]

    def of(self, cell: int) -> int:
        """How many values a cell needs, as far as is known."""
        return self.fewer.get(cell, self.least_values)

    def look_up(self, cell: int) -> int:
        """How many values it has where all is hidden; no more can be asked for."""
        n_values = self.known.n_values(cell, self.least_values)
        if n_values < self.least_values:
            self.fewer[cell] = n_values
        return n_values
