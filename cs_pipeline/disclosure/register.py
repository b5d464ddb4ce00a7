"""The register of what went out: a file for each public pack, of every number and every mark for a small one in it.

The file is a delivery like any other (`sources/published_numbers.py`), so the next run takes it in; from then on
`marts.published_number` holds what it says.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from cs_pipeline.words.typed import Missing, read_typed

HIDDEN = "[c]"
FOLDER = "published_numbers"  # Under the folder of sources.
MARKS = re.compile(r"(\s*\[[a-z]\])+$")  # What a pack says beside a number: [p], [r], [b].


class CannotRegister(Exception):
    """What went out cannot be written down; the message is two sentences for people."""


@dataclass(frozen=True)
class Printed:
    """A figure as a pack shows it: `printed` is `2,415`, `75.3%`, `[c]` or another mark, perhaps with marks beside it.

    `ward_code` is empty for the borough, `unit` is number or percent.
    """

    indicator_code: str
    period_kind: str
    period_key: str
    printed: str
    unit: str
    ward_code: str = ""


@dataclass(frozen=True, order=True)
class Published:
    """A row of the register, its fields in the order of the columns: one figure as one pack showed it to the public."""

    published_on: date
    pack_key: str
    indicator_code: str
    period_kind: str
    period_key: str
    ward_code: str
    printed: str
    unit: str
    cut_at: datetime


def register_name(pack_key: str, published_on: date) -> str:
    """`Published 2022-08-15 quarterly-2022-23-Q1-members.csv`."""
    return f"Published {published_on.isoformat()} {pack_key}.csv"


def register_rows(
    pack_key: str, published_on: date, cut_at: datetime, shown: Iterable[Printed]
) -> tuple[Published, ...]:
    """The rows of a pack in order, each figure once with each number: what it was may stand beside what it is.

    Figures that show neither a number nor [c] are left out. Raises CannotRegister for a pack cut after it went out.
    """
    if cut_at.tzinfo:
        cut_at = cut_at.astimezone(UTC).replace(tzinfo=None)
    if cut_at.date() > published_on:
        what = f"The figures of {pack_key} were cut on {cut_at:%d/%m/%Y}, after it went out on {published_on:%d/%m/%Y}"
        raise CannotRegister(f"{what}. Give the day on which it goes out.")
    rows = set()
    for each in shown:
        if printed := _number_or_mark(each.printed):
            where = each.indicator_code, each.period_kind, each.period_key, each.ward_code
            rows.add(Published(published_on, pack_key, *where, printed, each.unit, cut_at.replace(microsecond=0)))
    return tuple(sorted(rows))


def write_register(folder: Path, pack_key: str, published_on: date, rows: Sequence[Published]) -> Path:
    """Writes the register of a pack into the folder of sources, whole or not at all; does nothing where it stands so.

    Raises CannotRegister where another stands there, and where rows are none or those of another pack or day.
    """
    if {(row.pack_key, row.published_on) for row in rows} != {(pack_key, published_on)}:
        what = f"There is nothing to register of {pack_key} on {published_on:%d/%m/%Y}, or it belongs to another pack"
        raise CannotRegister(f"{what}. Register the numbers of one pack that shows some.")
    path = folder / FOLDER / register_name(pack_key, published_on)
    text = _as_csv(rows)
    if path.exists():
        if path.read_bytes() == text:
            return path
        what = f'"{path.name}" is on the register already with other numbers, and what was published stays published'
        raise CannotRegister(f"{what}. Publish the changed pack under the day on which it goes out.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(text)
    part.replace(path)
    return path


def _number_or_mark(printed: str) -> str | None:
    """The number without the marks beside it, or [c]; None where the pack shows neither."""
    bare = MARKS.sub("", printed).strip()
    number = read_typed(bare)
    if bare and number.value is not None:
        return bare
    said = [number, *(read_typed(mark) for mark in re.findall(r"\[.+?\]", printed))]
    return HIDDEN if any(each.missing is Missing.SUPPRESSED for each in said) else None


def _as_csv(rows: Iterable[Published]) -> bytes:
    """The same rows in any order give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(field.name for field in fields(Published))
    for row in sorted(set(rows)):
        writer.writerow(cell.isoformat() if isinstance(cell, date) else cell for cell in astuple(row))
    return text.getvalue().encode()
