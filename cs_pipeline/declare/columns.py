"""A column: its name, what its text must be, its description, and where in a delivery it stands.

One declaration serves the text schema, the cast, the table, its comments, the messages and the catalogue. What a kind
of text means is in `kinds.py`; which columns a return has is in `sources/`.
"""

import re
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cs_pipeline.declare.kinds import KINDS, Cast, Kind
from cs_pipeline.words.days import match

DOUBTED = "#DOUBTED"  # Stands for a value that a declared correction expected to be another one.

# What a spreadsheet shows in place of a value, and what the reader writes for a formula that was never calculated.
SPREADSHEET_ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#UNCALCULATED", DOUBTED)
)


MOST_WORDS = 6


class Column(BaseModel):
    """One column of a return.

    `place` says where its text stands: under a heading (the default, `headings` in the spellings seen so far), or once
    for a whole sheet or file (`sheet name`, `title`, `file name`), found by `found_by`, a pattern with one group.
    `allowed` lists the only words that may stand here and `aliases` what else has been seen for them, or for a code;
    case and spaces make no difference. `looked_up_in` names a column of reference data, `wards.ward_name`, that holds
    the allowed words instead; its table stands in the source's `reads`. `words` are texts that a kind would refuse and
    that are right all the same, such as `future`. A `pattern` is told to people by its `example`, or by its `form`
    where there is none.
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
    looked_up_in: str | None = Field(default=None, pattern=r"^[a-z_]+\.[a-z_]+$")
    words: tuple[str, ...] = ()
    pattern: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    example: str | None = None
    form: str | None = None

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

    @cached_property
    def _plain_words(self) -> dict[str, str]:
        return {plain(word): word for word in self.words}

    def read(self, text: str) -> Cast | None:
        """The typed values of one text, or None where it breaks the declaration. For blanks see `required`."""
        if text in SPREADSHEET_ERRORS:
            return None
        if self.allowed or self.looked_up_in:
            meant = self._spellings.get(plain(text))
            return (meant,) if meant else None
        if self.words and plain(text) in self._plain_words:
            return (self._plain_words[plain(text)], *[None] * (len(self.kind_of.outputs) - 1))
        if self.pattern and not match(self.pattern, text):
            return None
        values = self.kind_of.read(self._without_alias(text))
        if values and self.aliases:
            printed = (suffix == "_printed" for suffix, _, _ in self.kind_of.outputs)
            values = tuple(text if as_is else value for value, as_is in zip(values, printed, strict=True))
        return values if values and self._within(values[0]) else None

    def _without_alias(self, text: str) -> str:
        """The text with the code that its first word is another name for."""
        first, space, rest = text.partition(" ")
        return self._spellings.get(plain(first), first) + space + rest if self.aliases else text

    def _within(self, value: object) -> bool:
        if not isinstance(value, int | float):
            return True
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)

    @property
    def is_hashed(self) -> bool:
        """Whether only a keyed hash of the text is stored."""
        return self.kind == "reference"

    @property
    def wanted(self) -> str:
        """What must stand here, for the first sentence of a message."""
        if self.looked_up_in:
            return f"one of the {self.looked_up_in.split('.')[0]} of the borough"
        if self.allowed:
            return "one of the listed words"
        if self.pattern:
            return self.form or f"a text such as {self.example}"
        match self.at_least, self.at_most:
            case None, None:
                return self.kind_of.wanted
            case low, None:
                return f"{self.kind_of.wanted} of at least {low:g}"
            case None, high:
                return f"{self.kind_of.wanted} of at most {high:g}"
            case low, high:
                return f"{self.kind_of.wanted} from {low:g} to {high:g}"

    @property
    def remedy(self) -> str:
        """What to do about a text that is not what was wanted, as a sentence of its own."""
        if self.allowed:
            shown = ", ".join(self.allowed[:MOST_WORDS])
            shown += f" and {len(self.allowed) - MOST_WORDS} more" if len(self.allowed) > MOST_WORDS else ""
            return f"Use one of: {shown}. If it is a new spelling, add it to the aliases of {self.name}."
        if self.pattern:
            or_blank = "" if self.required else ", or leave the cell blank"
            return f"Give {self.form}{or_blank}." if self.form else f"Write it as in {self.example}{or_blank}."
        return self.kind_of.remedy

    @model_validator(mode="after")
    def _check(self) -> "Column":
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: there is no kind of text called {self.kind}.")
        if self.pattern and not (self.example or self.form):
            raise ValueError(f"{self.name}: a pattern needs an example or a form, for the people who must keep to it.")
        if self.place == "heading" and self.headings == () and self.found_by:
            raise ValueError(f"{self.name}: found_by is for a text that stands once for a sheet or a file.")
        return self


def headed(heading: str, name: str, description: str, **more: Any) -> Column:
    """A column under one heading: the usual case, in short."""
    return Column(name=name, description=description, headings=(heading,), **more)


def plain(text: str) -> str:
    """Letters and digits in lower case: what makes two headings or words the same."""
    return re.sub(r"[\W_]+", "", text.casefold())
