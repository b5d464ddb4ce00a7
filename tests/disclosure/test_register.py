"""The register of what went out: rows as a pack shows them, one file a pack that nobody overwrites, and its mart."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from worlds import World, differing, hurry, new_world, plan_book

from cs_pipeline.declare.registry import source_named
from cs_pipeline.disclosure.register import (
    FOLDER,
    CannotRegister,
    Printed,
    Published,
    register_name,
    register_rows,
    write_register,
)
from cs_pipeline.words.settings import PROJECT

PACK, DAY, CUT = "quarterly-2022-23-Q1-members", date(2022, 8, 15), datetime(2022, 8, 14, 3, 0, 12)  # noqa: DTZ001
FIGURE = ("ComS_011", "quarter", "2022-23-Q1")
SHOWN = (
    Printed("ComS_024", "quarter", "2022-23-Q1", "[c]", "percent"),
    Printed(*FIGURE, "1,044 [p] [r]", "number"),
    Printed(*FIGURE, "61", "number", "E05010516"),
    Printed("ComS_012d", "year", "2021-22", "75.3%", "percent"),
    Printed("ComS_020", "odd period", "2019-10/2020-09", "[c] [p]", "number"),
)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch, reconciles=True)


@pytest.fixture
def world() -> Iterator[World]:
    with new_world() as made:
        yield made


def rows_of(*shown: Printed, pack: str = PACK, day: date = DAY) -> tuple[Published, ...]:
    return register_rows(pack, day, CUT, shown)


def register(world: World, *shown: Printed, pack: str = PACK, day: date = DAY) -> Path:
    return write_register(world.settings.sources, pack, day, rows_of(*shown, pack=pack, day=day))


# ---------------------------------------------------------------- its rows


def test_a_pack_is_registered_figure_by_figure_in_order_without_its_marks() -> None:
    rows = rows_of(*SHOWN, SHOWN[1])
    names = ("indicator_code", "period_kind", "period_key", "ward_code", "printed", "unit")
    assert [tuple(getattr(row, name) for name in names) for row in rows] == [
        (*FIGURE, "", "1,044", "number"),
        (*FIGURE, "E05010516", "61", "number"),
        ("ComS_012d", "year", "2021-22", "", "75.3%", "percent"),
        ("ComS_020", "odd period", "2019-10/2020-09", "", "[c]", "number"),
        ("ComS_024", "quarter", "2022-23-Q1", "", "[c]", "percent"),
    ]
    assert {(row.published_on, row.pack_key, row.cut_at) for row in rows} == {(DAY, PACK, CUT)}


@pytest.mark.parametrize("printed", ["[c]", "[c] [p]", "[p] [c]", "suppressed", "under 5"])
def test_a_mark_for_a_small_number_is_registered_as_one(printed: str) -> None:
    assert [row.printed for row in rows_of(Printed(*FIGURE, printed, "number"))] == ["[c]"]


@pytest.mark.parametrize("printed", ["[x]", "[z] [p]", "[h]", "[not comparable]", "", "–", "no figure yet"])
def test_what_is_neither_a_number_nor_hidden_is_left_out(printed: str) -> None:
    assert rows_of(Printed(*FIGURE, printed, "number")) == ()


@pytest.mark.parametrize(("one", "other"), [("12", "13"), ("12", "[c]")])
def test_a_figure_is_registered_with_what_it_was_and_what_it_is(one: str, other: str) -> None:
    shown = (Printed(*FIGURE, one, "number"), Printed(*FIGURE, other, "number"), Printed(*FIGURE, one, "number"))
    assert [row.printed for row in rows_of(*shown)] == [one, other]


def test_the_moment_of_the_cut_is_kept_in_universal_time_to_the_second_and_comes_first() -> None:
    cut = datetime(2022, 8, 15, 0, 30, 5, 123456, tzinfo=timezone(timedelta(hours=1)))
    assert register_rows(PACK, DAY, cut, SHOWN)[0].cut_at == datetime(2022, 8, 14, 23, 30, 5)  # noqa: DTZ001
    with pytest.raises(CannotRegister, match="were cut on 16/08/2022, after it went out on 15/08/2022"):
        register_rows(PACK, DAY, datetime(2022, 8, 16, tzinfo=UTC), SHOWN)


# ---------------------------------------------------------------- its file


def test_the_file_has_the_columns_of_its_source_and_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    rows = list(rows_of(*SHOWN))
    path = write_register(tmp_path, PACK, DAY, rows)
    assert path == tmp_path / FOLDER / register_name(PACK, DAY)
    assert path.name == source_named("published_numbers").as_at.example
    head, first, *rest = path.read_text().splitlines()
    columns = source_named("published_numbers").tables[0].columns
    assert head.split(",") == [column.name for column in columns]
    assert first == f'2022-08-15,{PACK},ComS_011,quarter,2022-23-Q1,,"1,044",number,2022-08-14T03:00:12'
    assert len(rest) == 4
    assert write_register(tmp_path / "other", PACK, DAY, rows[3:] + rows[:3]).read_bytes() == path.read_bytes()


def test_the_same_again_changes_nothing_and_other_numbers_are_refused(tmp_path: Path) -> None:
    path = write_register(tmp_path, PACK, DAY, rows_of(*SHOWN))
    before = path.stat().st_mtime_ns, path.read_bytes()
    assert write_register(tmp_path, PACK, DAY, rows_of(*reversed(SHOWN))) == path
    with pytest.raises(CannotRegister) as refused:
        write_register(tmp_path, PACK, DAY, rows_of(*SHOWN[:2]))
    assert str(refused.value) == (
        f'"{path.name}" is on the register already with other numbers, and what was published stays published. '
        "Publish the changed pack under the day on which it goes out."
    )
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_nothing_and_what_belongs_to_another_pack_cannot_be_registered(tmp_path: Path) -> None:
    for rows in ((), rows_of(*SHOWN, pack="outturn-2021-22"), rows_of(*SHOWN, day=date(2022, 8, 16))):
        with pytest.raises(CannotRegister, match="There is nothing to register of quarterly-2022-23-Q1-members"):
            write_register(tmp_path, PACK, DAY, rows)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- what is published

PUBLISHED = """select pack_key, published_on, indicator_code, period_kind, period_key, ward_code, printed, value,
    n_decimals, unit, is_hidden, cell from marts.published_number order by all"""
PLAN_DAY = date(2023, 4, 1)


def test_what_went_out_and_what_the_plan_prints_is_published_also_where_the_plan_says_two_things(world: World) -> None:
    figures = {"Section": "Community Safety", "PI code": "ComS_020", "Name": "Crime"}
    figures |= {"Actual 2019/20": "103 (Oct 2019 - Sept 2020)", "Actual 2020/21": "-", "Actual 2021/22": "1,044"}
    second = {"Set": "KPI", "Objective": "CS1", "PI code": "ComS_020", "Name": "Crime", "Achieved 2021/22": "1,045",
              "Target 2022/23": "10"}  # fmt: skip
    again = second | {"Set": "MPI", "Achieved 2021/22": "1,044"}  # The same number is public once.
    world.drop("business_plan", "plan.xlsx", plan_book(Service_data=[figures], Performance_indicators=[second, again]))
    register(world, *SHOWN)
    register(world, Printed(*FIGURE, "1,050", "number"), pack="outturn-2022-23", day=date(2023, 6, 30))
    outcome = world.run()
    assert outcome.publication is not None
    assert world.published(PUBLISHED) == [
        ("outturn-2022-23", date(2023, 6, 30), *FIGURE, None, "1,050", 1050.0, 0, "number", False, None),
        ("printed-plan-2023-26", PLAN_DAY, "ComS_020", "odd period", "2019-10/2020-09", None,
         "103 (Oct 2019 - Sept 2020)", 103.0, 0, "number", False, "E5"),
        ("printed-plan-2023-26", PLAN_DAY, "ComS_020", "year", "2021-22", None, "1,044", 1044.0, 0, "number", False,
         "G5"),
        ("printed-plan-2023-26", PLAN_DAY, "ComS_020", "year", "2021-22", None, "1,045", 1045.0, 0, "number", False,
         "H5"),
        (PACK, DAY, *FIGURE, "E05010516", "61", 61.0, 0, "number", False, None),
        (PACK, DAY, *FIGURE, None, "1,044", 1044.0, 0, "number", False, None),
        (PACK, DAY, "ComS_012d", "year", "2021-22", None, "75.3%", 75.3, 1, "percent", False, None),
        (PACK, DAY, "ComS_020", "odd period", "2019-10/2020-09", None, "[c]", None, None, "number", True, None),
        (PACK, DAY, "ComS_024", "quarter", "2022-23-Q1", None, "[c]", None, None, "percent", True, None),
    ]  # fmt: skip
    days = "select distinct period_kind, period_key, first_day, last_day from marts.published_number order by all"
    assert world.published(days) == [
        ("odd period", "2019-10/2020-09", date(2019, 10, 1), date(2020, 9, 30)),
        ("quarter", "2022-23-Q1", date(2022, 4, 1), date(2022, 6, 30)),
        ("year", "2021-22", date(2021, 4, 1), date(2022, 3, 31)),
    ]


@pytest.mark.proof
def test_the_order_in_which_registers_come_says_nothing(world: World) -> None:
    packs = ((PACK, DAY), ("outturn-2022-23", date(2023, 6, 30)), (PACK, date(2022, 9, 1)))
    for pack, day in packs:
        register(world, *SHOWN, pack=pack, day=day)
        world.run()
    assert len(world.published(PUBLISHED)) == 3 * len(SHOWN)
    with new_world() as other:
        for pack, day in reversed(packs):
            register(other, *SHOWN, pack=pack, day=day)
        other.run()
        assert differing(world.state(), other.state()) == []


def test_nothing_is_published_from_a_register_of_a_period_that_is_none(world: World) -> None:
    register(world, *SHOWN)
    world.run()
    register(world, Printed("ComS_011", "quarter", "1998-99-Q1", "7", "number"), pack="outturn-1998-99")
    assert world.run().publication is None
    assert len(world.published(PUBLISHED)) == len(SHOWN)


def test_a_figure_that_stands_twice_breaks_the_claim() -> None:
    claim = PROJECT / "sql/checks/core.fact_published_number/one_row_per_pack_and_figure.sql"
    names = ("pack_key", "published_on", "indicator_code", "period_kind", "period_key", "ward_code", "value", "cell",
             "delivery_key", "row_number")  # fmt: skip
    once = (PACK, DAY, *FIGURE, None, 12.0, None, "d", 2)
    ward, in_plan, also = (
        (*once[:5], "E05010516", *once[6:]),
        (*once[:7], "E5", "d", 5),
        (*once[:6], 13.0, "H5", "d", 5),
    )
    insert = f"insert into core.fact_published_number values ({', '.join('?' * len(names))})"
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        columns = (f"{name} {'double' if name == 'value' else 'varchar'}" for name in names)
        connection.execute(f"create table core.fact_published_number ({', '.join(columns)})")
        connection.executemany(insert, [once, ward, (*in_plan[:1], date(2023, 4, 1), *in_plan[2:]), also])
        assert connection.execute(claim.read_text()).fetchall() == []
        connection.execute(insert, [*once[:6], 13.0, None, "d", 3])
        told = connection.execute(claim.read_text()).fetchall()
        assert [row[0] for row in told] == 2 * [
            f"{PACK} of 2022-08-15: ComS_011 for 2022-23-Q1 (quarter) stands more than once."
        ]
