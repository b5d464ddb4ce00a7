"""How a figure is written for people: a count with thousands, a percentage to one place, or why there is none."""

import re

from cs_pipeline.words.typed import Missing, Typed, read_typed


def show_figure(value: float | None, unit: str | None, missing: str | None) -> str:
    """`2,415`, `71.1%`, or the typed reason in brackets."""
    if value is None:
        return f"[{missing or 'not yet available'}]"
    return f"{value:.1f}%" if unit == "percent" else f"{value:,.0f}"


def read_figure(text: str) -> tuple[float | None, str | None, str | None]:
    """Value, unit (percent or none) and typed reason of a figure as `show_figure` writes it. ValueError for else."""
    if reason := re.fullmatch(r"\[([a-z ]+)\]", text):
        return None, None, Missing(reason[1]).value
    typed = read_typed(text)
    if typed.value is None or typed != Typed(typed.value, typed.unit) or typed.unit == "pounds":
        raise ValueError("no figure as it is printed")
    return typed.value, typed.unit, None
