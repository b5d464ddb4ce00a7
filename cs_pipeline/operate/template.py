"""An empty return of a source: the headings of its newest layout, lists to choose from, and notes how to fill it in.

What it says is worded in `said.py`, examples are turned to the present in `present.py`, lists and bounds are
`choices.py`. That a template filled in is accepted whole is proved in `tests/cli/test_template.py`.
"""

import csv
import io
import textwrap
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.declare.source import Source, Table
from cs_pipeline.operate.choices import SHEET, Lists, guard
from cs_pipeline.operate.present import figure_headings, sheet_names, title_texts
from cs_pipeline.operate.said import NOTE_HEADINGS, list_columns, list_notes, placeholder, quote, say_heading, say_rule
from cs_pipeline.words.findings import column_letter
from cs_pipeline.words.settings import Settings

ROWS = 2000  # So many rows under the headings have lists and bounds.
SHADE = PatternFill("solid", fgColor="FFF2CC")
TITLE, BOLD = Font(name="Calibri", size=14, bold=True), Font(name="Calibri", size=11, bold=True)
SHADED = 4  # So many cells beside each other are shaded for one long text.
WRAPPED = Alignment(wrap_text=True, vertical="top")
UNDERLINED = Border(bottom=Side("thin"))
NOTE_WIDTHS = (34, 56, 24, 44, 34)
LINE = 15.0  # Points.
A4 = "9"


def make_csv(source: Source) -> str:
    """The heading row of a flat return."""
    layout = source.tables[0].layouts[-1]
    text = io.StringIO(newline="")
    csv.writer(text).writerow(say_heading(c, layout) for c in source.tables[0].columns if c.place == "heading")
    return text.getvalue()


def make_workbook(source: Source, settings: Settings, today: date | None = None) -> Workbook:
    """The notes, the sheets of each table, and the lists. `today` decides which months and tabs stand in it."""
    today = today or date.today()  # noqa: DTZ011  the day where the officer sits
    workbook = Workbook()
    workbook.properties.title, workbook.properties.creator = f"{source.title}: empty return", "cs_pipeline"
    notes = workbook.worksheets[0]
    notes.title = "Notes"
    _note_source(notes, source)
    lists = Lists(settings)
    head = [source.title] + ([placeholder(source.as_at)] if source.as_at.place == "title" else [])
    for table in source.tables:
        names = sheet_names(source, table, today)
        _note_table(notes, source, table, names)
        for name in names:
            _lay_table(workbook.create_sheet(name), head, table, lists, today)
            head = [source.title]  # The day is written once, so that it cannot be two.
    if lists.headed:
        lists.lay(workbook.create_sheet(SHEET))
    return workbook


def _lay_table(sheet: Worksheet, head: list[str], table: Table, lists: Lists, today: date) -> None:
    """The title, what is to be stated above the headings, the headings, and under them lists, bounds and formats."""
    for row, text in enumerate([*head, *title_texts(table, today)], 1):
        sheet.cell(row, 1, text)
        for place in range(1, SHADED + 1):
            sheet.cell(row, place).fill = SHADE if row > 1 else PatternFill()
    sheet["A1"].font = TITLE
    top = sheet.max_row + 2
    layout = table.layouts[-1]
    columns = [(say_heading(column, layout), column) for column in table.columns if column.place == "heading"]
    if table.cells:
        columns += [(heading, table.cells.figure) for heading in figure_headings(table.cells, today)]
    for place, (heading, column) in enumerate(columns, 1):
        _head(sheet, top, place, heading)
        guard(sheet, column_letter(place), range(top + 1, top + 1 + ROWS), column, heading, lists)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    _print_on_a4(sheet)


def _head(sheet: Worksheet, row: int, place: int, heading: str) -> None:
    cell = sheet.cell(row, place, heading)
    cell.font, cell.border = BOLD, UNDERLINED
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")


def _print_on_a4(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


# ---------------------------------------------------------------- the notes


def _note_source(sheet: Worksheet, source: Source) -> None:
    for place, width in enumerate(NOTE_WIDTHS, 1):
        sheet.column_dimensions[column_letter(place)].width = width
    sheet["A1"] = f"{source.title}: how to fill this return in"
    sheet["A1"].font = TITLE
    for note in list_notes(source):
        _say(sheet, note)
    _print_on_a4(sheet)


def _say(sheet: Worksheet, text: str, font: Font | None = None) -> None:
    """A sentence across the width of the notes."""
    row = sheet.max_row + 1
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(NOTE_WIDTHS))
    cell = sheet.cell(row, 1, text)
    cell.alignment = WRAPPED
    if font:
        cell.font = font
    sheet.row_dimensions[row].height = LINE * _lines(text, sum(NOTE_WIDTHS))


def _lines(text: str, width: int) -> int:
    """In how many lines a text stands: Excel does not make a row higher by itself when a program wrote it."""
    return len(textwrap.wrap(text, width)) or 1


def _note_table(sheet: Worksheet, source: Source, table: Table, names: list[str]) -> None:
    """What one row is, each column with what is wanted under it, and the rules that look at several at once."""
    sheets = "Sheets" if len(names) > 1 else "Sheet"
    _say(sheet, "")
    _say(sheet, f"{sheets} {quote(tuple(names), 'and')}: one row for each {table.one_row}", BOLD)
    top = sheet.max_row + 1
    for row, said in enumerate([NOTE_HEADINGS, *list_columns(source, table)], top):
        for place, text in enumerate(said, 1):
            cell = sheet.cell(row, place, text)
            cell.alignment, cell.border = WRAPPED, UNDERLINED
            if row == top or place == 1:
                cell.font = BOLD
        sheet.row_dimensions[row].height = LINE * max(map(_lines, said, NOTE_WIDTHS))
    for sentence in dict.fromkeys(map(say_rule, table.rules)):
        _say(sheet, sentence)
