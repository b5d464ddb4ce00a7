"""The figures of a pack as the plan lays them out: a section for each set and group, with its table and its charts."""

from collections.abc import Sequence

from cs_pipeline.reports.pack import Chart, Section
from cs_pipeline.reports.rows import SET_TITLES, Made, Shown, figure_table, group_rows, table_name
from cs_pipeline.words.figures import show_number


def figure_sections(
    rows: Sequence[Shown],
    sets: Sequence[str],
    columns: Sequence[str | Made],
    drawn: Sequence[str],
    most_drawn: int | None = None,
) -> list[Section]:
    """Tables by set, and within it by objective or service, and charts of the sets `drawn`: each indicator once, and
    no more than `most_drawn` a section.
    """
    sections, seen = [], set[str]()
    for name in sets:
        for words, of_group in group_rows(name, [row for row in rows if row.place.indicator_set == name]).items():
            title = f"{SET_TITLES[name]}{f': {words}' if words else ''}"
            table = figure_table(table_name(name, words, of_group), title, of_group, columns, "No indicator.")
            large = [row for row in of_group if name in drawn and _can_draw(row)][:most_drawn]
            charts = tuple(_draw(row, name) for row in large if row.place.indicator_code not in seen)
            seen |= {row.place.indicator_code for row in large}
            sections.append(Section(title, (), (), (table,), charts))
    return sections


def _can_draw(row: Shown) -> bool:
    return sum(point.value is not None for point in row.line.points) > 1


def _draw(row: Shown, indicator_set: str) -> Chart:
    """An indicator's history with its target and its control limits, under a title that says what it shows."""
    limits = row.limits
    return Chart(
        f"chart_{indicator_set}_{row.place.indicator_code}".lower(),
        _chart_title(row),
        row.line.words,
        row.line,
        row.main.period_target_value,
        limits.lower_limit if limits else None,
        limits.centre if limits else None,
        limits.upper_limit if limits else None,
    )


def _chart_title(row: Shown) -> str:
    if row.main.value is None:
        why = "held" if row.main.missing_reason == "held" else row.main.missing_reason or "no figure"
        return f"{row.name}: {why} for {row.main.period_name}"
    said = f"{row.name}: {show_number(row.main.value, row.place.unit)} in {row.main.period_name}"
    if row.limits is not None and row.limits.signal is not None:
        within = row.limits.signal == "within"
        said += ", within noise" if within else f", more than noise ({row.limits.signal} the limits)"
    return said
