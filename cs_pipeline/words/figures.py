"""How a figure is written for people: a count with thousands, a percentage to one place, or why there is none."""

import re

from cs_pipeline.words.typed import Missing, Typed, read_typed


def show_number(value: float, unit: str) -> str:
    """`2,415`, `71.1%`, `£10,000`; a quarter's share of a target, or a limit, may be no whole number: `37.5`."""
    if unit == "percent":
        return f"{value:.1f}%"
    places = 0 if unit == "pounds" or round(float(value), 1).is_integer() else 1
    return f"{'£' if unit == 'pounds' else ''}{value:,.{places}f}"


def show_figure(value: float | None, unit: str | None, missing: str | None) -> str:
    """`2,415`, `71.1%`, or the typed reason in brackets."""
    if value is None:
        return f"[{missing or 'not yet available'}]"
    return show_number(value if unit == "percent" else round(value), unit or "number")


def read_figure(text: str) -> tuple[float | None, str | None, str | None]:
    """Value, unit (percent or none) and typed reason of a figure as `show_figure` writes it. ValueError for else."""
    if reason := re.fullmatch(r"\[([a-z ]+)\]", text):
        return None, None, Missing(reason[1]).value
    typed = read_typed(text)
    if typed.value is None or typed != Typed(typed.value, typed.unit) or typed.unit == "pounds":
        raise ValueError("no figure as it is printed")
    return typed.value, typed.unit, None
