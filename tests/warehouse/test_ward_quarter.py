"""How counts spread over the wards, by numbers made by hand: corrections, cases without a ward, and new boundaries.

Whether the wards add up to the borough is a claim, which a night judges by itself; here it is broken on purpose too.
"""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from worlds import World, asb_book, cases, hurry, log, new_world

from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.settings import PROJECT

AREAS = PROJECT / "sources" / "reference" / "areas" / "areas 2023-05-04.csv"
WARDS = """select ward_code, n_counted, is_best_fit from marts.ward_quarter
           where indicator_code = ? and quarter_key = ? and n_counted > 0 order by all"""
SIZE = """select count(*), count(ward_code), count(distinct ward_name), sum(n_counted)::int from marts.ward_quarter
          where indicator_code = ? and quarter_key = ?"""
OLD_BRAMCOTE, NEW_BRAMCOTE, CENTRAL, WEST = "E05010520", "E05015565", "E05010516", "E05010519"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch, reconciles=True)
    with new_world() as made:
        made.drop("reference/areas", AREAS.name, AREAS.read_bytes())
        yield made


def case(number: int, received: str, ward: str | None, closed: str | None = None) -> list[Any]:
    return [f"HSG-{received[-4:]}-{number:04d}", received, closed, "Noise", ward]


def drop_housing(world: World, as_at: str, *rows: list[Any]) -> None:
    world.drop("housing_cases", f"as at {as_at.replace('/', '-')}.xlsx", cases(as_at, *rows))


def test_each_ward_is_counted_and_what_is_not_placed_stands_beside_them(world: World) -> None:
    drop_housing(
        world,
        "05/07/2019",
        case(1, "01/04/2019", "Beeston Central", "02/05/2019"),
        case(2, "02/04/2019", "Beeston Central"),
        case(3, "03/04/2019", "Beeston West", "20/06/2019"),
        case(4, "04/04/2019", None, "20/06/2019"),
    )
    assert world.run().exit_code == 0
    assert world.published(WARDS, "ComS_013", "2019-20-Q1") == [
        (CENTRAL, 2, False),
        (WEST, 1, False),
        (None, 1, False),
    ]
    assert world.published(WARDS, "ComS_013a", "2019-20-Q1") == [
        (CENTRAL, 1, False),
        (WEST, 1, False),
        (None, 1, False),
    ]
    assert world.published(SIZE, "ComS_013", "2019-20-Q1") == [(21, 20, 20, 4)], "and 0 in the eighteen others"
    assert world.published(SIZE, "ComS_013b", "2019-20-Q1") == [(21, 20, 20, 0)], "none was closed as late as that"
    told = "select distinct indicator_code from marts.ward_quarter where n_counted is not null order by 1"
    assert world.published(told) == [("ComS_013",), ("ComS_013a",), ("ComS_013b",)]


def test_a_corrected_return_moves_a_case_to_its_ward_and_counts_it_once(world: World) -> None:
    rows = [case(n, "01/04/2019", "Beeston Central") for n in (1, 2)]
    drop_housing(world, "05/07/2019", *rows)
    world.run()
    before = world.ask("from meta.measured order by all")
    drop_housing(world, "08/07/2019", rows[0], case(2, "01/04/2019", "Beeston West"))
    world.run()
    assert world.published(WARDS, "ComS_013", "2019-20-Q1") == [(CENTRAL, 1, False), (WEST, 1, False)]
    counted = [[row[:-1] for row in rows] for rows in (before, world.ask("from meta.measured order by all"))]
    assert counted[0] == counted[1], "the borough's own counts are the same"


def test_police_incidents_are_counted_in_the_ward_of_their_log_on_its_closing_code(world: World) -> None:
    logs = [
        log("NP-20190401-0001"),
        log("NP-20190402-0001", ward="Beeston West"),
        log("NP-20190403-0001", "Duplicate log", ward="Beeston West"),
        log("NP-20190404-0001", ward=""),
    ]
    tabs = {"2019-04": logs, "2019-05": [log("NP-20190501-0001")], "2019-06": [log("NP-20190601-0001")]}
    world.drop("police_asb", "Q1.xlsx", asb_book("2019-07-14", tabs))
    world.run()
    assert world.published(WARDS, "ComS_011", "2019-20-Q1") == [
        (CENTRAL, 3, False),
        (WEST, 1, False),
        (None, 1, False),
    ]


def test_two_boundaries_hold_in_the_quarter_of_the_review_and_one_name_has_two_codes(world: World) -> None:
    """A case keeps the ward that it was received in, also where it is closed after the ward has gone."""
    drop_housing(
        world,
        "05/10/2023",
        case(1, "30/04/2023", "Bramcote", "10/05/2023"),
        case(2, "01/05/2023", "Bramcote", "10/05/2023"),
        case(3, "29/04/2023", "Bramcote", "10/07/2023"),
        case(4, "29/06/2023", "Bramcote", "10/07/2023"),
    )
    world.run()
    assert world.published(WARDS, "ComS_013", "2023-24-Q1") == [(OLD_BRAMCOTE, 2, False), (NEW_BRAMCOTE, 2, False)]
    assert world.published(SIZE, "ComS_013", "2023-24-Q1") == [(28, 27, 20, 4)]
    assert world.published(WARDS, "ComS_013a", "2023-24-Q2") == [(OLD_BRAMCOTE, 1, True), (NEW_BRAMCOTE, 1, False)]
    assert world.published(SIZE, "ComS_013a", "2023-24-Q2") == [(22, 21, 20, 2)]
    assert world.published(SIZE, "ComS_013", "2023-24-Q2") == [(21, 20, 20, 0)], "of the new boundaries alone"


def test_a_quarter_that_is_not_counted_has_the_borough_s_reason_in_every_ward(world: World) -> None:
    drop_housing(world, "20/05/2019", case(1, "01/04/2019", "Beeston Central"))
    world.run()
    reasons = """select quarter_key, missing_reason, count(*), count(n_counted) from marts.ward_quarter
                 where indicator_code = 'ComS_013' group by all order by all"""
    assert world.published(reasons) == [("2019-20-Q1", "not yet available", 21, 0)]


@pytest.mark.proof
def test_a_new_list_of_wards_places_anew_what_was_counted(world: World) -> None:
    drop_housing(world, "05/07/2019", case(1, "01/04/2019", "Beeston Central"))
    world.run()
    listed = (PROJECT / "sources" / "reference" / "wards" / "wards 2023-05-04.csv").read_text(encoding="utf-8")
    later = listed.replace("E05010516,Beeston Central,2016", "E05010516,Beeston Central,2020")
    world.drop("reference/wards", "wards 2023-06-01.csv", later.encode())
    world.run()
    assert world.published(WARDS, "ComS_013", "2019-20-Q1") == [(None, 1, False)]


@pytest.mark.proof
def test_it_stands_without_any_return_and_without_any_list_of_wards(world: World) -> None:
    (world.folder / "sources" / "reference" / "wards" / "wards 2023-05-04.csv").unlink()
    assert world.run().exit_code == 0
    assert world.published("select count(*) from marts.ward_quarter") == [(0,)]
    drop_housing(world, "05/07/2019", case(1, "01/04/2019", None))
    assert world.run().exit_code == 0
    assert world.published(SIZE, "ComS_013", "2019-20-Q1") == [(1, 0, 0, 1)]


SPOILED = {
    "one_row_per_indicator_ward_and_quarter": "insert into marts.ward_quarter from marts.ward_quarter",
    "every_ward_is_known": "update marts.ward_quarter set ward_code = 'E05999999' where n_counted > 0",
    "wards_add_up_to_the_borough": "update marts.ward_quarter set n_counted = 0",
}


def test_a_claim_fails_where_a_row_is_doubled_unknown_or_lost(world: World) -> None:
    claims = Plan.read(PROJECT / "sql").claims_of("marts.ward_quarter")
    assert {claim.name: claim.severity for claim in claims} == dict.fromkeys(SPOILED, "fail")
    drop_housing(world, "05/07/2019", case(1, "01/04/2019", "Beeston Central"))
    world.run()
    with duckdb.connect(world.settings.build.as_posix()) as connection:
        for claim in claims:
            assert connection.execute(claim.text).fetchall() == []
            connection.execute("begin")
            connection.execute(SPOILED[claim.name])
            assert connection.execute(claim.text).fetchall() != [], claim.name
            connection.execute("rollback")
