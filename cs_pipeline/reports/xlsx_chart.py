"""A history as a chart of Excel beside the table that it is drawn from: native, so that an officer can reuse it."""

from typing import Any

from cs_pipeline.reports.sheets import Sheet
from cs_pipeline.reports.xlsx_cells import cut

# Palette of the Government Analysis Function; at least 3:1 on white, and each with a marker of its own.
RUNS = (("#12436D", "circle"), ("#801650", "square"), ("#2A7A72", "diamond"), ("#B4460F", "triangle"))
# Name in chart.data -> colour and dash.
LEVELS = {
    "target": ("#000000", "dash"),
    "low": ("#595959", "round_dot"),
    "centre": ("#595959", "long_dash_dot"),
    "high": ("#595959", "round_dot"),
}
UNITS = {"percent": "Per cent", "pounds": "Pounds"}
MOST_NAMED = 8  # Periods with room for their names side by side, for none stands at a slant.
FONT = {"name": "Arial", "size": 10, "bold": False, "color": "#000000"}


def insert_chart(book: Any, sheet: Any, what: Sheet) -> None:
    """Draws the chart to the right of the table; what it shows in words is its alternative text."""
    if what.chart is None or not what.chart.line.runs:
        return
    heading_row = what.heading_row
    rows = (heading_row + 1, heading_row + len(what.table.rows))
    drawn = book.add_chart({"type": "line"})
    for place, look in _series(what):
        drawn.add_series(
            {
                "name": [what.label, heading_row, place],
                "categories": [what.label, rows[0], 0, rows[1], 0],
                "values": [what.label, rows[0], place, rows[1], place],
                # Else XlsxWriter keeps 0 for a blank cell, for those who draw without reading the sheet.
                "values_data": [row[place].number for row in what.table.rows],
                **look,
            }
        )
    _dress(drawn, what)
    beside = len(what.table.columns)
    sheet.insert_chart(
        heading_row, beside, drawn, {"description": cut(what.chart.words), "x_offset": 16, "object_position": 2}
    )


def _series(what: Sheet) -> list[tuple[int, dict[str, Any]]]:
    """Places of the columns that are drawn, the runs in place of the values where there are several, and their look."""
    names = [column.name for column in what.table.columns]
    runs = [place for place, name in enumerate(names) if name.startswith("run_")] or [names.index("value")]
    looks: list[tuple[int, dict[str, Any]]] = []
    for number, place in enumerate(runs):
        colour, shape = RUNS[number % len(RUNS)]
        marker = {"type": shape, "size": 7, "fill": {"color": colour}, "border": {"color": colour}}
        looks.append((place, {"line": {"color": colour, "width": 2.25}, "marker": marker}))
    for place, name in enumerate(names):
        if name in LEVELS:
            colour, dash = LEVELS[name]
            looks.append(
                (place, {"line": {"color": colour, "width": 1.5, "dash_type": dash}, "marker": {"type": "none"}})
            )
    return looks


def _dress(drawn: Any, what: Sheet) -> None:
    unit = UNITS.get(what.chart.line.unit if what.chart else "", "Number")
    title = [what.label, 0, 0]  # XlsxWriter takes a title such as "Up!A1" for a reference, so it is given one.
    drawn.set_title({"name": title, "overlay": False, "name_font": {**FONT, "size": 13, "bold": True}})
    named = max(1, -(-len(what.table.rows) // MOST_NAMED))
    drawn.set_x_axis({"name": "Period", "name_font": FONT, "num_font": {**FONT, "rotation": 0}, "interval_unit": named})
    drawn.set_y_axis(
        {
            "name": unit,
            "name_font": FONT,
            "num_font": FONT,
            "major_gridlines": {"visible": True, "line": {"color": "#D0D0D0"}},
        }
    )
    drawn.set_legend({"position": "bottom", "font": FONT})
    drawn.set_size({"width": 700, "height": 430})
