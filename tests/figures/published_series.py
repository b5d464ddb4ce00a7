"""Series of quarters made up by a test, published as figures for the two marts that draw on them.

How figures come to be is tested in `test_figure_marts.py`; here they are given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.periods import Period, quarter
from cs_pipeline.words.settings import PROJECT

Connection = duckdb.DuckDBPyConnection
Number = float | int | None
MARTS = ("marts.figure_limit", "marts.figure_outlook")
MODELS = {model.name: model.text for model in Plan.read(PROJECT / "sql").models if model.name in MARTS}
EVENTS, PEOPLE, RATIO = ("sum", "number"), ("distinct_in_year", "number"), ("ratio", "percent")
TABLES = """
    create schema marts;
    create schema meta;
    create table meta.indicator (
        indicator_code varchar, rollup varchar, unit varchar, aim varchar, is_aim_disputed boolean);
    create table marts.figure (
        indicator_code varchar, period_kind varchar, quarter_key varchar, year_key varchar,
        first_day date, last_day date, comparable_run integer, value double, missing_reason varchar)"""


@dataclass(frozen=True)
class Series:
    """An indicator's quarters from 2010/11 Q1 on, None where there is no number, of those `protected` because it is.

    `breaks` are the quarters from which a new definition does not compare; `years` are the figures of those years that
    are not the sum of their quarters: None where held, another number where issued before a quarter was restated.
    """

    values: tuple[Number, ...]
    kind: tuple[str, str] = EVENTS
    aim: str = "none"
    is_disputed: bool = False
    breaks: frozenset[int] = frozenset()
    years: Mapping[int, Number] = field(default_factory=dict)
    protected: frozenset[int] = frozenset()

    def run(self, at: int) -> int:
        return 1 + sum(new <= at for new in self.breaks)

    def total(self, first: int, last: int) -> Number:
        """The sum of some quarters; None where one is missing or they do not compare."""
        told = [value for value in self.values[first : last + 1] if value is not None]
        is_whole = len(told) == last - first + 1 and self.run(first) == self.run(last)
        return sum(told) if is_whole else None

    def year(self, number: int) -> Number:
        return self.years.get(number, self.total(4 * number, 4 * number + 3))

    def figures(self, code: str) -> list[tuple[Any, ...]]:
        """Rows of `marts.figure`: every quarter and year to date, and the years that have four quarters."""
        rows = []
        for at, value in enumerate(self.values):
            is_fourth = at % 4 == 3
            why = "suppressed" if at in self.protected else None
            rows.append((code, "quarter", *days(at, at), self.run(at), value, why))
            rows.append((code, "year to date", *days(at - at % 4, at), self.run(at), self.total(at - at % 4, at), None))
            if is_fourth:
                rows.append((code, "year", *days(at - 3, at), self.run(at), self.year(at // 4), None))
        return rows


def period(at: int) -> Period:
    return quarter(2010 + at // 4, at % 4 + 1)


def days(first: int, last: int) -> tuple[Any, ...]:
    key = period(last).key
    return key, key[:7], period(first).first, period(last).last


def publish(series: Mapping[str, Series]) -> Connection:
    """A warehouse in memory with the figures of some indicators, by code, and both marts."""
    connection = duckdb.connect()
    connection.execute(TABLES)
    indicators = [(code, *of.kind, of.aim, of.is_disputed) for code, of in series.items()]
    figures = [row for code, of in series.items() for row in of.figures(code)]
    for table, rows in (("meta.indicator", indicators), ("marts.figure", figures)):
        row = f"({', '.join('?' * len(rows[0]))})"
        cells = [cell for of in rows for cell in of]
        connection.execute(f"insert into {table} values {', '.join([row] * len(rows))}", cells)
    for name, text in MODELS.items():
        connection.execute(f"create table {name} as {text}")
    return connection
