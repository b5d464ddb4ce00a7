"""Days and times as people really write them, and the spellings that could mean two things."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.words.days import parse_date, parse_time

DAYS = st.dates(date(1990, 4, 1), date(2099, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2020-04-01", "2020-04-01 00:00:00", "2020-04-01T00:00:00", "2020-04-01 00:00:00.000", "01/04/2020",
        "1/4/2020", "01/04/20", "01/04/2020 00:00", "01/04/2020 0:00", "01-Apr-2020", "01-Apr-20",
        "1 April 2020", "1st April 2020", "1 APR 2020", "Wed 1 April 2020", "Wednesday, 1st April 2020",
        "Wed 01/04/2020", "43922", " 01/04/2020\u00a0",
    ],
)  # fmt: skip
def test_a_day_is_read_day_first(text: str) -> None:
    assert parse_date(text) == date(2020, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "04/13/2020", "31/04/2020", "29/02/2019", "2020-04-01 23:50:00", "01/04/2020 09:15", "2020-4-1",
        "Tue 1 April 2020", "We 1 April 2020", "Someday 1 April 2020", "1 Smarch 2020", "April 2020",
        "1 April", "April 1 2020", "43922.5", "19999", "80001", "20000", "1234567", "01/04/1989",
        "01/04/2101", "2020-13-01", "0", "-43922", "01/04/020", "tomorrow", "00/04/2020",
        "2020-04-01 24:00:00",
    ],
)  # fmt: skip
def test_what_is_no_real_day_is_not_read(text: str) -> None:
    assert parse_date(text) is None


@given(DAYS)
def test_a_day_comes_back_from_every_form(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    for text in (day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day:%a %d %B %Y}", serial):
        assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("23:50", time(23, 50)),
        ("23:50:00", time(23, 50)),
        ("23:50:07", time(23, 50, 7)),
        ("9:05", time(9, 5)),
        ("2350", time(23, 50)),
        ("0005", time(0, 5)),
        ("0.993055", time(23, 50)),
        ("0.5", time(12, 0)),
        ("0", time(0, 0)),
        ("6.9444444444444447E-4", time(0, 1)),
        ("1900-01-01 23:50:00", time(23, 50)),
        ("1899-12-30T23:50:00", time(23, 50)),
    ],
)
def test_a_time_is_read_to_the_second(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "24:00", "2400", "2360", "23:60", "12:00:60", "235", "1", "1.5", "0.999999", "-0.5",
        "2020-04-01 23:50:00", "11:50 pm", "noon", "23.50", "5e-0",
    ],
)  # fmt: skip
def test_what_is_no_time_of_day_is_not_read(text: str) -> None:
    assert parse_time(text) is None


@given(st.times())
def test_a_time_comes_back_from_its_fraction_of_a_day(moment: time) -> None:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert parse_time(str(seconds / 86400)) == moment.replace(microsecond=0)


@given(st.text() | st.text(alphabet="0123456789/-– QqFYtoaprmsec.:", max_size=24))
def test_no_text_breaks_the_readers(text: str) -> None:
    day, moment = parse_date(text), parse_time(text)
    assert day is None or 1990 <= day.year <= 2100
    assert moment is None or moment.microsecond == 0
