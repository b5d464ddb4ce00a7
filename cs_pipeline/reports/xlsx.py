"""A pack as a workbook by the rules of the Government Analysis Function: a cover, contents, and one table on a sheet.

What stands on which sheet is in `sheets.py`; a sheet is written in `xlsx_sheet.py`.
"""

import re
import warnings
from copy import deepcopy
from datetime import UTC
from pathlib import Path
from typing import Any

from cs_pipeline.reports.pack import AUTHOR, Pack
from cs_pipeline.reports.sheets import HISTORIES, Sheet, history_ranges, make_sheets
from cs_pipeline.reports.xlsx_cells import write_text
from cs_pipeline.reports.xlsx_print import FONT, TITLE, row_height, set_print
from cs_pipeline.reports.xlsx_sheet import write_sheet

LOOK = {
    "global": {**FONT, "font_color": "#000000", "valign": "top"},
    "cover_title": {"font_size": 20, "bold": True, "text_wrap": True},
    "cover_subtitle": {"bold": True},
    "cover_text": {"text_wrap": True},
    "title": {"font_size": 16, "bold": True},
    "column_heading": {"bold": True, "text_wrap": True, "bg_color": "#E8EEF3", "bottom": 1},
    "index_2": {"text_wrap": True, "bottom": 1, "bottom_color": "#BFBFBF"},
    "data": {"text_wrap": True, "bottom": 1, "bottom_color": "#BFBFBF"},
    "description_order": ["instructions"],
}
ABOUT = [
    "Each table is on a sheet of its own, and the sheet Contents links to them all.",
    "Marks in square brackets belong to the figure before them. The sheet Notes says what they mean.",
]
ABOUT_LINES = "A small line stops where a figure is missing or not comparable. Its values are on the sheet"
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "in_memory": True,
    "default_format_properties": FONT,
    "default_column_width": 80,  # Pixels, with Arial 12.
}
WIDE = 100
HELD = "Contents"  # Where a text of the pack will stand.


def write_xlsx(pack: Pack, path: Path) -> None:
    """Writes the workbook; the same pack gives the same bytes.

    gptables (2.0) reads `$$x$$` and `[x](y)` in any text as its own, and refuses a cell without a letter. So it lays
    out zeros, and what the pack says is written over them.
    """
    sheets = make_sheets(pack)
    book = _lay_out(pack, sheets, path)
    made = pack.cut_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": pack.title, "subject": pack.subtitle, "author": AUTHOR, "created": made})
    _write_cover(book, pack)
    _write_contents(book, pack, sheets)
    ranges = history_ranges(pack, sheets)
    for sheet in sheets:
        write_sheet(book, sheet, ranges)
    for page in book.worksheets():
        set_print(page, pack)
    book.close()


def _lay_out(pack: Pack, sheets: list[Sheet], path: Path) -> Any:
    from gptables import Cover, Theme, produce_workbook

    about = [*ABOUT, f"{ABOUT_LINES} {sheets[-1].label}."] if sheets[-1].table.name == HISTORIES else ABOUT
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It misses notes of its own kind.
        return produce_workbook(
            str(path),
            {sheet.label: _skeleton(number, sheet) for number, sheet in enumerate(sheets, 1)},
            theme=Theme(deepcopy(LOOK)),
            cover=Cover(HELD, intro=[HELD] * len(_introduction(pack)), about=about, contact=[AUTHOR], width=WIDE),
            contentsheet_options={
                "title": "Contents",
                "subtitles": [HELD],
                "instructions": "This sheet contains one table, which links to the others.",
            },
            auto_width=False,
            workbook_options=deepcopy(OPTIONS),  # XlsxWriter takes out what it has read.
        )


def _skeleton(number: int, sheet: Sheet) -> Any:
    """A table of Excel in the sheet's shape; its name says what it holds and is no reference to a cell."""
    from gptables import GPTable
    from pandas import DataFrame

    headings = [column.heading for column in sheet.table.columns]
    chart = " and, to the right of it, one chart" if sheet.chart else ""
    return GPTable(
        DataFrame(0, index=range(len(sheet.table.rows)), columns=headings),
        f"table_{number}_{re.sub('[^A-Za-z0-9]+', '_', sheet.label).lower()}",
        HELD,
        subtitles=[HELD] * len(sheet.above),
        instructions=f"This sheet contains one table{chart}.",
        index_columns={},
    )


def _introduction(pack: Pack) -> list[str]:
    return [pack.subtitle, pack.notice, pack.cut_on]


def _write_cover(book: Any, pack: Pack) -> None:
    page = book.get_worksheet_by_name("Cover")
    write_text(page, (0, 0), pack.title, book.theme.cover_title_format)
    page.set_row(0, row_height([pack.title], [WIDE / 2]) * 2)
    for place, text in enumerate(_introduction(pack), 2):  # Under the title and a heading of gptables.
        write_text(page, (place, 0), text, book.theme.cover_text_format)
        page.set_row(place, row_height([text], [WIDE]))


def _write_contents(book: Any, pack: Pack, sheets: list[Sheet]) -> None:
    page = book.get_worksheet_by_name("Contents")
    write_text(page, (1, 0), pack.notice, book.theme.subtitle_format)
    for place, sheet in enumerate(sheets, 4):  # Under the title, the notice, the instructions and the headings.
        write_text(page, (place, 1), sheet.table.title, book.theme.data_format)
        page.set_row(place, row_height([sheet.table.title], [WIDE - 34]))
    page.set_row(0, TITLE)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, WIDE - 34)
