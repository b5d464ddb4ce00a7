"""One cell of a workbook: numbers stay numbers and show their marks, and text stays text whatever it begins with."""

import re
from typing import Any

from cs_pipeline.reports.pack import NUMBERS, SHAPES, Cell, Column
from cs_pipeline.reports.palette import LIGHT

MARGIN = "_m"  # In a number format: room for an m.
LONGEST_TEXT = 32_767  # UTF-16 units in a cell of Excel.
_PRINTED = re.compile(r'([^\d.,"]*)(\d[\d,]*)(?:\.(\d+))?([^\d"]*)')


def write_cell(sheet: Any, place: tuple[int, int], cell: Cell, column: Column, widest: str = "") -> None:
    """Writes what `cell.shown` says; `widest` are the longest marks in its column, so that digits stay in line.

    The words of a small line are there for those who read the cell and are not shown: the line is drawn in their place.
    """
    book = sheet._workbook
    look = {**book.theme.data_format, **alignment(column)}
    as_number = number_format(cell, widest)
    if as_number is not None:
        sheet.write_number(*place, cell.number, book.add_format({**look, "num_format": as_number, "text_wrap": False}))
        return
    if column.kind == "line":
        look["num_format"] = ";;;"
    if column.kind == "status" and cell.text in SHAPES:
        look |= {
            "num_format": f'"{SHAPES[cell.text]} "@',
            "font_color": LIGHT.get(cell.text, LIGHT["ink"]),
            "bold": True,
        }
    write_text(sheet, place, cell.shown, look)


def alignment(column: Column) -> dict[str, Any]:
    """Numbers to the right, and a little off the next column: LibreOffice keeps no indent there."""
    return {"align": "right", "num_format": f"@{MARGIN}"} if column.kind in NUMBERS else {"align": "left"}


def write_text(sheet: Any, place: tuple[int, int], text: str, look: dict[str, Any]) -> None:
    """Text as it is, or what Excel can hold of it and an ellipsis; an empty one leaves a blank cell."""
    style = sheet._workbook.add_format(look)
    text = cut(text)
    if not text:
        sheet.write_blank(*place, None, style)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter (3.2) puts such a text into the file as markup; of a text in fragments it escapes each.
        sheet.write_rich_string(*place, style, text[0], style, text[1:], style)
    else:
        sheet.write_string(*place, text, style)


def number_format(cell: Cell, widest: str = "") -> str | None:
    """The format in which Excel shows the number as the pack does: `#,##0" [b] [p]"`; None where it has to be text.

    Who sorts, sums or draws the cell has the number; the marks come with it on the screen, on paper and when read out.
    """
    printed = _PRINTED.fullmatch(cell.text)
    if cell.number is None or printed is None:
        return None
    before, whole, decimals, after = printed.groups(default="")
    digits = f"{abs(cell.number):{',' if ',' in whole else ''}.{len(decimals)}f}"
    if digits != ".".join(filter(None, (whole, decimals))) or (cell.number < 0) != before.endswith("-"):
        return None
    is_grouped = "," in whole or (len(whole) < 4 and not decimals)
    body = ("#,##0" if is_grouped else "0") + ("." + "0" * len(decimals) if decimals else "")
    marks = _suffix(cell)
    padding = "".join(f"_{letter}" for letter in widest[len(marks) :])
    shown = _quoted(before) + body + _quoted(after + marks) + padding + MARGIN
    return f"{body};{shown}" if cell.number < 0 else shown


def widest_marks(cells: list[Cell]) -> str:
    return max((_suffix(cell) for cell in cells), key=len, default="")


def cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _suffix(cell: Cell) -> str:
    return "".join(f" {mark}" for mark in cell.marks)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
