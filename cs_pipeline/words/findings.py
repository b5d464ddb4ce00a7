"""What was wrong in a delivery, said so that an officer can mend it: which cells, what is wrong, what to do.

Rules that produce findings are declared with each source and applied in `intake/`; this module only words them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_CELLS_NAMED = 12


class Severity(StrEnum):
    """How much a finding costs: the whole delivery, the rows it names, or nothing but attention."""

    REFUSED = "refused"
    QUARANTINED = "quarantined"
    WARNED = "warned"


class Dimension(StrEnum):
    """The data quality dimensions of the Government Data Quality Framework."""

    COMPLETENESS = "completeness"
    UNIQUENESS = "uniqueness"
    CONSISTENCY = "consistency"
    TIMELINESS = "timeliness"
    VALIDITY = "validity"
    ACCURACY = "accuracy"


@dataclass(frozen=True)
class Finding:
    """One mistake, however many cells it stands in.

    `rule` is its short name, `what` the first sentence without its full stop, `remedy` the second sentence with it.
    `cells` are spreadsheet addresses such as `D9`; empty where the finding is about a sheet or the whole file.
    """

    rule: str
    what: str
    remedy: str
    severity: Severity
    dimension: Dimension
    sheet: str | None = None
    cells: tuple[str, ...] = ()

    def sentence(self, title: str, file_name: str | None = None) -> str:
        """The two sentences as people read them, for example

        `Police ASB, file "q1.xlsx", sheet "Mar", cells D9, D12 — text where a whole number is needed. Enter digits
        only.`
        """
        place = [title]
        if file_name:
            place.append(f'file "{file_name}"')
        if self.sheet:
            place.append(f'sheet "{self.sheet}"')
        if self.cells:
            place.append(name_cells(self.cells))
        return f"{', '.join(place)} — {self.what}. {self.remedy}"


class Refused(Exception):
    """A whole delivery cannot be read: raised anywhere in intake, turned into one finding of severity `refused`."""

    def __init__(
        self, rule: str, what: str, remedy: str, *, sheet: str | None = None, cells: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{what}. {remedy}")
        self.rule, self.what, self.remedy, self.sheet, self.cells = rule, what, remedy, sheet, cells

    def finding(self) -> Finding:
        return Finding(self.rule, self.what, self.remedy, Severity.REFUSED, Dimension.VALIDITY, self.sheet, self.cells)

    def __reduce__(self) -> tuple[object, ...]:
        # Crosses from the reading process to ours, so it must pickle with its keyword arguments.
        return _refused_again, (self.rule, self.what, self.remedy, self.sheet, self.cells)


def _refused_again(rule: str, what: str, remedy: str, sheet: str | None, cells: tuple[str, ...]) -> Refused:
    return Refused(rule, what, remedy, sheet=sheet, cells=cells)


def name_cells(cells: Iterable[str]) -> str:
    """`cell D9`, `cells D9, D12`, `cells D9, D12, … and 30 more`; `row 6` and `rows 6, 8:9` for whole rows."""
    listed = [cell.split(":")[0] if len(set(cell.split(":"))) == 1 else cell for cell in cells]
    one, many = ("row", "rows") if all(cell.replace(":", "").isdigit() for cell in listed) else ("cell", "cells")
    named = ", ".join(listed[:MOST_CELLS_NAMED])
    more = f" and {len(listed) - MOST_CELLS_NAMED} more" if len(listed) > MOST_CELLS_NAMED else ""
    is_one = len(listed) == 1 and ":" not in listed[0]
    return f"{one if is_one else many} {named}{more}"


def column_letter(number: int) -> str:
    """`1` is `A`, `27` is `AA`: the letter a spreadsheet shows over its column."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
