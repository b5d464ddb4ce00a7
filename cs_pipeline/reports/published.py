"""What of a pack goes on the register when it is published: each figure that it shows, and each that it hides."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.register import Printed, Published, register_rows
from cs_pipeline.disclosure.told import BOROUGH
from cs_pipeline.reports.pack import Cell, Pack

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def published_rows(source: "Connection", pack: Pack, on: date) -> tuple[Published, ...]:
    """A row for each figure of a pack that went out on a day, from its tables, histories and charts.

    Raises CannotRegister where it shows a figure in two ways or was cut later.
    """
    units = dict(source.execute("select indicator_code, unit from meta.indicator").fetchall())
    shown = (
        Printed(code, kind, key, cell.shown, units[code], *(ward or (BOROUGH,)))
        for cell in _cells(pack)
        if len(cell.of) == 1 and (cell.number is not None or cell.marks)
        for code, kind, key, *ward in cell.of
    )
    return register_rows(pack.key, on, pack.cut_at, shown)


def _cells(pack: Pack) -> Iterator[Cell]:
    """Every cell that shows a figure; a history stands for the points that its line draws."""
    for table in (*pack.tables, *(chart.data for chart in pack.charts)):
        for row in table.rows:
            yield from row
            yield from (point.cell(cell.line.unit) for cell in row if cell.line for point in cell.line.points)
