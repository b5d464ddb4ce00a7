"""What becomes of Pentana's exports: figures, targets and statuses beside ours, actions and risks over time."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from worlds import World, hurry, new_world

from cs_pipeline.words.settings import PROJECT

SOURCES = PROJECT / "sources"
TAKEN = ("pentana_indicators", "pentana_actions", "pentana_risks", "business_plan", "communities_cases")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patched, new_world() as world:
        hurry(patched, reconciles=True)
        for source in TAKEN:
            for path in sorted((SOURCES / source).iterdir()):
                world.drop(source, path.name, path.read_bytes())
        world.run()
        yield world


def findings(world: World, claim: str) -> list[Any]:
    return [row[0] for row in world.ask("select broken_by from meta.claim_row where claim_name = ? order by 1", claim)]


def test_pentana_states_values_targets_and_statuses_of_every_indicator(world: World) -> None:
    told = world.ask(
        """select pi_measure, count(distinct indicator_code), min(period_key), max(period_key)
           from core.fact_pentana_figure group by all order by all"""
    )
    n_indicators = world.ask("select count(*) from meta.indicator where not is_heading")[0][0]
    assert [row[:2] for row in told if row[0] != "target"] == [
        ("status", n_indicators + 1), ("value", n_indicators + 1),
    ], "and of the wrong code"  # fmt: skip
    assert world.ask("select count(*) from core.fact_pentana_figure where period_key is null") == [(0,)]


def test_a_quarter_s_cell_is_the_year_to_date_where_the_indicator_says_so(world: World) -> None:
    kinds = world.ask(
        """select indicator_code, string_agg(distinct period_kind, ', ' order by period_kind)
           from core.fact_pentana_figure where indicator_code in ('ComS_011', 'ComS_017', 'ComS_040')
           group by all order by all"""
    )
    assert kinds == [
        ("ComS_011", "quarter, year"), ("ComS_017", "year, year to date"), ("ComS_040", "year, year to date"),
    ]  # fmt: skip


def test_targets_of_the_plan_and_of_pentana_stand_side_by_side(world: World) -> None:
    targets = world.ask(
        """select edition_code, indicator_set, period_kind, period_key, period_target_value from marts.figure_target
           where indicator_code = 'ComS_014' and period_key like '2022-23%' and period_key <> '2022-23-Q4'
           and period_kind <> 'year to date' order by all"""
    )
    assert targets == [
        ("2023-26", "CSI", "quarter", "2022-23-Q1", 10.0),
        ("2023-26", "CSI", "quarter", "2022-23-Q2", 10.0),
        ("2023-26", "CSI", "quarter", "2022-23-Q3", 10.0),
        ("2023-26", "CSI", "year", "2022-23", 40.0),
        ("2023-26", "KPI", "quarter", "2022-23-Q1", 12.5),
        ("2023-26", "KPI", "quarter", "2022-23-Q2", 12.5),
        ("2023-26", "KPI", "quarter", "2022-23-Q3", 12.5),
        ("2023-26", "KPI", "year", "2022-23", 50.0),
        ("Pentana", "Pentana", "quarter", "2022-23-Q1", 10.0),
        ("Pentana", "Pentana", "quarter", "2022-23-Q2", 10.0),
        ("Pentana", "Pentana", "quarter", "2022-23-Q3", 10.0),
    ]
    shown = world.ask("select distinct edition_code from marts.indicator_quarter where edition_code is not null")
    assert shown == [("2023-26",)], "the plan's own target is the one that an indicator is shown with"


def test_a_status_that_pentana_reports_otherwise_is_a_conflict(world: World) -> None:
    said = world.ask("select disagrees, ask from marts.conflict where conflict_kind = 'status_differs_from_reported'")
    assert said == [
        (
            "ComS_014 for 2022/23 Q2 is red against Pentana's own target, and Pentana reports amber "
            "(PI export 2022-23 Q3.csv, cell H22)",
            "Chief Communities Officer",
        )
    ]
    (row,) = world.ask(
        """select pentana_value, value, pentana_target, reported_status, figure_status from marts.pentana_figure
           where indicator_code = 'ComS_014' and period_key = '2022-23-Q2'"""
    )
    assert row == (15.0, 15.0, 10.0, "amber", "red")


def test_a_code_that_no_indicator_has_is_told_with_the_nearest(world: World) -> None:
    assert findings(world, "code_is_known") == [
        "File PI export 2021-22 Q3.xlsx, row 64 has the code ComS_0068, which no indicator has; "
        "the nearest is ComS_068. Correct the code in Pentana, or add it to the aliases of the source."
    ]


def test_an_action_s_progress_and_slipping_are_told_export_by_export(world: World) -> None:
    told = world.ask(
        """select strftime(as_at, '%d/%m/%Y'), progress_pct, progress_since_before_pct, slipped_days, is_late
           from marts.action_progress where action_code = 'COMS2223_07' order by as_at"""
    )
    assert [row[0] for row in told] == ["27/07/2022", "26/10/2022", "25/01/2023", "26/04/2023"]
    assert told[0][2] is None
    assert all(row[2] == row[1] - before[1] for before, row in pairwise(told))
    assert [row[3] for row in told] == [0, 0, 92, 92]
    assert findings(world, "code_stands_once") == [
        "Pentana's code COMS2224_05 stands for 2 actions in the export as at 26/04/2023, rows 12 and 13. "
        "Give each its own code in Pentana."
    ]


def test_a_risk_s_score_is_told_export_by_export(world: World) -> None:
    told = world.ask(
        "select risk_code, count(*), count(score_since_before) from marts.risk_score group by 1 order by 1"
    )
    assert told == [(f"COMS_R0{n}", 4, 3) for n in range(1, 5)]


def test_a_later_export_replaces_what_it_tells_anew_and_nothing_else(world: World, tmp_path: Path) -> None:
    kept = world.ask(
        """select delivery_key, count(*) from core.fact_pentana_figure
           where indicator_code = 'ComS_011' and pi_measure = 'value' group by all"""
    )
    assert sum(n for _, n in kept) == len(
        world.ask("select distinct stated_period from core.fact_pentana_figure where indicator_code = 'ComS_011'")
    )
    (quarter,) = world.ask(
        """select d.file_name from core.fact_pentana_figure as p inner join core.dim_delivery as d using (delivery_key)
           where p.indicator_code = 'ComS_011' and p.pi_measure = 'value' and p.period_key = '2021-22-Q1'"""
    )
    assert quarter == ("PI export 2021-22 Q4.csv",), "the latest export that holds the quarter"
