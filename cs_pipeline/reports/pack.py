"""What a pack says, in no format: sections of sentences, tables and charts, whose cells carry their marks.

The forms (`xlsx.py`, `html.py`, `docx.py`, `csv.py`) only lay it out, so all of them say the same. What goes into which
pack is in `quarterly.py`, `outturn.py` and `business_plan.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeVar

from cs_pipeline.words.days import say_day
from cs_pipeline.words.figures import show_number

Kind = Literal["text", "code", "number", "percent", "pounds", "date", "status", "line"]

AUTHOR = "Community safety team"  # Among the properties of every document.
NUMBERS: tuple[Kind, ...] = ("number", "percent", "pounds")

# Shorthand of the Government Analysis Function; [h], [i] and [w] are ours. Mark -> what it means.
MARKS = {
    "[b]": "break: not comparable with the figure before it",
    "[c]": "confidential: a small number of people, or a number that would give one away",
    "[e]": "estimated",
    "[h]": "held: statements of the figure disagree, and nobody has decided which holds",
    "[i]": "illustrative: the target comes from a synthetic sample only",
    "[p]": "provisional: not issued to a meeting yet, so it may be revised freely",
    "[r]": "revised: restated since it was issued",
    "[w]": "waits: would change if a restatement were agreed",
    "[x]": "not available: not returned yet, or not comparable with what is counted now",
    "[z]": "not applicable: not measured for such a period, or not introduced then",
}

# Status -> the shape that stands with its word, for those who do not see its colour.
SHAPES = {"green": "●", "amber": "▲", "red": "◆", "unknown": "?", "data only": "–"}


Of = tuple[tuple[str, ...], ...]  # The figures that something is told of: indicator, kind of period, period (, ward).


@dataclass(frozen=True)
class Point:
    """One value in the history of an indicator; `run` changes where figures stop being comparable."""

    label: str
    value: float | None
    run: int
    missing: str | None = None
    of: Of = field(default=(), compare=False)

    def cell(self, unit: str, marks: tuple[str, ...] = ()) -> "Cell":
        """The point in a table: empty where nothing is drawn, but for what is confidential."""
        why = self.missing if self.missing == "suppressed" else None
        return replace(figure(self.value, unit, marks, why), of=self.of)


@dataclass(frozen=True)
class Line:
    """The history of an indicator, oldest first; never drawn across a change of `run` or a missing value."""

    unit: str
    points: tuple[Point, ...]

    @property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """Places of the points that may be joined, run by run: `((0, 1, 2), (4, 5))`."""
        found: list[list[int]] = []
        before: Point | None = None
        for place, point in enumerate(self.points):
            if point.value is not None:
                is_joined = before is not None and before.value is not None and before.run == point.run
                found[-1].append(place) if is_joined else found.append([place])
            before = point
        return tuple(tuple(run) for run in found)

    @property
    def words(self) -> str:
        """The line for those who cannot see it: `2020/21 Q4 576; break; 2021/22 Q1 714, 2021/22 Q2 715`."""
        said, before = "", None
        for point in self.points:
            if point.value is None:
                continue
            between = "" if before is None else "; break; " if before != point.run else ", "
            said += f"{between}{point.label} {show_number(point.value, self.unit)}"
            before = point.run
        return said or "no figure yet"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: the words that every form shows, the number behind them, and its marks.

    `number` is as it is printed, so not rounded for a spreadsheet alone; a cell of words has none. `text` is without
    the marks; `shown` is with them. `of` names the figures that it tells of, for the audit and the register.
    """

    text: str
    number: float | None = None
    marks: tuple[str, ...] = ()
    line: Line | None = None
    of: Of = field(default=(), compare=False)

    @property
    def shown(self) -> str:
        return " ".join(part for part in (self.text, *self.marks) if part)


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in a CSV file, its heading, what it holds, and its share of the width."""

    name: str
    heading: str
    kind: Kind = "text"
    width: int = 10


@dataclass(frozen=True)
class Table:
    """A table with one row of headings; `name` is that of its sheet (31 characters at most) and of its CSV file.

    `row_heading` is the place of the column that names the row. Where there are no rows, `empty` says so.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_heading: int = 0
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Chart:
    """A history drawn large. The title says the finding; `words` is what it shows, for those who cannot see it.

    `low`, `centre` and `high` are the control limits of the last run, `target` what is aimed at.
    """

    name: str
    title: str
    words: str
    line: Line
    target: float | None = None
    low: float | None = None
    centre: float | None = None
    high: float | None = None

    @property
    def data(self) -> Table:
        """The numbers that are drawn, as the table that stands beside the chart."""
        lines = (("target", self.target), ("low", self.low), ("centre", self.centre), ("high", self.high))
        said = {"target": "Target", "low": "Lower limit", "centre": "Centre", "high": "Upper limit"}
        drawn = [(name, value) for name, value in lines if value is not None]
        kind: Kind = "percent" if self.line.unit == "percent" else "number"
        columns = (
            Column("period", "Period", width=12),
            Column("value", "Value", kind),
            *(Column(name, said[name], kind) for name, _ in drawn),
        )
        breaks = {run[0] for run in self.line.runs[1:]}
        last = self.line.runs[-1] if self.line.runs else ()
        rows = tuple(
            (
                Cell(point.label),
                point.cell(self.line.unit, ("[b]",) if self._is_break(place, breaks) else ()),
                *(
                    figure(value, self.line.unit) if name == "target" or place in last else Cell("")
                    for name, value in drawn
                ),
            )
            for place, point in enumerate(self.line.points)
        )
        return Table(self.name, f"{self.title}: data", columns, rows)

    def _is_break(self, place: int, firsts: set[int]) -> bool:
        """Whether a run begins here because definitions changed, and not because a value is missing before it."""
        if place not in firsts:
            return False
        earlier = [point for point in self.line.points[:place] if point.value is not None]
        return bool(earlier) and earlier[-1].run != self.line.points[place].run


@dataclass(frozen=True)
class Section:
    """A part of a pack under a heading: sentences, a list, tables and charts, in that order."""

    title: str
    sentences: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class Pack:
    """One pack for one audience. `cut_at` is on record, never the moment at which the pack was made.

    `notice` stands on every page: who may read it.
    """

    key: str
    title: str
    subtitle: str
    audience: str
    notice: str
    cut_at: datetime
    sections: tuple[Section, ...]

    @property
    def cut_on(self) -> str:
        """The sentence that every form says of the cut."""
        return f"The figures are as they stood on {say_day(self.cut_at.date())}."

    @property
    def tables(self) -> Iterator[Table]:
        for section in self.sections:
            yield from section.tables

    @property
    def charts(self) -> Iterator[Chart]:
        for section in self.sections:
            yield from section.charts

    @property
    def marks(self) -> dict[str, str]:
        """The marks that any cell of the pack carries, with what each means."""
        cells = [cell for table in self.tables for row in table.rows for cell in row]
        cells += [cell for chart in self.charts for row in chart.data.rows for cell in row]
        used = {mark for cell in cells for mark in cell.marks}
        return {mark: words for mark, words in MARKS.items() if mark in used}


# Why there is no number -> the mark that stands in its place.
MISSING = {
    "not yet available": "[x]",
    "not comparable": "[x]",
    "not introduced": "[z]",
    "not applicable": "[z]",
    "held": "[h]",
    "suppressed": "[c]",
}


def figure(value: float | None, unit: str, marks: tuple[str, ...] = (), missing: str | None = None) -> Cell:
    """A figure with its marks, or the mark that says why there is none; an empty cell where nothing is known of it."""
    if value is not None:
        return Cell(
            show_number(value, unit), float(round(value)) if unit == "pounds" else round(float(value), 1), marks
        )
    if missing == "nil":
        return Cell(missing, None, marks)
    return Cell("", None, (*([MISSING.get(missing, "[x]")] if missing else []), *marks))


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # What XML 1.0 cannot hold.
_Said = TypeVar("_Said")


def clean(content: _Said) -> _Said:
    """The same content with every text on one line and without characters that a spreadsheet or a page cannot hold.

    Such a character becomes U+FFFD in every form, so that all of them still say the same.
    """
    cleaned: _Said = _clean(content)
    return cleaned


def _clean(content: Any) -> Any:
    if isinstance(content, str):
        return _FORBIDDEN.sub("\ufffd", " ".join(content.split()))
    if isinstance(content, tuple):
        return tuple(_clean(each) for each in content)
    if is_dataclass(content) and not isinstance(content, type):
        return replace(content, **{field.name: _clean(getattr(content, field.name)) for field in fields(content)})
    return content
