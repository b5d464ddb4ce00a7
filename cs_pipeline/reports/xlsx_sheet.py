"""One sheet of a workbook, written over what gptables laid out: the lines above the table, the table, the chart."""

from typing import Any

from cs_pipeline.reports.pack import Line
from cs_pipeline.reports.sheets import Sheet
from cs_pipeline.reports.xlsx_cells import alignment, widest_marks, write_cell, write_text
from cs_pipeline.reports.xlsx_chart import insert_chart
from cs_pipeline.reports.xlsx_print import ACROSS, TITLE, column_widths, row_height

SMALL_LINE = {"markers": True, "series_color": "#12436D", "weight": 1.5}


def write_sheet(book: Any, sheet: Sheet, ranges: dict[tuple[str, Line], str]) -> None:
    """Writes every text and number of the sheet; `ranges` are where the values of the small lines stand."""
    page = book.get_worksheet_by_name(sheet.label)
    write_text(page, (0, 0), sheet.table.title, book.theme.title_format)
    page.set_row(0, TITLE)
    for place, text in enumerate(sheet.above, 1):
        write_text(page, (place, 0), text, book.theme.subtitle_format)
    _write_columns(page, sheet, ranges)
    _size(page, sheet)
    insert_chart(book, page, sheet)
    page.repeat_rows(sheet.heading_row)


def _write_columns(page: Any, sheet: Sheet, ranges: dict[tuple[str, Line], str]) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    table, first = sheet.table, sheet.heading_row + 1
    for place, column in enumerate(table.columns):
        look = {**page.theme.column_heading_format, **alignment(column)}
        write_text(page, (sheet.heading_row, place), column.heading, look)
        widest = widest_marks([row[place] for row in table.rows])
        drawn = {}
        for number, row in enumerate(table.rows, first):
            cell = row[place]
            write_cell(page, (number, place), cell, column, widest)
            if cell.line and (values := ranges.get((row[table.row_heading].text, cell.line))):
                drawn[xl_rowcol_to_cell(number, place)] = values
        if drawn:
            where = {"location": list(drawn), "range": list(drawn.values())}
            page.add_sparkline(first, place, {**SMALL_LINE, **where})


def _size(page: Any, sheet: Sheet) -> None:
    """A chart takes half the width of the page, and a row with a small line the height of two lines of text."""
    table = sheet.table
    widths = column_widths(table, ACROSS // 2 if sheet.chart else ACROSS)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.set_row(sheet.heading_row, row_height([column.heading for column in table.columns], widths))
    for number, row in enumerate(table.rows, sheet.heading_row + 1):
        texts = ["" if column.kind == "line" else cell.shown for column, cell in zip(table.columns, row, strict=True)]
        page.set_row(number, row_height(texts, widths, least=2 if any(cell.line for cell in row) else 1))
