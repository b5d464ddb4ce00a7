"""Given counts and expected figures: how quarters become years, what a target is for a quarter, status, and trend.

The marts are built by hand on a warehouse in memory; what is counted, and from which rows, is tested elsewhere.
"""

import datetime as dt
from typing import Any

import duckdb
import pytest

from cs_pipeline.warehouse.connect import write_anew
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.tables import make_tables
from cs_pipeline.words.settings import PROJECT

Connection = duckdb.DuckDBPyConnection
MODELS = {model.name: model.text for model in Plan.read(PROJECT / "sql").models}
YEARS = ("2019-20", "2020-21", "2021-22")
QUARTERS = tuple(f"{year}-Q{n}" for year in YEARS for n in (1, 2, 3, 4))
ORDER = ("core.dim_date", "core.dim_period", "core.dim_reported_period", "marts.figure_span", "marts.figure_rolled",
         "marts.figure_counted", "marts.figure_calculated", "marts.figure_issued_to", "marts.figure_standing",
         "marts.figure", "marts.figure_target", "marts.figure_status", "marts.figure_trend",
         "marts.indicator_quarter", "marts.indicator_year")  # fmt: skip


class Given:
    """Indicators, definitions, counts and targets, written as short as they can be."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {"indicator": [], "definition": [], "measured": [],
                                                       "target_share": [], "odd_period": []}  # fmt: skip
        self.targets: list[tuple[Any, ...]] = []

    def indicator(self, code: str, rollup: str = "sum", aim: str = "minimise", disputed: bool = False,
                  first: str | None = None, limits: tuple[float | None, ...] = (0, 5, None, None),
                  shares: tuple[float, ...] = (25, 25, 25, 25)) -> None:  # fmt: skip
        unit = "percent" if rollup == "ratio" else "number"
        self.rows["indicator"].append(
            (code, f"Title of {code}", "KPI", None, "Owner", unit, aim, disputed, rollup, "source", "not_people",
             dt.date(int(first[:4]), 4, 1) if first else None, "not introduced" if first else None, None, False,
             *limits, None, None)
        )  # fmt: skip
        self.definition(code, "2018-19-Q1")
        if rollup == "sum":
            self.rows["target_share"] += [(code, n, share) for n, share in enumerate(shares, 1)]

    def definition(self, code: str, since: str, run: int = 1, until: str | None = None) -> None:
        number = sum(row[0] == code for row in self.rows["definition"]) + 1
        self.rows["definition"].append(
            (code, number, since, until, "Because.", "What.", None, f"measure {number}", "all", None, run == 1, run)
        )

    def counts(self, code: str, counts: dict[str, Any], kind: str = "quarter", measure: int = 1) -> None:
        """Period -> numerator, (numerator, denominator), or None where it is not whole."""
        for period, count in counts.items():
            quarter = period if kind != "year" else f"{period}-Q4"
            above, below = count if isinstance(count, tuple) else (count, None)
            since, run = self.in_force(code, quarter)
            self.rows["measured"].append(
                (code, kind, period, quarter, f"measure {measure}", "all", above or 0, below, count is not None, False,
                 since, run, "")
            )  # fmt: skip

    def in_force(self, code: str, quarter: str) -> tuple[str, int]:
        """The first quarter and the run of the definition in force."""
        for of, _, since, until, *_, run in self.rows["definition"]:
            if of == code and since <= quarter <= (until or quarter):
                return since, run
        raise LookupError(code, quarter)

    def build(self) -> Connection:
        connection = duckdb.connect()
        make_tables(connection)
        write_anew(connection, "calendar", [(dt.date(2018, 4, 1), dt.date(2023, 3, 31))])
        for name, rows in self.rows.items():
            write_anew(connection, name, rows)
        connection.execute(
            """create table core.fact_target (edition_code varchar, indicator_set varchar, indicator_code varchar,
               period_kind varchar, period_key varchar, target_value double)"""
        )
        if self.targets:
            connection.executemany("insert into core.fact_target values (?, ?, ?, 'year', ?, ?)", self.targets)
        connection.execute(
            """create table meta.period_on_record as select 'quarter' as period_kind, unnest(?) as period_key,
               3 as n_months""",
            [list(QUARTERS)],
        )
        # No document states anything here, so there is nothing to decide.
        connection.execute(
            """create table marts.figure_decided (indicator_code varchar, first_day date, last_day date,
               conflict_kind varchar, edition_code varchar, is_settled boolean, disagrees varchar, taken_from varchar,
               taken_value double)"""
        )
        for name in ORDER:
            connection.execute(f"create table {name} as {MODELS[name].rstrip().rstrip(';')}")
        return connection


@pytest.fixture(scope="module")
def built() -> Connection:
    given = Given()
    by_quarter = dict(zip(QUARTERS, (10, 20, 30, 40, 11, 19, 30, 44, 9, 21, 31, None), strict=True))
    given.indicator("Sum")
    given.counts("Sum", by_quarter)
    given.targets += [("2021-24", "KPI", "Sum", "2021-22", 80.0), ("2020-23", "KPI", "Sum", "2021-22", 60.0)]
    given.indicator("Shared", shares=(10, 20, 30, 40))
    given.counts("Shared", by_quarter)
    given.targets += [("2021-24", "KPI", "Shared", "2020-21", 100.0)]
    given.indicator("Rate", "ratio", "maximise")
    given.counts("Rate", {"2019-20-Q1": (1, 2), "2019-20-Q2": (9, 10), "2019-20-Q3": (0, 0), "2019-20-Q4": (70, 88)})
    given.counts("Rate", {"2020-21-Q1": (0, 0), "2020-21-Q2": (3, 4), "2020-21-Q3": (1, 4), "2020-21-Q4": None})
    given.targets += [("2021-24", "KPI", "Rate", "2019-20", 80.0)]
    given.indicator("At year end", "year_end")
    given.counts("At year end", {"2019-20": 5, "2020-21": 7, "2021-22": None}, "year")
    given.targets += [("2021-24", "KPI", "At year end", "2019-20", 5.0)]
    given.indicator("Distinct", "distinct_in_year")
    given.counts("Distinct", {"2019-20-Q1": 4, "2019-20-Q2": 4, "2019-20-Q3": 4, "2019-20-Q4": 4})
    given.counts("Distinct", {"2019-20-Q1": 4, "2019-20-Q2": 6, "2019-20-Q3": 6, "2019-20-Q4": 7}, "year to date")
    given.counts("Distinct", {"2019-20": 7}, "year")
    given.indicator("Broken")
    given.rows["definition"].pop()
    given.definition("Broken", "2018-19-Q1", 1, "2020-21-Q2")
    given.definition("Broken", "2020-21-Q3", 2)
    given.counts("Broken", by_quarter)
    given.indicator("New", first="2021-22")
    given.counts("New", by_quarter)
    given.indicator("Odd")
    given.counts("Odd", by_quarter)
    given.rows["odd_period"].append(("Odd", "2019-20", "2019-20-Q3", "2020-21-Q2"))
    given.indicator("Disputed", disputed=True)
    given.counts("Disputed", by_quarter)
    return given.build()


def value_of(built: Connection, code: str, kind: str, period: str, column: str = "value") -> Any:
    """A figure's value, or its reason where it has none."""
    rows = built.execute(
        f"""select coalesce({column}::varchar, missing_reason) from marts.figure
            where indicator_code = ? and period_kind = ? and period_key = ?""",
        [code, kind, period],
    ).fetchall()
    assert len(rows) <= 1
    return rows[0][0] if rows else "no row"


@pytest.mark.parametrize(
    ("code", "kind", "period", "expected"),
    [
        ("Sum", "quarter", "2019-20-Q2", "20.0"),
        ("Sum", "year to date", "2019-20-Q1", "10.0"),
        ("Sum", "year to date", "2019-20-Q3", "60.0"),
        ("Sum", "year", "2019-20", "100.0"),
        ("Sum", "year", "2021-22", "not yet available"),  # its last quarter is not whole
        ("Sum", "year to date", "2021-22-Q3", "61.0"),
        ("Sum", "odd period", "2019-10/2020-09", "no row"),  # it runs for those who declare it
        ("Odd", "odd period", "2019-10/2020-09", "100.0"),  # 30 + 40 + 11 + 19
        ("Odd", "year", "2019-20", "100.0"),
        ("Rate", "quarter", "2019-20-Q1", "50.0"),
        ("Rate", "quarter", "2019-20-Q3", "not applicable"),  # 0 of 0
        ("Rate", "year", "2019-20", "80.0"),  # 80 of 100, where the mean of the quarters is 73.2
        ("Rate", "year to date", "2020-21-Q3", "50.0"),
        ("Rate", "year", "2020-21", "not yet available"),
        ("At year end", "quarter", "2019-20-Q4", "not applicable"),
        ("At year end", "year to date", "2019-20-Q4", "not applicable"),
        ("At year end", "year", "2019-20", "5.0"),
        ("Distinct", "year", "2019-20", "7.0"),  # where the quarters add to 16
        ("Distinct", "year to date", "2019-20-Q2", "6.0"),
        ("Distinct", "quarter", "2020-21-Q1", "not yet available"),
        ("Broken", "year", "2019-20", "100.0"),
        ("Broken", "year to date", "2020-21-Q2", "30.0"),
        ("Broken", "year to date", "2020-21-Q3", "not comparable"),  # it would mix two ways of counting
        ("Broken", "year", "2020-21", "not comparable"),
        ("New", "quarter", "2020-21-Q4", "not introduced"),
        ("New", "quarter", "2021-22-Q1", "9.0"),
    ],
)
def test_quarters_become_years(built: Connection, code: str, kind: str, period: str, expected: str) -> None:
    assert value_of(built, code, kind, period) == expected


@pytest.mark.parametrize(
    ("code", "kind", "period", "edition", "expected"),
    [
        ("Sum", "year", "2021-22", "2021-24", 80.0),
        ("Sum", "year", "2021-22", "2020-23", 60.0),  # an edition does not overwrite another
        ("Sum", "quarter", "2021-22-Q3", "2021-24", 20.0),
        ("Sum", "year to date", "2021-22-Q3", "2021-24", 60.0),
        ("Shared", "quarter", "2020-21-Q3", "2021-24", 30.0),
        ("Shared", "year to date", "2020-21-Q3", "2021-24", 60.0),
        ("Rate", "quarter", "2019-20-Q1", "2021-24", 80.0),
        ("Rate", "year to date", "2019-20-Q2", "2021-24", 80.0),
        ("At year end", "year", "2019-20", "2021-24", 5.0),
        ("At year end", "quarter", "2019-20-Q4", "2021-24", None),
    ],
)
def test_a_target_for_a_quarter(
    built: Connection, code: str, kind: str, period: str, edition: str, expected: float | None
) -> None:
    rows = built.execute(
        """select period_target_value from marts.figure_target where indicator_code = ? and period_kind = ?
           and period_key = ? and edition_code = ?""",
        [code, kind, period, edition],
    ).fetchall()
    assert rows == ([] if expected is None else [(expected,)])


STATUSES = [  # aim, value, target, limits (green %, amber %, green at, amber at) -> status
    ("minimise", 100, 100, (0, 5, None, None), "green"),
    ("minimise", 105, 100, (0, 5, None, None), "amber"),
    ("minimise", 106, 100, (0, 5, None, None), "red"),
    ("minimise", 0, 100, (0, 5, None, None), "green"),
    ("maximise", 95, 100, (0, 5, None, None), "amber"),
    ("maximise", 94, 100, (0, 5, None, None), "red"),
    ("maximise", 101, 100, (0, 5, None, None), "green"),
    ("maximise", 99, 100, (1, 5, None, None), "green"),
    ("plan is best", 105, 100, (0, 5, None, None), "amber"),
    ("plan is best", 94, 100, (0, 5, None, None), "red"),
    ("none", 94, 100, (0, 5, None, None), "data only"),
    ("minimise", None, 100, (0, 5, None, None), "unknown"),
    ("minimise", 3, 0, (0, 5, None, None), "unknown"),  # no per cent of nothing
    ("minimise", 3, 0, (0, 5, 3, 5), "green"),  # values of its own instead
    ("minimise", 5, 0, (0, 5, 3, 5), "amber"),
    ("minimise", 6, 0, (0, 5, 3, 5), "red"),
    ("maximise", 6, 10, (0, 5, 8, 6), "amber"),
    ("maximise", 5, 10, (0, 5, 8, 6), "red"),
]


def test_status_by_aim_and_limits() -> None:
    given = Given()
    for number, (aim, value, target, limits, _) in enumerate(STATUSES):
        given.indicator(f"S{number:02}", "year_end", aim, limits=limits)
        given.counts(f"S{number:02}", {"2020-21": value}, "year")
        given.targets.append(("2020-23", "KPI", f"S{number:02}", "2020-21", float(target)))
    rows = given.build().execute(
        "select figure_status from marts.figure_status where period_key = '2020-21' order by indicator_code"
    )
    assert [row[0] for row in rows.fetchall()] == [status for *_, status in STATUSES]


def test_status_is_judged_on_the_unrounded_value(built: Connection) -> None:
    given = Given()
    given.indicator("Close", "ratio", "maximise", limits=(0, 0, None, None))
    given.counts("Close", {f"2020-21-Q{n}": (7999, 10000) for n in (1, 2, 3, 4)})
    given.targets.append(("2020-23", "KPI", "Close", "2020-21", 80.0))
    rows = given.build().execute(
        "select round(value), figure_status from marts.figure_status where period_kind = 'year'"
    )
    assert rows.fetchall() == [(80.0, "red")]


@pytest.mark.parametrize(
    ("code", "kind", "period", "short", "long"),
    [
        ("Sum", "quarter", "2019-20-Q1", None, None),  # the first has nothing before it
        ("Sum", "quarter", "2019-20-Q2", "worsening", None),  # one earlier figure is no mean
        ("Sum", "quarter", "2020-21-Q1", "improving", "improving"),
        ("Sum", "year to date", "2020-21-Q1", "worsening", None),  # 11 after 10 of the year before
        ("Sum", "year to date", "2021-22-Q3", "worsening", "worsening"),  # 61 after 60 and 60
        ("Sum", "year", "2020-21", "worsening", None),  # 104 after 100
        ("Sum", "quarter", "2021-22-Q4", None, None),  # not yet available
        ("Disputed", "quarter", "2019-20-Q2", "up", None),  # nobody says which way is better
        ("Rate", "quarter", "2020-21-Q2", None, "worsening"),  # nothing the quarter before; 75 after 80 of all
        ("Broken", "quarter", "2020-21-Q3", None, None),  # no trend across a break
        ("Broken", "quarter", "2020-21-Q4", "worsening", None),
        ("Broken", "year", "2021-22", None, None),
        ("Odd", "year", "2020-21", "worsening", None),  # against the year, not against the odd period
        ("Odd", "odd period", "2019-10/2020-09", None, None),
        ("New", "quarter", "2021-22-Q1", None, None),
    ],
)
def test_trend(built: Connection, code: str, kind: str, period: str, short: str | None, long: str | None) -> None:
    rows = built.execute(
        """select short_trend, long_trend from marts.figure_trend where indicator_code = ? and period_kind = ?
           and period_key = ?""",
        [code, kind, period],
    ).fetchall()
    assert rows == [(short, long)]


def test_the_quarter_stands_beside_the_year_to_date_and_the_same_of_last_year(built: Connection) -> None:
    rows = built.execute(
        """select value, to_date_value, to_date_last_year_value, to_date_trend, period_target_value, edition_code,
               figure_status, to_date_status
           from marts.indicator_quarter where indicator_code = 'Sum' and quarter_key = '2021-22-Q3'"""
    ).fetchall()
    assert rows == [(31.0, 61.0, 60.0, "worsening", 20.0, "2021-24", "red", "amber")]
