"""Cells of the tables of figures: the number, its marks, and the mark in place of a number."""

import pytest
from reports.shown import PLACE, make_figure, make_limits, make_outlook, make_row, make_words

from cs_pipeline.reports.pack import Line, Point, clean, figure
from cs_pipeline.reports.rows import COLUMNS, figure_table


def shown(column: str, row: object) -> str:
    return COLUMNS[column][1](row).shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"figure_state": "issued"}, "523"),
        ({}, "523 [p]"),
        ({"figure_state": "restated"}, "523 [r]"),
        ({"figure_state": "issued", "is_waiting": True}, "523 [w]"),
        ({"is_break": True}, "523 [b] [p]"),
    ],
)
def test_a_figure_carries_its_marks(given: dict[str, object], text: str) -> None:
    assert shown("quarter", make_row(523, **given)) == text


@pytest.mark.parametrize(
    ("reason", "mark"),
    [
        ("not yet available", "[x]"), ("not comparable", "[x]"), ("not introduced", "[z]"),
        ("not applicable", "[z]"), ("held", "[h]"), ("nil", "nil"),
    ],
)  # fmt: skip
def test_a_mark_stands_in_place_of_a_figure(reason: str, mark: str) -> None:
    cell = COLUMNS["quarter"][1](make_row(None, missing_reason=reason))
    assert (cell.shown, cell.number) == (mark, None)


def test_a_target_from_samples_only_is_illustrative() -> None:
    assert shown("target", make_row(523, period_target_value=500.0, is_target_illustrative=True)) == "500 [i]"


def test_last_year_across_a_break_is_marked_and_not_compared() -> None:
    broken = make_figure(1_952, is_break=True)
    assert shown("previous", make_row(523, to_date=broken)) == "[b]"
    assert shown("previous", make_row(523, to_date=make_figure(1_952, previous_value=2_305.0))) == "2,305"


def test_an_estimate_has_a_range_and_says_that_it_is_one() -> None:
    assert shown("outlook", make_row(523, outlook=make_outlook(2_200, 2_050, 2_391.4))) == "2,200 (2,050 to 2,391) [e]"


def test_noise_is_said_in_words() -> None:
    assert shown("noise", make_row(523, limits=make_limits(380, 830, "within"))) == "within noise"
    assert shown("noise", make_row(923, limits=make_limits(380, 830, "above"))) == "more than noise: above"
    assert shown("noise", make_row(523)) == "too few to say"
    assert shown("noise", make_row(None)) == ""


def test_a_comment_names_who_said_it_and_a_sign_off_who_signed() -> None:
    assert shown("comment", make_row(523, commentary=make_words("Late logs.", signed=True))) == (
        "Late logs. (Chief Communities Officer, 14/02/2022) Signed off by the Chief Communities Officer, 14/02/2022."
    )


def test_a_column_that_nobody_fills_is_left_out() -> None:
    plain = figure_table("csi", "CSI", [make_row(523)], ("code", "title", "outlook", "comment"), "None.")
    assert [column.heading for column in plain.columns] == ["Code", "Indicator"]
    said = figure_table("csi", "CSI", [make_row(523, commentary=make_words("Late."))], ("code", "comment"), "None.")
    assert [column.heading for column in said.columns] == ["Code", "Comment"]


def test_a_line_is_never_joined_across_a_break_or_a_gap() -> None:
    points = [Point("Q1", 1, 1), Point("Q2", 2, 1), Point("Q3", 3, 2), Point("Q4", None, 2), Point("Q1", 4, 2)]
    line = Line("number", tuple(points))
    assert line.runs == ((0, 1), (2,), (4,))
    assert line.words == "Q1 1, Q2 2; break; Q3 3, Q1 4"


def test_a_percentage_is_kept_as_it_is_printed() -> None:
    assert figure(84.61538, "percent") == figure(84.6, "percent")


def test_what_a_form_cannot_hold_is_cleaned_for_all_forms_alike() -> None:
    row = make_row(523, PLACE)
    dirty = figure_table("csi", "a\x00b\n c\ud800", [row], ("code",), "None.")
    assert clean(dirty).title == "a\ufffdb c\ufffd"


def test_a_share_of_a_target_that_is_no_whole_number_is_shown_as_it_is_judged() -> None:
    """38 against 37.5 is amber, and no reader would see why at 38 against 38."""
    assert shown("target", make_row(38, period_target_value=37.5)) == "37.5"
    assert shown("target", make_row(38, period_target_value=100.0)) == "100"
