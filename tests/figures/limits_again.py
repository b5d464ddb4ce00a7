"""Control limits and outlooks calculated a second time, from the series themselves and in another way than the SQL.

Limits of the moving range are exact fractions, Poisson's chances are added up term by term, and an outlook's variance
is taken in its two parts.
"""

import math
from fractions import Fraction

from published_series import EVENTS, Series, period

TREND = {
    "maximise": {"above": "improving", "below": "worsening"},
    "minimise": {"above": "worsening", "below": "improving"},
}
PLAIN = {"above": "up", "below": "down"}
Told = tuple[object, ...]


def poisson_limits(mean: float) -> tuple[int, int]:
    """The least counts that are reached with 0.135% and with 99.865%."""
    chance = total = math.exp(-mean)
    count, lower = 0, None
    while True:
        if lower is None and total >= 0.00135:
            lower = count
        if total >= 0.99865:
            assert lower is not None
            return lower, count
        count += 1
        chance *= mean / count
        total += chance


def moving_range_limits(earlier: dict[int, Fraction], mean: Fraction) -> tuple[Fraction, Fraction] | str:
    moves = [abs(value - earlier[at - 1]) for at, value in earlier.items() if at - 1 in earlier]
    if len(moves) < 5:
        return "fewer than 5 moves from one quarter to the next before it"
    if not any(moves):
        return "it never moved before"
    reach = Fraction("2.66") * sum(moves) / len(moves)
    return max(mean - reach, Fraction(0)), mean + reach


def limits(series: Series) -> dict[str, Told]:
    """Quarter -> earlier quarters, method, centre, limits, why there are none, signal and trend."""
    told = {at: Fraction(value) for at, value in enumerate(series.values) if value is not None}
    return {
        period(at).key: judge(
            series, value, {e: v for e, v in told.items() if e < at and series.run(e) == series.run(at)}
        )
        for at, value in told.items()
    }


def judge(series: Series, value: Fraction, earlier: dict[int, Fraction]) -> Told:
    none = len(earlier), None, None, None, None
    if len(earlier) < 6:
        return *none, "fewer than 6 comparable quarters before it", None, None
    mean = sum(earlier.values(), Fraction(0)) / len(earlier)
    is_small = series.kind == EVENTS and mean < 10
    if is_small and not mean:
        return *none, "nothing was counted before it", None, None
    found = poisson_limits(float(mean)) if is_small else moving_range_limits(earlier, mean)
    if isinstance(found, str):
        return *none, found, None, None
    signal = "above" if value > found[1] else "below" if value < found[0] else "within"
    words = PLAIN if series.is_disputed else TREND.get(series.aim, PLAIN)
    drawn = "Poisson" if is_small else "XmR", float(mean), float(found[0]), float(found[1])
    return len(earlier), *drawn, None, signal, words.get(signal)


def outlooks(series: Series) -> dict[str, Told]:
    """Quarter -> year to date, comparable years, estimate, its range, and why there is none."""
    found = {}
    for at in range(len(series.values)):
        so_far = series.total(at - at % 4, at)
        if series.kind == EVENTS and at % 4 != 3 and so_far is not None:
            found[period(at).key] = look_out(series, at, so_far)
    return found


def look_out(series: Series, at: int, so_far: float) -> Told:
    pairs = []
    for number in range(at // 4):
        first, whole = 4 * number, series.year(number)
        part = series.total(first, first + at % 4)
        is_whole = series.total(first, first + 3) is not None
        if is_whole and part is not None and whole and series.run(first) == series.run(at):
            pairs.append((part, whole))
    why = excuse(so_far, pairs)
    if why:
        return so_far, len(pairs), None, None, None, why
    likely = so_far * max(1, sum(whole for _, whole in pairs) / sum(part for part, _ in pairs))
    ends = [so_far * max(1, whole / part) for part, whole in pairs]
    low, high = min(ends), max(ends)
    return so_far, len(pairs), likely, max(so_far, low - chance(so_far, low)), high + chance(so_far, high), None


def excuse(so_far: float, pairs: list[tuple[float, float]]) -> str | None:
    if len(pairs) < 2:
        return "fewer than 2 comparable years before it"
    if so_far == 0:
        return "nothing is counted yet this year"
    if any(part == 0 for part, _ in pairs):
        return "a year before it had nothing counted by this quarter"
    is_all = all(part >= whole for part, whole in pairs)
    return "no year before it had anything left to count" if is_all else None


def chance(so_far: float, end: float) -> float:
    """Half the width of 95%: the remainder varies, and so does the rate that it is told from."""
    rest = end - so_far
    return 1.96 * math.sqrt(rest + (rest / so_far) ** 2 * so_far)
