"""Rows of a pack made by hand: an indicator with a figure, a target, a year to date, limits, words."""

from datetime import date
from typing import Any

from cs_pipeline.reports.pack import Line, Point
from cs_pipeline.reports.reading import Commentary, Figure, Limits, Outlook, Place
from cs_pipeline.reports.rows import Shown

PLACE = Place(
    "CSI", "ComS_011", "ASB incidents (police)", "CS1", "Reduce anti-social behaviour in Broxtowe", "Communities",
    "Communities", "Chief Communities Officer", "number", "minimise", False, "sum", None,
)  # fmt: skip


def make_place(code: str = "ComS_011", **given: Any) -> Place:
    return Place(**{**PLACE.__dict__, "indicator_code": code, **given})


def make_figure(value: float | None, place: Place = PLACE, **given: Any) -> Figure:
    """A provisional figure of 2021/22 Q3 without a target; what else it is, by name."""
    plain: dict[str, Any] = {
        "indicator_set": place.indicator_set, "indicator_code": place.indicator_code, "period_kind": "quarter",
        "period_key": "2021-22-Q3", "period_name": "2021/22 Q3", "value": value,
        "missing_reason": None if value is not None else "not yet available", "held_over": None, "taken_from": None,
        "figure_state": "provisional", "is_waiting": False, "comparable_run": 1, "is_break": False,
        "edition_code": None, "period_target_value": None, "is_target_illustrative": False, "variance_pct": None,
        "figure_status": "data only", "previous_value": None, "previous_missing_reason": None, "short_trend": None,
        "long_trend": None,
    }  # fmt: skip
    return Figure(**(plain | given))


def make_row(value: float | None = 523, place: Place = PLACE, *, to_date: Figure | None = None, **given: Any) -> Shown:
    """A row whose main figure is `value`; `given` goes to the figure, but for what `Shown` itself takes."""
    of_row = {name: given.pop(name) for name in ("limits", "outlook", "commentary", "earlier") if name in given}
    line = Line(place.unit, (Point("2021/22 Q2", 715, 1), Point("2021/22 Q3", value, 1)))
    return Shown(place, make_figure(value, place, **given), line, to_date, **of_row)


def make_limits(low: float, high: float, signal: str, code: str = "ComS_011") -> Limits:
    return Limits(code, "XmR", 8, (low + high) / 2, low, high, signal, None)


def make_outlook(likely: float, low: float, high: float) -> Outlook:
    return Outlook("ComS_011", likely, low, high, 2)


def make_words(words: str | None = None, *, signed: bool = False) -> Commentary:
    day = date(2022, 2, 14)
    post = "Chief Communities Officer"
    return Commentary(
        "ComS_011", "2021-22-Q3", words, post if words else None, day if words else None, post if signed else None,
        day if signed else None, signed, signed,
    )  # fmt: skip
