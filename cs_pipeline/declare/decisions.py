"""What people decided, kept as YAML under `sources/decisions/`: each entry with its reason, who decided and when.

Decisions are input like deliveries: the same files and decisions give the same warehouse, in whatever order they came.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, PlainSerializer, model_validator

from cs_pipeline.declare.commentary import Comment, SignOff, read_commentary
from cs_pipeline.declare.entries import Decided, broken, read_entries, refuse_twice
from cs_pipeline.words.periods import parse_period


class Decision(Decided):
    """What a decision about a delivery says: which one, why, by whom and on which day."""

    source: str
    sha256: str = Field(
        pattern=r"^[0-9a-f]{12,64}$", description="At least the first 12 digits, as cs status prints them."
    )
    because: str = Field(min_length=10)
    by: str = Field(min_length=3)
    on: date


class Withdrawal(Decision):
    """A delivery that no longer counts: its rows stay in stage and on record, and core passes them over."""


class Correction(Decision):
    """One cell of one delivery that is to be read as another value; `old` guards against correcting something else.

    The cell is named by its `cell` (and `sheet`, where there are several), or by `key` and `column`: the values of
    declared columns that single the row out, and the column to correct. A blank value is left empty.
    """

    sheet: str | None = None
    cell: str | None = Field(default=None, pattern=r"^[A-Za-z]{1,3}[1-9]\d{0,6}$")
    key: dict[str, str] = Field(default_factory=dict)
    column: str | None = None
    old: str | None
    new: str | None

    @model_validator(mode="after")
    def _check(self) -> "Correction":
        if (self.cell is None) == (not (self.key and self.column)):
            raise ValueError("cell, or key and column")
        return self


def _universal(moment: datetime) -> datetime:
    """A moment as the warehouse keeps moments: in universal time, without a zone; one without a zone is meant so."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


Moment = Annotated[datetime, AfterValidator(_universal), PlainSerializer(lambda moment: f"{moment.isoformat()}Z")]


class Issue(Decided):
    """The cut of a quarter's or a year's figures that went to a meeting: those of the publication made at `cut_at`."""

    period: str = Field(pattern=r"^\d{4}-\d{2}(-Q[1-4])?$")
    to: str = Field(min_length=3)
    on: date
    cut_at: Moment

    @property
    def key(self) -> str:
        """`2021-22-Q3-members-matters`: what queries call the issue."""
        return f"{self.period}-{re.sub(r'[^a-z0-9]+', '-', self.to.lower()).strip('-')}"


class Restatement(Decided):
    """The agreement to change one issued figure to what it was known as at `at`; `fingerprint` says exactly to which.

    `issued` and `now` repeat the two values for people.
    """

    indicator: str = Field(pattern=r"^ComS_\d{3}[a-z]?$")
    figure: Literal["quarter", "year to date", "year", "odd period"]
    period: str
    issued: str
    now: str
    fingerprint: str = Field(pattern=r"^([0-9a-f]{16}|-)$")
    because: str = Field(min_length=10)
    agreed_by: str = Field(min_length=3)
    on: date
    at: Moment


Party = Literal["deliveries", "service data", "CSI", "KPI", "MPI", "Pentana"]  # Who says what a figure is.


class Precedence(Decided):
    """Who holds where statements of a figure disagree: the first in `order` that says anything.

    `all` in place of a code or a period makes it a rule, which stands for whatever comes; one for a single figure is
    used up when its conflict has gone, so that the conflict opens again if it comes back.
    """

    indicator: str = Field(pattern=r"^(ComS_\d{3}[a-z]?|all)$")
    period: str
    order: tuple[Party, ...] = Field(min_length=2)
    because: str = Field(min_length=10)
    by: str = Field(min_length=3)
    on: date

    @model_validator(mode="after")
    def _check(self) -> "Precedence":
        if self.period != "all" and parse_period(self.period) is None:
            raise ValueError("period")
        if len(set(self.order)) < len(self.order):
            raise ValueError("order")
        return self

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day of the period; none for all periods."""
        period = parse_period(self.period)
        return (period.first, period.last) if period else (None, None)


class Settlement(Decided):
    """A conflict of any other kind that somebody has settled or accepted; `first` and `second` repeat what was said, so
    that it opens again when either says something else.
    """

    conflict: str = Field(pattern=r"^[0-9a-f]{12}$", description="The key that cs reconcile prints.")
    first: str | None = None
    second: str | None = None
    because: str = Field(min_length=10)
    by: str = Field(min_length=3)
    on: date


class Illustrative(Decided):
    """A source whose every delivery is a synthetic sample, so that what it alone says is illustrative."""

    source: str
    because: str = Field(min_length=10)
    by: str = Field(min_length=3)
    on: date


@dataclass(frozen=True)
class Decisions:
    """Everything that was decided, as it stands in the files of `sources/decisions/`."""

    withdrawals: tuple[Withdrawal, ...] = ()
    corrections: tuple[Correction, ...] = ()
    issues: tuple[Issue, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    comments: tuple[Comment, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    illustrative: tuple[Illustrative, ...] = ()


def read_decisions(folder: Path) -> Decisions:
    """Every decision; none where there is no file. Raises BrokenDecision."""
    comments, sign_offs = read_commentary(folder)
    return Decisions(
        tuple(read_withdrawals(folder)),
        tuple(read_corrections(folder)),
        tuple(read_issues(folder)),
        tuple(read_restatements(folder)),
        tuple(read_precedences(folder)),
        tuple(read_settlements(folder)),
        comments,
        sign_offs,
        tuple(read_illustrative(folder)),
    )


def read_withdrawals(decisions: Path) -> list[Withdrawal]:
    """The entries of `withdrawals.yml`, none when there is no such file. Raises BrokenDecision."""
    return read_entries(
        decisions / "withdrawals.yml",
        Withdrawal.model_validate,
        "Give source, sha256, because, by and on (2023-01-31).",
    )


def read_corrections(decisions: Path) -> list[Correction]:
    """The entries of `corrections.yml`, none when there is no such file. Raises BrokenDecision."""
    remedy = "Give source, sha256, cell or key and column, old, new, because, by and on (2023-01-31)."
    return read_entries(decisions / "corrections.yml", Correction.model_validate, remedy)


def read_issues(decisions: Path) -> list[Issue]:
    """The entries of `issues.yml`, none when there is no such file. Raises BrokenDecision."""
    path = decisions / "issues.yml"
    issues = read_entries(path, Issue.model_validate, "Let cs issue write it: period, to, on and cut_at.")
    refuse_twice(path, [issue.key for issue in issues], "Keep one, or say who else it went to.")
    return issues


def read_restatements(decisions: Path) -> list[Restatement]:
    """The entries of `restatements.yml`, none when there is no such file. Raises BrokenDecision."""
    names = [name for name in Restatement.model_fields if name != "at"]
    remedy = f"Let cs restate write it: {', '.join(names)} and at."
    return read_entries(decisions / "restatements.yml", Restatement.model_validate, remedy)


def read_precedences(decisions: Path) -> list[Precedence]:
    """The entries of `precedence.yml`, none when there is no such file. Raises BrokenDecision."""
    path = decisions / "precedence.yml"
    remedy = f"Give indicator, period (or all), order ({', '.join(get_args(Party))}), because, by and on (2023-01-31)."
    found = read_entries(path, Precedence.model_validate, remedy)
    named = [(entry.indicator, *entry.days) for entry in found]
    if twice := sorted({entry.indicator for entry, name in zip(found, named, strict=True) if named.count(name) > 1}):
        raise broken(path, 1, f"{', '.join(twice)} stands twice for one period", "Keep one.")
    return found


def read_settlements(decisions: Path) -> list[Settlement]:
    """The entries of `settlements.yml`, none when there is no such file. Raises BrokenDecision."""
    path = decisions / "settlements.yml"
    found = read_entries(
        path,
        Settlement.model_validate,
        "Give conflict, first and second as cs reconcile prints them, because, by and on.",
    )
    refuse_twice(path, [entry.conflict for entry in found])
    return found


def read_illustrative(decisions: Path) -> list[Illustrative]:
    """The entries of `illustrative.yml`, none when there is no such file. Raises BrokenDecision."""
    path = decisions / "illustrative.yml"
    found = read_entries(path, Illustrative.model_validate, "Give source, because, by and on (2023-01-31).")
    refuse_twice(path, [entry.source for entry in found])
    return found
