"""Every count of people under one key, whatever tells it, and each of its versions under a key of its own.

A percentage is taken from two counts; where they are those of the indicators that it names, they are the same counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.engine.counts import Share
from cs_pipeline.disclosure.told import Slot, Told

if TYPE_CHECKING:
    from cs_pipeline.disclosure.policy import Rule

Key = tuple[str, ...]  # A slot, which part of its figure, and which version of that: empty for the first one known.
STANDS, COUNTED = "standing", "counted"


@dataclass(frozen=True)
class Kept:
    """How an indicator is kept: the rule for its small numbers, how its quarters become a year, and its bands."""

    sensitivity: str
    rule: "Rule"
    rollup: str
    unit: str
    bands: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    operands: tuple[str, ...] = ()


@dataclass
class Versions:
    """Every version of every count under one key, and when each was told."""

    kept: Mapping[str, Kept]
    numbers: dict[Key, int] = field(default_factory=dict)
    told: dict[tuple[Slot, str], dict[str, Key]] = field(default_factory=lambda: defaultdict(dict))
    shares: dict[Key, Share] = field(default_factory=dict)
    figures: dict[Slot, dict[float, Key]] = field(default_factory=lambda: defaultdict(dict))

    def enter(self, told: Told) -> None:
        """Notes a version of a figure; one that was told before under the same numbers is the same version."""
        if told.denominator is None:
            self.figures[told.slot].setdefault(told.value, self._count(told.slot, "", told.state, told.numerator))
            return
        key: Key = (*told.slot, "percent", f"{len(self.figures[told.slot]) or ''}")
        part = self._operand(told, "numerator", 0, told.numerator)
        whole = self._operand(told, "denominator", 1, told.denominator)
        if told.value not in self.figures[told.slot]:
            self.figures[told.slot][told.value] = key
            self.shares[key] = Share(key, (part,), (whole,), round(told.value, 1))

    def _operand(self, told: Told, part: str, place: int, number: int) -> Key:
        """The count that a percentage is taken from: that of the indicator it names where the two are the same."""
        code, *where = told.slot
        named = self.kept[code].operands
        slot = (named[place], *where) if named else told.slot
        known = self.figures.get(slot, {}).get(float(number)) if named else None  # type: ignore[arg-type]
        if known is None:
            return self._count(told.slot, part, told.state, number)
        self.told[told.slot, part].setdefault(told.state, known)
        return known

    def _count(self, slot: Slot, part: str, state: str, number: int) -> Key:
        told = self.told[slot, part]
        known = next((key for key in told.values() if self.numbers[key] == number), None)
        key = known or (*slot, part, f"{len(set(told.values())) or ''}")
        self.numbers[key] = number
        told.setdefault(state, key)
        return key

    def at(self, slot: Slot, part: str, state: str) -> Key | None:
        """The version of a count that held in a state: what stands, what is counted, or what was told by a moment."""
        told = self.told.get((slot, part), {})
        if state in (STANDS, COUNTED):
            return told.get(state) or told.get(COUNTED) or told.get(STANDS)
        before = [moment for moment in told if moment not in (STANDS, COUNTED) and moment <= state]
        return told[max(before)] if before else None

    def states(self, slots: Iterable[Slot], part: str) -> list[str]:
        return sorted({state for slot in slots for state in self.told.get((slot, part), {})})
