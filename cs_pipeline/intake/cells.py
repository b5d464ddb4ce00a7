"""The rows of a worksheet as text, by openpyxl's own parser with a shorter way through plain text.

openpyxl takes half of its time over text that stands in the cell itself, which is how it writes text too. What a
sheet's XML holds beside its cells is `book.py`.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from cs_pipeline.intake.table import as_text

_INLINE, _TEXT = f"{{{SHEET_MAIN_NS}}}is", f"{{{SHEET_MAIN_NS}}}t"


class _Parser(WorkSheetParser):
    """Reads `<c t="inlineStr"><is><t>…` itself and leaves every other cell to openpyxl."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        if element.get("t") == "inlineStr" and len(element) == 1 and len(inside := element[0]) == 1:
            address, text = element.get("r"), inside[0]
            if address and inside.tag == _INLINE and text.tag == _TEXT:
                row, column = coordinate_to_tuple(address)
                self.col_counter = column
                return {"row": row, "column": column, "value": text.text, "data_type": "s", "style_id": 0}
        return super().parse_cell(element)


def rows_of(sheet: Any, most_rows: int, width: int) -> Iterator[tuple[int, list[str | None]]]:
    """Rows of a read-only worksheet with their numbers, as texts from column A to `width`.

    `<dimension>` is not asked: openpyxl would believe a wrong one and hide rows.
    """

    @cache
    def format_of(style: int) -> str:
        return ReadOnlyCell(sheet, 1, 1, None, style_id=style).number_format

    with sheet._get_source() as part:
        for number, cells in _parser(part, sheet).parse():
            if number > most_rows:
                return
            texts: list[str | None] = [None] * width
            for cell in cells:
                value, column = cell["value"], cell["column"]
                if value is None or column > width:
                    continue
                # Only a number's format can say something: 0.82 may be 82%.
                is_number = isinstance(value, int | float)
                texts[column - 1] = as_text(value, format_of(cell["style_id"])) if is_number else as_text(value)
            yield number, texts


def _parser(part: Any, sheet: Any) -> _Parser:
    book = sheet.parent
    return _Parser(
        part,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
