"""Finds a cover that hides few counts: several beginnings, then swaps as long as they save something."""

from collections.abc import Iterable, Iterator

from cs_pipeline.disclosure.engine.cover import Cover
from cs_pipeline.disclosure.engine.lines import A_CELL
from cs_pipeline.disclosure.engine.needs import Needs

N_SWAPPED = 2  # Of so many of the cheapest beginnings swaps are tried.
MOST_THROUGH_TOTALS = 8 * A_CELL  # Lines that cost more than that are not tried through totals.
MOST_SWAPS = 400  # So many are tried at most in one system.


def best_cover(needs: Needs) -> Cover:
    """The cheapest cover found. What needs no hiding any more is shown again, dearest first."""
    covers = [cover for order in _orders(needs) if (cover := _begin(needs, order))]
    covers += [cover for order in _orders(needs) if (cover := _begin(needs, order, A_CELL, MOST_THROUGH_TOTALS))]
    covers.sort(key=lambda cover: cover.cost)
    best = min(map(_swap, covers[:N_SWAPPED]), key=lambda cover: cover.cost)
    _show_again(best, best.covers, by_lines=False)
    return best


def _begin(needs: Needs, order: list[int], dearer: int = 0, budget: int | None = None) -> Cover | None:
    """A cover found in this order, without what proves superfluous; None where a line costs more than the budget."""
    cover = Cover(needs)
    cover.make_dearer(dearer)
    if not cover.protect(order, budget):
        return None
    cover.make_dearer(-dearer)
    _show_again(cover, cover.covers)
    return cover


def _orders(needs: Needs) -> Iterator[list[int]]:
    """Orders in which the small counts are protected."""
    values = needs.web.values
    small = sorted(needs.small)
    yield sorted(small, key=lambda cell: (values[cell], cell))
    if len(small) > 1:
        yield sorted(small, key=lambda cell: (-values[cell], cell))
        yield small[::-1]


def _show_again(cover: Cover, cells: Iterable[int], *, by_lines: bool = True) -> None:
    """Shows each of these cells if all that stays hidden is protected without it."""
    for cell in cells:
        if cover.pins(cell):
            continue
        trial = cover.copy()
        if trial.stands(trial.show(cell), by_lines=by_lines):
            cover.become(trial)


def _swap(cover: Cover) -> Cover:
    """Does without one cell or two after the other wherever others then cost less."""
    tried = 0
    is_better = True
    while is_better and tried < MOST_SWAPS:
        is_better = False
        for cells in _removals(cover):
            tried += 1
            if tried > MOST_SWAPS:
                break
            trial = _without(cover, cells)
            if trial is not None and trial.cost < cover.cost:
                cover, is_better = trial, True
                break
    return cover


def _removals(cover: Cover) -> Iterator[tuple[int, ...]]:
    covers = cover.covers
    yield from ((cell,) for cell in covers)
    for place, one in enumerate(covers):
        together = {
            at for line in cover.line_of.values() if any(c == one for c, _ in line.steps) for at, _ in line.steps
        }
        yield from ((one, other) for other in covers[place + 1 :] if other in together)


def _without(cover: Cover, cells: tuple[int, ...]) -> Cover | None:
    """A cover that does without these cells, as good as can be; None where that would cost much more."""
    trial = cover.copy()
    touched: set[int] = set()
    for cell in cells:
        touched |= trial.show(cell)
        trial.prices[cell] = None
    lines = [cover.line_of[cell] for cell in touched if cell in cover.line_of]
    order = sorted(touched & trial.hidden, key=lambda cell: (cell not in trial.needs.small, cell))
    if not trial.protect(order, cover.cost - trial.cost + A_CELL):
        return None
    lines += [trial.line_of[cell] for cell in touched if cell in trial.line_of]
    for cell in cells:
        trial.prices[cell] = trial.needs.prices[cell]
    near = {cell for line in lines for cell, _ in line.steps}
    _show_again(trial, [cell for cell in trial.covers if cell in near])
    return trial
