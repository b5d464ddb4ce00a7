"""Given rows and expected rows of the food safety programme and the residents' survey: star, mart, figures and claims.

One warehouse in memory, filled by hand and built once. How the files of these sources are read is `tests/intake`.
"""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest
from test_people_marts import PLAN, SETTINGS, Connection, Row, ask, by_quarter, deliver, in_year

from cs_pipeline.figures.build import Asked, build_all
from cs_pipeline.figures.declared import load_indicators, refresh_indicators
from cs_pipeline.warehouse.tables import make_tables

LASTS = {"2019-04-01": "2019-06-30", "2019-07-01": "2019-09-30", "2019-10-01": "2019-12-31", "2020-01-01": "2020-03-31"}
NAMES = ("premises_key", "listed_category", "inspection_due_on", "inspected_on", "reinspected_on", "warned_on")


def tab(first: str, *rows: tuple[str | None, ...]) -> list[Row]:
    """Rows of a quarter's tab in the order of `NAMES`, the last ones left out where they are blank."""
    known = {"programme_quarter_from": first, "programme_quarter_to": LASTS[first]}
    return [known | dict(zip(NAMES, row, strict=False)) for row in rows]


def give_food(connection: Connection) -> None:
    q1 = tab(
        "2019-04-01",
        ("p1", "A", "2019-04-10", "2019-04-20", "2019-07-05", "2019-04-20"),
        ("p2", "C", "2019-05-10", None),
        ("p3", "D", "2019-06-30", "2019-04-01", None, "2019-08-01"),
        ("p4", "E", None, "2019-06-03"),
        ("p5", "B", "2019-06-03", None),
        ("p5", "B", None, "2019-06-04"),  # row 10: apart from the row in which it was due
    )
    deliver(connection, "food-1", "2019-07-08", "food_premises", tab("2019-04-01", ("p1", "A", "2019-04-10", None)))
    deliver(connection, "food-2", "2019-10-08", "food_premises", q1)
    q2 = tab(
        "2019-07-01",
        ("p2", "C", "2019-05-10", "2019-07-09"),  # late: no share of the quarter in which it was due
        ("p1", "A", None, None, "2019-07-05"),  # told in its own row too: one re-inspection
        ("p3", "D", None, None, None, "2019-09-30"),  # a second warning
        ("p6", "A", "2019-08-01", "2019-08-02"),
        ("p6", "A", "2019-09-01", None),  # due twice
        ("p7", "E", "2019-08-01", "2019-08-02"),
        ("p8", "E", "2019-05-01", "2019-08-02"),  # late, and the tab of May does not list it
    )
    deliver(connection, "food-3", "2019-10-09", "food_premises", q2)
    deliver(connection, "food-4", "2020-01-08", "food_premises", tab("2019-10-01", (None, "None")))
    q4 = tab("2020-01-01", ("p9", "D", "2020-01-15", None), ("p3", "D", None, None, None, "2020-02-03"))
    deliver(connection, "food-5", "2020-04-08", "food_premises", q4)
    months = [f"2019-{n:02d}" for n in range(4, 13)] + ["2020-01", "2020-02", "2020-03"]
    requests: list[Row] = [
        {"request_kind": kind, "requested_month": month, "requested_month_from": f"{month}-01", "n_food_requests": n}
        for kind, n in (("Complaints", 2), ("Service requests", 5))
        for month in months
        if (kind, month) != ("Complaints", "2019-08")
    ]
    deliver(connection, "food-5", "2020-04-08", "food_requests", requests)


def give_survey(connection: Connection) -> None:
    listed = (
        ("draft", "2020-02-14", "Safe outside during the day", 2019, "90", 1000),
        ("final", "2020-04-24", "Safe outside during the day", 2019, "94%", 1057),
        ("final", "2020-04-24", "Safe outside after dark", 2019, "66 %", 40),
        ("final", "2020-04-24", "Safe outside after dark", 2012, "61.5%", 1000),
        ("later", "2022-02-17", "Safe outside during the day", 2021, "92%", 1000),
    )
    for number, (name, as_at, question, start, printed, n) in enumerate(listed, start=5):
        row = {
            "survey_question": question, "survey_year": f"{start}/{start - 1999}", "feeling_safe_printed": printed,
            "survey_year_from": f"{start}-04-01", "survey_year_to": f"{start + 1}-03-31", "n_answered": n,
            "row_number": number,
        }  # fmt: skip
        deliver(connection, name, as_at, "residents_survey", [row])


@pytest.fixture(scope="module")
def built() -> Iterator[Connection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        make_tables(connection)
        connection.execute("insert into meta.calendar values ('2018-04-01', '2022-03-31')")
        indicators = load_indicators(SETTINGS, PLAN)
        refresh_indicators(connection, SETTINGS, PLAN, indicators)
        give_food(connection)
        give_survey(connection)
        moment = dt.datetime(2020, 4, 30, tzinfo=dt.UTC)
        list(build_all(connection, PLAN, indicators, Asked(), moment, lambda name: None))
        yield connection


def broken(built: Connection, table: str) -> dict[str, list[str]]:
    """What each claim on a table finds, by the claim."""
    found: dict[str, list[str]] = {}
    for claim in (claim for claim in PLAN.claims if claim.table == table):
        found[claim.name] = [str(row[0]) for row in built.execute(claim.text).fetchall()]
    return {name: rows for name, rows in found.items() if rows}


def test_the_programme_by_quarter(built: Connection) -> None:
    asked = """select quarter_key, risk_band, n_due, n_inspected_in_time, n_inspections, n_reinspections,
                   n_premises_warned from marts.food_quarter order by 1, 2"""
    assert ask(built, asked) == [
        ("2019-20-Q1", "high risk", 3, 1, 2, 0, 1),
        ("2019-20-Q1", "low risk", 1, 1, 2, 0, 0),
        ("2019-20-Q2", "high risk", 2, 1, 2, 1, 0),
        ("2019-20-Q2", "low risk", 1, 1, 2, 0, 1),
        ("2019-20-Q4", "low risk", 1, 0, 0, 0, 1),
    ]


def test_inspections_and_reinspections_count_on_their_own_day(built: Connection) -> None:
    assert by_quarter(built, "ComS_038", "2019-20") == [4, 4, 0, 0]
    assert by_quarter(built, "ComS_039", "2019-20") == [0, 1, 0, 0]
    assert in_year(built, "ComS_038", "2019-20") == (8, None, 8, None)


def test_a_premises_warned_twice_counts_once_in_each_period(built: Connection) -> None:
    assert by_quarter(built, "ComS_040", "2019-20") == [1, 1, 0, 1]
    assert by_quarter(built, "ComS_040", "2019-20", "year to date") == [1, 2, 2, 2]
    assert in_year(built, "ComS_040", "2019-20") == (2, None, 2, None)


def test_what_is_done_late_leaves_the_share_of_its_quarter_and_what_is_due_twice_holds_it(built: Connection) -> None:
    assert by_quarter(built, "ComS_048", "2019-20") == [33.33, "held", "not applicable", "not applicable"]
    assert by_quarter(built, "ComS_049", "2019-20") == [100, 100, "not applicable", 0]
    assert in_year(built, "ComS_049", "2019-20") == (2, 3, 66.67, None)


def test_requests_are_both_kinds_and_a_month_without_one_of_them_is_not_whole(built: Connection) -> None:
    assert by_quarter(built, "ComS_041", "2019-20") == [21, "not yet available", 21, 21]


def test_a_survey_is_the_figure_of_its_year_and_a_year_without_one_says_so(built: Connection) -> None:
    assert in_year(built, "ComS_032", "2019-20") == (994, 1057, 94.04, None)
    assert in_year(built, "ComS_033", "2019-20") == (26, 40, 65, None)
    assert in_year(built, "ComS_032", "2020-21") == (None, None, None, "not yet available")
    assert in_year(built, "ComS_032", "2021-22") == (920, 1000, 92, None)
    asked = (
        "select survey_question, year_key, feeling_safe_pct, n_feeling_safe, n_answered from core.fact_survey_answer"
    )
    assert ("Safe outside after dark", None, 61.5, 615, 1000) in ask(built, asked)


def test_the_claims_name_what_does_not_fit(built: Connection) -> None:
    at = "Delivery food-{}, sheet Sheet, row {}: "
    assert broken(built, "core.fact_food_premises") == {
        "a_premises_is_due_once_in_a_quarter": [
            at.format(3, 8) + "the premises is due in another row of the same quarter too.",
            at.format(3, 9) + "the premises is due in another row of the same quarter too.",
        ],
        "due_and_inspected_stand_in_one_row": [
            at.format(2, 9) + "the premises was due and stands uninspected, and row 10 has an inspection of it in the "
            "same quarter.",
            at.format(3, 9) + "the premises was due and stands uninspected, and row 8 has an inspection of it in the "
            "same quarter.",
        ],
        "a_late_inspection_was_due": [
            at.format(3, 11) + "the inspection came late, and the tab of 2019-20-Q1 does not list the premises as due "
            "and not inspected.",
        ],
    }
    assert broken(built, "core.fact_food_request_month") == {}
    assert broken(built, "core.fact_survey_answer") == {
        "surveyed_within_the_calendar": [
            "Delivery final, sheet Sheet, row 8: the survey year lies outside the years that are kept."
        ],
        "the_share_rounds_to_the_published_percentage": [
            "Delivery final, sheet Sheet, row 7: 26 of 40 is 65%, and 66% was published."
        ],
    }


CLAIMED = ("core.fact_food_premises", "core.fact_food_request_month", "core.fact_survey_answer")


@pytest.mark.parametrize("table", CLAIMED)
def test_a_row_twice_or_lost_breaks_the_claims_that_block(built: Connection, table: str) -> None:
    one_row = next(c.name for c in PLAN.claims if c.table == table and c.name.startswith("one_row_per_"))
    first = f"row_number = (select min(row_number) from {table})"
    for change, claims in (
        (f"insert into {table} select * from {table} where {first}", {one_row, "every_current_row_is_placed"}),
        (f"delete from {table} where {first}", {"every_current_row_is_placed"}),
    ):
        before = broken(built, table).keys()
        built.execute("begin")
        built.execute(change)
        assert broken(built, table).keys() - before == claims
        built.execute("rollback")
