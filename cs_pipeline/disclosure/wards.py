"""Where a count is told by ward at all: only where the borough's comes to enough a ward.

Elsewhere nearly every ward would be hidden for being small, and the rest to protect those.
"""

from collections import Counter
from collections.abc import Iterable

from cs_pipeline.disclosure.told import BOROUGH, Slot, Told

Row = tuple[str, str, str]  # An indicator, a kind of period and a period, over all wards.


def row_of(slot: Slot) -> Row:
    return slot[0], slot[1], slot[2]


def find_few(told: Iterable[Told], least_per_ward: int) -> set[Row]:
    """The rows in which the borough's count does not come to so many a ward."""
    told = list(told)
    n_wards = Counter(row_of(each.slot) for each in told if each.slot[3] != BOROUGH)
    totals = {row_of(each.slot): each.numerator for each in told if each.slot[3] == BOROUGH and each.state == "counted"}
    return {row for row, n in n_wards.items() if totals.get(row, 0) < least_per_ward * n}


def leave_out(told: Iterable[Told], few: set[Row], public: Iterable[Slot]) -> list[Told]:
    """Without the wards of years of which no row is told by ward, nor ever was: nothing can follow for them."""
    told = list(told)
    rows = {row_of(each.slot) for each in told if each.slot[3] != BOROUGH} - few
    rows |= {row_of(slot) for slot in public if slot[3] != BOROUGH}
    years = {(code, period[:7]) for code, _, period in rows}
    return [each for each in told if each.slot[3] == BOROUGH or (each.slot[0], each.slot[2][:7]) in years]
