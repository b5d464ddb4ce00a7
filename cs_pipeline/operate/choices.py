"""What Excel lets a person type into the columns of an empty return: words from a list, numbers and days in bounds.

The sheets themselves are laid out in `template.py`. Excel only helps; whatever is sent is judged in `intake/`.
"""

import csv
from dataclasses import dataclass, field
from datetime import date

from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.declare.columns import Column, plain
from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.receive import files_in
from cs_pipeline.words.days import SERIAL_ZERO, YEARS_READ
from cs_pipeline.words.findings import column_letter
from cs_pipeline.words.settings import Settings

SHEET = "Lists"
MOST = 999_999_999  # The bound of a number that has none.
NARROWEST, WIDEST = 14, 46
LONGEST_TITLE, LONGEST_ERROR = 32, 255  # What Excel takes.
FORMATS = {"date": "dd/mm/yyyy", "time": "hh:mm", "whole": "General", "decimal": "General"}
AS_TYPED = "@"  # Excel then makes no day of "March 24" and keeps the nought of "012".
FIRST_DAY = (date(YEARS_READ[0], 1, 1) - SERIAL_ZERO).days
LAST_DAY = (date(YEARS_READ[-1], 12, 31) - SERIAL_ZERO).days


@dataclass
class Lists:
    """The lists of words of a workbook, each with its heading; one list stands once, however many columns use it."""

    settings: Settings
    headed: dict[tuple[str, ...], str] = field(default_factory=dict)

    def words_of(self, column: Column) -> tuple[str, ...]:
        """The words that a column may hold; none where it may hold others too."""
        return self._look_up(column.looked_up_in) if column.looked_up_in else column.allowed

    def cells_of(self, words: tuple[str, ...], heading: str) -> str:
        """Where on the sheet of lists the words stand; `heading` is put over them unless they stand there already."""
        self.headed.setdefault(words, heading)
        letter = column_letter(list(self.headed).index(words) + 1)
        return f"{SHEET}!${letter}$2:${letter}${len(words) + 1}"

    def _look_up(self, looked_up_in: str) -> tuple[str, ...]:
        """The words of a column of reference data, from the newest file of it."""
        of, name = looked_up_in.split(".")
        reference = source_named(of)
        headings = {
            plain(heading)
            for table in reference.tables
            for column in table.columns
            if column.name == name
            for layout in table.layouts
            for heading in layout.headings_of(column)
        }
        words = set[str]()
        for path in files_in(self.settings.source_folder(reference.arrives_in))[-1:]:
            with path.open(encoding="utf-8-sig", newline="") as file:
                words |= {row[h] for row in csv.DictReader(file) for h in row if plain(h) in headings and row[h]}
        return tuple(sorted(words))

    def lay(self, sheet: Worksheet) -> None:
        for place, (words, heading) in enumerate(self.headed.items(), 1):
            sheet.cell(1, place, heading).font = Font(name="Calibri", size=11, bold=True)
            for row, word in enumerate(words, 2):
                sheet.cell(row, place, word)
            sheet.column_dimensions[column_letter(place)].width = max(map(len, (heading, *words))) + 2
        sheet.freeze_panes = "A2"


def guard(sheet: Worksheet, letter: str, rows: range, column: Column, heading: str, lists: Lists) -> None:
    """Gives a column its width and format, and its list or bounds with a message that says what is wanted."""
    words = lists.words_of(column)
    longest = max(map(len, (heading, *words)))
    sheet.column_dimensions[letter].width = min(max(NARROWEST, longest + 4), WIDEST)
    sheet.column_dimensions[letter].number_format = FORMATS.get(column.kind, AS_TYPED)
    rule = _choose(lists.cells_of(words, heading)) if words else _bound(column)
    if rule is None:
        return
    help_ = "Choose it from the list." if words else column.kind_of.remedy
    rule.errorTitle = heading[:LONGEST_TITLE]
    rule.error = f"{column.wanted[0].upper()}{column.wanted[1:]} is needed here. {help_}"[:LONGEST_ERROR]
    rule.showErrorMessage = True
    rule.add(f"{letter}{rows[0]}:{letter}{rows[-1]}")
    sheet.add_data_validation(rule)


def _choose(cells: str) -> DataValidation:
    return DataValidation(type="list", formula1=cells, allow_blank=True)


def _bound(column: Column) -> DataValidation | None:
    low, high = column.at_least, column.at_most
    match column.kind:
        case "whole" | "decimal":
            bounds = f"{-MOST if low is None else low:.15g}", f"{MOST if high is None else high:.15g}"
        case "date":
            bounds = str(FIRST_DAY), str(LAST_DAY)
        case "time":
            bounds = "0", "0.999999"
        case _:
            return None
    return DataValidation(
        type=column.kind, operator="between", formula1=bounds[0], formula2=bounds[1], allow_blank=True
    )
