"""What a pack needs to know, read from a publication and nothing else: rows by name, of `marts.pack_*` and beside them.

No sentence and no format here; what is made of the rows is in `rows.py`, `findings.py` and the packs themselves.
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from cs_pipeline.reports.pack import Line, Of, Point
from cs_pipeline.words.periods import Period

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class Place:
    """Where an indicator stands in a set of the plan: a row of `marts.pack_place`."""

    indicator_set: str
    indicator_code: str
    indicator_title: str
    objective_code: str | None
    objective_name: str | None
    section_name: str | None
    service_names: str | None
    owner_name: str | None
    unit: str
    aim: str
    is_aim_disputed: bool
    rollup: str
    rule_note: str | None


@dataclass(frozen=True)
class Figure:
    """A figure as a pack prints it: a row of `marts.pack_figure`."""

    indicator_set: str
    indicator_code: str
    period_kind: str
    period_key: str
    period_name: str
    value: float | None
    missing_reason: str | None
    held_over: str | None
    taken_from: str | None
    figure_state: str
    is_waiting: bool
    comparable_run: int | None
    is_break: bool
    edition_code: str | None
    period_target_value: float | None
    is_target_illustrative: bool
    variance_pct: float | None
    figure_status: str
    previous_value: float | None
    previous_missing_reason: str | None
    short_trend: str | None
    long_trend: str | None

    @property
    def of(self) -> Of:
        """Itself, as the audit and the register name it."""
        return ((self.indicator_code, self.period_kind, self.period_key),)

    @property
    def of_year_before(self) -> Of:
        """The figure of the same period of the year before."""
        year, rest = int(self.period_key[:4]) - 1, self.period_key[7:]
        return ((self.indicator_code, self.period_kind, f"{year}-{(year + 1) % 100:02d}{rest}"),)


@dataclass(frozen=True)
class Limits:
    """Between which values chance alone would leave a quarter's figure: a row of `marts.figure_limit`."""

    indicator_code: str
    limit_method: str | None
    n_earlier: int
    centre: float | None
    lower_limit: float | None
    upper_limit: float | None
    signal: str | None
    signal_trend: str | None


@dataclass(frozen=True)
class Outlook:
    """Where the year may end: a row of `marts.figure_outlook`."""

    indicator_code: str
    outlook_value: float
    outlook_low: float
    outlook_high: float
    n_years: int


@dataclass(frozen=True)
class Commentary:
    """What officers said of a figure, and whether its owner signed it off: a row of `marts.figure_commentary`."""

    indicator_code: str
    period_key: str
    comment_words: str | None
    commented_by: str | None
    commented_on: date | None
    signed_by: str | None
    signed_on: date | None
    is_signed_by_owner: bool
    is_signed_as_it_stands: bool

    @property
    def is_signed(self) -> bool:
        """Whether the owner's sign-off stands: given by the owner, for the figure as it is shown."""
        return bool(self.is_signed_by_owner and self.is_signed_as_it_stands)


Row = TypeVar("Row", bound="DataclassInstance")


def read_places(publication: "Connection") -> list[Place]:
    """Every indicator in each of its sets, set by set in the order of the plan."""
    return _read(publication, Place, "marts.pack_place", "true order by indicator_set, place_in_set")


def read_figures(publication: "Connection", kind: str, key: str) -> dict[tuple[str, str], Figure]:
    """The figures of one period by set and code; empty where there is no such period."""
    rows = _read(publication, Figure, "marts.pack_figure", "period_kind = ? and period_key = ?", kind, key)
    return {(row.indicator_set, row.indicator_code): row for row in rows}


def read_limits(publication: "Connection", quarter_key: str) -> dict[str, Limits]:
    """The control limits of a quarter's figures by code."""
    rows = _read(publication, Limits, "marts.figure_limit", "quarter_key = ?", quarter_key)
    return {row.indicator_code: row for row in rows}


def read_outlooks(publication: "Connection", quarter_key: str) -> dict[str, Outlook]:
    """Where the year may end, as seen from a quarter, by code; only where comparable years allow it."""
    is_given = "quarter_key = ? and outlook_value is not null"
    rows = _read(publication, Outlook, "marts.figure_outlook", is_given, quarter_key)
    return {row.indicator_code: row for row in rows}


def read_commentary(publication: "Connection", key: str) -> dict[str, Commentary]:
    """Comments and sign-offs of a quarter's or a year's figures by code."""
    rows = _read(publication, Commentary, "marts.figure_commentary", "period_key = ?", key)
    return {row.indicator_code: row for row in rows}


def read_histories(publication: "Connection", kind: str, until: date, most: int) -> dict[str, Line]:
    """The last figures of each indicator up to a day, as lines, by code."""
    query = """
        select indicator_code, period_name, value, comparable_run, missing_reason, period_key from (
            select f.*, row_number() over (partition by f.indicator_code order by f.last_day desc) as place
            from marts.figure as f where f.period_kind = ? and f.last_day <= ?)
        where place <= ? order by indicator_code, place desc"""
    units = {place.indicator_code: place.unit for place in read_places(publication)}
    points: dict[str, list[Point]] = {}
    for code, name, value, run, missing, key in publication.execute(query, [kind, until, most]).fetchall():
        points.setdefault(code, []).append(Point(name, value, run or 0, missing, ((code, kind, key),)))
    return {code: Line(units.get(code, "number"), tuple(listed)) for code, listed in points.items()}


def read_cut(publication: "Connection", period: Period) -> datetime:
    """When the figures of a period were cut: its first issue, else the last moment at which one of them was counted.

    It is on record, so it moves only with the figures: a later restatement of them counts too.
    """
    found = publication.execute(
        """select coalesce(
               greatest((select min(cut_at) from meta.issue where period_key = $key),
                        (select max(stands_from_at) from marts.restatement where period_key = $key)),
               (select max(v.known_at) from marts.figure_version as v
                inner join core.dim_reported_period as p using (period_kind, period_key) where p.last_day <= $last),
               (select published_at from meta.publication))""",
        {"key": period.key, "last": period.last},
    ).fetchall()[0][0]
    moment: datetime = found.replace(tzinfo=UTC)  # DuckDB keeps moments in universal time, without saying so.
    return moment


def _read(publication: "Connection", kind: type[Row], table: str, condition: str, *values: Any) -> list[Row]:
    """The rows of a table as objects whose fields are columns of it."""
    columns = [field.name for field in fields(kind)]
    rows = publication.execute(f"select {', '.join(columns)} from {table} where {condition}", list(values)).fetchall()
    return [kind(*row) for row in rows]
