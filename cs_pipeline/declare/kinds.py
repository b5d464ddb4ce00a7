"""The kinds of text that a column can hold: what each is read as, and how a person is told what was wanted.

How one text is read is in `words/`; which column is of which kind is declared in `sources/`.
"""

import math
from collections.abc import Callable
from typing import cast

from pydantic import BaseModel, ConfigDict

from cs_pipeline.words import days, notes, periods, posts, typed
from cs_pipeline.words.days import match

Cast = tuple[object, ...]

LARGEST_WHOLE = 2**63 - 1  # What a bigint holds.
LONGEST_REFERENCE = 30
LONGEST_PI_CODE = 16
LARGEST_FIGURE = 999_999_999  # What is longer is somebody's number and no figure of a borough.


class Kind(BaseModel):
    """What a text must be, and the typed columns it becomes.

    `outputs` are (suffix, SQL type, what to add to the description); the first always has no suffix.
    `read` gives one value for each output, or None when the text is not of this kind.
    """

    model_config = ConfigDict(frozen=True)

    wanted: str
    remedy: str
    outputs: tuple[tuple[str, str, str], ...]
    read: Callable[[str], Cast | None]


def _whole(text: str) -> Cast | None:
    if not match(r"-?(\d+|\d{1,3}(,\d{3})+)", text):
        return None
    number = int(text.replace(",", ""))
    return (number,) if -LARGEST_WHOLE <= number <= LARGEST_WHOLE else None


def _decimal(text: str) -> Cast | None:
    if not match(r"-?\d+(\.\d+)?([eE]-?\d+)?", text):
        return None
    return (float(text),) if math.isfinite(float(text)) else None


def _date(text: str) -> Cast | None:
    day = days.parse_date(text)
    return (day,) if day else None


def _time(text: str) -> Cast | None:
    moment = days.parse_time(text)
    return (moment,) if moment is not None else None


def _period(text: str) -> Cast | None:
    period = periods.parse_period(text)
    return (text, period.first, period.last) if period else None


def _month(text: str) -> Cast | None:
    """Always as `2024-02`, though it may stand as `Feb 2024`, or as `2024-02-01` where a spreadsheet made it a date."""
    written = text[:7] if match(r"\d{4}-\d{2}-01", text) else text
    period = periods.parse_period(written)
    return (f"{period.first:%Y-%m}", period.first, period.last) if period and period.kind == "month" else None


def _reference(text: str) -> Cast | None:
    """What makes two spellings of a reference the same; only its keyed hash is ever stored."""
    same = "".join(filter(str.isalnum, text.casefold()))
    return (same,) if any(map(str.isdigit, same)) and len(text) <= LONGEST_REFERENCE else None


def _pi_code(text: str) -> Cast | None:
    code = typed.canonical_code(text)
    return (code, text) if code else None


def _coded_name(text: str) -> Cast | None:
    """`ComS_011 ASB incidents`, or the code alone; a code that is none of ours stays as it is written."""
    found = match(r"([A-Za-z][A-Za-z0-9]*(?:[_-]\d{1,6}|\d+)[A-Za-z]?)(?:\s*[-–:]\s+|\s+|$)(.*)", text)
    if not found or len(found[1]) > LONGEST_PI_CODE:
        return None
    return (typed.canonical_code(found[1]) or found[1], text, found[2] or None)


def _percent(text: str) -> Cast | None:
    """`60%` or `60`; 0.6 without its sign may be either, so it is neither."""
    number = _decimal(text.removesuffix("%").rstrip())
    is_share = number is not None and not text.endswith("%") and 0 < cast("float", number[0]) < 1
    return None if is_share else number


def _post(text: str) -> Cast | None:
    return (posts.post_or_person(text),)


def _note(text: str) -> Cast | None:
    return (notes.plain_note(text),)


def _figure(text: str) -> Cast | None:
    figure = typed.read_typed(text)
    if not figure.readable or abs(figure.value or 0) > LARGEST_FIGURE:
        return None
    first, last = (figure.period.first, figure.period.last) if figure.period else (None, None)
    missing = figure.missing.value if figure.missing else None
    read = (text, figure.value, figure.unit, missing, figure.mark)
    return (*read, first, last, figure.introduced, figure.footnote)


KINDS: dict[str, Kind] = {
    "text": Kind(
        wanted="a text", remedy="Fill the cell in.", outputs=(("", "varchar", ""),), read=lambda text: (text,)
    ),
    "whole": Kind(
        wanted="a whole number",
        remedy="Enter digits only, for example 9.",
        outputs=(("", "bigint", ""),),
        read=_whole,
    ),
    "decimal": Kind(
        wanted="a number",
        remedy="Enter digits and at most one point, for example 52.93.",
        outputs=(("", "double", ""),),
        read=_decimal,
    ),
    "date": Kind(
        wanted="a date, its day first,",
        remedy="Enter the day as 14/04/2019, or format the cell as a date.",
        outputs=(("", "date", ""),),
        read=_date,
    ),
    "time": Kind(
        wanted="a time of day",
        remedy="Enter the time as 23:50, or format the cell as a time.",
        outputs=(("", "time", ""),),
        read=_time,
    ),
    "period": Kind(
        wanted="a month, quarter or year",
        remedy="Write a month, quarter or year, for example March 2024, Q3 2023/24 or 2023/24.",
        outputs=(("", "varchar", ""), ("_from", "date", "first day"), ("_to", "date", "last day")),
        read=_period,
    ),
    "month": Kind(
        wanted="a month",
        remedy="Write the year and the month, for example 2024-02.",
        outputs=(("", "varchar", ""), ("_from", "date", "first day"), ("_to", "date", "last day")),
        read=_month,
    ),
    "reference": Kind(
        wanted="a reference with a number in it",
        remedy="Write the reference as the case system does.",
        outputs=(("", "varchar", ""),),
        read=_reference,
    ),
    "pi_code": Kind(
        wanted="a code of a performance indicator",
        remedy="Write it as Pentana does, for example ComS_011.",
        outputs=(("", "varchar", ""), ("_printed", "varchar", "as printed")),
        read=_pi_code,
    ),
    "coded_name": Kind(
        wanted="a code of a performance indicator, alone or before its name,",
        remedy="Write it as Pentana does, for example ComS_011.",
        outputs=(
            ("", "varchar", ""),
            ("_printed", "varchar", "as printed"),
            ("_name", "varchar", "the name beside it"),
        ),
        read=_coded_name,
    ),
    "percent": Kind(
        wanted="a percentage",
        remedy="Enter it as 60% or 60.",
        outputs=(("", "double", ""),),
        read=_percent,
    ),
    "post": Kind(
        wanted="a post",
        remedy="Enter the post, for example Licensing Manager.",
        outputs=(("", "varchar", ""),),
        read=_post,
    ),
    "note": Kind(
        wanted="a note",
        remedy="Write the note in words.",
        outputs=(("", "varchar", ""),),
        read=_note,
    ),
    "figure": Kind(
        wanted="a figure, or a mark that says why there is none,",
        remedy="Enter digits, for example 1,500 or 14%, or a dash where there is no figure.",
        outputs=(
            ("", "varchar", ""),
            ("_value", "double", "read as a number"),
            ("_unit", "varchar", "the unit typed beside it, percent or pounds"),
            ("_missing_reason", "varchar", "why there is no number, where the mark alone says it"),
            ("_missing_mark", "varchar", "the kind of mark that stands for a missing number"),
            ("_period_from", "date", "first day of the period that the cell names for itself"),
            ("_period_to", "date", "last day of the period that the cell names for itself"),
            ("_introduced_on", "date", "the day from which the cell says it is counted"),
            ("_footnote", "varchar", "footnote mark or words beside the number"),
        ),
        read=_figure,
    ),
}
