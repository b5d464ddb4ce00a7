"""Draws the histories of a pack for every form: a chart with its target and limits, and a line for a cell.

Nothing is joined across a break or a missing value. Titles and words are for the form to print; the numbers that are
drawn are in `pack.py`, and how a drawing becomes bytes in `picture.py`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cs_pipeline.reports.pack import Chart, Line
from cs_pipeline.reports.picture import Form, drawing, find_colours, save_picture
from cs_pipeline.words.figures import show_number

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

# Inches.
CHART, SPARK = (6.6, 2.5), (1.6, 0.35)
LEFT, RIGHT, TOP, BOTTOM = 0.75, 1.35, 0.22, 0.42
GAP = 0.16  # From one line of text to the next.

Colours = dict[str, str]
Named = tuple[float, str, str]  # Value, what it is, and the name of its colour.


@lru_cache(maxsize=512)
def draw_chart(chart: Chart, form: Form) -> bytes:
    """The chart as a picture, 6.6 by 2.5 inches. An SVG is for a page that declares the colours of `palette.py`.

    Its words are the label of the SVG; beside a PNG the form must say them.
    """
    from matplotlib.figure import Figure

    colours = find_colours(form)
    with drawing(chart.name):
        figure = Figure(figsize=CHART)
        width, height = CHART
        axes = figure.add_axes((LEFT / width, BOTTOM / height, 1 - (LEFT + RIGHT) / width, 1 - (TOP + BOTTOM) / height))
        _scale(axes, chart)
        _draw_axes(axes, chart.line, colours)
        _label_right(axes, _draw_limits(axes, chart, colours), chart.line.unit, colours)
        _draw_history(axes, chart.line, colours)
        _label_ends(axes, chart, colours)
        return save_picture(figure, form, chart.words)


@lru_cache(maxsize=2048)
def draw_line(line: Line, form: Form) -> bytes:
    """The history in a cell, 1.6 by 0.35 inches, between its least and its greatest value; its last point is marked.

    Where there is no value, the picture is empty.
    """
    from matplotlib.figure import Figure

    with drawing("line"):
        figure = Figure(figsize=SPARK)
        for artist in _draw_in_cell(line, find_colours(form)):
            artist.set_transform(figure.dpi_scale_trans)
            figure.add_artist(artist)
        return save_picture(figure, form, line.words)


def _draw_in_cell(line: Line, colours: Colours) -> "Iterator[Artist]":
    """Without axes and markers, so without ids: a page may hold the same line twice, but no id."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Ellipse

    values = [point.value for point in line.points if point.value is not None] or [0.0]
    (width, height), edge, span = SPARK, 0.06, max(values) - min(values)
    step = (width - 2 * edge) / max(len(line.points) - 1, 1)
    for place in _breaks(line):
        yield Line2D((edge + place * step,) * 2, (0, height), color=colours["limit"], lw=0.8, ls=(0, (2, 2)))
    x, y = edge, height / 2
    for run in line.runs:
        xs, ys = [edge + place * step for place in run], []
        for place in run:
            share = ((line.points[place].value or 0.0) - min(values)) / span if span else 0.5
            ys.append(edge + share * (height - 2 * edge))
        x, y = xs[-1], ys[-1]
        if len(run) == 1:  # A value between two that are missing: a line of one point would not be seen.
            xs, ys = [x - 0.01, x + 0.01], [y, y]
        yield Line2D(xs, ys, color=colours["series"], lw=1.3)
    if line.runs:
        yield Ellipse((x, y), 0.09, 0.09, color=colours["series"], lw=0)


def _scale(axes: "Axes", chart: Chart) -> None:
    """Counts start at nought; a percentage of more than 50 is drawn on all of 0 to 100."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    unit = chart.line.unit
    values = [point.value for point in chart.line.points if point.value is not None]
    limits = [limit for limit in (chart.target, chart.low, chart.centre, chart.high) if limit is not None]
    least, most = min(values, default=0.0), max([*values, *limits], default=0.0)
    bottom = least * 1.15 if least < 0 else 0.0
    top = 104.0 if unit == "percent" and 50 < most <= 100 else most * 1.15
    axes.set_ylim(bottom, top if top > bottom else 1.0)
    n_points = max(len(chart.line.points), 1)
    beside = max(0.5, 0.05 * n_points)  # So that the first and the last value in figures stay between the axes.
    axes.set_xlim(-beside, n_points - 1 + beside)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=unit != "percent", steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: show_number(value, unit).replace(".0%", "%")))


def _draw_axes(axes: "Axes", line: Line, colours: Colours) -> None:
    """Two axes without a grid; periods are named on two lines, because a long name has no room beside others."""
    from matplotlib.ticker import FixedLocator, NullFormatter

    axes.patch.set_visible(False)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(colours["limit"])
    axes.tick_params(color=colours["limit"], labelcolor=colours["ink"], length=3)
    axes.xaxis.set_major_locator(FixedLocator(_named_places(len(line.points))))
    axes.xaxis.set_major_formatter(NullFormatter())
    for place in _named_places(len(line.points)):
        for row, said in enumerate(line.points[place].label.split(" ", 1)):
            # Each row is a text of its own: only such a one keeps its middle when a page sets it in another font.
            at = (place, -(0.06 + row * GAP) / (CHART[1] - TOP - BOTTOM))
            axes.text(*at, said, transform=axes.get_xaxis_transform(), ha="center", va="top", color=colours["ink"])


def _named_places(n_points: int) -> list[int]:
    """The first period, the last, and as many between them as have room."""
    step = max(1, -(-(n_points - 1) // 8))
    return [*range(min(n_points, 1)), *sorted(place for place in range(n_points - 1, 0, -step) if place >= step)]


def _draw_limits(axes: "Axes", chart: Chart, colours: Colours) -> list[Named]:
    """The target across the chart, and the limits beside the last run alone, to which they belong; all to be named."""
    start, end = (chart.line.runs[-1][0] if chart.line.runs else 0) - 0.4, axes.get_xlim()[1]
    if chart.low is not None and chart.high is not None:
        axes.fill_between((start, end), chart.low, chart.high, color=colours["band"], lw=0, zorder=0)
    named: list[Named] = []
    for name, value, dashes in (
        ("Lower limit", chart.low, (1, 2)),
        ("Centre", chart.centre, (7, 2, 1, 2)),
        ("Upper limit", chart.high, (1, 2)),
    ):
        if value is not None:
            axes.plot((start, end), (value, value), color=colours["limit"], lw=0.9, ls=(0, dashes), zorder=1)
            named.append((value, name, "limit"))
    if chart.target is not None:
        axes.axhline(chart.target, color=colours["target"], lw=1.2, ls=(0, (6, 3)), zorder=1)
        named.append((chart.target, "Target", "target"))
    return sorted(named)


def _label_right(axes: "Axes", named: Sequence[Named], unit: str, colours: Colours) -> None:
    """Names from the lowest line to the highest, moved apart where lines are nearer than a row of text."""
    (bottom, top), height = axes.get_ylim(), CHART[1] - TOP - BOTTOM
    rows: list[float] = []
    for value, *_ in named:
        wanted = min(max((value - bottom) / (top - bottom), 0.0), 1.0) * height
        rows.append(max(wanted, rows[-1] + GAP) if rows else wanted)
    highest = height
    for place in reversed(range(len(rows))):
        rows[place] = min(rows[place], highest)
        highest = rows[place] - GAP
    for row, (value, name, colour) in zip(rows, named, strict=True):
        said = f"{name} {show_number(value, unit)}"
        axes.text(1.01, row / height, said, transform=axes.transAxes, va="center", color=colours[colour])


def _draw_history(axes: "Axes", line: Line, colours: Colours) -> None:
    for run in line.runs:
        values = [line.points[place].value or 0.0 for place in run]
        axes.plot(run, values, color=colours["series"], lw=1.8, marker="o", ms=3.8, zorder=3, clip_on=False)
    for x in _breaks(line):
        axes.axvline(x, color=colours["limit"], lw=0.9, ls=(0, (3, 3)), zorder=1)
        above = axes.get_xaxis_transform()
        axes.text(x, 1.01, "break", transform=above, ha="center", va="bottom", color=colours["ink"])


def _label_ends(axes: "Axes", chart: Chart, colours: Colours) -> None:
    """The first and the last value, above their point, or under it where there is less in the way."""
    points, runs = chart.line.points, chart.line.runs
    room = 0.25 / (CHART[1] - TOP - BOTTOM) * axes.get_ylim()[1]
    lines = [limit for limit in (chart.target, chart.low, chart.centre, chart.high) if limit is not None]
    ends = {runs[0][0]: runs[0][1:2], runs[-1][-1]: runs[-1][-2:-1]} if runs else {}
    for place, beside in ends.items():
        value = points[place].value or 0.0
        steps = [(points[other].value or 0.0) - value for other in beside]
        above = sum(step > room / 2 for step in steps) + sum(0 <= line - value < room for line in lines)
        below = sum(step < -room / 2 for step in steps) + sum(0 < value - line < room for line in lines)
        offset, va = ((0, -5), "top") if below < above and value > room else ((0, 5), "bottom")
        said = show_number(value, chart.line.unit)
        bold: dict[str, Any] = {"color": colours["ink"], "weight": "bold", "zorder": 4, "ha": "center", "va": va}
        axes.annotate(said, (place, value), offset, textcoords="offset points", **bold)


def _breaks(line: Line) -> list[float]:
    """Where figures stop being comparable: half-way between the last value before and the first after."""
    valued = [(place, point.run) for place, point in enumerate(line.points) if point.value is not None]
    return [(here + there) / 2 for (here, before), (there, after) in pairwise(valued) if before != after]
