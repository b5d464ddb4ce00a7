"""How a figure is written for people: a count with thousands, a percentage to one place, or why there is none."""


def show_figure(value: float | None, unit: str | None, missing: str | None) -> str:
    """`2,415`, `71.1%`, or the typed reason in brackets."""
    if value is None:
        return f"[{missing or 'not yet available'}]"
    return f"{value:.1f}%" if unit == "percent" else f"{value:,.0f}"
