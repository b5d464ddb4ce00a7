"""What officers say of a figure and that its owner has signed it off: decisions under `sources/decisions/commentary/`.

A file holds entries of both kinds, and may have any name; `cs comment` and `cs sign` write one for each period. What of
it is shown with a figure, and whether a sign-off still counts, is `sql/marts/figure_commentary.sql`.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from cs_pipeline.declare.entries import Decided, read_entries
from cs_pipeline.words.figures import read_figure, show_figure
from cs_pipeline.words.harmless import CONTACTS
from cs_pipeline.words.periods import parse_period

FOLDER = "commentary"
REMEDY = (
    "Give indicator, period (2021-22-Q3 or 2021-22), by (a post or meeting) and on (2023-01-31), with either comment "
    "(10 to 1,000 characters in one paragraph, no contact details, no person by title) or signs (523, 84.6% or [held])."
)


def _of_nobody(text: str) -> str:
    if CONTACTS.search(text):
        raise ValueError("of a person")
    return text


def _one_paragraph(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("lines")
    return text


def _quarter_or_year(text: str) -> str:
    period = parse_period(text)
    if period is None or period.kind not in ("quarter", "year"):
        raise ValueError("period")
    return period.key


def _as_printed(text: str) -> str:
    return show_figure(*read_figure(text))


Post = Annotated[
    str, AfterValidator(lambda text: " ".join(text.split())), AfterValidator(_of_nobody), Field(min_length=3)
]


class OfFigure(Decided):
    """Which figure it is about: an indicator's of a quarter or a financial year."""

    indicator: str = Field(pattern=r"^ComS_\d{3}[a-z]?$")
    period: Annotated[str, AfterValidator(_quarter_or_year)]

    @property
    def period_kind(self) -> str:
        return "quarter" if "Q" in self.period else "year"


class Comment(OfFigure):
    """What an officer says of a figure. It is published, so it may not hold what leads to a person."""

    comment: Annotated[
        str,
        AfterValidator(str.strip),
        AfterValidator(_one_paragraph),
        AfterValidator(_of_nobody),
        Field(min_length=10, max_length=1000),
    ]
    by: Post
    on: date


class SignOff(OfFigure):
    """That a figure is right, `signs` being the figure as it was printed then: `2,415`, `84.6%` or `[held]`."""

    signs: Annotated[str, AfterValidator(_as_printed)]
    by: Post
    on: date


def read_commentary(decisions: Path) -> tuple[tuple[Comment, ...], tuple[SignOff, ...]]:
    """Every comment and every sign-off, file by file in the order of their names. Raises BrokenDecision."""
    paths = sorted((decisions / FOLDER).glob("*.yml"))
    entries = [entry for path in paths for entry in read_entries(path, _of_its_kind, REMEDY)]
    comments = tuple(entry for entry in entries if isinstance(entry, Comment))
    return comments, tuple(entry for entry in entries if isinstance(entry, SignOff))


def file_of(decisions: Path, entry: OfFigure) -> Path:
    """The file into which a verb writes an entry: `commentary/2021-22-Q3.yml`."""
    return decisions / FOLDER / f"{entry.period}.yml"


def _of_its_kind(texts: Mapping[str, object]) -> OfFigure:
    return (SignOff if "signs" in texts else Comment).model_validate(texts)
