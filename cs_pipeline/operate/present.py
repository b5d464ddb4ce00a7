"""Turns a declaration's examples to the present: the tabs, titles and month headings of a return made today.

An example without a month or quarter in it stays as it is declared.
"""

import re
from datetime import date

from cs_pipeline.declare.source import Cells, Layout, Source, Table
from cs_pipeline.operate.said import title_text
from cs_pipeline.words.days import MONTHS, ONE_DAY
from cs_pipeline.words.periods import Period, month, parse_period, quarter_of, year_of

_SHEET_NAME = re.compile(r"[^\[\]:*?/\\|]{1,31}")  # What Excel takes.
_EITHER = re.compile(r"([\w ]*)\(([\w ]+(?:\|[\w ]+)+)\)([\w ]*)")  # A pattern such as (Open|Closed) cases.


def named_sheets(layout: Layout) -> list[str]:
    """Each sheet that a layout's pattern names, or an example of one."""
    if either := _EITHER.fullmatch(layout.sheets):
        return [f"{either[1]}{word}{either[3]}" for word in either[2].split("|")]
    return [layout.sheet_example or layout.sheets]


def sheet_names(source: Source, table: Table, today: date) -> list[str]:
    """The sheets that an empty return has for a table."""
    names = named_sheets(table.layouts[-1])
    for column in table.columns:
        if column.place == "sheet name":
            names = [_turned(name, column.found_by or "(.*)", today) for name in names]
    return [name if _fits(name, table.layouts[-1]) else source.title[:31] for name in names]


def _fits(name: str, layout: Layout) -> bool:
    return bool(_SHEET_NAME.fullmatch(name) and re.fullmatch(layout.sheets, name, re.IGNORECASE))


def title_texts(table: Table, today: date) -> list[str]:
    """What stands above the headings, a row each, besides the day that the return speaks for."""
    columns = [column for column in table.columns if column.place == "title"]
    return [_turned(title_text(column), column.found_by or "(.*)", today) for column in columns]


def figure_headings(cells: Cells, today: date) -> list[str]:
    """The twelve months of the present financial year; of other periods the example. Once for each measure it has."""
    examples = _each_measure(cells)
    if cells.period.kind != "month":
        return examples
    first = year_of(today).first
    months = [month(first.year + (number > 11), number % 12 + 1) for number in range(3, 15)]
    return [respell(example, cells.heading, of_year) for of_year in months for example in examples]


def _each_measure(cells: Cells) -> list[str]:
    found = re.fullmatch(cells.heading, cells.example)
    if cells.measure is None or found is None:
        return [cells.example]
    headings = [cells.example.replace(found["measure"], word, 1) for word in cells.measure.allowed]
    return [heading for heading in headings if re.fullmatch(cells.heading, heading)] or [cells.example]


def _turned(text: str, found_by: str, today: date) -> str:
    """With the last month or quarter that is over in place of the one in the example."""
    found = re.search(found_by, text, re.IGNORECASE)
    old = parse_period(found[1]) if found else None
    if old and old.kind == "month":
        before = today.replace(day=1) - ONE_DAY
        return respell(text, found_by, month(before.year, before.month))
    if old and old.kind == "quarter":
        return respell(text, found_by, quarter_of(quarter_of(today).first - ONE_DAY))
    return text


def respell(text: str, found_by: str, period: Period) -> str:
    """The text with another month or quarter, spelt as the one in it is; unchanged where that cannot be done."""
    found = re.search(found_by, text, re.IGNORECASE)
    place = "period" if found and "period" in found.re.groupindex else 1
    old = parse_period(found[place]) if found else None
    if found is None or old is None:
        return text
    parts = dict(zip(_parts(old), _parts(period), strict=True))
    written = re.sub(r"Q\d|[A-Za-z]+|\d+", lambda part: parts.get(part[0], part[0]), found[place])
    return text[: found.start(place)] + written + text[found.end(place) :] if parse_period(written) == period else text


def _parts(period: Period) -> tuple[str, ...]:
    """What a spelling is made of: `April`, `Apr`, `2019`, or `Q1`, `2019`, `20`."""
    if period.kind == "month":
        name = MONTHS[period.first.month - 1]
        return name[:3], name, str(period.first.year)
    start = year_of(period.first).first.year
    return f"Q{period.key[-1]}", str(start), f"{(start + 1) % 100:02d}"
