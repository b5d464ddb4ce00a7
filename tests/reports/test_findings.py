"""Sentences made from figures: each says what the figures say, and nothing where they say nothing."""

import pytest
from reports.shown import PLACE, make_figure, make_limits, make_place, make_row

from cs_pipeline.reports.findings import find

RED = {"period_target_value": 500.0, "variance_pct": -4.6, "figure_status": "red"}


def test_without_a_target_the_only_sentence_says_so() -> None:
    assert find([make_row(523)], "2021/22 Q3") == (
        "No edition of the plan on record sets a target for 2021/22 Q3, so no figure has a status.",
    )


def test_targets_are_told_for_the_year_to_date_where_there_is_one() -> None:
    to_date = make_figure(1_952, period_target_value=1_500.0, variance_pct=-30.1, figure_status="red")
    said = find([make_row(435, period_target_value=500.0, figure_status="green", to_date=to_date)], "2021/22 Q3")
    assert said == (
        "Of 1 target for the year to date: 1 red.",
        "Furthest from target: ASB incidents (police) (ComS_011), 1,952 against 1,500.",
    )


def test_the_three_furthest_from_target_come_worst_first() -> None:
    rows = [
        make_row(
            value, make_place(f"ComS_{value}"), period_target_value=10.0, variance_pct=variance, figure_status="red"
        )
        for value, variance in ((11, -10.0), (14, -40.0), (12, -20.0), (13, -30.0))
    ]
    furthest = find(rows, "2021/22")[1]
    assert [furthest.index(f"ComS_{value})") for value in (14, 13, 12)] == sorted(
        furthest.index(f"ComS_{value})") for value in (14, 13, 12)
    )
    assert "ComS_11" not in furthest


def test_an_indicator_in_two_sets_with_one_target_is_told_once() -> None:
    rows = [make_row(523, place, **RED) for place in (PLACE, make_place(indicator_set="KPI"))]
    assert find(rows, "2021/22 Q3")[0] == "Of 1 target: 1 red."


def test_an_indicator_with_two_targets_is_judged_by_both_and_moves_once() -> None:
    other = {"period_target_value": 600.0, "variance_pct": 12.8, "figure_status": "green"}
    moved = {"previous_value": 600.0, "short_trend": "improving"}
    rows = [make_row(523, PLACE, **RED, **moved), make_row(523, make_place(indicator_set="KPI"), **other, **moved)]
    said = find(rows, "2021/22 Q3")
    assert said[0] == "Of 2 targets: 1 green and 1 red."
    assert said[2] == "Most improved on the year before: ASB incidents (police) (ComS_011), 523 from 600."


def test_one_without_a_target_in_another_set_is_not_told_beside_the_one_with() -> None:
    rows = [make_row(523, PLACE, **RED), make_row(523, make_place(indicator_set="service data"))]
    assert find(rows, "2021/22 Q3")[0] == "Of 1 target: 1 red."


@pytest.mark.parametrize(("value", "before", "is_told"), [(9, 3, False), (12, 3, True), (3, 12, True)])
def test_counts_below_ten_are_not_compared(value: int, before: int, is_told: bool) -> None:
    said = find([make_row(value, previous_value=float(before), short_trend="worsening")], "2021/22")
    assert any(sentence.startswith("Most worsened") for sentence in said) == is_told


def test_a_percentage_moves_in_points_and_a_count_by_its_share() -> None:
    share = make_place("ComS_012d", unit="percent", aim="maximise")
    rows = [
        make_row(110, previous_value=100.0, short_trend="improving"),
        make_row(90.0, share, previous_value=79.0, short_trend="improving"),
    ]
    improved = next(sentence for sentence in find(rows, "2021/22") if sentence.startswith("Most improved"))
    assert improved.index("ComS_012d") < improved.index("ComS_011")  # 11 points, then a tenth
    assert "90.0% from 79.0%" in improved


def test_a_figure_within_its_limits_is_no_finding() -> None:
    said = find([make_row(523, limits=make_limits(380, 830, "within"))], "2021/22 Q3")
    assert said[1:] == ("No figure of the quarter is more than noise, of 1 with enough quarters behind them.",)


def test_limits_are_told_in_whole_numbers_between_which_no_signal_lies() -> None:
    said = find([make_row(17, limits=make_limits(17.48, 41.7, "below"))], "2021/22 Q3")
    assert said[1:] == (
        "More than noise in the quarter: ASB incidents (police) (ComS_011), 17 (below what chance gives, 18 to 41).",
    )


def test_held_late_and_restated_figures_are_named() -> None:
    late, restated = make_place("ComS_014"), make_place("ComS_020")
    rows = [
        make_row(None, missing_reason="held", held_over="ComS_011 for 2021/22 is 2,415 or 2,185"),
        make_row(None, late),
        make_row(7, restated, figure_state="restated"),
    ]
    assert find(rows, "2021/22")[1:] == (
        "Held: ComS_011 for 2021/22 is 2,415 or 2,185.",
        "Not yet available: ComS_014.",
        "Restated: ComS_020.",
    )
