"""What disagrees in the plan of 2023–26 as it is committed, and between it, Pentana and the deliveries."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import run_cs

from cs_pipeline.declare.conflict import find_kinds
from cs_pipeline.words.settings import PROJECT

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def found(committed: Path) -> list[Row]:
    with duckdb.connect(str(committed / "published" / "community_safety.duckdb"), read_only=True) as connection:
        return connection.execute(
            """select conflict_kind, subject, period_key, first_said, first_cell, second_said, second_cell,
                   conflict_sentence, ask, second_by, holds_figure
               from marts.reconciliation where is_unsettled order by all"""
        ).fetchall()


def of(found: list[Row], kind: str, *subjects: str) -> list[Row]:
    return [row for row in found if row[0] == kind and (not subjects or row[1] in subjects)]


def test_two_values_and_two_targets(found: list[Row]) -> None:
    asb = [row for row in of(found, "two_values", "ComS_011") if row[9] == "CSI"]
    assert [row[2:7] for row in asb] == [("2021-22", "2,415", "G10", "2,185", "H5")]
    assert [row[2:7] for row in of(found, "two_values", "ComS_014")] == [("2020-21", "67", "F13", "68", "G16")]
    targets = of(found, "two_targets")
    assert {(row[1], row[3], row[5]) for row in targets} == {("ComS_014", "40", "50")}
    assert {row[2] for row in targets} == {"2022-23", "2023-24", "2024-04/2026-03"}


def test_percentages_that_follow_from_nothing(found: list[Row]) -> None:
    assert [(row[1], row[2], row[3], row[4]) for row in of(found, "percentage_over_100")] == [
        ("ComS_014d", "2020-21", "103%", "G17")
    ]
    wrong = {(row[1], row[2]): row[3:7] for row in of(found, "operands_give_another")}
    assert wrong == {
        ("ComS_012d", "2019-20"): ("316 out of 386", "E23 and E11", "87%", "F13"),
        ("ComS_013d", "2019-20"): ("107 out of 126", "E26 and E12", "75%", "F15"),
        ("ComS_014d", "2019-20"): ("17 out of 22", "E29 and E13", "67%", "F17"),
        ("ComS_014d", "2020-21"): ("68 out of 67", "F29 and F13", "103%", "G17"),
    }
    assert {row[1] for row in of(found, "percentage_without_operands")} == {
        f"ComS_0{n}" for n in (32, 33, 48, 49, 52, 53, 54, 69)
    }


def test_every_year_in_which_bands_do_not_add(found: list[Row]) -> None:
    """Housing in 2020/21 and the panel in 2019/20 are the two that do."""
    assert {(row[1], row[2]) for row in of(found, "bands_do_not_add")} == {
        (f"ComS_{code}", year) for code in ("012", "013", "014", "017") for year in ("2019-20", "2020-21", "2021-22")
    } - {("ComS_013", "2020-21"), ("ComS_017", "2019-20")}


def test_orphans_aliases_headings_and_owners(found: list[Row]) -> None:
    assert {row[1] for row in of(found, "action_unknown")} == {
        "COMS2223_01", "COMS2223_02", "COMS2223_03", "COMS2223_05", "COMS2224_07", "COMS2324_08", "COMS2324_09",
    }  # fmt: skip
    assert [row[1] for row in of(found, "alias")] == ["ComS_24"]
    assert [row[1] for row in of(found, "heading_without_values")] == ["ComS_015"]
    assert [row[1] for row in of(found, "owner_missing")] == ["ComS_025"]


def test_a_status_that_depends_on_the_basis(found: list[Row]) -> None:
    """Environmental Health goes from amber to green, Housing from green to red."""
    rows = {row[1]: (row[2], row[3], row[5]) for row in of(found, "status_depends_on_basis")}
    assert rows["ComS_012d"] == ("2021-22", "79%, amber", "82.5%, green")
    assert rows["ComS_013d"] == ("2021-22", "87%, green", "72.3%, red")
    assert rows.keys() == {"ComS_012d", "ComS_013d", "ComS_014d"}
    for row in of(found, "status_depends_on_basis", "ComS_012d", "ComS_013d"):
        assert "for 2022/23" in row[7]


# How many rows of each kind the committed plan has; each was read against the document. Nothing transcribed says how
# many of a thing stand under a heading, so `count_does_not_match` has none, and every figure stated is counted.
COUNTED = {
    "action_rolled_forward": 12, "action_unknown": 7, "aim_disputed": 2, "alias": 1, "bands_do_not_add": 10,
    "calculated_against_stated": 7, "cost_without_budget_line": 1, "counted_inside_another": 6,
    "heading_without_values": 1, "mark_illegible": 2, "money_disagrees": 3, "operands_give_another": 4,
    "owner_missing": 1, "part_larger_than_whole": 2, "percentage_over_100": 1, "percentage_without_operands": 8,
    "periods_overlap": 1, "renewal_passed": 2, "renewal_without_action": 5, "several_names": 10,
    "status_depends_on_basis": 3, "status_differs_from_reported": 1, "target_against_aim": 1,
    "target_behind_last_value": 6, "total_not_printed": 1, "two_targets": 3, "two_values": 7, "value_jumps": 18,
    "value_suspiciously_round": 2,
}  # fmt: skip


def test_every_kind_is_counted(found: list[Row]) -> None:
    assert {kind: len(of(found, kind)) for kind in {row[0] for row in found}} == COUNTED
    assert len(COUNTED) >= 18
    kinds = {kind.name for kind in find_kinds(PROJECT / "sql" / "reconciliation")}
    assert kinds - COUNTED.keys() == {"count_does_not_match", "stated_where_none_is_counted"}


def test_the_six_figures_in_conflict_are_held_and_no_other(found: list[Row], committed: Path) -> None:
    held = {(row[1], row[2]) for row in found if row[10]}
    assert held == {
        ("ComS_011", "2021-22"), ("ComS_012d", "2019-20"), ("ComS_013d", "2019-20"), ("ComS_014", "2020-21"),
        ("ComS_014d", "2019-20"), ("ComS_014d", "2020-21"),
    }  # fmt: skip
    with duckdb.connect(str(committed / "published" / "community_safety.duckdb"), read_only=True) as connection:
        figures = connection.execute(
            "select indicator_code, year_key from marts.indicator_year where missing_reason = 'held'"
        ).fetchall()
    assert set(figures) == held


def test_every_row_is_one_plain_sentence_with_its_places(found: list[Row]) -> None:
    for row in found:
        assert row[7].count("; what would settle it is ") == 1, row
        assert row[7].endswith("."), row
        assert row[4] or row[6], row


# ---------------------------------------------------------------- as people ask


def test_cs_reconcile_tells_by_kind_with_state_and_whom_to_ask(committed: Path) -> None:
    done = run_cs("reconcile", "--code", "ComS_014", "--kind", "two_values", "--warehouse", str(committed))
    assert done.returncode == 1
    assert "Two values for one code and period (two_values): 1 open" in done.stdout
    assert "is 67 in the plan's service data, cell F13, and 68 in the plan's KPI, cell G16;" in done.stdout
    assert "open, and the figure is held · ask Chief Communities Officer · key " in done.stdout
    assert "1 open, and 1 figure is held" in done.stdout


def test_what_the_readme_shows_is_what_cs_reconcile_prints(committed: Path) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```console\n\$ cs (reconcile .*?)\n(.*?)```", readme, re.S)
    printed = run_cs(*shown[0].split(), "--warehouse", str(committed)).stdout.splitlines()
    for line in shown[1].splitlines():
        assert any(row.startswith(line.removesuffix(" …")) for row in printed), line


def test_cs_reconcile_as_json_for_an_action(committed: Path) -> None:
    done = run_cs("reconcile", "--code", "coms2324_09", "--json", "--warehouse", str(committed))
    (row,) = json.loads(done.stdout)
    assert (row["conflict_kind"], row["first_file_name"], row["first_cell"]) == (
        "action_unknown", "Community Safety Business Plan 2023-26.xlsx", "row 5",
    )  # fmt: skip


def test_cs_reconcile_names_the_kinds_where_one_is_not_known(committed: Path) -> None:
    done = run_cs("reconcile", "--kind", "three_values", "--warehouse", str(committed))
    assert done.returncode == 2
    assert "cs: there is no kind three_values." in done.stderr
    assert "two_values: Two values for one code and period" in done.stderr


def test_cs_reconcile_is_quiet_where_nothing_disagrees(committed: Path) -> None:
    done = run_cs("reconcile", "--code", "ComS_009", "--kind", "two_values", "--warehouse", str(committed))
    assert (done.returncode, done.stdout) == (0, "Nothing disagrees.\n")


def test_cs_why_shows_the_conflicts_of_a_figure(committed: Path) -> None:
    told = run_cs("why", "ComS_014", "2020/21", "--warehouse", str(committed)).stdout
    assert "2020/21: [held]" in told
    assert "Held [h]: ComS_014 for 2020/21 is 67 by the deliveries, and 68 in the plan's KPI, cell G16." in told
    assert "The deliveries give 67." in told
    assert "The plan 2023-26 (KPI) states 68: it does not agree" in told
    assert "open: ComS_014 for 2020/21 is 67 in the plan's service data, cell F13, and 68 in the plan's KPI" in told
    assert "Ask: Chief Communities Officer." in told
