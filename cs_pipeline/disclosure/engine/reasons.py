"""Which of the numbers shown give a hidden count away."""

from math import ceil, floor

from cs_pipeline.disclosure.engine.attack import Group, Row
from cs_pipeline.disclosure.engine.counts import Key

NEARLY = 1e-6


def because_of(group: Group, cell: int, most_values: int) -> tuple[Key, ...]:
    """The numbers, as few as are easily found, from which it follows that a cell has no more values than this."""
    rows = _by_weights(group, cell, most_values)
    if rows is None:
        rows = _one_by_one(group, cell, most_values)
    return tuple(sorted({key for row in rows for key in row.keys}))


def _by_weights(group: Group, cell: int, most_values: int) -> list[Row] | None:
    """The rows that prove it when each is taken so often: what the solution of a linear programme gives with it."""
    least, of_least = group.programme.bound(cell, 1)
    most, of_most = group.programme.bound(cell, -1)
    if least is None or most is None or floor(most + NEARLY) - ceil(least - NEARLY) + 1 > most_values:
        return None
    return [group.rows[number] for number in sorted(of_least | of_most)]


def _one_by_one(group: Group, cell: int, most_values: int) -> list[Row]:
    """The rows that are left when each is dropped that can be."""
    rows = list(group.rows)
    for row in group.rows:
        fewer = [other for other in rows if other is not row]
        if Group(group.view, group.cells, tuple(fewer)).n_values(cell, most_values + 1) <= most_values:
            rows = fewer
    return rows
