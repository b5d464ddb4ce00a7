"""What people type in a cell of a table of figures, read as a number or as the reason why there is none.

A mark that can mean several things stays a mark: what a dash means in its row, the warehouse settles.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cs_pipeline.words.days import parse_date, tidy
from cs_pipeline.words.periods import Period, parse_period


class Missing(StrEnum):
    """Why there is no number. A cell that spells one of these out means it."""

    NOT_COMPARABLE = "not comparable"
    NOT_YET_AVAILABLE = "not yet available"
    NOT_INTRODUCED = "not introduced"
    NOT_APPLICABLE = "not applicable"
    NIL = "nil"
    SUPPRESSED = "suppressed"
    HELD = "held"


SETTLED = {missing.value: missing for missing in Missing} | {
    "nc": Missing.NOT_COMPARABLE,
    "[c]": Missing.SUPPRESSED,
    "[x]": Missing.NOT_YET_AVAILABLE,
    "[z]": Missing.NOT_APPLICABLE,
}
MARKS = {
    "": "blank",
    "-": "dash",
    "?": "unknown",
    "no details": "unknown",
    "unknown": "unknown",
} | dict.fromkeys(("n/a", "a/a", "na"), "n/a")
BELOW = {"under n", "fewer than n", "less than n", "<n"}
UP_TO = {"n or under", "n or fewer", "n or less"}
FROM = {"n or greater", "n or more", "n or over"}

_WHOLE = r"(?:[1-9]\d{0,2}(?:,\d{3}){1,4}|0|[1-9]\d{0,14})"
_NUMBER = rf"{_WHOLE}(?:\.\d{{1,20}})?"
_CELL = r"(?P<head>[^*()]*?) ?(?P<stars>\*{0,3}) ?(?:\( ?(?P<aside>[^*()]+?) ?\))? ?(?P<more>\*{0,3})"


@dataclass(frozen=True)
class Typed:
    """One cell: a `value`, a `missing` reason or a `mark`, or nothing at all when it is not `readable`.

    `unit` is `percent` or `pounds`; `mark` is `dash`, `n/a`, `blank` or `unknown`; `period` is the cell's own
    where it names one; `footnote` is its stars and the words in its brackets. `lower` and `upper`, both
    counted, bound a suppressed whole number; `upper` is None where it may be any size.
    """

    value: float | None = None
    unit: str | None = None
    missing: Missing | None = None
    mark: str | None = None
    period: Period | None = None
    introduced: date | None = None
    footnote: str | None = None
    lower: float | None = None
    upper: float | None = None
    share_pct: float | None = None
    readable: bool = True


UNREADABLE = Typed(readable=False)


def read_typed(text: str | None) -> Typed:
    """Never raises. A plain figure beside brackets that cannot be understood is not readable either."""
    written = tidy(text or "")
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = written[1:-1].strip()
    found = re.fullmatch(_CELL, written, re.ASCII)
    if not found:
        return UNREADABLE
    head, aside, stars = found["head"], found["aside"], found["stars"] + found["more"]
    if not head and aside:
        # Accountants write -1,000 as (1,000).
        negative = re.fullmatch(rf"£?{_NUMBER}", aside, re.ASCII)
        figure = _read_number(f"-{aside}") if negative else UNREADABLE
    else:
        figure = _read_aside(_read_head(head, bool(stars)), aside)
    if not figure.readable or not stars:
        return figure
    return replace(figure, footnote=f"{stars} {figure.footnote}" if figure.footnote else stars)


def canonical_code(text: str) -> str | None:
    """As Pentana has it, `ComS_012d` for `coms_12D`; None for an action code such as `COMS2223_01`."""
    found = re.fullmatch(r"coms[_ -](\d{1,3})([a-z]?)", tidy(text), re.ASCII | re.IGNORECASE)
    return f"ComS_{int(found[1]):03d}{found[2].lower()}" if found else None


def _read_head(head: str, starred: bool) -> Typed:
    words = head.lower()
    if starred and not words:
        return UNREADABLE
    if starred and words == "note":  # The figure is a sentence below the table.
        return Typed(missing=Missing.NOT_APPLICABLE)
    if words in SETTLED:
        return Typed(missing=SETTLED[words])
    if mark := MARKS.get(words) or (words.endswith("%") and MARKS.get(words[:-1].strip() or "%")):
        return Typed(mark=mark)
    if words.startswith("new from "):
        return _read_introduction(words.removeprefix("new from "))
    number = _read_number(words)
    return number if number.readable else _read_bounds(words)


def _read_number(words: str) -> Typed:
    found = re.fullmatch(rf"(-?)(£?)(-?)({_NUMBER})( ?%| number)?", words, re.ASCII)
    if not found or (found[1] and found[3]) or (found[2] and found[5]):
        return UNREADABLE
    value = float(found[4].replace(",", ""))
    unit = "pounds" if found[2] else "percent" if (found[5] or "").endswith("%") else None
    return Typed(value=-value if value and (found[1] or found[3]) else value, unit=unit)


def _read_bounds(words: str) -> Typed:
    found = re.search(_WHOLE, words, re.ASCII)
    if not found:
        return UNREADABLE
    said = words.replace(found[0], "n", 1).replace("< ", "<")
    number = float(found[0].replace(",", ""))
    if said in FROM:
        return Typed(missing=Missing.SUPPRESSED, lower=number)
    upper = number - 1 if said in BELOW else number if said in UP_TO else -1
    return Typed(missing=Missing.SUPPRESSED, lower=0.0, upper=upper) if upper >= 0 else UNREADABLE


def _read_introduction(since: str) -> Typed:
    period = parse_period(since)
    known = period.first if period and period.kind != "span" else parse_date(since)
    return Typed(missing=Missing.NOT_INTRODUCED, introduced=known) if known else UNREADABLE


def _read_aside(figure: Typed, aside: str | None) -> Typed:
    if aside is None or not figure.readable:
        return figure
    if re.fullmatch(r"\d+", aside):  # `103 (2020)`: a year, a base or another count.
        return UNREADABLE
    if period := parse_period(aside):
        return replace(figure, period=period)
    share = _read_number(aside)
    if share.unit == "percent" and figure.value is not None and figure.unit is None:
        return replace(figure, share_pct=share.value)
    # Digits may be a period or a base that was misspelt: better to ask than to keep them as words.
    is_words = any(map(str.isalpha, aside)) and not any(map(str.isdigit, aside))
    return replace(figure, footnote=aside) if is_words else UNREADABLE
