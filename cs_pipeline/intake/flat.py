"""From a CSV to a book of one sheet without a name. Unequal lines are kept: `layout.py` judges them."""

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from cs_pipeline.intake.table import Book, Sheet, clean
from cs_pipeline.words.findings import Refused

HEADER_RECORDS = 20
DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000


def read_flat(path: Path) -> Book:
    """Reads UTF-8, with or without a byte order mark, else Windows-1252; commas, semicolons or tabs.

    A record counts once however many lines it spans, as in a spreadsheet. Raises Refused for another encoding
    and where quotation marks do not match: the csv module would then run cells or rows together in silence.
    """
    text = _decode(path.read_bytes())
    delimiter, text = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    sheet = Sheet("")
    number = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            sheet.add(number, [clean(cell) for cell in record])
    except csv.Error:
        what = f"has quotation marks that do not match in row {number + 1}"
        remedy = 'Close every " that opens a cell, write "" for one inside it, or export the file again.'
        raise Refused("quotes", what, remedy) from None
    return Book([sheet])


def _decode(raw: bytes) -> str:
    if b"\0" in raw:
        raise Refused(
            "binary",
            "is named .csv but holds bytes that are no text",
            "Export it again as CSV UTF-8 and send that.",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        what = "is written in an encoding that is neither UTF-8 nor Windows-1252"
        raise Refused("encoding", what, 'Save it in Excel as "CSV UTF-8" and send that.') from None


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without Excel's own `sep=;` line, which no spreadsheet shows as a row."""
    first, _, rest = text.partition("\n")
    declared = first.strip().lower()
    if len(declared) == 5 and declared.startswith("sep=") and declared[4] in DELIMITERS:
        return declared[4], rest
    if first.rstrip("\r\n").lower() == "sep=\t":
        return "\t", rest
    return max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter)), text


def _fitness(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter explains the first records: how many share one width above 1, then that width."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(records, HEADER_RECORDS) if len(record) > 1)
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
