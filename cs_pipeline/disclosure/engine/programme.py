"""Integer and linear programmes about a group of hidden cells, solved by HiGHS."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_pipeline.disclosure.engine.attack import Row


class Programme:
    """All that is known of a group, as a matrix; asked for the least or greatest value of one cell at a time."""

    def __init__(self, cells: Sequence[int], rows: Sequence["Row"], boxes: dict[int, tuple[int, int | None]]) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        self.cells, self.rows = cells, rows
        self.place = {cell: place for place, cell in enumerate(cells)}
        at = [(n, self.place[cell], times) for n, row in enumerate(rows) for cell, times in row.terms]
        number, column, times = zip(*at, strict=True) if at else ((), (), ())
        shape = (len(rows), len(cells))
        self.matrix: Any = csr_array((np.array(times, dtype=float), (number, column)), shape=shape)
        self.least = np.array([row.least for row in rows], dtype=float)
        self.most = np.array([row.least if row.is_equal else np.inf for row in rows], dtype=float)
        self.low = np.array([boxes[cell][0] for cell in cells], dtype=float)
        self.high = np.array([np.inf if boxes[cell][1] is None else boxes[cell][1] for cell in cells], dtype=float)

    def solve(self, cell: int, sign: int, low: int | None, high: int | None) -> dict[int, int] | None:
        """Whole values of all cells with the least value of one, or the greatest; None where there are none."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        place = self.place[cell]
        lows, highs = self.low.copy(), self.high.copy()
        lows[place] = max(lows[place], -np.inf if low is None else low)
        highs[place] = min(highs[place], np.inf if high is None else high)
        if lows[place] > highs[place]:
            return None
        aim = np.zeros(len(self.cells))
        aim[place] = sign
        found = milp(
            aim,
            integrality=np.ones(len(self.cells), dtype=np.int8),
            bounds=Bounds(lows, highs),
            constraints=[LinearConstraint(self.matrix, self.least, self.most)] if self.rows else [],
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            return None
        return {cell: round(value) for cell, value in zip(self.cells, found.x.tolist(), strict=True)}

    def bound(self, cell: int, sign: int) -> tuple[float | None, set[int]]:
        """The least (or greatest) number a cell can be, whole or not, and the rows that together prove it."""
        import numpy as np
        from scipy.optimize import linprog

        aim = np.zeros(len(self.cells))
        aim[self.place[cell]] = sign
        equal, other = np.flatnonzero(self.most == self.least), np.flatnonzero(self.most != self.least)
        dense = self.matrix.toarray()
        found = linprog(  # type: ignore[call-overload]  # The stubs know of no plain array here.
            aim,
            A_eq=dense[equal],
            b_eq=self.least[equal],
            A_ub=-dense[other],
            b_ub=-self.least[other],
            bounds=np.column_stack([self.low, self.high]),
        )
        if found.status != 0:
            return None, set()
        weights = [*zip(equal, found.eqlin.marginals, strict=True), *zip(other, found.ineqlin.marginals, strict=True)]
        return sign * found.fun, {int(row) for row, weight in weights if abs(weight) > 1e-9}
