"""Makes an illustrative next edition of the Business Plan, 2024–27, out of the committed one of 2023–26.

Its years are one later; its targets, its money and its figures of the last year are invented, as every sheet says. It
is for trying two editions side by side, and stands in no folder of deliveries.
"""

import re
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from cs_pipeline.samples.book import save
from cs_pipeline.samples.business_plan import FILE_NAME, HEADING_ROW
from cs_pipeline.words.settings import PROJECT

BEFORE = PROJECT / "sources" / "business_plan" / FILE_NAME
PLAN = "Community Safety Business Plan 2024–27"
NEXT_FILE_NAME = "Community Safety Business Plan 2024-27 illustrative.xlsx"
AS_AT = "As at 1 April 2024"
SAYS = "Illustrative: no edition of any council; targets, budgets and figures of 2022/23 are invented"
COUNTED = re.compile(r"(Actual|Achieved) ")
PLANNED = re.compile(r"(Target|Budget) (\d|future)")
DATED = ("Due", "Renewal", "Action code", "Action codes")

Line = dict[str, str]


def write_next_edition(to_dir: Path, as_at: str = AS_AT, lower_by: int = 5) -> Path:
    """Write the workbook; returns its path. What it plans is `lower_by` per cent under what the edition before planned.

    With another day and percentage it is the same edition as it would be sent again.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = f"{PLAN}, illustrative"
    for before in load_workbook(BEFORE).worksheets:
        headings, *rows = [[str(cell or "") for cell in row] for row in before.iter_rows(HEADING_ROW, values_only=True)]
        sheet = workbook.create_sheet(before.title)
        for number, text in enumerate((f"{PLAN}: {before.title}", as_at, SAYS), start=1):
            sheet.cell(number, 1, text)
        sheet["A1"].font = Font(bold=True, size=14)
        lines = [_next(dict(zip(headings, row, strict=True)), lower_by) for row in rows]
        for number, cells in enumerate([list(lines[0]), *(list(line.values()) for line in lines)], HEADING_ROW):
            for column, text in enumerate(cells, start=1):
                if text:
                    sheet.cell(number, column, text).number_format = "@"
    save(workbook, to_dir / NEXT_FILE_NAME)
    return to_dir / NEXT_FILE_NAME


def _next(line: Line, lower_by: int) -> Line:
    """A row of the next edition by its headings: what was counted stays as it was printed, the rest is invented."""
    made = {}
    for heading, text in line.items():
        later = move_on(heading)
        made[later] = move_on(text) if heading in DATED else text
        if PLANNED.match(heading):
            made[later] = invent(line.get(later, text), lower_by)
        elif COUNTED.match(heading):
            made[later] = line[later] if later in line else invent(text, lower_by)
    return made


def move_on(text: str) -> str:
    """The text with its financial years, its calendar years, and the years in codes of actions, one later."""
    text = re.sub(r"\b(20\d\d)/(\d\d)\b", lambda found: f"{int(found[1]) + 1}/{int(found[2]) + 1:02d}", text)
    text = re.sub(r"\b20\d\d\b(?!/)", lambda found: str(int(found[0]) + 1), text)
    return re.sub(r"\bCOMS(\d\d)(\d\d)", lambda found: f"COMS{int(found[1]) + 1}{int(found[2]) + 1}", text)


def invent(text: str, lower_by: int) -> str:
    """A number as it is printed, lower by so many per cent and by 1 at least; a nought becomes 1, other texts stay."""
    found = re.fullmatch(r"([\d,]+)(\.\d+)?(%?)", text)
    if not found:
        return text
    number = int(found[1].replace(",", ""))
    lower = number - max(1, round(number * lower_by / 100)) if number else 1
    return f"{lower:,}{found[2] or ''}{found[3]}"
