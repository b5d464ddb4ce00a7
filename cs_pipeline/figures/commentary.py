"""Writes down what an officer says of a published figure, and that somebody signs one off as it is published.

The entries are declared in `declare/commentary.py`; what is shown of them is `sql/marts/figure_commentary.sql`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from cs_pipeline.declare.commentary import Comment, OfFigure, SignOff, file_of, read_commentary
from cs_pipeline.declare.entries import add_decisions
from cs_pipeline.figures.issue import CannotRecord
from cs_pipeline.words.figures import show_figure
from cs_pipeline.words.periods import Period, parse_period
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


Entry = TypeVar("Entry", bound=OfFigure)


@dataclass(frozen=True)
class Shown:
    """A figure as it is published: in print, with the post that answers for it, if the plan names one."""

    printed: str
    owner: str | None


@dataclass(frozen=True)
class Signed:
    """A sign-off that was recorded, with whose it should be."""

    entry: SignOff
    owner: str | None

    @property
    def is_by_owner(self) -> bool:
        return self.owner is not None and self.entry.by.lower() == self.owner.lower()


def comment_on_figure(
    settings: Settings, publication: "Connection", indicator: str, period_text: str, words: str, by: str, on: date
) -> Comment:
    """Records a comment on a published figure, also on one that has no number. Raises CannotRecord, BrokenDecision."""
    period = _period_of(period_text)
    _figure(publication, indicator, period)
    said = {"comment": " ".join(words.split()), "by": by, "on": on}
    entry = _judged(Comment, {"indicator": indicator, "period": period.key, **said})
    comments, _ = read_commentary(settings.decisions)
    if entry in comments:
        raise CannotRecord(
            f"The comment on {indicator} for {period.name} is recorded already. Run cs run to publish it."
        )
    add_decisions(file_of(settings.decisions, entry), [entry])
    return entry


def sign_figures(
    settings: Settings, publication: "Connection", indicators: Sequence[str], period_text: str, by: str, on: date
) -> list[Signed]:
    """Records that the figures of a period are signed off as they are published; all of them, or none.

    Those that the same post has signed as they stand are passed over. Raises CannotRecord, also when none is left, and
    BrokenDecision.
    """
    period = _period_of(period_text)
    shown = {code: _figure(publication, code, period) for code in indicators}
    _, known = read_commentary(settings.decisions)
    made = []
    for code, figure in shown.items():
        said = {"signs": figure.printed, "by": by, "on": on}
        entry = _judged(SignOff, {"indicator": code, "period": period.key, **said})
        if not _stands(entry, known):
            made.append(Signed(entry, figure.owner))
    if not made:
        what = f"Nothing of {', '.join(shown)} for {period.name} is left to sign"
        raise CannotRecord(f"{what}. Sign again when a figure has changed.")
    add_decisions(file_of(settings.decisions, made[0].entry), [signed.entry for signed in made])
    return made


def _stands(entry: SignOff, known: Sequence[SignOff]) -> bool:
    """Whether the last sign-off of the same figure by the same post was of the same number."""
    of_same = [(k.on, place) for place, k in enumerate(known) if _whose(k) == _whose(entry)]
    return bool(of_same) and known[max(of_same)[1]].signs == entry.signs


def _whose(entry: SignOff) -> tuple[str, str, str]:
    return entry.indicator, entry.period, entry.by.lower()


def _period_of(text: str) -> Period:
    period = parse_period(text)
    if period is None or period.kind not in ("quarter", "year"):
        raise CannotRecord(f'"{text}" is no quarter or financial year. Write it as 2021-22-Q3 or 2021-22.')
    return period


def _figure(publication: "Connection", indicator: str, period: Period) -> Shown:
    rows = publication.execute(FIGURE, [period.kind, period.key, indicator]).fetchall()
    if not rows:
        raise CannotRecord(f"There is no indicator {indicator}. Write its code as the plan does, such as ComS_011.")
    (has_figure, value, unit, missing, owner) = rows[0]
    if not has_figure:
        what = f"No figure of {indicator} for {period.name} has been published"
        raise CannotRecord(f"{what}. Run cs run when its returns have come.")
    return Shown(show_figure(value, unit, missing), owner)


def _judged(kind: type[Entry], says: dict[str, object]) -> Entry:
    try:
        return kind.model_validate(says)
    except ValidationError as trouble:
        raise CannotRecord(_refusal(trouble)) from None


def _refusal(trouble: ValidationError) -> str:
    """What is wrong with an entry, which may be a person's, so nothing of it is quoted."""
    if {error["loc"][0] for error in trouble.errors()} == {"by"}:
        return "Who says it is not named as it must be. Give --by with a post or meeting in full, and no person's name."
    what = "The comment is too short or too long, or holds contact details or a person by title"
    return f"{what}. Write 10 to 1,000 characters, and name people by their posts."


FIGURE = """
    select f.indicator_code is not null, f.value, i.unit, f.missing_reason, nullif(i.owner_title, 'not stated')
    from meta.indicator as i
    left join marts.figure as f
        on f.indicator_code = i.indicator_code and f.period_kind = ? and f.period_key = ?
    where i.indicator_code = ?"""
