"""Environmental Health's activity in the star: the days given to an answer, what is still open, what is held back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import duckdb
import pytest
from worlds import Rows, World, book_of, hurry, new_world

from cs_pipeline.sources.shapes.activity_counts import ACTIVITIES, OF_A_WHOLE
from cs_pipeline.words.settings import PROJECT

SOURCE = "environmental_health_activity"
HEADINGS = ["Activity", "Apr 2019 number", "Apr 2019 of"]
NONE_COUNTED = [["Pollution complaints", 9, None]]
SITES = [["Caravan sites inspected", 1, 2, 2, 2], ["Pollution complaints", 4, None, 5, None]]
DIMENSION = PROJECT / "sql" / "core" / "dim_health_activity.sql"
# What was received, whether urgent, and when it was answered: the day by which an answer was due, and whether it came.
ANSWERS: list[tuple[str, str, str | None, str, bool | None]] = [
    ("2019-04-08", "Yes", "2019-04-09", "2019-04-09", True),
    ("2019-04-08", "Yes", "2019-04-10", "2019-04-09", False),
    ("2019-04-08", "No", "2019-04-15", "2019-04-15", True),
    ("2019-04-08", "No", "2019-04-16", "2019-04-15", False),
    ("2019-04-18", "Yes", "2019-04-23", "2019-04-23", True),  # over Easter
    ("2019-04-18", "No", "2019-04-29", "2019-04-29", True),
    ("2019-04-06", "Yes", "2019-04-09", "2019-04-09", True),  # a Saturday counts as Monday
    ("2019-04-06", "Yes", "2019-04-06", "2019-04-09", True),
    ("2019-04-19", "No", "2019-04-30", "2019-04-30", True),  # Good Friday counts as Tuesday
    ("2019-05-03", "No", None, "2019-05-13", False),  # over the May bank holiday, and never answered
    ("2019-06-26", "No", None, "2019-07-03", False),
    ("2019-06-27", "No", None, "2019-07-04", None),  # made on 3 July, its time is not over
    ("2019-06-28", "Yes", "2019-07-01", "2019-07-01", True),
]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as world:
        yield world


def send(
    world: World, counts: Rows, requests: Rows, *, made: str = "15/07/2019", headings: Sequence[str] = HEADINGS
) -> None:
    """A return of the first quarter of 2019/20."""
    titles = [["Environmental Health: activity"], [f"Return made on {made}"], ["Quarter: Q1 2019/20"], []]
    heads = {"Monthly counts": [list(headings), *counts]}
    heads |= {"H&S requests": [["Kind", "Received", "Urgent", "First response"], *requests]}
    book = book_of({name: [*titles, *rows] for name, rows in heads.items()})
    world.drop(SOURCE, f"EH activity {made.replace('/', '-')}.xlsx", book)


def requests_of(answers: list[Any]) -> Rows:
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return [["Complaint", day(received), urgent, day(answered)] for received, urgent, answered, *_ in answers]


def figures(world: World, *codes: str) -> dict[str, tuple[Any, ...]]:
    rows = world.ask(
        """select indicator_code, numerator, denominator, is_whole, is_held from meta.measured
           where period_kind = 'quarter' and period_key = '2019-20-Q1' and list_contains(?, indicator_code)""",
        list(codes),
    )
    return {code: tuple(values) for code, *values in rows}


def test_an_answer_is_in_time_by_working_days_and_an_open_request_waits_for_a_later_return(world: World) -> None:
    send(world, NONE_COUNTED, requests_of(ANSWERS), made="03/07/2019")
    world.run()
    rows = world.ask(
        "select response_due_on, is_answered_in_time from core.fact_health_and_safety_request order by row_number"
    )
    assert rows == [(date.fromisoformat(due), in_time) for *_, due, in_time in ANSWERS]
    assert figures(world, "ComS_044", "ComS_053") == {
        "ComS_044": (13, None, True, False),
        "ComS_053": (8, 12, False, False),
    }
    claim = "select n_broken from meta.claim where claim_name = 'answered_or_settled_when_returned'"
    assert world.ask(claim) == [(1,)]
    send(world, SITES, requests_of(ANSWERS), headings=[*HEADINGS, "May 2019 number", "May 2019 of"])
    world.run()
    assert figures(world, "ComS_053") == {"ComS_053": (8, 13, True, False)}
    assert world.ask(claim) == [(0,)]
    rows = world.ask(
        "select health_activity_key, n_months_told, n_done, n_of, done_pct from marts.environmental_health_quarter "
        "order by 1"
    )
    assert rows == [("caravan_sites_inspected", 2, 3, 4, 75.0), ("pollution_complaints", 2, 9, None, None)]
    rows = world.ask("select * exclude (quarter_key, year_key) from marts.health_and_safety_quarter")
    assert [(*row[:-1], round(row[-1], 2)) for row in rows] == [("Complaint", 13, 6, 13, 8, 61.54)]


@pytest.mark.proof
def test_a_quarter_s_answers_are_whole_when_none_can_be_waiting(world: World) -> None:
    """What came on Sunday 30 June may be answered until Monday 8 July. A quarter without requests is told as nought."""
    for made, is_whole in (("07/07/2019", False), ("08/07/2019", True)):
        send(world, NONE_COUNTED, requests_of(ANSWERS[:4]), made=made)
        world.run()
        assert figures(world, "ComS_053") == {"ComS_053": (2, 4, is_whole, False)}
    send(world, NONE_COUNTED, [["None in the quarter"]])
    world.run()
    assert figures(world, "ComS_044", "ComS_045", "ComS_053") == {
        "ComS_044": (0, None, True, False),
        "ComS_045": (0, None, True, False),
        "ComS_053": (0, 0, True, False),
    }


@pytest.mark.proof
def test_more_on_council_land_than_in_the_borough_holds_both_back(world: World) -> None:
    """A later return may tell only one of the two anew. Fewer pollution complaints than cases are a warning."""
    listed = [[f"EH/19/{n:05d}", date(2019, 4, 3), None, "Noise", "Bramcote"] for n in range(4)]
    head = ["Case reference", "Received", "Closed", "Type", "Ward"]
    cases = {"ASB cases": [["ASB cases"], ["List as at 05/07/2019"], [], head, *listed]}
    world.drop("environmental_health_cases", "EH ASB cases 2019-20 Q1.xlsx", book_of(cases))
    camps = [["Traveller encampments", 2, None], ["Traveller encampments on Council land", 2, None]]
    send(world, [["Caravan sites inspected", 3, 4], ["Pollution complaints", 3, None], *camps], [["None"]])
    world.run()
    assert figures(world, "ComS_089", "ComS_089b", "ComS_054") == {
        "ComS_054": (3, 4, False, False),
        "ComS_089": (2, None, False, False),
        "ComS_089b": (2, None, False, False),
    }
    assert broken(world) == {"pollution_holds_every_asb_case": ("warn", 1)}
    send(world, [["Traveller encampments", 1, None], ["Pollution complaints", 4]], [["None"]], made="16/07/2019")
    world.run()
    held = {code: is_held for code, (*_, is_held) in figures(world, "ComS_047", "ComS_089", "ComS_089b").items()}
    assert held == {"ComS_047": False, "ComS_089": True, "ComS_089b": True}
    assert broken(world) == {"council_land_is_within_the_borough": ("hold", 2)}


def broken(world: World) -> dict[str, tuple[str, int]]:
    """The claims that do not hold, but for those on activities that these small returns leave out."""
    rows = world.ask(
        """select claim_name, severity, n_broken from meta.claim
           where n_broken > 0 and not starts_with(table_name, 'meta')"""
    )
    return {name: (severity, n) for name, severity, n in rows}


def test_the_dimension_holds_the_activities_that_a_return_may_name() -> None:
    listed = duckdb.sql(f"select health_activity_name, is_of_a_whole from ({DIMENSION.read_text()})").fetchall()
    assert dict(listed) == {name: name in OF_A_WHOLE for name in ACTIVITIES}


@pytest.mark.parametrize(("done", "of", "said"), [(3, 2, "are more than they are of"), (3, None, "lack the number")])
def test_the_claim_on_the_whole_names_the_month_and_the_part(done: int, of: int | None, said: str) -> None:
    """No return gets so far, for a number and its whole are judged together; the claim stands all the same."""
    claim = (PROJECT / "sql/checks/core.fact_health_activity_month/number_is_within_its_whole.sql").read_text()
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute(f"create table core.dim_health_activity as {DIMENSION.read_text()}")
        connection.execute(
            """create table core.fact_health_activity_month as select 'caravan_sites_inspected' as health_activity_key,
               '2019-04' as month_key, ? as n_done, ?::bigint as n_of, 'd' as delivery_key, 's' as sheet_name,
               'B6' as cell""",
            [done, of],
        )
        ((sentence, *_, month, part),) = connection.execute(claim).fetchall()
    assert sentence.startswith("Delivery d, sheet s, cell B6: caravan sites inspected in April 2019")
    assert said in sentence
    assert (month, part) == ("2019-04", "caravan_sites_inspected")
