"""The few findings that matter, in sentences made from the figures of a pack; no sentence says more than they do."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor

from cs_pipeline.reports.rows import Shown
from cs_pipeline.words.figures import show_number

MOST_NAMED = 3
FEWEST_TO_COMPARE = 10  # A count that was below 10 both times moves by chance; its percentage would mislead.


def find(rows: Sequence[Shown], period_name: str) -> tuple[str, ...]:
    """Sentences on targets, on change since last year, on noise, and on what is held, late or restated.

    An indicator that stands in two sets is told once, unless its targets differ. A kind of finding of which there is
    nothing gives no sentence, except that nothing has a target, or nothing is more than noise.
    """
    with_target = _told_once(rows)
    once = list({row.place.indicator_code: row for row in reversed(with_target)}.values())[::-1]
    said = [
        _tally(with_target, period_name),
        _furthest(with_target),
        _moved(once, "improving", "Most improved"),
        _moved(once, "worsening", "Most worsened"),
        _noise(once),
        _held(once),
        _late(once),
        _restated(once),
    ]
    return tuple(sentence for sentence in said if sentence)


def _told_once(rows: Iterable[Shown]) -> list[Shown]:
    """One row for each indicator and target; one without a target only where no set has one."""
    found: dict[tuple[str, float | None], Shown] = {}
    with_target = {row.place.indicator_code for row in rows if row.judged.period_target_value is not None}
    for row in rows:
        target = row.judged.period_target_value
        if target is not None or row.place.indicator_code not in with_target:
            found.setdefault((row.place.indicator_code, target), row)
    return list(found.values())


def _tally(rows: Sequence[Shown], period_name: str) -> str:
    words = ("green", "amber", "red", "unknown")
    aimed = [row for row in rows if row.judged.period_target_value is not None and row.judged.figure_status in words]
    if not aimed:
        return f"No edition of the plan on record sets a target for {period_name}, so no figure has a status."
    counts = {word: sum(row.judged.figure_status == word for row in aimed) for word in words}
    told = [f"{n} {word}" for word, n in counts.items() if n]
    upto = " for the year to date" if any(row.judged is row.to_date for row in aimed) else ""
    return f"Of {_count(len(aimed), 'target')}{upto}: {_and(told)}."


def _furthest(rows: Sequence[Shown]) -> str:
    reds = [row for row in rows if row.judged.figure_status == "red" and row.judged.variance_pct is not None]
    reds.sort(key=lambda row: (row.judged.variance_pct or 0, row.name))
    said = [
        f"{row.name}, {_say(row, row.judged.value)} against {_say(row, row.judged.period_target_value)}"
        for row in reds[:MOST_NAMED]
    ]
    return f"Furthest from target: {'; '.join(said)}." if said else ""


def _moved(rows: Sequence[Shown], trend: str, says: str) -> str:
    """Those that moved most against last year, the same period of it where the year still runs."""
    moved = [
        row
        for row in rows
        if row.judged.short_trend == trend
        and row.judged.previous_value
        and max(row.judged.value or 0, row.judged.previous_value) >= FEWEST_TO_COMPARE
    ]
    moved.sort(key=lambda row: (-abs(_change(row)), row.name))
    said = [
        f"{row.name}, {_say(row, row.judged.value)} from {_say(row, row.judged.previous_value)}"
        for row in moved[:MOST_NAMED]
    ]
    return f"{says} on the {_since(rows)}: {'; '.join(said)}." if said else ""


def _since(rows: Sequence[Shown]) -> str:
    return "same period last year" if any(row.to_date for row in rows) else "year before"


def _change(row: Shown) -> float:
    """By how much of what it was a figure moved; a percentage in points, for a share of a share misleads."""
    value, before = row.judged.value or 0, row.judged.previous_value or 0
    return (value - before) / 100 if row.place.unit == "percent" else (value - before) / before


def _noise(rows: Sequence[Shown]) -> str:
    judged = [row for row in rows if row.limits is not None and row.limits.signal is not None]
    if not judged:
        return ""
    beyond = [row for row in judged if row.limits is not None and row.limits.signal != "within"]
    if not beyond:
        return f"No figure of the quarter is more than noise, of {len(judged)} with enough quarters behind them."
    said = [f"{row.name}, {_say(row, row.main.value)} ({_limits(row)})" for row in beyond[:MOST_NAMED]]
    more = f"; and {len(beyond) - MOST_NAMED} more" if len(beyond) > MOST_NAMED else ""
    return f"More than noise in the quarter: {'; '.join(said)}{more}."


def _limits(row: Shown) -> str:
    """Between which figures chance leaves it: whole numbers for a count, so that none of them lies outside."""
    limits = row.limits
    if limits is None or limits.lower_limit is None or limits.upper_limit is None:
        return ""
    is_count = row.place.unit != "percent"
    low = ceil(limits.lower_limit) if is_count else limits.lower_limit
    high = floor(limits.upper_limit) if is_count else limits.upper_limit
    return f"{limits.signal} what chance gives, {_say(row, low)} to {_say(row, high)}"


def _held(rows: Sequence[Shown]) -> str:
    """Why figures are held, in the words of the conflict; each ends with what would settle it."""
    held = [row for row in rows if "held" in (row.main.missing_reason, row.judged.missing_reason)]
    said = [f"Held: {row.main.held_over or row.judged.held_over or row.name}." for row in held]
    more = f" {_count(len(held) - MOST_NAMED, 'more figure')} held." if len(held) > MOST_NAMED else ""
    return " ".join(dict.fromkeys(said[:MOST_NAMED])) + more if said else ""


def _late(rows: Sequence[Shown]) -> str:
    return _listed(rows, lambda row: row.main.missing_reason == "not yet available", "Not yet available")


def _restated(rows: Sequence[Shown]) -> str:
    return _listed(rows, lambda row: "restated" in (row.main.figure_state, row.judged.figure_state), "Restated")


def _listed(rows: Sequence[Shown], is_one: Callable[[Shown], bool], says: str) -> str:
    codes = sorted({row.place.indicator_code for row in rows if is_one(row)})
    return f"{says}: {_and(codes)}." if codes else ""


def _say(row: Shown, value: float | None) -> str:
    """One of the numbers of a row as it is printed."""
    return show_number(value or 0, row.place.unit)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
