"""The illustrative next edition of the plan: said to be one on every sheet, taken whole, and never delivered."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from cs_pipeline.intake.read import Asked, read_delivery
from cs_pipeline.samples.business_plan import HEADING_ROW
from cs_pipeline.samples.business_plan_next import (
    BEFORE,
    NEXT_FILE_NAME,
    PLAN,
    SAYS,
    invent,
    move_on,
    write_next_edition,
)
from cs_pipeline.words.settings import PROJECT

Sheets = dict[str, list[list[str | None]]]


def read_sheets(path: Path) -> Sheets:
    return {sheet.title: [list(row) for row in sheet.values] for sheet in load_workbook(path).worksheets}


def by_heading(rows: list[list[str | None]]) -> list[dict[str | None, str | None]]:
    headings, *below = rows[HEADING_ROW - 1 :]
    return [dict(zip(headings, row, strict=True)) for row in below]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_next_edition(tmp_path_factory.mktemp("made"))


def test_every_sheet_says_that_it_is_illustrative(made: Path) -> None:
    for name, rows in read_sheets(made).items():
        assert [row[0] for row in rows[:3]] == [f"{PLAN}: {name}", "As at 1 April 2024", SAYS]
    assert "llustrative" in made.name


def test_it_is_no_delivery_of_the_project() -> None:
    assert list((PROJECT / "sources").rglob(NEXT_FILE_NAME)) == []


def test_it_is_the_same_bytes_whenever_it_is_made(made: Path, tmp_path: Path) -> None:
    assert write_next_edition(tmp_path).read_bytes() == made.read_bytes()


def test_what_was_counted_stays_as_printed_and_every_target_is_another(made: Path) -> None:
    before, after = read_sheets(BEFORE), read_sheets(made)
    assert list(before) == list(after)
    n_targets = 0
    for name in before:
        for old, new in zip(by_heading(before[name]), by_heading(after[name]), strict=True):
            for heading in old.keys() & new.keys() - {"Due", "Renewal", "Action code", "Action codes"}:
                is_target = str(heading).startswith(("Target", "Budget 2")) and any(
                    map(str.isdigit, old[heading] or "")
                )
                assert (old[heading] == new[heading]) != is_target, (name, heading, old[heading], new[heading])
                n_targets += is_target
    assert n_targets == 2 * 26 + 14, "two of each indicator, and the money"


def test_it_is_taken_whole(made: Path, tmp_path: Path) -> None:
    reading = read_delivery("business_plan", made, made.name, "business_plan-next", Asked(tmp_path))
    assert reading.findings == []
    assert (reading.n_accepted, reading.n_quarantined) == (reading.n_read, 0)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Target 2023/24", "Target 2024/25"),
        ("March 2024", "March 2025"),
        ("COMS2224_01 COMS2023_05a", "COMS2325_01 COMS2124_05a"),
        ("Updated annually", "Updated annually"),
    ],
)
def test_years_move_on_by_one(text: str, later: str) -> None:
    assert move_on(text) == later


@pytest.mark.parametrize(
    ("text", "invented"),
    [("1,500", "1,425"), ("100%", "95%"), ("80.5%", "76.5%"), ("3", "2"), ("0", "1"), ("-", "-"), ("NOTE*", "NOTE*")],
)
def test_numbers_are_invented_and_other_texts_are_not(text: str, invented: str) -> None:
    assert invent(text, 5) == invented
