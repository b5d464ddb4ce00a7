"""Good results of the residents' survey and bad ones: typed rows, every sentence, every row not accepted."""

from datetime import date
from pathlib import Path
from typing import Any

import makers
import pytest
import returns
from good_residents_survey import FILE, good, survey
from makers import counts_of, quarantine_of, rows_of

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.findings import Severity

(TABLE,) = source_named("residents_survey").tables
DAY, DARK = TABLE.columns[0].allowed
AT = f'Residents\' survey, file "{FILE}", sheet "Survey results", cell'
UNREADABLE, BLANK = "not what the column holds", "no value where one is needed"
PER_CENT = 'where a text such as 94% is needed under "Percentage". Write it as in 94%.'
YEAR = (
    'where a month, quarter or year is needed under "Year". Write a month, quarter or year, for example March 2024, '
    "Q3 2023/24 or 2023/24."
)
BASE = 'where a whole number of at least 1 is needed under "Base". Enter digits only, for example 9.'
QUESTION = (
    'where one of the listed words is needed under "Question". Use one of: Safe outside during the day, Safe outside '
    "after dark. If it is a new spelling, add it to the aliases of survey_question."
)


def read(book: dict[str, list[list[Any]]], folder: Path) -> Reading:
    return makers.read("residents_survey", returns.save("residents_survey", book, folder), folder)


def told(reading: Reading) -> list[tuple[Any, ...]]:
    names = ("row_number", "survey_question", "survey_year_from", "feeling_safe_printed", "n_answered")
    return [tuple(row[name] for name in names) for row in rows_of(reading, "residents_survey")]


def test_good_results_are_read_row_by_row(tmp_path: Path) -> None:
    book = good()
    book["Survey results"] += [[], ["Source: the County Council's survey of 2018/19"], ["Notes on weighting"]]
    reading = read(book, tmp_path)
    assert (reading.sentences(), reading.may_be_kept, reading.as_at) == ([], True, date(2019, 6, 14))
    assert counts_of(reading) == [("Survey results", 4, 2, 0, {"note under the table": 2})]
    year = date(2018, 4, 1)
    assert told(reading) == [(5, DAY, year, "93%", 1051), (6, DARK, year, "67.5%", 1043)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_later_headings_and_percentages_written_in_three_ways_are_read(place: int, tmp_path: Path) -> None:
    headings = [column.headings[min(place, len(column.headings) - 1)] for column in TABLE.columns]
    wordings = list(TABLE.columns[0].aliases)[place], list(TABLE.columns[0].aliases)[3 + place]
    book = survey([[wordings[0], "2019/20", "94 %", "1,057"], [wordings[1].upper(), "2019-20", 0.66, 1043]], headings)
    workbook = makers.save_book(tmp_path / FILE, book)
    workbook["Survey results"]["C6"].number_format = "0%"
    workbook.save(tmp_path / FILE)
    reading = makers.read("residents_survey", tmp_path / FILE, tmp_path)
    assert reading.sentences() == []
    year = date(2019, 4, 1)
    assert told(reading) == [(5, DAY, year, "94 %", 1057), (6, DARK, year, "66%", 1043)]


def bad() -> dict[str, list[list[Any]]]:
    return survey(
        [
            [DAY, "2018/19", 94, 1051],
            [None, "2018/19", "94%", 1051],
            ["Safe at home", "2018/19", "94%", 1051],
            [DARK, None, None, None],
            [DARK, "last year", "n/a", 0],
            [DARK, "2018/19", "#DIV/0!", "=1"],
            [DARK, "2018", "66%", 1043],
            [DARK, "2019/20", "66%", 1043],
            [DARK, "2020/21", 0.66, 1043],
            [DARK, "2016/17", "166%", 1043],
            [DARK, "2017/18", "66%", 1043],
            [DARK, "2017/18", "67%", 1043],
            ["Total", "2018/19", "80%", 2094],
        ]
    )


def test_bad_results_are_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read(bad(), tmp_path)
    assert reading.sentences() == [
        f"{AT} A6 — blank {QUESTION}",
        f"{AT} A7 — another word {QUESTION}",
        f"{AT} B8 — blank {YEAR}",
        f"{AT} C8 — blank {PER_CENT}",
        f"{AT} D8 — blank {BASE}",
        f'{AT} B9 — "last year" {YEAR}',
        f'{AT} C9 — "n/a" {PER_CENT}',
        f'{AT} D9 — "0" {BASE}',
        f'{AT} C10 — the error #DIV/0! where a text such as 94% is needed under "Percentage". '
        "Correct the formula, or type the value itself.",
        f'{AT} D10 — a formula without its value where a whole number of at least 1 is needed under "Base". '
        "Open the file in Excel, let it calculate, save it and send that.",
        f"{AT} B11 — the survey year is no financial year. Write it as 2019/20.",
        f"{AT} B13 — the survey year had not begun on the day on which the results were published. "
        "Correct the year, or the day of publication.",
        f"{AT} C13 — a number of 1 or less stands where a percentage is needed. "
        "Write it as 94%, or format the cell as a percentage.",
        f"{AT} C14 — the percentage is larger than 100. Correct the percentage.",
        f'{AT}s A15, A16 — the same "Question" stands in more than one row, with different contents. '
        "Keep the row that is right and delete the others.",
        f"{AT} A17 — a row of totals stands among the data. Delete the row; totals are worked out here.",
    ]
    assert counts_of(reading) == [("Survey results", 13, 2, 11, {})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (6, "A6", BLANK),
        (7, "A7", UNREADABLE),
        (8, "B8, C8, D8", BLANK),
        (9, "B9, C9, D9", UNREADABLE),
        (10, "C10, D10", "spreadsheet error #DIV/0!"),
        (11, "B11", "not a financial year"),
        (13, "B13, C13", "year not begun"),
        (14, "C14", "more than all"),
        (15, "A15", "repeated with changes"),
        (16, "A16", "repeated with changes"),
        (17, "A17", "totals row"),
    ]
    assert [row[0] for row in told(reading)] == [5, 12]


def test_every_declared_rule_is_broken_here(tmp_path: Path) -> None:
    rules = {rule.rule for rule in TABLE.rules}
    found = {finding.rule: finding.severity for finding in read(bad(), tmp_path).findings if finding.rule in rules}
    assert found == dict.fromkeys(rules, Severity.QUARANTINED)


@pytest.mark.parametrize("beside", ["Name", "Postcode", "Comment"])
def test_a_column_about_those_who_answered_refuses_the_whole_delivery(beside: str, tmp_path: Path) -> None:
    book = good()
    for row, text in zip(book["Survey results"][3:], (beside, "Jane Citizen", "NG9 1AB"), strict=True):
        row.append(text)
    reading = read(book, tmp_path)
    assert (reading.is_refused, reading.may_be_kept, reading.rows, "Citizen" in repr(reading)) == (
        True,
        False,
        {},
        False,
    )
