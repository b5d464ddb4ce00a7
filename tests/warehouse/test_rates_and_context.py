"""Populations, what is told per 1,000 of them, and what stands beside the knife crime objective as context, by numbers
made by hand.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from worlds import World, crime, hurry, new_world, street_csv

from cs_pipeline.words.days import MONTHS
from cs_pipeline.words.settings import PROJECT

HEADER = "area_code,area_name,kind,day,number,made_as,rounded_to,published_in"
RATES = """select year_key, value, rate_per_1000, missing_reason, population, population_year
           from marts.indicator_rate where indicator_code = 'ComS_001' order by 1"""
QUARTERS = """select quarter_key, n_incidents, n_on_record, missing_reason, n_months, months_on_record,
              rate_per_1000, population_year from marts.context_quarter order by 1"""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as made:
        yield made


def populations(*rows: str) -> bytes:
    return ("\n".join([HEADER, *rows]) + "\n").encode()


def persons(day: str, number: int, kind: str = "persons", area: str = "E07000172") -> str:
    return f"{area},Broxtowe,{kind},{day},{number},census,1,Made up"


def drop_populations(world: World, *rows: str, day: str = "2023-01-05") -> None:
    world.drop("reference/populations", f"populations {day}.csv", populations(*rows))


def months_of(year: int) -> list[str]:
    return [f"{name[:3]} {year + (place > 8)}" for place, name in enumerate((*MONTHS[3:], *MONTHS[:3]))]


def drop_crime(world: World, *months: str) -> None:
    """100 crimes in each of the months, and so 1,200 in a year of them."""
    world.drop("police_crime", "crime.xlsx", crime("06/04/2021", list(months), All_crime=[100] * len(months)))


# ---------------------------------------------------------------- populations


@pytest.mark.proof
def test_the_committed_populations_are_taken_whole_and_rated_where_declared(world: World) -> None:
    committed = next((PROJECT / "sources" / "reference" / "populations").glob("*.csv"))
    world.drop("reference/populations", committed.name, committed.read_bytes())
    assert world.run().exit_code == 0
    assert world.ask("select outcome, n_read, n_accepted from meta.delivery where source_name = 'populations'") == [
        ("accepted", 4, 4)
    ]
    found = """select population_kind, population_year, population, made_as, rounded_to, rates_from::varchar,
               rates_to::varchar from core.dim_population order by 1, 2"""
    assert world.published(found) == [
        ("households", "2011", 46_820, "census", 1, None, "2021-03-20"),
        ("households", "2021", 48_400, "census", 100, "2021-03-21", None),
        ("persons", "2011", 109_487, "census", 1, None, "2021-03-20"),
        ("persons", "2021", 110_900, "census", 100, "2021-03-21", None),
    ]
    rated = "select indicator_code, rate_per, rollup from meta.indicator where rate_per is not null order by 1"
    assert world.ask(rated) == [(f"ComS_{n:03}", "persons", "sum") for n in (1, 7, 8, 9, 10, 11, 20, 25)]


def test_every_committed_number_is_told_of_in_the_readme() -> None:
    folder = PROJECT / "sources" / "reference"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    (file,) = folder.glob("populations/*.csv")
    numbers = [row.split(",")[4] for row in file.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(numbers) == 4
    assert [number for number in numbers if f"- {int(number):,} " not in readme] == []


@pytest.mark.proof
def test_what_is_no_population_is_found_by_its_cell_and_a_later_list_replaces_its_own(world: World) -> None:
    later = (persons("2021-03-21", 2500), persons("2022-06-30", 3000))
    drop_populations(world, persons("2021-03-21", 2000), *later[1:], day="2023-06-01")
    drop_populations(world, *later, day="2023-11-23")
    drop_populations(
        world,
        persons("2011-03-27", 1000),
        persons("21/03/2021", 2000, kind="dwellings"),
        persons("2021-02-30", 2000),
        persons("2021-03-21", 0),
        persons("2021-03-21", 2000, area="Broxtowe"),
        "E07000172,Broxtowe,households,2021-03-21,900,guessed,1,Made up",
    )
    world.run()
    found = world.ask("select cells, sentence from meta.finding where delivery_key like 'populations%' order by 1")
    assert {cells: sentence.partition(" — ")[2] for cells, sentence in found} == {
        "A6": '"Broxtowe" where a text such as E07000172 is needed under "area_code". Write it as in E07000172.',
        "C3": 'another word where one of the listed words is needed under "kind". Use one of: persons, households, '
        "adult females. If it is a new spelling, add it to the aliases of population_kind.",
        "D4": '"2021-02-30" where a date, its day first, is needed under "day". Enter the day as 14/04/2019, or format '
        "the cell as a date.",
        "E5": '"0" where a whole number of at least 1 is needed under "number". Enter digits only, for example 9.',
        "F7": 'another word where one of the listed words is needed under "made_as". Use one of: census, mid-year '
        "estimate. If it is a new spelling, add it to the aliases of made_as.",
    }
    taken = "select n_accepted, n_quarantined from meta.delivery where source_name = 'populations' order by as_at"
    assert world.ask(taken) == [(1, 5), (2, 0), (2, 0)]
    assert world.ask("select population_year, population from core.dim_population order by 1") == [
        ("2011", 1000),
        ("2021", 2500),
        ("2022", 3000),
    ]


# ---------------------------------------------------------------- rates


def test_a_year_is_told_per_the_latest_population_by_its_end_else_the_first(world: World) -> None:
    drop_crime(world, *months_of(2018), *months_of(2019), *months_of(2020))
    drop_populations(
        world,
        persons("2020-01-01", 10_000),
        persons("2020-06-30", 20_000),
        persons("2021-03-31", 24_000),
        persons("2021-04-01", 1),
        persons("2011-03-27", 5, kind="households"),
        persons("2019-06-30", 7, area="E07000173"),
    )
    assert world.run().exit_code == 0
    assert world.published(RATES) == [
        ("2018-19", 1200.0, 120.0, None, 10_000, "2020"),  # before every population
        ("2019-20", 1200.0, 120.0, None, 10_000, "2020"),  # 30 June 2020 is after the year
        ("2020-21", 1200.0, 50.0, None, 24_000, "2021"),
    ]


@pytest.mark.proof
def test_without_a_population_or_a_figure_there_is_a_reason_and_no_rate(world: World) -> None:
    drop_crime(world, *months_of(2019), *months_of(2020)[:6])
    drop_populations(world, persons("2011-03-27", 10_000, kind="households"))
    assert world.run().exit_code == 0
    assert world.published(RATES) == [
        ("2019-20", 1200.0, None, "not yet available", None, None),
        ("2020-21", None, None, "not yet available", None, None),
    ]
    drop_populations(world, persons("2011-03-27", 10_000), day="2023-02-05")
    world.run()
    assert world.published(RATES) == [
        ("2019-20", 1200.0, 120.0, None, 10_000, "2011"),
        ("2020-21", None, None, "not yet available", 10_000, "2011"),
    ]


# ---------------------------------------------------------------- context


def drop_street(world: World, month: str, n_weapons: int, force: str = "nottinghamshire", n_asb: int = 40) -> None:
    """A force's month with weapons and anti-social behaviour, inside the borough and outside it."""
    weapons = street_csv(month, n_weapons, crime_type="Possession of weapons", force=force)
    _, others = street_csv(month, n_asb, force=force).split(b"\r\n", 1)
    world.drop("police_street", f"{month}-{force}-street.csv", weapons + others)


def test_a_quarter_is_counted_with_another_force_s_rows_or_has_a_reason(world: World) -> None:
    """Few rows of anti-social behaviour say that a file lacks rows; weapons are too few to say so themselves. A month
    of which only the neighbouring force has sent its file is not told.
    """
    drop_populations(world, persons("2011-03-27", 10_000), persons("2022-12-31", 20_000))
    n_weapons = {"2022-04": 3, "2022-05": 0, "2022-06": 4, "2022-07": 3, "2022-08": 5, "2022-10": 4, "2022-11": 4}
    for month, n in n_weapons.items():
        drop_street(world, month, n)
    drop_street(world, "2022-12", 4, n_asb=3)
    for month in ("2022-06", "2022-09", "2023-01"):
        drop_street(world, month, 2, force="derbyshire", n_asb=1)
    world.run()
    assert world.published(QUARTERS) == [
        ("2022-23-Q1", 9, 9, None, 3, "2022-04, 2022-05, 2022-06", 0.9, "2011"),
        ("2022-23-Q2", None, 10, "not yet available", 2, "2022-07, 2022-08", None, "2011"),
        ("2022-23-Q3", None, 12, "held", 2, "2022-10, 2022-11", None, "2022"),
        ("2022-23-Q4", None, 2, "not yet available", 0, "none", None, "2022"),
    ]
    because = "select held_because from marts.context_quarter where missing_reason = 'held'"
    assert "December 2022: 3 rows of anti-social behaviour" in world.published(because)[0][0]
    told = "select month_key, n_incidents from marts.context_month where n_incidents is not null"
    assert dict(world.published(told)) == n_weapons | {"2022-06": 6}
    assert_is_no_indicator(world)


def assert_is_no_indicator(world: World) -> None:
    for mart in ("context_month", "context_quarter"):
        said = f"select distinct context_name, objective_code, is_indicator from marts.{mart}"
        assert world.published(said) == [("Possession of weapons recorded in the borough", "CS3", False)]
    columns = world.published("select column_name from duckdb_columns() where table_name like 'context%'")
    assert ("n_incidents",) in columns
    assert ("indicator_code",) not in columns
    for table, name in (("meta.indicator", "indicator_title"), ("core.dim_indicator", "indicator_name")):
        assert world.published(f"select count(*) from {table} where {name} ilike '%weapon%'") == [(0,)], table
    assert world.published("select count(*) from meta.indicator where fed_by = 'police_street'") == [(0,)]


@pytest.mark.proof
def test_the_published_files_tell_one_quarter_in_whole(real: Path) -> None:
    path = (real / "published" / "community_safety.duckdb").resolve()
    with duckdb.connect(path.as_posix(), read_only=True) as connection:
        found = connection.execute(QUARTERS).fetchall()
    assert [row[:6] for row in found] == [
        ("2018-19-Q3", 9, 9, None, 3, "2018-10, 2018-11, 2018-12"),
        ("2018-19-Q4", None, 6, "not yet available", 2, "2019-01, 2019-02"),
        ("2023-24-Q4", None, 20, "held", 2, "2024-02, 2024-03"),
    ]
    assert found[0][6:] == (1000 * 9 / 109_487, "2011")
