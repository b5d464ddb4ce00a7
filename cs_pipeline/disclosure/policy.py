"""The disclosure policy as `policy.yml` has it: which counts of people are small, and for whom a pack is made in full.

Which numbers are hidden with a small one is chosen in `engine/`; this module counts nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from cs_pipeline.declare.definition_faults import Fault
from cs_pipeline.declare.definition_files import read_one
from cs_pipeline.declare.indicator import Entry
from cs_pipeline.words.days import say_day

COMMITTED = Path(__file__).with_name("policy.yml")


class Class(Entry):
    """How the counts of one sensitivity are kept; without a `threshold` they are never hidden."""

    threshold: int | None = Field(default=None, ge=2)
    zeros: Literal["shown", "hidden"]
    rounds_to: int | None = Field(default=None, ge=2)


class Classes(Entry):
    """Every sensitivity that an indicator may have."""

    not_people: Class
    person_ordinary: Class
    person_sensitive: Class


class Audiences(Entry):
    """Who reads packs: those for whom every pack is public, and those for whom one may be made in full."""

    public: tuple[str, ...] = Field(min_length=1)
    may_be_internal: tuple[str, ...]


class Policy(Entry):
    """One version of the policy.

    `least_values` is how many numbers a hidden count must be able to be; `least_per_ward` how many a ward the borough's
    count must come to, or it is not told by ward.
    """

    version: int = Field(ge=1)
    since: date
    approved_by: str = Field(min_length=3)
    because: str = Field(min_length=10)
    classes: Classes
    audiences: Audiences
    least_values: int = Field(ge=2)
    least_per_ward: int = Field(ge=0)

    @property
    def words(self) -> str:
        """What is hidden, by which policy, and who approved it, as sentences under whatever was protected by it."""
        ordinary, sensitive = self.classes.person_ordinary, self.classes.person_sensitive
        none = " and none" if sensitive.zeros == "hidden" else ""
        rounded = [f"to {each.rounds_to}" for each in (ordinary, sensitive) if each.rounds_to]
        return (
            f"Counts of people below {ordinary.threshold}, and of domestic abuse, hate crime, the panel and "
            f"encampments below {sensitive.threshold}{none}, are not shown, nor is what would give one away: [c]. "
            f"{f'Those that are shown are rounded {_and(rounded)}. ' if rounded else ''}Version {self.version} of the "
            f"disclosure policy, of {say_day(self.since)}, approved by {self.approved_by}."
        )

    @property
    def may_be_internal(self) -> tuple[str, ...]:
        """The audiences for whom a pack may be made in full, for use inside the council."""
        return self.audiences.may_be_internal


@dataclass(frozen=True)
class Rule:
    """What holds for the counts of an indicator in a pack: those below `threshold` are hidden, none where it is 0.

    A zero is hidden only where `hides_zero`. What is shown is rounded to a multiple of `rounds_to` where there is one.
    """

    threshold: int
    hides_zero: bool
    rounds_to: int | None


def read_policy(path: Path | None = None) -> Policy:
    """The policy that is committed, or another file's. Raises BrokenDefinition."""
    return read_one(path or COMMITTED, Policy, "The policy", _find_faults)


def rule_for(policy: Policy, sensitivity: str) -> Rule:
    """The rule for an indicator's sensitivity in what is for the public. Raises ValueError for an unknown one."""
    if sensitivity not in Classes.model_fields:
        known = ", ".join(Classes.model_fields)
        raise ValueError(f'There is no sensitivity "{sensitivity}" in the disclosure policy. Known are {known}.')
    kept: Class = getattr(policy.classes, sensitivity)
    if kept.threshold is None:
        return Rule(0, hides_zero=False, rounds_to=None)
    return Rule(kept.threshold, kept.zeros == "hidden", kept.rounds_to)


def _and(words: list[str]) -> str:
    return " and ".join(dict.fromkeys(words))


def _find_faults(policy: Policy) -> Iterator[Fault]:
    """What single values do not show: (where it stands, what is wrong, what to do)."""
    kept = policy.classes.not_people
    if kept.threshold or kept.rounds_to or kept.zeros == "hidden":
        what = "hides or rounds what counts no people"
        yield ("classes", "not_people"), what, "Leave threshold and rounds_to blank, and zeros shown."
    for name in ("person_ordinary", "person_sensitive"):
        if getattr(policy.classes, name).threshold is None:
            yield ("classes", name, "threshold"), f"has no threshold for {name}", "Give a number of 2 or more."
    audiences = (*policy.audiences.public, *policy.audiences.may_be_internal)
    if twice := sorted({name for name in audiences if audiences.count(name) > 1}):
        yield ("audiences",), f"names {', '.join(twice)} twice", "Keep each audience in one of the two lists."
