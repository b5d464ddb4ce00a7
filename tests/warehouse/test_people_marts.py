"""Given rows and expected rows: the star, the marts, the figures and the claims of recorded crime, the domestic abuse
conference, the case lists, the panel and the enforcement register.

One warehouse in memory, filled by hand and built once. How the files of these sources are read is `tests/intake`.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from cs_pipeline.declare.model import Claim
from cs_pipeline.declare.registry import table_named
from cs_pipeline.figures.build import Asked, build_all
from cs_pipeline.figures.declared import load_indicators, refresh_indicators
from cs_pipeline.sources.enforcement_register import ACTION_TYPES
from cs_pipeline.sources.police_crime import ALL_CRIME, CRIMES, MARKED
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.tables import make_tables
from cs_pipeline.words.settings import PROJECT, Settings

Connection = duckdb.DuckDBPyConnection
Row = dict[str, Any]

SETTINGS = Settings(PROJECT / "sources", PROJECT / "warehouse")
PLAN = Plan.read(SETTINGS.sql)
CLAIMED = (
    "core.fact_offence_month", "core.fact_marac_meeting", "core.fact_case", "core.fact_case_listing",
    "core.fact_case_version", "core.fact_panel_time", "core.fact_enforcement", "marts.figure",
)  # fmt: skip


def months(first: str, n: int) -> list[str]:
    year, month = map(int, first.split("-"))
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(n)]


def deliver(
    connection: Connection, name: str, as_at: str, table: str, rows: list[Row], outcome: str = "accepted"
) -> None:
    """One delivery with its accepted rows, row 5 first; counts that are not given are 0, other columns empty."""
    source, declared = table_named(table)
    counts = [len(rows), len(rows), 0, 0]
    if not connection.execute("select 1 from meta.delivery where delivery_key = ?", [name]).fetchall():
        connection.execute(
            "insert into meta.delivery values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '')",
            [name, source.name, name, f"{name}.xlsx", as_at, outcome, *counts],
        )
    names = [column for column, _, _ in declared.typed_columns]
    known = {"delivery_key": name, "as_at": as_at, "sheet_name": "Sheet"} | {n: 0 for n in names if n.startswith("n_")}
    numbered = [known | {"row_number": number, "cell": f"C{number}"} | row for number, row in enumerate(rows, start=5)]
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"insert into stage.{table} values ({marks})", [[row.get(column) for column in names] for row in numbered]
    )


# ---------------------------------------------------------------- the given rows


def crime(offence: str, month: str, n: int, query: str = "offences by date recorded") -> Row:
    return {
        "offence_name": offence, "recorded_month": month, "recorded_month_from": f"{month}-01", "n_recorded": n,
        "extract_query": query,
    }  # fmt: skip


def give_crime(connection: Connection) -> None:
    first = [crime("All crime", "2019-04", 99, "crimes by date committed")]
    deliver(connection, "crime-1", "2019-07-14", "police_crime", first)
    rows = []
    for place, month in enumerate(months("2019-04", 30)):
        rows += [
            crime("All crime", month, {"2019-07": 5, "2020-09": 1, "2021-09": 1}.get(month, 3)),
            crime("Personal robbery", month, 1),
            crime("Hate crimes and incidents", month, 1 + place // 6),
        ]
        rows += [crime("Business robbery", month, 2)] if month not in ("2020-09", "2021-09") else []
    extracts = (("crime-2", "2020-04-14", months("2019-04", 12)), ("crime-3", "2020-10-14", months("2020-04", 6)))
    for name, as_at, told in (*extracts, ("crime-4", "2021-10-14", months("2021-04", 6))):
        deliver(connection, name, as_at, "police_crime", [row for row in rows if row["recorded_month"] in told])


def log(day: str, closing: str | None = "Noise", n: int = 1) -> Row:
    return {"incident_number": f"NP-{day}-{n}", "occurred_on": day, "closing_type": closing, "asb_type": "Nuisance"}


def give_asb(connection: Connection) -> None:
    rows = [log(f"{month}-15") for month in months("2019-04", 12)] + [log("2019-04-15", None, 2)]
    deliver(connection, "asb-1", "2020-04-14", "police_asb", rows)
    deliver(connection, "asb-2", "2020-04-20", "police_asb", [log("2020-04-16")])


def meeting(day: str, broxtowe: tuple[int, int], whole: tuple[int, int]) -> list[Row]:
    month = (int(day[5:7]) - 1) // 3 * 3 + 1
    known = {"meeting_on": day, "return_quarter_from": f"{day[:4]}-{month:02d}-01", "n_victims_male": 1}
    areas = (("Broxtowe", broxtowe), ("South Nottinghamshire", whole))
    return [{**known, "marac_area": area, "n_cases": n, "n_repeats": again} for area, (n, again) in areas]


def give_marac(connection: Connection) -> None:
    deliver(connection, "marac-1", "2019-07-19", "marac", meeting("2019-06-30", (9, 9), (9, 9)))
    again = meeting("2019-04-10", (3, 1), (5, 1)) + meeting("2019-05-15", (4, 0), (6, 2))
    deliver(connection, "marac-1b", "2019-08-01", "marac", again)
    deliver(connection, "marac-2", "2019-10-19", "marac", meeting("2019-07-10", (2, 1), (1, 1)))
    deliver(connection, "marac-3", "2020-01-19", "marac", meeting("2019-10-10", (0, 0), (4, 0)))
    deliver(connection, "marac-4", "2020-04-19", "marac", meeting("2020-01-10", (1, 0), (3, 1)))
    deliver(connection, "marac-5", "2020-07-19", "marac", meeting("2020-04-10", (0, 0), (2, 0)))


def case(key: str, received: str, closed: str | None = None, reopened: str | None = None, **more: str) -> Row:
    return {"case_key": key, "received_on": received, "closed_on": closed, "reopened_on": reopened, **more}


# What becomes of each in 2019/20 stands behind it.
CASES = [
    case("exactly 3 months", "2019-05-10", "2019-08-10"),  # 3 to 6
    case("a day less than 3", "2019-05-10", "2019-08-09"),  # under 3
    case("exactly 6 months", "2019-05-10", "2019-11-10"),  # 3 to 6
    case("a day more than 6", "2019-05-10", "2019-11-11"),  # over 6
    case("3 months on a leap day", "2019-11-29", "2020-02-29"),  # 3 to 6
    case("3 months from the 30th", "2019-11-30", "2020-02-29"),  # 3 to 6: 30 February is the 29th
    case("before the leap day", "2019-11-30", "2020-02-28"),  # under 3
    case("open on 31 March", "2019-09-30"),  # over 6
    case("open, 6 months on 1 April", "2019-10-01"),  # none: not yet 6 months old
    case("closed on 31 March", "2019-09-30", "2020-03-31"),  # over 6, by its closing
    case("closed on 1 April", "2019-09-30", "2020-04-01"),  # over 6: it was open on the day before
    case("received on 31 March", "2020-03-31", "2020-04-01"),  # received, no band
    case("received the year before", "2019-02-01", "2019-04-01"),  # under 3, not received
    case("opened again in the year", "2019-05-01", "2019-06-01", "2019-07-01"),  # over 6: open on 31 March
    case("opened again later", "2019-05-01", "2019-06-01", "2020-05-01"),  # under 3: it was closed on 31 March
    case("told open again", "2019-05-02"),  # over 6
    case("told twice alike", "2019-05-02", "2019-06-02"),  # under 3
    case("told another day", "2019-05-04", "2019-06-04"),  # under 3
    case("older than the calendar", "2017-12-01", "2019-04-20"),  # over 6
    case("soon closed on 31 March", "2020-01-15", "2020-03-31"),  # under 3
]


# A closing counts unless the case was opened again before the end of the financial year in which it was closed.
OPENED_AGAIN = [
    case("on the last day of the year", "2021-05-10", "2021-06-10", "2022-03-31"),  # over 6 in both years
    case("on the first day of the next", "2021-05-10", "2021-06-10", "2022-04-01"),  # under 3, then over 6
    case("on the day of its closing", "2021-05-10", "2021-06-10", "2021-06-10"),  # under 3, and closed since
    case("and closed again", "2021-05-10", "2021-09-15", "2021-07-01"),  # 3 to 6, by its last closing
    case("a day after the year's last", "2022-01-10", "2022-03-31", "2022-04-01"),  # under 3, then over 6
    case("a year later but a day", "2022-02-01", "2022-04-01", "2023-03-31"),  # over 6 in the second year
    case("in the year after the next", "2022-02-01", "2022-04-02", "2023-04-01"),  # under 3 in the second year
]


def give_cases(connection: Connection) -> None:
    name = "environmental_health_cases"
    first = [
        case("told open again", "2019-05-02", "2019-06-02"),
        case("told twice alike", "2019-05-02", "2019-06-02"),
        case("told another day", "2019-05-03", "2019-06-04"),
    ]
    deliver(connection, "eh-1", "2019-07-05", name, first)
    deliver(connection, "eh-wrong", "2020-06-01", name, [case("told twice alike", "2019-05-09")], "withdrawn")
    deliver(connection, "eh-2", "2020-07-05", name, [*CASES, CASES[0]])  # two equal rows are one case
    rows = [case("c1", "2019-01-10", "2019-04-05"), case("c2", "2019-02-01")]
    deliver(connection, "communities-1", "2020-04-05", "communities_cases", rows)
    tie = [case("c2", "2019-02-01", "2019-10-01")]  # of two for one day, the higher hash holds
    deliver(connection, "communities-1b", "2020-04-05", "communities_cases", tie)
    wards = [
        case("h1", "2023-04-30", ward_name="Bramcote"),
        case("h2", "2023-05-01", ward_name="Bramcote"),
        case("h3", "2023-05-01", ward_name="Beeston Central"),
        case("h4", "2023-05-01"),
        case("h5", "2023-05-01", ward_name="Nowhere"),
    ]
    deliver(connection, "housing-1", "2023-07-05", "housing_cases", [*wards, *OPENED_AGAIN])
    listed = (("E05010516", "Beeston Central", 2016), ("E05010520", "Bramcote", 2016), ("E05015565", "Bramcote", 2023))
    rows = [{"ward_code": code, "ward_name": name, "first_listed": year} for code, name, year in listed]
    deliver(connection, "wards-1", "2023-05-04", "wards", rows)
    current = [{"lsoa_code": f"E0102806{i}", "ward_code": code} for i, code in enumerate(("E05010516", "E05015565"))]
    deliver(connection, "areas-1", "2023-05-04", "areas", current)


def give_panel(connection: Connection) -> None:
    times = (
        ("p1", "2019-05-01", "2019-07-31"),  # under 3
        ("p1", "2019-10-01", "2020-01-01"),  # 3 to 6: exactly 3 months, the same individual
        ("p2", "2018-10-01", None),  # over 6, still on
        ("p3", "2019-09-30", None),  # over 6: 6 months on 30 March
        ("p4", "2019-10-01", None),  # none: 6 months on 1 April
        ("p5", "2018-12-01", "2019-04-01"),  # 3 to 6: removed on the first day of the year
        ("p6", "2019-01-01", "2019-03-31"),  # the year before
        ("p7", "2020-04-02", None),  # the year after
    )
    names = ("panel_person_key", "first_discussed_on", "removed_on")
    deliver(connection, "panel-1", "2020-04-05", "asb_panel", [dict(zip(names, t, strict=True)) for t in times])


def give_register(connection: Connection) -> None:
    tabs: dict[str, list[tuple[str | None, ...]]] = {
        "2019-04-01": [
            ("Acceptable Behaviour Contract", "Police", "2019-06-03"),
            ("Community Protection Notice warning letter", "Council", "2019-06-04"),
            ("Community Protection Notice warning letter", "Council", "2019-06-04"),
        ],
        "2019-07-01": [
            ("Community Protection Notice warning letter", "Police", "2019-08-04"),
            ("Injunction", "Police", "2019-08-05"),
            ("Community Trigger request", "Council", "2019-08-06"),
        ],
        "2019-10-01": [("None", None, None)],
        "2020-01-01": [("Injunction", "Council", "2020-03-31")],
    }
    names = ("enforcement_type", "issued_by", "issued_on", "register_quarter_from", "register_quarter_to")
    lasts = ("2019-06-30", "2019-09-30", "2019-12-31", "2020-03-31")
    rows = [
        dict(zip(names, (*entry, first, last), strict=True))
        for (first, entries), last in zip(tabs.items(), lasts, strict=True)
        for entry in entries
    ]
    deliver(connection, "register-1", "2020-04-05", "enforcement_register", rows)


def stated(code: str, printed: str, value: float | None, *, year: int = 2019, **own: Any) -> Row:
    return {
        "edition_from": "2023-04-01", "edition_to": "2026-03-31", "indicator_code": code,
        "indicator_code_printed": code, "printed_name": code, "measure": "Actual", "printed": printed,
        "printed_value": value, "stated_period": f"{year}/{year - 1999}", "stated_period_from": f"{year}-04-01",
        "stated_period_to": f"{year + 1}-03-31", "section": "Communities", **own,
    }  # fmt: skip


def give_plan(connection: Connection) -> None:
    october: Row = {"printed_period_from": "2019-10-01", "printed_period_to": "2020-09-30"}
    rows = [
        stated("ComS_001", "38", 38),
        stated("ComS_011", "2,185", 2185),
        stated("ComS_020", "30 (Oct 2019 - Sept 2020)", 30, **october),
        stated("ComS_024", "20%", 20),
        stated("ComS_012d", "39%", 39),
        stated("ComS_014d", "67%", 67),
        stated("ComS_009", "-", None),
        stated("ComS_009", "16", 16, year=2020),  # not whole, so not compared
    ]
    deliver(connection, "plan-1", "2023-04-01", "plan_service_data", rows)
    kpi: Row = {"indicator_set": "KPI", "measure": "Achieved", "sheet_name": "KPI"}
    rows = [stated("ComS_012d", "38.9%", 38.9, **kpi), stated("ComS_024", "19.0%", 19, **kpi)]
    rows += [stated("ComS_001", "40", 40, **kpi | {"measure": "Target"})]
    for row in rows:
        del row["section"]
    deliver(connection, "plan-1", "2023-04-01", "plan_performance_indicators", rows)


@pytest.fixture(scope="module")
def built() -> Iterator[Connection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        make_tables(connection)
        connection.execute("insert into meta.calendar values ('2018-04-01', '2025-03-31')")
        indicators = load_indicators(SETTINGS, PLAN)
        refresh_indicators(connection, SETTINGS, PLAN, indicators)
        for give in (give_crime, give_asb, give_marac, give_cases, give_panel, give_register, give_plan):
            give(connection)
        moment = dt.datetime(2023, 7, 6, tzinfo=dt.UTC)
        built = [b.name for b in build_all(connection, PLAN, indicators, Asked(), moment, lambda name: None)]
        assert {model.name for model in PLAN.models} <= set(built)
        yield connection


def ask(connection: Connection, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return connection.execute(sql, list(values)).fetchall()


QUARTERS = ("Q1", "Q2", "Q3", "Q4")
NOT_YET, NOT_APPLICABLE = "not yet available", "not applicable"


def by_quarter(built: Connection, code: str, year: str, kind: str = "quarter") -> list[Any]:
    """A figure in the four quarters of a year, or to the end of each: its value, or why it has none."""
    asked = """select coalesce(round(value, 2)::varchar, missing_reason) from marts.figure_counted
               where indicator_code = ? and period_kind = ? and period_key = ?"""
    told = [ask(built, asked, code, kind, f"{year}-{quarter}") for quarter in QUARTERS]
    return [float(rows[0][0]) if rows[0][0][0].isdigit() else rows[0][0] for rows in told]


def in_year(built: Connection, code: str, year: str) -> tuple[Any, ...]:
    """(numerator, denominator, value, why there is none) of a figure in a year."""
    asked = """select numerator, denominator, round(value, 2), missing_reason from marts.figure_counted
               where indicator_code = ? and period_kind = 'year' and period_key = ?"""
    return ask(built, asked, code, year)[0]


def counted(built: Connection, code: str, kind: str, period: str) -> tuple[Any, ...]:
    """(numerator, denominator, is whole) of what is counted in a period, shown or not."""
    asked = """select numerator, denominator, is_whole from meta.measured
               where indicator_code = ? and period_kind = ? and period_key = ?"""
    return ask(built, asked, code, kind, period)[0]


# ---------------------------------------------------------------- recorded crime


def test_the_offences_are_those_that_the_source_declares(built: Connection) -> None:
    parts = [(offence, group, True, False, False) for group, listed in CRIMES.items() for offence in listed]
    others = [(ALL_CRIME, "all crime", False, True, False)]
    groups = zip(MARKED, ("hate", "domestic abuse"), strict=True)
    marks = [(offence, group, False, False, True) for offence, group in groups]
    asked = "select offence_name, offence_group, is_part_of_all_crime, is_total, is_mark from core.dim_offence"
    assert sorted(ask(built, asked)) == sorted(parts + others + marks)
    assert ask(built, "select offence_key from core.dim_offence where offence_name = 'Theft of a vehicle'") == [
        ("theft_of_a_vehicle",)
    ]


def test_an_offence_in_a_month_is_what_the_latest_extract_tells(built: Connection) -> None:
    asked = """select month_key, quarter_key, year_key, n_recorded, extract_query, delivery_key, sheet_name, cell
               from core.fact_offence_month where offence_key = 'all_crime' and month_key = '2019-04'"""
    given = ("2019-04", "2019-20-Q1", "2019-20", 3, "offences by date recorded", "crime-2", "Sheet", "C5")
    assert ask(built, asked) == [given]


def test_crime_by_month_adds_the_offences_of_a_group_and_says_when_one_is_missing(built: Connection) -> None:
    asked = """select offence_group, n_recorded, is_total, is_mark, is_complete from marts.crime_month
               where month_key = ? order by 1"""
    assert ask(built, asked, "2020-08") == [
        ("all crime", 3, True, False, True),
        ("hate", 3, False, True, True),
        ("robbery", 3, False, False, True),
    ]
    assert ask(built, asked, "2020-09")[2] == ("robbery", 1, False, False, False)


# ---------------------------------------------------------------- the domestic abuse conference


def test_a_return_replaces_its_whole_quarter(built: Connection) -> None:
    asked = """select meeting_on, n_cases, delivery_key from core.fact_marac_meeting
               where marac_area = 'Broxtowe' order by 1"""
    assert ask(built, asked)[:2] == [(dt.date(2019, 4, 10), 3, "marac-1b"), (dt.date(2019, 5, 15), 4, "marac-1b")]


def test_the_conference_by_quarter_has_its_rate_from_sums(built: Connection) -> None:
    asked = """select quarter_key, n_meetings, n_cases, n_repeats, round(repeat_pct, 3), n_victims_male
               from marts.marac_quarter where marac_area = 'Broxtowe' order by 1"""
    assert ask(built, asked) == [
        ("2019-20-Q1", 2, 7, 1, 14.286, 2),
        ("2019-20-Q2", 1, 2, 1, 50.0, 1),
        ("2019-20-Q3", 1, 0, 0, None, 1),
        ("2019-20-Q4", 1, 1, 0, 0.0, 1),
        ("2020-21-Q1", 1, 0, 0, None, 1),
    ]


# ---------------------------------------------------------------- cases


def test_a_case_opened_again_is_kept_as_such_by_its_column_and_by_its_history(built: Connection) -> None:
    asked = """select case_key, is_reopened, is_open, n_versions from core.fact_case
               where case_key similar to '(opened|told).*' order by 1"""
    assert ask(built, asked) == [
        ("opened again in the year", True, True, 1),
        ("opened again later", True, True, 1),
        ("told another day", False, False, 2),
        ("told open again", True, True, 2),
        ("told twice alike", False, False, 1),
    ]


def test_a_case_in_several_deliveries_is_one_case_with_a_history(built: Connection) -> None:
    asked = """select case_key, version_number, valid_from_as_at::varchar, valid_until_as_at::varchar,
                   received_on::varchar, closed_on::varchar, is_reopening, delivery_key
               from core.fact_case_version where case_key like 'told%' order by 1, 2"""
    first, second = ("2019-07-05", "2020-07-05"), ("2020-07-05", None)
    assert ask(built, asked) == [
        ("told another day", 1, *first, "2019-05-03", "2019-06-04", False, "eh-1"),
        ("told another day", 2, *second, "2019-05-04", "2019-06-04", False, "eh-2"),
        ("told open again", 1, *first, "2019-05-02", "2019-06-02", False, "eh-1"),
        ("told open again", 2, *second, "2019-05-02", None, True, "eh-2"),
        ("told twice alike", 1, "2019-07-05", None, "2019-05-02", "2019-06-02", False, "eh-1"),
    ]
    asked = "select closed_on::varchar, delivery_key from {} where case_key = 'c2'"
    for table in ("core.fact_case", "core.fact_case_version"):
        assert ask(built, asked.format(table)) == [("2019-10-01", "communities-1b")], table
    asked = "select count(*) filter (where delivery_key = 'eh-wrong'), count(*) from core.fact_case_listing"
    n_listed = 3 + len(CASES) + 3 + 5 + len(OPENED_AGAIN)
    assert ask(built, asked) == [(0, n_listed)], "a withdrawn delivery lists nothing"
    asked = "select delivery_key, count(*), max(n_versions) from core.fact_case group by 1 order by 1"
    assert ask(built, asked) == [
        ("communities-1", 1, 1),
        ("communities-1b", 1, 1),
        ("eh-2", len(CASES), 2),
        ("housing-1", 5 + len(OPENED_AGAIN), 1),
    ]


def test_a_ward_is_the_one_of_the_day_of_receipt(built: Connection) -> None:
    asked = """select case_key, ward_name, ward_code from core.fact_case
               where service_key = 'housing' and received_on >= '2023-04-01' order by 1"""
    assert ask(built, asked) == [
        ("h1", "Bramcote", "E05010520"),
        ("h2", "Bramcote", "E05015565"),
        ("h3", "Beeston Central", "E05010516"),
        ("h4", None, None),
        ("h5", "Nowhere", None),
    ]


def test_cases_by_quarter(built: Connection) -> None:
    """Of the six that were closed in the first quarter one was opened again in the same year, so it is not closed."""
    asked = """select quarter_key, year_key, n_received, n_closed from marts.case_quarter
               where service_name = 'Environmental Health' order by 1"""
    assert ask(built, asked) == [
        ("2018-19-Q4", "2018-19", 1, 0),
        ("2019-20-Q1", "2019-20", 9, 5),
        ("2019-20-Q2", "2019-20", 3, 2),
        ("2019-20-Q3", "2019-20", 4, 2),
        ("2019-20-Q4", "2019-20", 2, 5),
        ("2020-21-Q1", "2020-21", 0, 2),
    ]


def test_cases_by_year_and_band_as_each_year_ended(built: Connection) -> None:
    bands = ("", "a", "b", "c")
    assert [in_year(built, f"ComS_012{band}", "2019-20")[2] for band in bands] == [18, 7, 4, 7]
    assert [in_year(built, f"ComS_014{band}", "2019-20")[2] for band in bands] == [0, 1, 0, 1]
    assert in_year(built, "ComS_012d", "2019-20") == (7, 18, 38.89, None)
    assert in_year(built, "ComS_014d", "2019-20") == (None, None, None, NOT_APPLICABLE), "none was received"


def test_cases_by_quarter_and_band_add_up_to_their_year(built: Connection) -> None:
    assert by_quarter(built, "ComS_012", "2019-20") == [9, 3, 4, 2]
    assert by_quarter(built, "ComS_012a", "2019-20") == [4, 1, 0, 2]
    assert by_quarter(built, "ComS_012b", "2019-20") == [0, 1, 1, 2]
    assert by_quarter(built, "ComS_012c", "2019-20") == [NOT_APPLICABLE] * 4, "it is told at the year's end"
    assert by_quarter(built, "ComS_012d", "2019-20") == [44.44, 33.33, 0, 100]
    assert by_quarter(built, "ComS_012a", "2019-20", "year to date") == [4, 5, 5, 7]
    assert by_quarter(built, "ComS_012d", "2019-20", "year to date") == [44.44, 41.67, 31.25, 38.89]
    assert by_quarter(built, "ComS_014a", "2019-20") == [1, 0, 0, 0]
    assert by_quarter(built, "ComS_014d", "2019-20") == [NOT_APPLICABLE] * 4


def test_cases_of_a_time_that_the_deliveries_do_not_tell_in_whole_are_counted_and_not_shown(built: Connection) -> None:
    """The first list tells of the time since 1 April 2019, and the last was made on 5 July 2020."""
    assert [counted(built, code, "quarter", "2018-19-Q4") for code in ("ComS_012", "ComS_014")] == [
        (1, None, False), (2, None, False),
    ]  # fmt: skip
    assert counted(built, "ComS_012c", "year", "2018-19") == (1, None, False)
    assert ask(built, "select * from marts.figure_counted where year_key = '2018-19'") == []
    assert by_quarter(built, "ComS_012a", "2020-21") == [1, NOT_YET, NOT_YET, NOT_YET]
    assert by_quarter(built, "ComS_012d", "2020-21")[0] == NOT_APPLICABLE, "one was closed and none received"
    assert counted(built, "ComS_012d", "quarter", "2020-21-Q1") == (1, 0, True)
    for code in ("ComS_012", "ComS_012a", "ComS_012c", "ComS_012d", "ComS_014a"):
        assert in_year(built, code, "2020-21") == (None, None, None, NOT_YET)
    assert by_quarter(built, "ComS_014a", "2020-21")[0] == NOT_YET, "its list was made on 5 April 2020"


def test_a_closing_counts_unless_the_case_is_opened_again_before_the_end_of_that_year(built: Connection) -> None:
    asked = """select case_key, counted_closed_on::varchar, is_open from core.fact_case
               where service_key = 'housing' and reopened_on is not null order by 1"""
    assert ask(built, asked) == [
        ("a day after the year's last", "2022-03-31", True),
        ("a year later but a day", None, True),
        ("and closed again", "2021-09-15", False),
        ("in the year after the next", "2022-04-02", True),
        ("on the day of its closing", "2021-06-10", False),
        ("on the first day of the next", "2021-06-10", True),
        ("on the last day of the year", None, True),
    ]
    assert by_quarter(built, "ComS_013a", "2021-22") == [2, 0, 0, 1]
    assert by_quarter(built, "ComS_013b", "2021-22") == [0, 1, 0, 0]
    assert by_quarter(built, "ComS_013a", "2022-23") == [1, 0, 0, 0]
    assert by_quarter(built, "ComS_013b", "2022-23") == [0, 0, 0, 0]
    assert in_year(built, "ComS_013a", "2021-22")[2] == 3
    assert in_year(built, "ComS_013d", "2021-22") == (3, 7, 42.86, None)


def test_a_case_opened_again_is_open_at_the_end_of_every_year_from_then_on(built: Connection) -> None:
    assert in_year(built, "ComS_013c", "2021-22")[2] == 1, "one that was opened on the last day of the year"
    assert in_year(built, "ComS_013c", "2022-23")[2] == 4, "and three that were opened in the year after"


# ---------------------------------------------------------------- the panel and the register


def test_individuals_are_counted_once_and_times_on_the_agenda_by_band(built: Connection) -> None:
    codes = ("ComS_017", "ComS_015a", "ComS_015b", "ComS_015c")
    assert [in_year(built, code, "2019-20")[2] for code in codes] == [5, 1, 2, 2]
    assert [counted(built, code, "year", "2018-19") for code in codes] == [(n, None, False) for n in (3, 1, 0, 0)]
    assert [in_year(built, code, "2020-21") for code in codes] == [(None, None, None, NOT_YET)] * 4
    assert counted(built, "ComS_017", "year", "2020-21") == (4, None, False)
    assert by_quarter(built, "ComS_017", "2019-20") == [3, 3, 4, 4], "they do not add up to five individuals"
    assert by_quarter(built, "ComS_017", "2019-20", "year to date") == [3, 4, 5, 5]
    assert by_quarter(built, "ComS_015c", "2019-20") == [NOT_APPLICABLE] * 4
    asked = "select count(*), count(distinct panel_person_key) from core.fact_panel_time where year_key = '2019-20'"
    assert ask(built, asked) == [(4, 3)]


def test_equal_entries_of_the_register_are_separate_and_none_is_no_entry(built: Connection) -> None:
    types = sorted(ask(built, "select enforcement_type_name from core.dim_enforcement_type"))
    assert types == sorted((name,) for name in ACTION_TYPES if name != "None")
    asked = """select enforcement_type_name, issued_by, n_entries from marts.enforcement_quarter
               where quarter_key = '2019-20-Q1' order by 1"""
    assert ask(built, asked) == [
        ("Acceptable Behaviour Contract", "Police", 1),
        ("Community Protection Notice warning letter", "Council", 2),
    ]
    assert ask(built, "select count(*) from core.fact_enforcement") == [(7,)]


# ---------------------------------------------------------------- figures by period, and against the plan


def test_every_indicator_on_record_has_its_figure_of_the_year(built: Connection) -> None:
    asked = """select indicator_code, numerator, denominator, round(value, 2) from marts.figure_counted
               where period_kind = 'year' and period_key = '2019-20' and missing_reason is null order by 1"""
    assert ask(built, asked) == [
        ("ComS_001", 38, None, 38.0),
        ("ComS_002", 1, None, 1.0),
        ("ComS_011", 12, None, 12.0),
        ("ComS_012", 18, None, 18.0),
        ("ComS_012a", 7, None, 7.0),
        ("ComS_012b", 4, None, 4.0),
        ("ComS_012c", 7, None, 7.0),
        ("ComS_012d", 7, 18, 38.89),
        ("ComS_014", 0, None, 0.0),
        ("ComS_014a", 1, None, 1.0),
        ("ComS_014b", 0, None, 0.0),
        ("ComS_014c", 1, None, 1.0),
        ("ComS_015a", 1, None, 1.0),
        ("ComS_015b", 2, None, 2.0),
        ("ComS_015c", 2, None, 2.0),
        ("ComS_016", 1, None, 1.0),
        ("ComS_017", 5, None, 5.0),
        ("ComS_018a", 2, None, 2.0),
        ("ComS_018b", 1, None, 1.0),
        ("ComS_019a", 0, None, 0.0),
        ("ComS_019b", 0, None, 0.0),
        ("ComS_020", 18, None, 18.0),
        ("ComS_024", 2, 10, 20.0),
        ("ComS_024a", 10, None, 10.0),
        ("ComS_024b", 2, None, 2.0),
        ("ComS_028", 1, None, 1.0),
        ("ComS_029", 0, None, 0.0),
    ]


def test_figures_by_quarter(built: Connection) -> None:
    told = {
        "ComS_001": [9, 11, 9, 9],
        "ComS_002": [1, 0, 0, 0],
        "ComS_011": [3, 3, 3, 3],
        "ComS_016": [0, 0, 0, 1],
        "ComS_018a": [2, 0, 0, 0],
        "ComS_018b": [0, 1, 0, 0],
        "ComS_020": [3, 3, 6, 6],
        "ComS_024": [14.29, 50, NOT_APPLICABLE, 0],
        "ComS_024a": [7, 2, 0, 1],
        "ComS_028": [0, 1, 0, 0],
    }
    assert {code: by_quarter(built, code, "2019-20") for code in told} == told
    to_date = [14.29, 22.22, 22.22, 20]
    assert by_quarter(built, "ComS_024", "2019-20", "year to date") == to_date, "a rate is made of sums"


def test_every_period_of_every_indicator_has_a_value_or_a_reason(built: Connection) -> None:
    """From the first quarter that a delivery tells to the last; a heading has no figures."""
    asked = """select period_kind, count(distinct period_key), min(period_key), max(period_key),
                   count(distinct indicator_code), bool_and((value is null) <> (missing_reason is null))
               from marts.figure_counted group by 1 order by 1"""
    assert ask(built, asked) == [
        ("odd period", 2, "2019-10/2020-09", "2020-10/2021-09", 1, True),
        ("quarter", 17, "2019-20-Q1", "2023-24-Q1", 67, True),
        ("year", 5, "2019-20", "2023-24", 67, True),
        ("year to date", 17, "2019-20-Q1", "2023-24-Q1", 67, True),
    ]


def test_a_period_that_is_not_whole_has_no_figure(built: Connection) -> None:
    """April 2020 is told in part, of September 2020 and 2021 an offence is missing, and in between is nothing."""
    assert by_quarter(built, "ComS_001", "2020-21") == [9, 7, NOT_YET, NOT_YET]
    assert by_quarter(built, "ComS_001", "2020-21", "year to date") == [9, 16, NOT_YET, NOT_YET]
    assert by_quarter(built, "ComS_011", "2020-21") == [NOT_YET] * 4
    assert counted(built, "ComS_011", "quarter", "2020-21-Q1") == (1, None, False)
    assert by_quarter(built, "ComS_024a", "2020-21") == [0, NOT_YET, NOT_YET, NOT_YET]
    assert by_quarter(built, "ComS_029", "2020-21") == [NOT_YET] * 4, "no tab of the register tells of it"
    codes = ["ComS_001", "ComS_011", "ComS_012c", "ComS_015c", "ComS_017", "ComS_024", "ComS_029"]
    assert {code: in_year(built, code, "2020-21")[3] for code in codes} == dict.fromkeys(codes, NOT_YET)
    assert by_quarter(built, "ComS_009", "2021-22") == [9, NOT_YET, NOT_YET, NOT_YET]
    assert by_quarter(built, "ComS_001", "2021-22")[:2] == [9, 7], "the offence is no part of its own row"
    asked = """select counted_part, period_key, n_months, is_whole from meta.period_on_record
               where source_name = 'police_crime' and counted_part in ('all crime', 'robbery')
                   and period_key in ('2020-21', '2021-22-Q2') and period_kind <> 'year to date' order by 1, 2"""
    assert ask(built, asked) == [
        ("all crime", "2020-21", 6, False),
        ("all crime", "2021-22-Q2", 3, True),
        ("robbery", "2020-21", 5, False),
        ("robbery", "2021-22-Q2", 2, False),
    ]


def test_before_its_first_year_an_indicator_has_the_reason_of_its_file(built: Connection) -> None:
    assert by_quarter(built, "ComS_009", "2019-20") == ["not comparable"] * 4, "although robbery is on record"
    assert in_year(built, "ComS_009", "2020-21") == (None, None, None, "not comparable")
    assert by_quarter(built, "ComS_093a", "2020-21") == ["not introduced"] * 4
    assert by_quarter(built, "ComS_093a", "2021-22") == [NOT_YET] * 4


def test_an_odd_period_is_calculated_where_the_plan_states_one(built: Connection) -> None:
    asked = """select indicator_code, period_key, year_key, numerator, denominator, value, missing_reason
               from marts.figure_counted where period_kind = 'odd period' order by period_key"""
    assert ask(built, asked) == [
        ("ComS_020", "2019-10/2020-09", "2019-20", 30, None, 30.0, None),
        ("ComS_020", "2020-10/2021-09", "2020-21", None, None, None, NOT_YET),
    ]


def test_whole_stated_figures_stand_beside_what_is_calculated(built: Connection) -> None:
    """But for a year that is not whole; where nothing was received, a share is stated and none calculated."""
    asked = """select indicator_set, indicator_code, period_key, stated_value, round(calculated_value, 2),
                   round(stated_minus_calculated, 2), agrees, cell
               from marts.figure_against_plan order by indicator_set, indicator_code"""
    assert ask(built, asked) == [
        ("KPI", "ComS_012d", "2019-20", 38.9, 38.89, 0.01, True, "C5"),
        ("KPI", "ComS_024", "2019-20", 19.0, 20.0, -1.0, False, "C6"),
        ("service data", "ComS_001", "2019-20", 38.0, 38.0, 0.0, True, "C5"),
        ("service data", "ComS_011", "2019-20", 2185.0, 12.0, 2173.0, False, "C6"),
        ("service data", "ComS_012d", "2019-20", 39.0, 38.89, 0.11, True, "C9"),
        ("service data", "ComS_014d", "2019-20", 67.0, None, None, False, "C10"),
        ("service data", "ComS_020", "2019-10/2020-09", 30.0, 30.0, 0.0, True, "C7"),
        ("service data", "ComS_024", "2019-20", 20.0, 20.0, 0.0, True, "C8"),
    ]


# ---------------------------------------------------------------- claims


def test_what_is_odd_is_said_without_a_word_on_people(built: Connection) -> None:
    asked = "select claim_name, broken_by from meta.claim_row where claim_name in (select unnest(?)) order by all"
    names = [
        "all_crime_is_the_sum", "broxtowe_is_part_of_the_whole", "discussed_within_the_calendar", "one_query_in_a_year",
        "received_date_stays", "received_within_the_calendar",
    ]  # fmt: skip
    force, eh = "Delivery crime-{}, sheet Sheet", "Delivery eh-2, sheet Sheet, row {}: the "
    assert ask(built, asked, names) == [
        (names[0], f"{force.format(2)}, cell C17: all crime of July 2019 is 5 "
                   "and the 2 offences that add to it give 3."),
        (names[1], "MARAC, 2019/20 Q2: Broxtowe has more cases than the whole of South Nottinghamshire, "
                   "of which it is a part."),
        (names[3], f"{force.format(1)}: its counts of 2019/20 come from the query \"crimes by date committed\", "
                   "those of the latest extract from \"offences by date recorded\"."),
        (names[4], eh.format(22) + "day on which the case was received is not the one that an earlier delivery gave."),
        (names[5], eh.format(23) + "case was received outside the years that are kept, "
                   "so it is counted as received in none of them."),
    ]  # fmt: skip


FAILS = [claim for claim in PLAN.claims if claim.table in CLAIMED and claim.severity == "fail"]


@pytest.mark.parametrize("claim", FAILS, ids=lambda claim: claim.path.parent.name + "/" + claim.name)
def test_a_fail_claim_holds_and_finds_what_is_lost_or_doubled(built: Connection, claim: Claim) -> None:
    """Each is judged on the built table, then on one that was emptied, hollowed or doubled; nothing told is a key."""
    assert ask(built, claim.text) == []
    built.execute("begin")
    if claim.name == "every_current_row_is_placed":
        built.execute(f"delete from {claim.table}")
    elif claim.name == "value_or_reason":
        built.execute(f"update {claim.table} set value = null, missing_reason = null where period_kind = 'year'")
    else:
        built.execute(f"insert into {claim.table} from {claim.table}")
    found = ask(built, claim.text)
    built.execute("rollback")
    assert found
    keys = ask(built, "select case_key from core.fact_case union all select panel_person_key from core.fact_panel_time")
    assert not [row for row in found for (key,) in keys if re.search(rf"\b{key}\b", repr(row))]
