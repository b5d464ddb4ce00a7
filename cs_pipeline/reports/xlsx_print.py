"""How a workbook prints: A4 across, one page wide, headings and the notice on every page."""

import re
from collections.abc import Sequence
from textwrap import shorten, wrap
from typing import Any

from cs_pipeline.reports.pack import Pack, Table

A4 = 9
# Widths are counted in digits of the workbook's own font; A4 across takes this many at full size.
FONT = {"font_name": "Arial", "font_size": 12}
ACROSS = 110
LINE = 15.75  # Height of a line, in points.
TITLE = 24.0
HIGHEST = 409  # No row of Excel is higher.
WHOLE = 12  # Texts up to this length stay on one line: codes, periods, statuses.
LONGEST_WORD = 32  # Longer ones are broken.
LONGEST_HEADER = 250  # Excel takes 255 characters, of which two or more say where the text stands.


def set_print(page: Any, pack: Pack) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{_header_text(pack.notice, LONGEST_HEADER)}")
    number = "&RPage &P of &N"
    page.set_footer(f"&L{_header_text(pack.title, LONGEST_HEADER - len(number))}{number}")


def column_widths(table: Table, across: int = ACROSS) -> list[float]:
    """Shares of a page's width, and no less than a number, a code or the longest word needs to stand on one line."""
    share = min(1.5, across / sum(column.width for column in table.columns))
    found: list[float] = []
    for place, column in enumerate(table.columns):
        cells = [] if column.kind == "line" else [row[place] for row in table.rows]
        whole = [cell.shown for cell in cells if cell.number is not None or len(cell.shown) <= WHOLE]
        words = [word for cell in cells if cell.number is None for word in cell.shown.split()]
        longest = max((len(text) for text in (*whole, *words, *column.heading.split())), default=0)
        shape = 2 if column.kind == "status" else 0
        found.append(max(column.width * share, min(longest, LONGEST_WORD) * 1.1 + 3 + shape))
    return found


def row_height(texts: Sequence[str], widths: Sequence[float], least: int = 1) -> float:
    """Room for the text that wraps most; a digit is as wide as 1.1 letters. LibreOffice does not work it out itself."""
    rooms = (max(1, int(width * 1.1)) for width in widths)
    lines = (len(wrap(text, room)) for text, room in zip(texts, rooms, strict=True) if len(text) > room)
    return min(HIGHEST, max(least, *lines, 1) * LINE)


def _header_text(text: str, room: int) -> str:
    """Text that Excel's headers show as it is; cut at a word where they cannot hold it.

    `&G` and `&[Picture]` stand for a picture to XlsxWriter even where the `&` is doubled, so a space parts them.
    """
    escaped = re.sub(r"&(?=[G\[])", "& ", text).replace("&", "&&")
    units = len(escaped.encode("utf-16-le")) // 2
    if units <= room:
        return escaped
    # No letter takes more than two places, so half the room always fits.
    return re.sub(r"&(?=[G\[])", "& ", shorten(text, room // 2 - 1, placeholder=" …")).replace("&", "&&")
