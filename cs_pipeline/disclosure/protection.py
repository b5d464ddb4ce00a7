"""Which numbers of a publication are hidden from the public, found and attacked before anybody sees the rest.

The same publication, policy and register give the same answer every time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.copy import Number, public_copy
from cs_pipeline.disclosure.engine.audit import Leak, audit
from cs_pipeline.disclosure.engine.suppress import Pattern, suppress
from cs_pipeline.disclosure.equations import Equations, read_equations
from cs_pipeline.disclosure.policy import Policy
from cs_pipeline.disclosure.told import BOROUGH
from cs_pipeline.disclosure.versions import Key
from cs_pipeline.words.periods import parse_period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


class CannotPublish(Exception):
    """A protected number could be worked out; the message is two sentences that say which, and from what."""


@dataclass(frozen=True)
class Protection:
    """What may be shown of a publication and what is hidden, with all that adds up between them."""

    policy: Policy
    equations: Equations
    pattern: Pattern
    leaks: tuple[Leak, ...]

    def numbers(self, *, hidden: bool) -> Iterator[Number]:
        """Every value that a figure has or had and that is hidden; or that is open, and what was published of it."""
        for slot, values in self.equations.figures.items():
            for value, key in values.items():
                if (key in self.pattern.hidden) == hidden:
                    yield slot, value, self.equations.kept[slot[0]].unit
        for slot, value, _ in () if hidden else self.equations.public:
            if slot[0] in self.equations.kept:
                yield slot, value, self.equations.kept[slot[0]].unit

    @property
    def about_people(self) -> frozenset[str]:
        """Codes of the indicators that count people."""
        return frozenset(code for code, kept in self.equations.kept.items() if kept.rule.threshold)

    @property
    def bases(self) -> dict[str, int]:
        """What the counts of an indicator are rounded to, for those that are."""
        kept = self.equations.kept.items()
        return {code: of.rule.rounds_to for code, of in kept if of.rule.rounds_to and of.unit == "number"}

    @property
    def sentence(self) -> str:
        """Why nothing may be published, in two sentences that hold no protected number; empty where nothing leaks."""
        if not self.leaks:
            return ""
        told = "; ".join(f"{say_key(leak.key)} (from {_listed(leak.because)})" for leak in self.leaks[:MOST_NAMED])
        more = f" and {len(self.leaks) - MOST_NAMED} more" if len(self.leaks) > MOST_NAMED else ""
        return (
            f"A protected number could be worked out or narrowed too far: {told}{more}. Nothing was written for the "
            "public; tell the information governance officer, and use --internal for use inside the council."
        )


MOST_NAMED = 5


def find_protection(publication: "Connection", policy: Policy, *, with_wards: bool = False) -> Protection:
    """Finds what to hide in a publication and attacks the rest.

    Until numbers of wards are published, they are weighed only where they are asked for, and after the borough's: what
    is hidden of the borough stays the same, and the audit asks what the wards add to what the borough's tell. Raises
    CannotPublish for a publication of a version before 0.7.
    """
    _check_age(publication)
    equations = read_equations(publication, policy)
    pattern = suppress(equations.system, policy.least_values)
    if with_wards and not equations.has_ward_register:
        is_open = equations.open_under(pattern)
        equations = read_equations(publication, policy, with_wards=True, open_before=is_open)
        of_wards = suppress(equations.system, policy.least_values)
        is_known = (*pattern.open, *(each for each in of_wards.open if each.key[3] != BOROUGH))
        pattern = Pattern(of_wards.hidden | pattern.hidden, {**of_wards.why, **pattern.why}, is_known)
    shown = equations.keys - pattern.hidden
    return Protection(policy, equations, pattern, audit(equations.system, shown, policy.least_values))


def _check_age(publication: "Connection") -> None:
    """A version before 0.7 published neither the register nor wards."""
    is_there = "select count(*) from duckdb_tables() where table_name in ('published_number', 'ward_figure')"
    if publication.execute(is_there).fetchall()[0][0] < 2:
        raise CannotPublish(
            "This publication was made before small numbers could be protected, so no pack for the public can be made "
            "of it. Run cs run, then ask again."
        )


@contextmanager
def open_public(publication: "Connection", sql: Path, protection: Protection) -> Iterator["Connection"]:
    """The public copy of a publication. Raises CannotPublish where a protected number could be worked out."""
    if protection.leaks:
        raise CannotPublish(protection.sentence)
    numbers = protection.numbers(hidden=False), [slot for slot, _, _ in protection.numbers(hidden=True)]
    path = Path(publication.execute("select path from duckdb_databases() where not internal").fetchall()[0][0])
    with public_copy(path, sql, *numbers, protection.bases, protection.policy.words) as copy:
        yield copy


def say_key(key: Key) -> str:
    """`ComS_022 for 2021/22 Q3`, with the ward and which part of a percentage, and never a number."""
    code, kind, period_key, ward, part, version = key
    period = parse_period(period_key)
    name = period.name if period else period_key
    return "".join(
        (
            code,
            f", {part}" if part in ("numerator", "denominator") else "",
            f" in {ward}" if ward != BOROUGH else "",
            f" for {name}",
            " to date" if kind == "year to date" else "",
            " as it was told before" if version else "",
        )
    )


def _listed(keys: tuple[Key, ...]) -> str:
    said = [say_key(key) for key in keys[:MOST_NAMED]]
    return ", ".join(said) + (f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else "")
