"""One indicator as a pack shows it: its figures with their marks, what they are compared with, and what was said.

Columns of the tables of figures are data here: a table is a choice of them. Which tables a pack has is in
`quarterly.py` and `outturn.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cs_pipeline.reports.pack import Cell, Column, Line, Table, figure
from cs_pipeline.reports.reading import Commentary, Figure, Limits, Outlook, Place
from cs_pipeline.words.figures import show_number
from cs_pipeline.words.periods import Period

SET_TITLES = {
    "CSI": "Critical success indicators",
    "KPI": "Key performance indicators",
    "MPI": "Management performance indicators",
    "service data": "Service data",
}


@dataclass(frozen=True)
class Shown:
    """An indicator in one of its sets, with all that a pack may show of it.

    `main` is the figure of the pack's own period, a quarter or a year; `to_date` the year to date at a quarter's end.
    """

    place: Place
    main: Figure
    line: Line
    to_date: Figure | None = None
    limits: Limits | None = None
    outlook: Outlook | None = None
    commentary: Commentary | None = None
    earlier: tuple[Figure | None, ...] = ()

    @property
    def judged(self) -> Figure:
        """The figure that says how the year goes: the year to date where there is one, else the period's own."""
        return self.to_date if self.to_date is not None and self.to_date.value is not None else self.main

    @property
    def name(self) -> str:
        return f"{self.place.indicator_title} ({self.place.indicator_code})"

    @property
    def service(self) -> str:
        return self.place.service_names or "not stated"


def state_marks(value: float | None, state: str | None, is_waiting: bool, is_break: bool = False) -> tuple[str, ...]:
    """The marks of a figure that is there; what stands in place of one that is not follows from its reason."""
    if value is None:
        return ("[w]",) if is_waiting else ()
    said = {"provisional": "[p]", "restated": "[r]"}.get(state or "")
    return tuple(mark for mark in ("[b]" if is_break else None, said, "[w]" if is_waiting else None) if mark)


def value_cell(shown: Figure | None, unit: str) -> Cell:
    if shown is None:
        return Cell("")
    marks = state_marks(shown.value, shown.figure_state, shown.is_waiting, shown.is_break)
    return replace(figure(shown.value, unit, marks, shown.missing_reason), of=shown.of)


def target_cell(shown: Figure | None, unit: str) -> Cell:
    if shown is None or shown.period_target_value is None:
        return Cell("")
    return figure(shown.period_target_value, unit, ("[i]",) if shown.is_target_illustrative else ())


def _previous(row: Shown) -> Cell:
    """The same period last year: a break is marked where there was a figure that does not compare."""
    if row.to_date is None or row.to_date.value is None:
        return Cell("")
    if row.to_date.previous_value is None and row.to_date.is_break:
        return Cell("", None, ("[b]",))
    why = row.to_date.previous_missing_reason or "not comparable"
    return replace(figure(row.to_date.previous_value, row.place.unit, (), why), of=row.to_date.of_year_before)


def _noise(row: Shown) -> Cell:
    """Whether the quarter's figure is more than noise, in two or three words."""
    limits = row.limits
    if limits is None or limits.signal is None or row.main.value is None:
        return Cell("too few to say" if row.main.value is not None else "")
    said = "within noise" if limits.signal == "within" else f"more than noise: {limits.signal}"
    return Cell(said, of=row.main.of)


def _outlook(row: Shown) -> Cell:
    if row.outlook is None:
        return Cell("")
    low, likely, high = (
        show_number(round(value), row.place.unit)
        for value in (row.outlook.outlook_low, row.outlook.outlook_value, row.outlook.outlook_high)
    )
    return Cell(f"{likely} ({low} to {high})", None, ("[e]",), of=row.to_date.of if row.to_date else ())


def _comment(row: Shown) -> Cell:
    said = row.commentary
    if said is None:
        return Cell("")
    by = f" ({said.commented_by}, {said.commented_on:%d/%m/%Y})" if said.comment_words else ""
    signed = f" Signed off by the {said.signed_by}, {said.signed_on:%d/%m/%Y}." if said.is_signed else ""
    return Cell(f"{said.comment_words or ''}{by}{signed}".strip())


def _told(of_figure: Figure | None, said: str | None) -> Cell:
    """A status or a trend, which tells of the figure that it is taken from."""
    return Cell(said or "", of=of_figure.of if of_figure and said else ())


Maker = Callable[[Shown], Cell]
Made = tuple[Column, Maker]

# Every column that a table of figures may have: how it is headed, and how its cell is made.
COLUMNS: dict[str, Made] = {
    "code": (Column("indicator_code", "Code", "code", 10), lambda row: Cell(row.place.indicator_code)),
    "title": (Column("indicator_title", "Indicator", "text", 24), lambda row: Cell(row.place.indicator_title)),
    "quarter": (Column("value", "Quarter", "number", 9), lambda row: value_cell(row.main, row.place.unit)),
    "target": (Column("target", "Target", "number", 8), lambda row: target_cell(row.main, row.place.unit)),
    "status": (Column("status", "Status", "status", 10), lambda row: _told(row.main, row.main.figure_status)),
    "trend": (Column("trend", "Trend", "text", 10), lambda row: _told(row.main, row.main.short_trend)),
    "to_date": (Column("to_date", "Year to date", "number", 9), lambda row: value_cell(row.to_date, row.place.unit)),
    "previous": (Column("to_date_last_year", "Same period last year", "number", 9), _previous),
    "target_to_date": (
        Column("target_to_date", "Target to date", "number", 8),
        lambda row: target_cell(row.to_date, row.place.unit),
    ),
    "status_to_date": (
        Column("status_to_date", "Status to date", "status", 10),
        lambda row: _told(row.to_date, row.to_date.figure_status if row.to_date else None),
    ),
    "trend_to_date": (
        Column("trend_to_date", "On last year", "text", 10),
        lambda row: _told(row.to_date, row.to_date.short_trend if row.to_date else None),
    ),
    "noise": (Column("noise", "Noise?", "text", 9), _noise),
    "outlook": (Column("outlook", "Year-end estimate", "text", 11), _outlook),
    "long_trend": (
        Column("long_trend", "On earlier years", "text", 10),
        lambda row: _told(row.main, row.main.long_trend),
    ),
    "history": (Column("history", "History", "line", 12), lambda row: Cell(row.line.words, line=row.line)),
    "owner": (Column("owner", "Owner", "text", 14), lambda row: Cell(row.place.owner_name or "not stated")),
    "comment": (Column("comment", "Comment", "text", 20), _comment),
}
OPTIONAL = ("comment", "outlook")  # left out of a table in which nobody said anything, or no year can be estimated


def figure_table(name: str, title: str, rows: Sequence[Shown], wanted: Iterable[str | Made], empty: str) -> Table:
    """A table of figures, one row an indicator: the wanted columns are keys of `COLUMNS`, or made for this table."""
    chosen = [
        COLUMNS[key] if isinstance(key, str) else key
        for key in wanted
        if key not in OPTIONAL or any(COLUMNS[str(key)][1](row).shown for row in rows)
    ]
    return Table(
        name,
        title,
        tuple(column for column, _ in chosen),
        tuple(tuple(make(row) for _, make in chosen) for row in rows),
        row_heading=1,
        empty=empty,
    )


def year_columns(earlier: Sequence[Period], main: Period) -> list[Made]:
    """A column for each earlier year, in the order of `Shown.earlier`, and the last for the pack's own."""

    def made(period: Period, get: Callable[[Shown], Figure | None]) -> Made:
        column = Column(f"value_{period.key.replace('-', '_')}", period.name, "number", 9)
        return column, lambda row: value_cell(get(row), row.place.unit)

    def get_earlier(place: int) -> Callable[[Shown], Figure | None]:
        return lambda row: row.earlier[place]

    before = [made(period, get_earlier(place)) for place, period in enumerate(earlier)]
    return [*before, made(main, lambda row: row.main)]


def group_rows(indicator_set: str, rows: Iterable[Shown]) -> dict[str, list[Shown]]:
    """The rows of a set as the plan lays them out: success indicators by objective, service data by service, all others
    under an empty name; those of none come last.
    """
    found: dict[str, list[Shown]] = {}
    for row in rows:
        named = {"CSI": row.place.objective_name, "service data": row.place.section_name}.get(indicator_set)
        found.setdefault(named or "", []).append(row)
    last = {"": found.pop("")} if "" in found else {}
    return found | last


def table_name(indicator_set: str, words: str, rows: Sequence[Shown]) -> str:
    """`csi_cs1`, `service_data_licensing`, `kpi`: short enough for the name of a sheet."""
    short = (rows[0].place.objective_code or "") if indicator_set == "CSI" else words
    return "_".join(part for part in (indicator_set, short if words else "") if part).lower().replace(" ", "_")
