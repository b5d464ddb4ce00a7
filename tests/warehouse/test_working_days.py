"""Working days: England's bank holidays as they were, moved and added, and the number that counts the days between."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from worlds import World, hurry, new_world

from cs_pipeline.words.settings import PROJECT

# As GOV.UK lists them: 8 and 9 in two ordinary years, and each day that was moved, added or stands for another.
LISTED = {
    2019: ("01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"),
    2020: ("01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"),
    2021: ("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2022: ("01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"),
    2023: ("01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"),
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patched, new_world() as world:
        hurry(patched)
        world.run()
        yield world


def test_weekdays_off_are_the_bank_holidays_of_england(world: World) -> None:
    rows = world.ask("select date_key from core.dim_date where isodow(date_key) < 6 and not is_working_day order by 1")
    off = [day for (day,) in rows if day.year in LISTED]
    assert off == [date.fromisoformat(f"{year}-{day}") for year, days in LISTED.items() for day in days]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2020-04-13", "Easter Monday"),
        ("2020-05-04", None),
        ("2020-05-08", "May Day"),
        ("2021-12-25", "Christmas Day"),
        ("2021-12-27", "Christmas Day (observed)"),
        ("2021-12-28", "Boxing Day (observed)"),
        ("2022-06-03", "Platinum Jubilee of Elizabeth II"),
        ("2022-09-19", "State Funeral of Queen Elizabeth II"),
        ("2023-05-08", "Coronation of Charles III"),
        ("2022-11-30", None),  # Saint Andrew's Day, which is Scotland's
    ],
)
def test_a_day_off_is_named(world: World, day: str, name: str | None) -> None:
    assert world.ask("select bank_holiday_name from core.dim_date where date_key = ?", date.fromisoformat(day)) == [
        (name,)
    ]


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        ("2020-04-09", "2020-04-14", 1),  # over Easter
        ("2022-06-01", "2022-06-06", 1),  # over the jubilee
        ("2021-12-24", "2021-12-29", 1),
        ("2019-07-01", "2019-07-08", 5),
        ("2019-07-05", "2019-07-07", 0),  # Friday to Sunday
        ("2022-04-01", "2023-03-31", 250),
    ],
)
def test_the_difference_of_two_numbers_is_the_working_days_between(
    world: World, first: str, last: str, between: int
) -> None:
    rows = world.ask(
        "select max(working_day_number) - min(working_day_number) from core.dim_date where date_key in (?, ?)",
        date.fromisoformat(first),
        date.fromisoformat(last),
    )
    assert rows == [(between,)]


def test_the_calendar_s_bank_holidays_are_published_and_claimed(world: World) -> None:
    (days,) = world.published(
        "select count(*), min(bank_holiday_on) >= min(c.calendar_from), max(bank_holiday_on) <= max(c.calendar_to) "
        "from meta.bank_holiday, meta.calendar as c"
    )
    assert days == (64, True, True)
    claim = "select severity, n_broken from meta.claim where claim_name = 'every_year_has_its_bank_holidays'"
    assert world.ask(claim) == [("fail", 0)]


def test_the_claim_names_a_year_without_bank_holidays() -> None:
    claim = (PROJECT / "sql/checks/core.dim_date/every_year_has_its_bank_holidays.sql").read_text()
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute(
            """create table core.dim_date as select date '2019-04-01' + n::integer as date_key, '2019-20' as year_key,
               n >= 7 as is_working_day from range(366) as days (n)"""
        )
        assert connection.execute(claim).fetchall() == [
            ("The year 2019/20 has 5 bank holidays on weekdays.", "2019-20")
        ]


def test_the_library_is_loaded_only_for_work() -> None:
    asks = "import sys, cs_pipeline.cli.main, cs_pipeline.operate.night; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.strip() == "False"
