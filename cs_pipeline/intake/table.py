"""What every file becomes first: sheets of text in which each row keeps its number in the spreadsheet.

Filled by `book.py` and `flat.py`; which sheet, heading and row means what is settled in `layout.py`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

UNCALCULATED = "#UNCALCULATED"

# White space as people paste it: no-break and typographic spaces, zero-width characters, a byte order mark.
BLANKS = " \t\r\n\v\f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200E))
)
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_HALF_SECOND = timedelta(microseconds=500_000)


@dataclass
class Sheet:
    """Rows with at least one text, as (row number, texts from column A on); the last text is never blank.

    `notes` are worth a warning, as (what, addresses): `hidden rows` and `hidden columns` that hold text, and
    `merged cells`, of which only the first holds the text.
    """

    name: str
    rows: list[tuple[int, list[str | None]]] = field(default_factory=list)
    hidden: bool = False
    notes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def add(self, number: int, texts: list[str | None]) -> None:
        """Appends a row without its trailing blanks, or nothing where all of it is blank."""
        while texts and texts[-1] is None:
            texts.pop()
        if texts:
            self.rows.append((number, texts))


@dataclass
class Book:
    """The sheets of a file in its own order, hidden ones included; a CSV is one sheet without a name."""

    sheets: list[Sheet] = field(default_factory=list)


def runs_of(numbers: Iterable[int], name: Callable[[int], str]) -> tuple[str, ...]:
    """Ascending numbers as a spreadsheet names whole rows or columns: 5, 6, 7, 9 are `5:7` and `9:9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return tuple(f"{name(first)}:{name(last)}" for first, last in runs)


def clean(text: str) -> str | None:
    """The text without white space around it and with plain line feeds inside; None where nothing is left."""
    if "_x00" in text:  # Excel's way of storing a carriage return or a tab inside a cell.
        text = _CONTROL.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(BLANKS) or None


def as_text(value: object, number_format: str = "General") -> str | None:
    """A cell's value as text: `43922`, `82%`, `2020-04-01`, `2020-04-01 23:50:00`, `23:50:00`, `TRUE`.

    Numbers carry the 15 significant digits that Excel can show, so 0.1+0.2 is `0.3`, and never an exponent.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    return _time_text(value) or clean(str(value))


def _number_text(value: int | float, number_format: str) -> str:
    digits = str(value) if isinstance(value, int) else format(value, ".15g")
    is_percentage = "%" in number_format and "%" in _LITERAL.sub("", number_format)
    if is_percentage or "e" in digits:
        exact = Decimal(digits)
        digits = format(exact.scaleb(2) if is_percentage else exact, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return ("0" if digits == "-0" else digits) + ("%" if is_percentage else "")


def _time_text(value: object) -> str | None:
    """Days and times to the nearest second: a serial number holds 23:50 as 23:49:59.9999."""
    if isinstance(value, datetime):
        value = (value + _HALF_SECOND).replace(microsecond=0)
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        rounded = datetime.combine(date(1900, 1, 1), value) + _HALF_SECOND
        return rounded.time().isoformat("seconds")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        minutes, second = divmod(abs(seconds), 60)
        return f"{'-' if seconds < 0 else ''}{minutes // 60:02}:{minutes % 60:02}:{second:02}"
    return None
