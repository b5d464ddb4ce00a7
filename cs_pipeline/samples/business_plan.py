"""Turns the transcribed tables of the Business Plan 2023–26 into one workbook, every cell as printed.

The figures are the council's own, not synthetic; what they mean is decided in `sources/` and `intake/`.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.samples.book import save

PLAN = "Community Safety Business Plan 2023–26"
FILE_NAME = "Community Safety Business Plan 2023-26.xlsx"
AS_AT = "As at 1 April 2023"
HEADING_ROW = 4
WIDEST = 60


@dataclass(frozen=True)
class Table:
    """One sheet: its name, the CSV it is made of, and the heading over each of that file's columns."""

    sheet: str
    file_name: str
    headings: dict[str, str]


TABLES = (
    Table(
        "Service data",
        "service_data.csv",
        {
            "section": "Section",
            "group": "Group",
            "code": "PI code",
            "name": "Name",
            "actual_2019_20": "Actual 2019/20",
            "actual_2020_21": "Actual 2020/21",
            "actual_2021_22": "Actual 2021/22",
            "note": "Note",
        },
    ),
    Table(
        "Performance indicators",
        "performance_indicators.csv",
        {
            "set": "Set",
            "objective": "Objective",
            "group": "Group",
            "code": "PI code",
            "name": "Name",
            "achieved_2019_20": "Achieved 2019/20",
            "achieved_2020_21": "Achieved 2020/21",
            "achieved_2021_22": "Achieved 2021/22",
            "target_2022_23": "Target 2022/23",
            "target_2023_24": "Target 2023/24",
            "target_future": "Target future",
            "owner": "Owner",
            "note": "Note",
        },
    ),
    Table(
        "Objectives",
        "objectives.csv",
        {"code": "Objective code", "objective": "Objective", "services": "Services"},
    ),
    Table(
        "Actions",
        "actions.csv",
        {
            "code": "Action code",
            "title": "Action",
            "outcome": "Outcome",
            "partners": "Partners",
            "officers": "Officers",
            "due": "Due",
            "budget_note": "Budget note",
        },
    ),
    Table(
        "Budgets",
        "budgets.csv",
        {
            "heading": "Heading",
            "item": "Item",
            "action_code": "Action code",
            "budget_2023_24": "Budget 2023/24",
            "budget_2024_25": "Budget 2024/25",
            "budget_2025_26": "Budget 2025/26",
        },
    ),
    Table(
        "Risks",
        "risks.csv",
        {
            "kind": "Kind",
            "reference": "Reference",
            "risk": "Risk",
            "mitigation": "Mitigation",
            "action_codes": "Action codes",
            "strategic_risks": "Strategic risks",
        },
    ),
    Table(
        "Strategies",
        "strategies.csv",
        {"document": "Document", "renewal": "Renewal", "responsible": "Responsible"},
    ),
)


def write_business_plan(plan_dir: Path, to_dir: Path) -> Path:
    """Make the workbook of seven sheets from the CSVs in `plan_dir`; returns its path.

    Every cell is text exactly as the CSV has it, blanks stay empty. A new column raises `KeyError`.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = PLAN
    for table in TABLES:
        _fill(workbook.create_sheet(table.sheet), table, plan_dir / table.file_name)
    path = to_dir / FILE_NAME
    save(workbook, path)
    return path


def _fill(sheet: Worksheet, table: Table, source: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    sheet["A1"] = f"{PLAN}: {table.sheet}"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = AS_AT
    for number, name in enumerate(names, start=1):
        heading = sheet.cell(HEADING_ROW, number, table.headings[name])
        heading.font = Font(bold=True)
        longest = max(len(row[number - 1]) for row in rows)
        width = min(WIDEST, max(longest, len(table.headings[name])) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row_number, row in enumerate(rows, start=HEADING_ROW + 1):
        for number, text in enumerate(row, start=1):
            if text:
                # The format "@" keeps "1,500" and "March 24" text when the officer edits the cell.
                sheet.cell(row_number, number, text).number_format = "@"
