"""Two editions of the plan side by side: the committed one of 2023–26 and an illustrative one of 2024–27.

Neither overwrites the other, whichever comes first, and an edition that is sent again changes nothing but its own.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from worlds import World, asb_book, differing, hurry, log, new_world, small_folder

from cs_pipeline.samples.business_plan_next import BEFORE, write_next_edition

pytestmark = pytest.mark.proof  # Seven nights. What one edition sets is held in make test by the rest of this folder.

FIRST, SECOND = "2023-26", "2024-27"
OWN_TARGETS = ("core.fact_target", "marts.figure_target", "marts.figure_status")
BY_EDITION = (
    *OWN_TARGETS, "core.fact_stated_figure", "core.fact_action", "core.fact_budget_line", "core.fact_risk",
    "core.fact_risk_action", "core.fact_strategy_renewal", "core.dim_objective", "marts.figure_against_plan",
    "marts.indicator_year", "marts.plan_figure", "marts.plan_action", "marts.plan_budget", "marts.plan_risk",
    "marts.plan_strategy",
)  # fmt: skip
ASKED = {
    "targets": """select edition_code, period_key, target_value from core.fact_target
                  where indicator_code = 'ComS_011' and indicator_set = 'CSI' order by all""",
    "quarter": """select edition_code, period_target_value, figure_status from marts.figure_status
                  where indicator_code = 'ComS_011' and period_kind = 'quarter' and period_key = '2023-24-Q1'
                  order by all""",
    "quarter shown": """select value, edition_code, period_target_value, figure_status from marts.indicator_quarter
                        where indicator_code = 'ComS_011' and quarter_key = '2023-24-Q1'""",
    "year": """select value, edition_code, target_set, period_target_value, figure_status from marts.indicator_year
               where indicator_code = 'ComS_011' and year_key = '2023-24' order by all""",
    "stated": """select distinct edition_code, stated_value, calculated_value from marts.figure_against_plan
                 where indicator_code = 'ComS_011' and period_key = '2021-22' order by all""",
    "indicators": "from core.dim_indicator order by all",
    "warned": "select distinct broken_by from meta.claim_row where claim_name like 'defined_as%' order by all",
}
Rows = list[tuple[Any, ...]]
Drop = tuple[str, str, bytes]


# ---------------------------------------------------------------- what arrives


@cache
def incidents() -> Drop:
    """12 incidents in 2021/22, which both editions print, and 39 in 2023/24, for which both set a target."""
    a_month = {f"{year + (n < 4)}-{n:02d}": 1 if year == 2021 else 3 + (n < 4) for year in (2021, 2023) for n in YEAR}
    tabs = {m: [log(f"NP-{m.replace('-', '')}{n:02d}-0001") for n in range(1, 1 + many)] for m, many in a_month.items()}
    return "police_asb", "ASB.xlsx", asb_book("2024-04-14", tabs)


YEAR = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


@cache
def first() -> Drop:
    return "business_plan", BEFORE.name, BEFORE.read_bytes()


@cache
def second(as_at: str = "1 April 2024", lower_by: int = 98) -> Drop:
    """Its target for ComS_011 in 2023/24 is 38, where the other edition has 1,900."""
    with small_folder() as folder:
        raw = write_next_edition(folder, f"As at {as_at}", lower_by).read_bytes()
    return "business_plan", f"2024-27 of {as_at}.xlsx", raw


@cache
def first_again() -> Drop:
    """The edition of 2023–26 sent again after that of 2024–27, with a target, an owner and a key task changed."""
    book = load_workbook(BEFORE)
    for sheet in book.worksheets:
        sheet["A2"] = "As at 1 July 2024"
    book["Performance indicators"]["J5"] = "1,950"
    book["Performance indicators"]["L5"] = "Chief Executive"
    book["Actions"]["B5"] = "Produce the action plan"
    written = BytesIO()
    book.save(written)
    return "business_plan", "2023-26 again.xlsx", written.getvalue()


# ---------------------------------------------------------------- what stands after each night


@dataclass(frozen=True)
class Standing:
    """What one night left: the rows of each table by edition, a few answers, and the hash of everything."""

    rows: dict[tuple[str, str], Rows]
    answers: dict[str, Rows]
    state: dict[str, str]
    exit_code: int

    def of(self, edition: str) -> dict[str, Rows]:
        return {table: rows for (table, of), rows in self.rows.items() if of == edition}


def stand(world: World) -> Standing:
    exit_code = world.run().exit_code
    rows = {
        (table, edition): world.ask(f"select * from {table} where edition_code = ? order by all", edition)
        for table in BY_EDITION
        for edition in (FIRST, SECOND)
    }
    return Standing(rows, {about: world.ask(sql) for about, sql in ASKED.items()}, world.state(), exit_code)


def live(*nights: tuple[Drop, ...]) -> list[Standing]:
    with pytest.MonkeyPatch.context() as patched, new_world() as world:
        hurry(patched)
        stood = []
        for night in nights:
            for drop in night:
                world.drop(*drop)
            stood.append(stand(world))
        return stood


@pytest.fixture(scope="module")
def two_nights() -> list[Standing]:
    """The edition of 2023–26, and then that of 2024–27."""
    return live((incidents(), first()), (second(),))


@pytest.fixture(scope="module")
def aftermath() -> list[Standing]:
    """The edition of 2024–27, and then that of 2023–26; the newer one sent again in June, the older one in July."""
    return live((incidents(), second()), (first(),), (second("1 June 2024", 50),), (first_again(),))


# ---------------------------------------------------------------- side by side


def test_the_edition_that_came_first_says_the_same_beside_the_other(two_nights: list[Standing]) -> None:
    alone, both = two_nights
    assert both.of(FIRST) == alone.of(FIRST)
    assert [table for table, rows in (*both.of(FIRST).items(), *both.of(SECOND).items()) if not rows] == []
    assert not any(alone.of(SECOND).values())
    assert (alone.exit_code, both.exit_code) == (1, 1), "the count of 2021/22 is held: both editions print another"


def test_the_newer_edition_says_the_same_alone(two_nights: list[Standing], aftermath: list[Standing]) -> None:
    alone, both = aftermath[:2]
    assert both.of(SECOND) == alone.of(SECOND)
    assert both.of(FIRST) == two_nights[0].of(FIRST)
    assert not any(alone.of(FIRST).values())
    assert {stood.exit_code for stood in aftermath} == {1}


def test_whichever_comes_first_all_tables_are_the_same(two_nights: list[Standing], aftermath: list[Standing]) -> None:
    (at_once,) = live((incidents(), second(), first()))
    assert differing(two_nights[1].state, aftermath[1].state) == []
    assert differing(two_nights[1].state, at_once.state) == []


def test_targets_of_both_editions_stand_for_the_same_year(two_nights: list[Standing]) -> None:
    assert two_nights[1].answers["targets"] == [
        (FIRST, "2022-23", 2000.0), (FIRST, "2023-24", 1900.0), (FIRST, "2024-04/2026-03", 1800.0),
        (SECOND, "2023-24", 38.0), (SECOND, "2024-25", 38.0), (SECOND, "2025-04/2027-03", 36.0),
    ]  # fmt: skip


def test_a_figure_is_judged_by_the_target_of_each_edition(two_nights: list[Standing]) -> None:
    alone, both = (stood.answers for stood in two_nights)
    assert alone["year"] == [(39.0, FIRST, "CSI", 1900.0, "green")]
    assert both["year"] == [(39.0, FIRST, "CSI", 1900.0, "green"), (39.0, SECOND, "CSI", 38.0, "amber")]
    assert both["quarter"] == [(FIRST, 475.0, "green"), (SECOND, 9.5, "green")]


def test_a_quarter_is_shown_with_the_target_of_the_latest_edition(two_nights: list[Standing]) -> None:
    alone, both = (stood.answers for stood in two_nights)
    assert alone["quarter shown"] == [(9.0, FIRST, 475.0, "green")]
    assert both["quarter shown"] == [(9.0, SECOND, 9.5, "green")]


def test_what_each_edition_states_of_a_year_stands_beside_what_was_counted(two_nights: list[Standing]) -> None:
    assert two_nights[1].answers["stated"] == [
        (edition, stated, 12.0) for edition in (FIRST, SECOND) for stated in (2185.0, 2415.0)
    ]


def test_the_indicators_are_as_the_latest_edition_has_them(two_nights: list[Standing]) -> None:
    for stood, edition in zip(two_nights, (FIRST, SECOND), strict=True):
        assert {row[6] for row in stood.answers["indicators"]} == {edition, None}
        assert stood.answers["warned"] == []


# ---------------------------------------------------------------- sent again


def test_an_edition_sent_again_changes_only_its_own(aftermath: list[Standing]) -> None:
    _, before, after, _ = aftermath
    assert after.of(FIRST) == before.of(FIRST)
    assert all(len(after.of(SECOND)[table]) == len(before.of(SECOND)[table]) for table in BY_EDITION)
    assert [row for row in after.answers["targets"] if row[0] == SECOND] == [
        (SECOND, "2023-24", 950.0), (SECOND, "2024-25", 950.0), (SECOND, "2025-04/2027-03", 900.0),
    ]  # fmt: skip


def test_an_earlier_edition_sent_again_later_changes_only_its_own(aftermath: list[Standing]) -> None:
    *_, before, after = aftermath
    assert after.of(SECOND) == before.of(SECOND)
    assert after.answers["targets"] == [
        (*row[:2], 1950.0) if row[:2] == (FIRST, "2023-24") else row for row in before.answers["targets"]
    ]
    for about in ("quarter shown", "indicators"):
        assert after.answers[about] == before.answers[about], "the latest edition is the newer one, not the last sent"
    assert after.answers["warned"] == [], "whom an earlier edition names is no matter for the definitions"
