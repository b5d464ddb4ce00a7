"""A table of a pack as WordprocessingML, and pictures as Word places them in a line of text.

Written as text and parsed once a table, since python-docx goes cell by cell: 180 ms for 8 tables of 15 rows and 10
columns, against 8. The look is in `docx_style.py`.
"""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from cs_pipeline.reports.docx_style import PADDING, W, style_id
from cs_pipeline.reports.pack import NUMBERS, SHAPES, Cell, Column, Line, Table

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

TWIPS_IN_MM, EMU_IN_TWIP = 1440 / 25.4, 635
MOST_LINES = 16  # Of a table, or else of a row, that does not break over two pages; a landscape page holds 30 rows.
LONGEST_MM = 32  # A longer word is broken rather than given the width that others need.
LETTERS_MM = {" !'(),-./:;I[]fijlrt|": 1.0, "ABCDEFGHJKLNOPQRSTUVXYZ&": 2.3, "MWm%w@": 2.8}  # Arial, 9 points, bold.
LETTER_MM = 1.85  # Any other.
SHARE_MM = (1.9, 2.5)  # What one of a column's shares takes: at least, or the paper is turned; at most.


class Pictures:
    """The pictures of a document, numbered as they stand in it. Equal ones are stored once."""

    def __init__(self, part: "DocumentPart") -> None:
        self.part = part
        self.n = 0

    def place(self, png: bytes, words: str, widest: int) -> str:
        """A run with the picture, no wider than `widest` twips and no larger than it was drawn, and its words."""
        from docx.oxml.shape import CT_Inline
        from docx.shared import Emu

        self.n += 1
        key, image = self.part.get_or_add_image(BytesIO(png))
        shrunk = min(1.0, widest * EMU_IN_TWIP / image.width)
        size = (Emu(round(image.width * shrunk)), Emu(round(image.height * shrunk)))
        inline = CT_Inline.new_pic_inline(self.n, key, "", *size)
        inline.docPr.set("descr", words)
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # LibreOffice takes 3 mm where nothing is said, and cuts the picture.
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"

    def place_line(self, line: Line, words: str, widest: int) -> str:
        from cs_pipeline.reports.charts import draw_line

        return self.place(draw_line(line, "png"), words, widest)


def table_xml(table: Table, text_mm: float, pictures: Pictures) -> str:
    """The table with a row of headings that stands again on every page, its columns as wide as they need to be."""
    widths = _widths(table, text_mm)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    # Word calls the first column a heading for those who hear it; another column it cannot.
    names, look = ("1", "06A0") if table.row_heading == 0 else ("0", "0620")
    quoted = escape(table.title, {'"': "&quot;"})
    return (
        f'<w:tbl {W}><w:tblPr><w:tblStyle w:val="PackTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}" w:firstRow="1" w:lastRow="0" w:firstColumn="{names}" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{quoted}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_headings(table.columns, widths)}{_body(table, widths, pictures)}</w:tbl>"
    )


def is_wider(table: Table, text_mm: float) -> bool:
    """Whether the table is cramped on a page with so much room for text."""
    return sum(max(column.width * SHARE_MM[0], need) for column, need in _needs(table)) > text_mm


def text(said: str, style: str = "") -> str:
    """A run of letters as they are, whatever they look like."""
    look = f'<w:rPr><w:rStyle w:val="{style_id(style)}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(said)}</w:t></w:r>'


def _needs(table: Table) -> Iterator[tuple[Column, float]]:
    """Every column with the millimetres below which a word, a status or a number with its marks would be broken."""
    for place, column in enumerate(table.columns):
        said = [] if column.kind == "line" else [_shape(row[place], column) + row[place].shown for row in table.rows]
        kept = said if column.kind in (*NUMBERS, "status") else [word for each in said for word in each.split()]
        longest = max(_length(each) for each in (*kept, *column.heading.split(), ""))
        yield column, min(longest, LONGEST_MM) + PADDING / TWIPS_IN_MM


@lru_cache(maxsize=4096)
def _length(said: str) -> float:
    """About how many millimetres the text takes on one line."""
    return sum(next((mm for these, mm in LETTERS_MM.items() if one in these), LETTER_MM) for one in said[:200])


def _widths(table: Table, text_mm: float) -> list[int]:
    """In twips: what every column needs, and of the room that is left what its share wants beyond that."""
    needs = [need for _, need in _needs(table)]
    left = text_mm - sum(needs)
    if left < 0:
        return [int(need * text_mm / sum(needs) * TWIPS_IN_MM) for need in needs]
    wants = [max(column.width * SHARE_MM[1] - need, 0.0) for column, need in _needs(table)]
    part = min(left / (sum(wants) or 1.0), 1.0)
    return [int((need + part * want) * TWIPS_IN_MM) for need, want in zip(needs, wants, strict=True)]


def _headings(columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = (
        _cell(text(column.heading), "Table Heading Right" if column.kind in NUMBERS else "Table Heading", width)
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _body(table: Table, widths: list[int], pictures: Pictures) -> str:
    """The rows. A short table keeps together, and so does a row that surely fits on a page.

    Of a row longer than a page LibreOffice 7.4 leaves out lines where it may not be split, and makes no end where it is
    to keep with the next.
    """
    lines = [_lines(row, widths) for row in table.rows]
    is_short = sum(lines) <= MOST_LINES
    made = []
    for place, (row, n) in enumerate(zip(table.rows, lines, strict=True)):
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if n <= MOST_LINES else ""
        is_kept = is_short and place < len(lines) - 1  # With the row after it.
        made.append(f"<w:tr>{whole}{_row(row, table, widths, pictures, '<w:keepNext/>' if is_kept else '')}</w:tr>")
    return "".join(made)


def _lines(row: tuple[Cell, ...], widths: list[int]) -> int:
    """About how many lines the row is high."""
    said = (
        (len(cell.shown), max(width - PADDING, 100))
        for cell, width in zip(row, widths, strict=True)
        if cell.line is None
    )
    return max((ceil(n * LETTER_MM * TWIPS_IN_MM / room) for n, room in said), default=1)


def _row(row: tuple[Cell, ...], table: Table, widths: list[int], pictures: Pictures, kept: str) -> str:
    made = []
    for place, (cell, column, width) in enumerate(zip(row, table.columns, widths, strict=True)):
        style = "Table Number" if column.kind in NUMBERS else "Table Text"
        style = "Table Row Heading" if place == table.row_heading else style
        made.append(_cell(_content(cell, column, width, pictures), style, width, kept))
    return "".join(made)


def _cell(runs: str, style: str, width: int, kept: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{kept}</w:pPr>{runs}</w:p></w:tc>'
    )


def _content(cell: Cell, column: Column, width: int, pictures: Pictures) -> str:
    if cell.line is not None and cell.line.runs:
        return pictures.place_line(cell.line, cell.shown or cell.line.words, width - PADDING)
    shape = _shape(cell, column)
    shown = text(shape, f"Status {cell.text}" if cell.text in ("green", "amber", "red") else "") if shape else ""
    if cell.text:
        shown += text(f"{cell.text} " if cell.marks else cell.text)
    return shown + (text(" ".join(cell.marks), "Mark") if cell.marks else "")


def _shape(cell: Cell, column: Column) -> str:
    """`● ` before green; nothing before a word that is no status."""
    return f"{SHAPES[cell.text]} " if column.kind == "status" and cell.text in SHAPES else ""
