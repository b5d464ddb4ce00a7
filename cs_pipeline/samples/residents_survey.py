"""Writes the County Council's survey results of 2019/20 as the plan prints them, and illustrative ones of 2022/23.

No survey was held in 2020/21 and 2021/22. How a workbook is read is declared in `sources/residents_survey.py`.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import MADE_BY, Row, Value, lay_sheet, save, say_synthetic, start_book

SEED = 2023
TITLE = "Nottinghamshire County Council: annual residents' survey, Broxtowe"
BASES = range(1020, 1180)
FEWEST_LEFT_OUT = 20


@dataclass(frozen=True)
class Results:
    """One workbook: the percentages by day and after dark, and how they are written. The draft left answers out."""

    name: str
    year: str
    published_on: dt.date
    percentages: tuple[int, int]
    headings: tuple[str, ...]
    questions: tuple[str, str]
    is_draft: bool = False
    is_text: bool = False


PUBLISHED = (
    Results(
        "Residents survey 2019-20 draft.xlsx",
        "2019/20",
        dt.date(2020, 2, 14),
        (94, 65),
        ("Question", "Year", "Percentage", "Base"),
        ("Safe outside during the day", "Safe outside after dark"),
        is_draft=True,
    ),
    Results(
        "Residents survey 2019-20.xlsx",
        "2019/20",
        dt.date(2020, 4, 24),
        (94, 66),
        ("Question", "Survey year", "Feel safe", "Number who answered"),
        (
            "Feel safe when outside in the local area during the day",
            "Feel safe when outside in the local area after dark",
        ),
        is_text=True,
    ),
    Results(
        "Residents survey 2022-23.xlsx",
        "2022/23",
        dt.date(2023, 2, 17),
        (92, 69),
        ("Question", "Year", "Per cent", "Respondents"),
        ("Safe outside in the local area during the day", "Safe outside in the local area after dark"),
    ),
)


def write_residents_survey(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write a draft and the results of 2019/20, and those of 2022/23; returns their paths in the order of publication.

    Of 2019/20 they say 94% by day and 66% after dark, of `scale` times as many who answered.
    """
    rng = Random(f"residents_survey {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    bases = {year: [scale * rng.choice(BASES) for _ in range(2)] for year in dict.fromkeys(r.year for r in PUBLISHED)}
    paths = []
    for results in PUBLISHED:
        fewer = rng.randrange(FEWEST_LEFT_OUT, 2 * FEWEST_LEFT_OUT) if results.is_draft else 0
        path = to_dir / results.name
        _write_book(results, [base - fewer * scale for base in bases[results.year]], path)
        paths.append(path)
    return paths


def _write_book(results: Results, bases: list[int], path: Path) -> None:
    says = say_synthetic(results.year == "2022/23", "answer")
    notes = [
        f"{MADE_BY}.",
        "Only the percentages of 2019/20 are those of the published plan; who answered is invented.",
    ]
    if results.is_draft:
        notes.append("A draft before the last answers came in; the results replace it.")
    workbook = start_book(TITLE, says, notes)
    rows: list[Row] = []
    for question, percentage, base in zip(results.questions, results.percentages, bases, strict=True):
        said: Value = f"{percentage}%" if results.is_text else percentage
        rows += [[question, results.year, said, base], []]
    rows.append(["Note: those who did not answer a question are left out of its base."])
    head = (TITLE, f"Results published on {results.published_on:%d/%m/%Y}", says)
    lay_sheet(workbook.create_sheet("Survey results"), head, 5, results.headings, rows)
    if results.year == "2022/23":
        for row in (6, 8):  # A percentage as a spreadsheet keeps it: 0.92, shown as 92%.
            cell = workbook["Survey results"].cell(row, 3)
            cell.value, cell.number_format = int(str(cell.value)) / 100, "0%"
    save(workbook, path)


WRITES = {"residents_survey": write_residents_survey}
