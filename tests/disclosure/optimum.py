"""The fewest counts that any pattern must hide to protect the small ones of a system of sums, by integer programme.

For each small count two tables are looked for that agree with all that is shown, and in which it lies so far apart that
it has as many values as it needs. That they are of whole numbers is not asked, nor that what covers is protected
itself, so no pattern hides fewer.
"""

from collections.abc import Sequence
from math import ceil

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from cs_pipeline.disclosure.engine.system import System

FAR = 6  # How far a cell may go from its true value. In two ways three are enough; elsewhere six are taken to be.


def fewest_hidden(system: System, least_values: int = 4, seconds: float = 10) -> int:
    """A number of counts of which no fewer can be hidden, those that are small among them."""
    counts = sorted(system.counts, key=lambda count: count.key)
    place = {count.key: n for n, count in enumerate(counts)}
    small = [n for n, count in enumerate(counts) if count.is_small]
    others = [n for n, count in enumerate(counts) if count.may_be_hidden and not count.is_small]
    rows = [[(place[each.total], -1), *((place[part], 1) for part in each.parts)] for each in system.sums]
    if not small:
        return 0
    values = [count.value for count in counts]
    found = _solve(values, small, others, rows, least_values, seconds)
    return len(small) + found


def _solve(
    values: Sequence[int],
    small: list[int],
    others: list[int],
    rows: list[list[tuple[int, int]]],
    least_values: int,
    seconds: float,
) -> int:
    n, n_hide, n_small = len(values), len(others), len(small)
    width = n_hide + 2 * n_small * n
    hide = {cell: at for at, cell in enumerate(others)}
    lows, highs = np.zeros(width), np.ones(width)
    terms: list[tuple[list[tuple[int, float]], float, float]] = []
    for nth, cell in enumerate(small):
        for way in (0, 1):
            base = n_hide + (2 * nth + way) * n
            for at in range(n):
                movable = at in hide or at in small
                lows[base + at] = -min(values[at], FAR) if movable else 0
                highs[base + at] = FAR if movable else 0
                if at in hide:
                    terms.append(([(base + at, 1), (hide[at], -lows[base + at])], 0, np.inf))
                    terms.append(([(base + at, 1), (hide[at], -FAR)], -np.inf, 0))
            terms += [([(base + at, times) for at, times in row], 0, 0) for row in rows]
        one = n_hide + 2 * nth * n
        terms.append(([(one + n + cell, 1), (one + cell, -1)], least_values - 1, np.inf))
    matrix = lil_array((len(terms), width))
    for number, (row, _, _) in enumerate(terms):
        for at, times in row:
            matrix[number, at] = times
    aim = np.zeros(width)
    aim[:n_hide] = 1
    result = milp(
        aim,
        integrality=np.array([1] * n_hide + [0] * (width - n_hide), dtype=np.int8),
        bounds=Bounds(lows, highs),
        constraints=[LinearConstraint(matrix.tocsr(), [low for _, low, _ in terms], [high for _, _, high in terms])],
        options={"time_limit": seconds},
    )
    if result.mip_dual_bound is None or not np.isfinite(result.mip_dual_bound):
        raise ValueError("no bound was found")
    return ceil(result.mip_dual_bound - 1e-6)
