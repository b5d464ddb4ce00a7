"""Licensing in the star: a nought is told and a gap is not, what replaces what, and what is held back or warned of."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import duckdb
import pytest
from worlds import Rows, World, book_of, hurry, new_world

from cs_pipeline.sources.shapes.licence_families import ACTIVITIES, FAMILIES, NEVER_INSPECTED, NOTICES
from cs_pipeline.words.settings import PROJECT

SOURCE = "licensing"
PREMISES, SCRAP, DRIVERS = "Licensing Act 2003 premises", "Scrap metal", "Hackney carriage and private hire drivers"
OPERATORS = "Private hire operators"
PRO, RE = "Pro-active", "Reactive"
QUARTER = ["Apr 2021", "May 2021", "Jun 2021"]
Names = tuple[str, str, str | None]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as world:
        yield world


def asked() -> list[Names]:
    """Every row that a return has, written out from the words of the return."""
    rows: list[Names] = []
    for family, activity in product(FAMILIES, ACTIVITIES):
        if activity == "Inspected":
            rows += [(family, activity, prompt) for prompt in (PRO, RE) if family not in NEVER_INSPECTED]
        elif activity == "Received" or (activity == "Notices dealt with") == (family == NOTICES):
            rows.append((family, activity, None))
    return rows


def whole(told: dict[Names, list[int]], without: tuple[Names, ...] = ()) -> Rows:
    return [[*names, *told.get(names, [0, 0, 0])] for names in asked() if names not in without]


def send(
    world: World,
    rows: Rows,
    *,
    months: list[str] = QUARTER,
    made: str = "10/07/2021",
    stock: dict[str, int] | None = None,
) -> None:
    titles: Rows = [["Licensing"], [f"Return made on {made}"], []]
    in_force = stock or {"31 March 2021": 20}
    sheets = {
        "Monthly activity": [["Family", "What was done", "How prompted", *months], *rows],
        "In force at 31 March": [["Family of licences", *in_force], [SCRAP, *in_force.values()]],
    }
    book = book_of({name: [*titles, *table] for name, table in sheets.items()})
    world.drop(SOURCE, f"Licensing return {made.replace('/', '-')}.xlsx", book)


def figures(world: World, *codes: str, key: str = "2021-22-Q1") -> dict[str, tuple[Any, ...]]:
    rows = world.ask(
        """select indicator_code, numerator, denominator, is_whole, is_held from meta.measured
           where period_kind = 'quarter' and period_key = ? and list_contains(?, indicator_code)""",
        key,
        list(codes),
    )
    return {code: tuple(values) for code, *values in rows}


def broken(world: World) -> dict[str, tuple[str, int]]:
    rows = world.ask(
        """select claim_name, severity, n_broken from meta.claim
           where n_broken > 0 and (contains(table_name, 'licen'))"""
    )
    return {name: (severity, n) for name, severity, n in rows}


@pytest.mark.proof
def test_noughts_are_told_a_row_left_out_is_not_and_each_part_counts_its_own(world: World) -> None:
    told = {
        (PREMISES, "Issued", None): [5, 0, 1],
        (PREMISES, "Refused", None): [0, 1, 0],
        (PREMISES, "Inspected", PRO): [3, 0, 0],
        (PREMISES, "Inspected", RE): [0, 2, 0],
        (NOTICES, "Notices dealt with", None): [10, 11, 12],
        (SCRAP, "Issued", None): [2, 2, 0],
        (SCRAP, "Issued within 14 days", None): [2, 1, 0],
        (SCRAP, "Inspected", PRO): [0, 0, 1],
        (OPERATORS, "Inspected", PRO): [1, 0, 0],
        (DRIVERS, "Inspected", RE): [0, 0, 4],
        ("Animal welfare", "Inspected", PRO): [0, 1, 0],
    }
    left_out: Names = ("Street trading", "Inspected", PRO)
    send(world, whole(told, (left_out,)))
    world.run()
    counted = {
        "ComS_065": (44, None, True, False),
        "ComS_066": (5, None, True, False),
        "ComS_067": (0, None, True, False),
        "ComS_068": (2, None, False, False),
        "ComS_069": (3, 4, True, False),
        "ComS_093a": (3, None, True, False),
        "ComS_093b": (1, None, True, False),
        "ComS_093c": (0, None, True, False),
        "ComS_093d": (1, None, False, False),
        "ComS_097": (1, None, True, False),
    }
    assert figures(world, *counted) == counted
    assert broken(world) == {"every_family_and_activity_is_told": ("warn", 3)}
    send(world, [[*left_out, 0, 0, 0]], made="11/07/2021", stock={"31 March 2020": 22, "31 March 2021": 21})
    world.run()
    assert {code: values[2] for code, values in figures(world, *counted).items()} == dict.fromkeys(counted, True)
    assert broken(world) == {}
    in_force = world.ask("select year_key, n_in_force, n_more_in_force from marts.licences_in_force_year order by 1")
    assert in_force == [("2019-20", 22, None), ("2020-21", 21, -1)]
    processed = world.ask(
        """select licence_family_group, sum(n_licensing), max(n_months_told) from marts.licensing_quarter
           where licensing_activity_key in ('issued', 'refused', 'notices_dealt_with')
           group by 1 having sum(n_licensing) > 0 order by 1"""
    )
    assert processed == [("licensing act", 40, 3), ("other", 4, 3)]


@pytest.mark.proof
def test_a_month_before_april_2021_is_put_right_in_one_row_and_not_added_to(world: World) -> None:
    months = ["Jan 2021", "Feb 2021", "Mar 2021"]
    for made, n in (("08/07/2021", 4), ("10/07/2021", 7)):
        send(world, [["Gambling", "Inspected", None, n, 0, 0]], months=months, made=made)
        world.run()
        assert figures(world, "ComS_067", key="2020-21-Q4") == {"ComS_067": (n, None, True, False)}
    send(world, [["Gambling", "Inspected", PRO, 9, 0, 0]], months=months, made="12/07/2021")
    world.run()
    assert figures(world, "ComS_067", key="2020-21-Q4") == {"ComS_067": (7, None, True, False)}


@pytest.mark.proof
def test_more_in_time_than_a_later_return_says_were_issued_holds_the_share_back(world: World) -> None:
    send(world, whole({(SCRAP, "Issued", None): [3, 0, 0], (SCRAP, "Issued within 14 days", None): [3, 0, 0]}))
    world.run()
    assert figures(world, "ComS_069") == {"ComS_069": (3, 3, True, False)}
    send(world, [[SCRAP, "Issued", None, 2, 0, 0]], made="12/07/2021")
    world.run()
    assert figures(world, "ComS_065", "ComS_069") == {
        "ComS_065": (2, None, True, False),
        "ComS_069": (3, 2, True, True),
    }
    assert broken(world) == {"issued_in_time_is_within_issued": ("hold", 1)}


@pytest.mark.parametrize(
    ("received", "decided", "is_told"), [(40, 61, True), (40, 60, False), (0, 10, False), (60, 34, True)]
)
def test_a_year_s_decisions_far_from_what_was_received_are_told(received: int, decided: int, *, is_told: bool) -> None:
    claim = (PROJECT / "sql/checks/core.fact_licensing_month/decided_is_near_received.sql").read_text()
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        for name in ("dim_licence_family", "dim_licensing_activity"):
            connection.execute(f"create table core.{name} as {(PROJECT / f'sql/core/{name}.sql').read_text()}")
        connection.execute(
            """create table core.fact_licensing_month as
               select 'scrap_metal' as licence_family_key, unnest(['received', 'issued']) as licensing_activity_key,
                   printf('%02d', m) as month_key, '2019-20' as year_key,
                   if(m = 1, unnest([?::bigint, ?::bigint]), 0) as n_licensing, 'd' as delivery_key
               from range(1, 13) as months (m)""",
            [received, decided],
        )
        found = connection.execute(claim).fetchall()
    said = f"Scrap metal of 2019/20: {received} received and {decided} issued, refused or dealt with."
    assert [row[0] for row in found] == ([said] if is_told else [])


def test_the_dimensions_hold_the_words_that_a_return_may_use_and_the_bridge_its_rows() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        for name in ("dim_licence_family", "dim_licensing_activity", "bridge_licensing_part"):
            connection.execute(f"create table core.{name} as {(PROJECT / f'sql/core/{name}.sql').read_text()}")
        families = connection.execute("select licence_family_name from core.dim_licence_family").fetchall()
        told = connection.execute(
            """select f.licence_family_name, a.licensing_activity_name, a.how_prompted
               from core.bridge_licensing_part as b
               join core.dim_licence_family as f using (licence_family_key)
               join core.dim_licensing_activity as a using (licensing_activity_key)
               where b.counted_part = 'told' and a.told_to_month_key is null"""
        ).fetchall()
    assert {family for (family,) in families} == set(FAMILIES)
    assert sorted(told, key=str) == sorted(asked(), key=str)
    assert {activity for _, activity, _ in told} == set(ACTIVITIES)
