"""Periods as people really write them, and the spellings that could mean two things."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.words.periods import (
    Period,
    month,
    parse_period,
    quarter,
    quarter_of,
    quarters,
    year,
    year_of,
)

DAYS = st.dates(date(1990, 4, 1), date(2099, 3, 31))
YEARS = st.integers(1990, 2099)

READ = [
    ("2019/20", "2019-20"),
    ("19/20", "2019-20"),
    ("2019-20", "2019-20"),
    ("2019–20", "2019-20"),
    ("FY 2019/20", "2019-20"),
    ("FY19-20", "2019-20"),
    ("FY 2010-11", "2010-11"),
    ("2019/2020", "2019-20"),
    ("1999/00", "1999-00"),
    ("2019 / 20", "2019-20"),
    ("Q3 24/25", "2024-25-Q3"),
    ("Q3 2019/20", "2019-20-Q3"),
    ("2019/20 Q3", "2019-20-Q3"),
    ("2019-20-Q3", "2019-20-Q3"),
    ("2010-11-Q1", "2010-11-Q1"),
    ("Quarter 3 2019/20", "2019-20-Q3"),
    ("quarter 3, 2019–20", "2019-20-Q3"),
    ("Qtr 1 24-25", "2024-25-Q1"),
    ("Apr-Jun 2024", "2024-25-Q1"),
    ("April – June 2024", "2024-25-Q1"),
    ("Jan to Mar 2024", "2023-24-Q4"),
    ("Apr-Sep 2024", "2024-04/2024-09"),
    ("March 24", "2024-03"),
    ("March 2024", "2024-03"),
    ("Mar 2020", "2020-03"),
    ("Sept 2021", "2021-09"),
    ("Sept. 2021", "2021-09"),
    ("Apr-24", "2024-04"),
    ("2020-11", "2020-11"),
    ("2019-12", "2019-12"),
    ("  November\u00a02020 ", "2020-11"),
    ("\ufeff2020-11\u200b", "2020-11"),
    ("Oct 2019 - Sept 2020", "2019-10/2020-09"),
    ("Oct 2019 – Sept 2020", "2019-10/2020-09"),
    ("October 2019 to September 2020", "2019-10/2020-09"),
    ("Oct-19 - Sep-20", "2019-10/2020-09"),
    ("Apr 2024 - Mar 2025", "2024-25"),
    ("Q1 2019/20 to Q2 2019/20", "2019-04/2019-09"),
    ("2024", "2024-01/2024-12"),
    ("2023–26", "2023-04/2026-03"),
    ("2022 - 25", "2022-04/2025-03"),
    ("2019/21", "2019-04/2021-03"),
    ("2019/20 to 2021/22", "2019-04/2022-03"),
    ("2020-04-01", "2020-04-01"),
    ("2020-04-03/2020-05-06", "2020-04-03/2020-05-06"),
]

REFUSED = [
    "", " ", "-", "future", "Updated annually", "Under constant review", "19", "24", "March", "March 5",
    "Q2 2019/20 (revised)", "2019/19", "2019/18", "Q5 2019/20", "Q0 2019/20", "Smarch 2020", "2019-13",
    "2020-00", "Q1 2019", "Q1 2019/21", "Q3", "2019/40", "1980", "1980/81", "2100/01", "3024", "2020-04-31",
    "24 March", "2010-11", "2011-12", "2009-12", "10/11", "04/05", "12/13", "18-24", "19/21", "2020 - 2024",
    "2019-2020", "2019 - 2021", "Oct - Sept 2020", "Nov-Jan 2024", "Oct 2020 - Sept 2019",
    "Oct 2019 - 2020/21", "2019/20/21", "Jan 2019/Mar 2019", "٢٠٢٠-١١", "²⁰20",
]  # fmt: skip


@pytest.mark.parametrize(("text", "key"), READ)
def test_a_period_is_read_as_people_write_it(text: str, key: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert period.key == key


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_period_or_could_be_two_is_not_read(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("period", "first", "last", "kind", "key", "name"),
    [
        (month(2019, 4), date(2019, 4, 1), date(2019, 4, 30), "month", "2019-04", "April 2019"),
        (month(2020, 2), date(2020, 2, 1), date(2020, 2, 29), "month", "2020-02", "February 2020"),
        (month(2019, 12), date(2019, 12, 1), date(2019, 12, 31), "month", "2019-12", "December 2019"),
        (quarter(2019, 1), date(2019, 4, 1), date(2019, 6, 30), "quarter", "2019-20-Q1", "2019/20 Q1"),
        (quarter(2019, 4), date(2020, 1, 1), date(2020, 3, 31), "quarter", "2019-20-Q4", "2019/20 Q4"),
        (year(2019), date(2019, 4, 1), date(2020, 3, 31), "year", "2019-20", "2019/20"),
        (year(1999), date(1999, 4, 1), date(2000, 3, 31), "year", "1999-00", "1999/00"),
    ],
)
def test_each_kind_of_period_has_its_days_key_and_name(
    period: Period, first: date, last: date, kind: str, key: str, name: str
) -> None:
    assert (period.first, period.last, period.kind) == (first, last, kind)
    assert (period.key, period.name) == (key, name)


@pytest.mark.parametrize(
    ("first", "last", "key", "name"),
    [
        (date(2019, 10, 1), date(2020, 9, 30), "2019-10/2020-09", "October 2019 to September 2020"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024-01/2024-12", "January 2024 to December 2024"),
        (date(2024, 5, 1), date(2024, 7, 31), "2024-05/2024-07", "May 2024 to July 2024"),
        (date(2020, 4, 1), date(2020, 4, 1), "2020-04-01", "1 April 2020"),
        (date(2020, 4, 3), date(2020, 5, 6), "2020-04-03/2020-05-06", "3 April 2020 to 6 May 2020"),
    ],
)
def test_an_odd_span_is_named_by_months_or_by_days(first: date, last: date, key: str, name: str) -> None:
    period = Period(first, last)
    assert (period.kind, period.key, period.name) == ("span", key, name)
    assert parse_period(key) == period


def test_a_bare_year_is_the_calendar_year_and_a_short_pair_several_financial_years() -> None:
    assert parse_period("2024") == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert parse_period("2023–26") == Period(date(2023, 4, 1), date(2026, 3, 31))
    assert parse_period("2019/21") == Period(date(2019, 4, 1), date(2021, 3, 31))


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2020, 4, 2), date(2020, 4, 1))


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_only_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match="no quarter"):
        quarter(2019, number)


def test_quarters_run_over_the_turn_of_the_year() -> None:
    keys = [period.key for period in quarters("2018-19-Q3", "2019-20-Q2")]
    assert keys == ["2018-19-Q3", "2018-19-Q4", "2019-20-Q1", "2019-20-Q2"]
    assert quarters("2019-20-Q2", "2018-19-Q3") == []


@pytest.mark.parametrize("key", ["2018-19", "2018-19-Q5", "", "1980-81-Q1"])
def test_a_run_of_quarters_needs_keys_of_quarters(key: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        quarters(key, "2019-20-Q2")


@given(YEARS, st.integers(1, 4))
def test_every_quarter_comes_back_from_its_key_and_its_name(start: int, number: int) -> None:
    period = quarter(start, number)
    assert parse_period(period.key) == period
    assert parse_period(period.name) == period


@given(YEARS)
def test_every_year_comes_back_from_its_name_and_falls_into_its_quarters(start: int) -> None:
    parts = quarters(quarter(start, 1).key, quarter(start, 4).key)
    assert parse_period(year(start).name) == year(start)
    assert (parts[0].first, parts[-1].last) == (year(start).first, year(start).last)
    assert [part.last + timedelta(days=1) for part in parts[:-1]] == [part.first for part in parts[1:]]


@given(YEARS, st.integers(1, 12))
def test_a_key_is_never_read_as_another_period(start: int, number: int) -> None:
    for period in (month(start, number), year(start)):
        read = parse_period(period.key)
        assert read == period or (read is None and start < 2012)


@given(DAYS)
def test_every_day_lies_in_its_quarter_and_the_quarter_in_its_year(day: date) -> None:
    of_quarter, of_year = quarter_of(day), year_of(day)
    assert of_quarter.first <= day <= of_quarter.last
    assert of_year.first <= of_quarter.first <= of_quarter.last <= of_year.last
    assert (of_quarter.kind, of_year.kind) == ("quarter", "year")


@given(DAYS, DAYS)
def test_any_span_of_days_comes_back_from_its_key_and_name_or_is_refused(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert parse_period(period.key) in (period, None)
    assert parse_period(period.name) in (period, None)


@given(st.text() | st.text(alphabet="0123456789/-– QqFYtoaprmsec.:", max_size=24))
def test_no_text_breaks_the_reader(text: str) -> None:
    period = parse_period(text)
    assert period is None or period.first <= period.last
