"""A column: its name, what its text must be, its description, and where in a delivery it stands.

One declaration serves the text schema, the cast, the table, its comments, the messages and the catalogue. What a kind of
text means is in `words/`; which columns a return has is in `sources/`.
"""

import re
from collections.abc import Callable
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from cs_pipeline.words import periods, typed

Cast = tuple[object, ...]

# What a spreadsheet shows in place of a value, and what the reader writes for a formula that was never calculated.
SPREADSHEET_ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#UNCALCULATED")
)


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
    return (int(text.replace(",", "")),) if re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)", text) else None


def _decimal(text: str) -> Cast | None:
    return (float(text),) if re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", text) else None


def _date(text: str) -> Cast | None:
    day = periods.parse_date(text)
    return (day,) if day else None


def _time(text: str) -> Cast | None:
    moment = periods.parse_time(text)
    return (moment,) if moment is not None else None


def _period(text: str) -> Cast | None:
    period = periods.parse_period(text)
    return (text, period.first, period.last) if period else None


def _month(text: str) -> Cast | None:
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if match is None:
        return None
    period = periods.month(int(match[1]), int(match[2]))
    return (text, period.first, period.last)


def _pi_code(text: str) -> Cast | None:
    code = typed.canonical_code(text)
    return (code, text) if code else None


def _figure(text: str) -> Cast | None:
    figure = typed.read_typed(text)
    if not figure.readable:
        return None
    first, last = (figure.period.first, figure.period.last) if figure.period else (None, None)
    missing = figure.missing.value if figure.missing else None
    return (
        text, figure.value, figure.unit, missing, figure.mark, first, last, figure.introduced, figure.footnote,
    )  # fmt: skip


KINDS: dict[str, Kind] = {
    "text": Kind(
        wanted="text", remedy="Write a short text.", outputs=(("", "varchar", ""),), read=lambda text: (text,)
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
        wanted="a real date, day first",
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
        wanted="a period",
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
    "pi_code": Kind(
        wanted="a code of a performance indicator",
        remedy="Write it as Pentana does, for example ComS_011.",
        outputs=(("", "varchar", ""), ("_printed", "varchar", "as printed")),
        read=_pi_code,
    ),
    "figure": Kind(
        wanted="a figure, or a mark that says why there is none",
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


class Column(BaseModel):
    """One column of a return.

    `place` says where its text stands: under a heading (the default, `headings` in the spellings seen so far), or once for
    a whole sheet or file (`sheet name`, `title`, `file name`), found by `found_by`, a pattern with one group.
    `allowed` lists the only words that may stand here and `aliases` what else has been seen for them; upper and lower case and
    spaces make no difference. `words` are texts that a kind would refuse and that are right all the same, such as `future`.
    """

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: str = "text"
    description: str = Field(min_length=20)
    headings: tuple[str, ...] = ()
    place: str = Field(default="heading", pattern="^(heading|sheet name|title|file name)$")
    found_by: str | None = None
    required: bool = False
    may_be_absent: bool = False
    allowed: tuple[str, ...] = ()
    aliases: dict[str, str] = {}
    words: tuple[str, ...] = ()
    pattern: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    example: str | None = None

    @property
    def kind_of(self) -> Kind:
        return KINDS[self.kind]

    @property
    def outputs(self) -> tuple[tuple[str, str, str], ...]:
        """(name, SQL type, description) of the typed columns that this column becomes."""
        return tuple(
            (
                self.name + suffix,
                sql,
                self.description if not more else f"{self.description.rstrip('.')}: {more}.",
            )
            for suffix, sql, more in self.kind_of.outputs
        )

    @cached_property
    def _spellings(self) -> dict[str, str]:
        known = {plain(word): word for word in self.allowed}
        return known | {plain(seen): meant for seen, meant in self.aliases.items()}

    def read(self, text: str) -> Cast | None:
        """The typed values of one text, or None where it breaks the declaration. Blank is not asked here: see `required`."""
        if text in SPREADSHEET_ERRORS:
            return None
        if self.allowed:
            meant = self._spellings.get(plain(text))
            return (meant,) if meant else None
        if plain(text) in {plain(word) for word in self.words}:
            return (text, *[None] * (len(self.kind_of.outputs) - 1))
        if self.pattern and not re.fullmatch(self.pattern, text):
            return None
        values = self.kind_of.read(text)
        return values if values and self._within(values[0]) else None

    def _within(self, value: object) -> bool:
        if not isinstance(value, int | float):
            return True
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)

    @property
    def wanted(self) -> str:
        """What must stand here, for the first sentence of a message."""
        if self.allowed:
            return "one of the declared words"
        if self.pattern:
            return f"a text such as {self.example}" if self.example else "another form of text"
        bounds = [f"at least {self.at_least:g}"] if self.at_least is not None else []
        bounds += [f"at most {self.at_most:g}"] if self.at_most is not None else []
        return " ".join([self.kind_of.wanted, " and ".join(bounds)]).strip()

    @property
    def remedy(self) -> str:
        if self.allowed:
            shown = ", ".join(self.allowed[:6]) + (" …" if len(self.allowed) > 6 else "")
            return f"Use one of: {shown}. If it is a new spelling, add it to the aliases of {self.name}."
        if self.pattern and self.example:
            return f"Write it as in {self.example}."
        return self.kind_of.remedy


def plain(text: str) -> str:
    """Letters and digits in lower case: what makes two headings or words the same."""
    return re.sub(r"[\W_]+", "", text.casefold())
