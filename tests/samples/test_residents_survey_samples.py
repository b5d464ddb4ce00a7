"""The committed results of the residents' survey: the seed writes them, and they say what the plan prints."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_samples import assert_same_files, read_date

from cs_pipeline.declare.columns import plain
from cs_pipeline.samples.residents_survey import write_residents_survey
from cs_pipeline.sources.residents_survey import QUESTIONS, SOURCE

FOLDER = Path(__file__).resolve().parents[2] / "sources" / "residents_survey"
PRINTED = {("2019/20", QUESTIONS[0]): 94, ("2019/20", QUESTIONS[1]): 66}
NAMES = ["Residents survey 2019-20 draft.xlsx", "Residents survey 2019-20.xlsx", "Residents survey 2022-23.xlsx"]
(TABLE,) = SOURCE.tables


def read_results(path: Path) -> tuple[dt.date, list[tuple[Any, ...]]]:
    """The day of publication and (year, question, percentage, base) of each row."""
    sheet = load_workbook(path)["Survey results"]
    rows = list(sheet.iter_rows())
    named = {plain(heading): column.name for column in TABLE.columns for heading in column.headings}
    assert [named[plain(str(cell.value))] for cell in rows[4]] == [column.name for column in TABLE.columns]
    found = []
    for question, year, percentage, base in (row for row in rows[5:] if row[1].value):
        said = percentage.value * 100 if percentage.number_format == "0%" else str(percentage.value).rstrip("%")
        (asked,) = TABLE.columns[0].read(question.value)
        found.append((year.value, asked, round(float(said)), base.value))
    return read_date(str(rows[1][0].value).removeprefix("Results published on ")), found


def latest(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    told = sorted(read_results(path) for path in folder.glob("*.xlsx"))
    return {(year, asked): (percentage, base) for _, rows in told for year, asked, percentage, base in rows}


def test_the_results_are_those_written_from_the_seed(tmp_path: Path) -> None:
    paths = write_residents_survey(tmp_path)
    assert_same_files(tmp_path, FOLDER)
    assert [path.name for path in paths] == NAMES


@pytest.mark.parametrize(("seed", "scale"), [(2023, 1), (7, 1), (2023, 3)])
def test_of_2019_20_they_say_what_the_plan_prints_and_of_the_two_years_after_nothing(
    seed: int, scale: int, tmp_path: Path
) -> None:
    write_residents_survey(tmp_path, seed=seed, scale=scale)
    told = latest(tmp_path)
    assert {key: percentage for key, (percentage, _) in told.items() if key in PRINTED} == PRINTED
    assert {year for year, _ in told} == {"2019/20", "2022/23"}
    for percentage, base in told.values():
        assert base > 1000 * scale
        assert round(100 * round(percentage * base / 100) / base) == percentage


def test_the_draft_is_put_right_by_the_results() -> None:
    (day, draft), (later, results) = (read_results(FOLDER / name) for name in NAMES[:2])
    assert day < later
    assert draft[1][2] != results[1][2]
    assert all(before[3] < after[3] for before, after in zip(draft, results, strict=True))


def test_every_sheet_says_it_is_synthetic_and_nothing_looks_like_a_person() -> None:
    for path in FOLDER.glob("*.xlsx"):
        kind = "Synthetic and illustrative sample" if "2022-23" in path.name else "Synthetic sample"
        for sheet in load_workbook(path).worksheets:
            texts = [str(cell) for row in sheet.values for cell in row if cell is not None]
            assert any(text.rstrip(".") == f"{kind}: no real answer, person or place" for text in texts)
            assert not [text for text in texts if re.search(r"\d{7}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", text)]
