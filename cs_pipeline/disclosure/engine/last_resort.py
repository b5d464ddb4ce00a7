"""Where no line protects a count: the cheapest cells to hide with it, by an integer programme.

That is so where a percentage is public, for counts then move by more than one each.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cs_pipeline.disclosure.engine.attack import Group

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

    from cs_pipeline.disclosure.engine.programme import Programme

FAR = 200  # How far a cell may be taken from its true value.
MOST_NODES = 500  # Branches of a programme that are followed; a number, so that no clock decides.


def cells_to_hide(group: Group, cell: int, need: int, prices: Sequence[int | None]) -> set[int] | None:
    """The cells that differ between two cases that can both be, in which this one lies far enough apart."""
    import numpy as np
    from scipy.optimize import Bounds, milp

    values = np.array([group.view.web.values[each] for each in group.cells], dtype=float)
    cost = np.array([prices[each] or 0 for each in group.cells], dtype=float)
    room = np.array([0 if prices[each] is None else FAR for each in group.cells], dtype=float)
    n, programme = len(values), group.programme
    low, high = np.maximum(programme.low, values - room), np.minimum(programme.high, values + room)
    found = milp(
        np.concatenate([np.zeros(2 * n), cost]),
        integrality=np.ones(3 * n, dtype=np.int8),
        bounds=Bounds(np.concatenate([low, low, np.zeros(n)]), np.concatenate([high, high, np.ones(n)])),
        constraints=_rules(programme, programme.place[cell], need, values),
        options={"node_limit": MOST_NODES},
    )
    if found.x is None:
        return None
    moved = np.round(found.x[: 2 * n]).reshape(2, n) != values
    return {each for each, is_moved in zip(group.cells, moved.any(axis=0).tolist(), strict=True) if is_moved} | {cell}


def _rules(programme: "Programme", place: int, need: int, values: Any) -> list["LinearConstraint"]:
    """Both cases hold; in each a cell differs from its true value only if it is hidden; and one lies far apart."""
    import numpy as np
    from scipy.optimize import LinearConstraint
    from scipy.sparse import block_array, csr_array, eye_array

    n = len(values)
    one, none, far = eye_array(n), csr_array((n, n)), eye_array(n) * FAR
    apart = csr_array(([1.0, -1.0], ([0, 0], [n + place, place])), shape=(1, 3 * n))
    empty = csr_array(programme.matrix.shape)
    both = block_array([[programme.matrix, empty, empty], [empty, programme.matrix, empty]])
    return [
        LinearConstraint(block_array([[one, none, far], [none, one, far]]), np.tile(values, 2), np.inf),
        LinearConstraint(block_array([[one, none, -far], [none, one, -far]]), -np.inf, np.tile(values, 2)),
        LinearConstraint(apart, need - 1, np.inf),
        LinearConstraint(both, np.tile(programme.least, 2), np.tile(programme.most, 2)),
    ]
