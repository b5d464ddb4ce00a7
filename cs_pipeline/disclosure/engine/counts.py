"""The numbers that a system of counts is made of, and what holds between them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Key = tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """A whole number of something, about people where it has a threshold; public is what is known anyway."""

    key: Key
    value: int
    threshold: int = 0
    hides_zero: bool = False
    is_public: bool = False

    @property
    def is_about_people(self) -> bool:
        """Whether it counts people, so that a small number tells of somebody."""
        return self.threshold > 0

    @property
    def is_below(self) -> bool:
        """Whether it lies below its threshold, be it public or not. Zero does only where zero is told of nobody."""
        return self.value < self.threshold and (self.value > 0 or self.hides_zero)

    @property
    def is_small(self) -> bool:
        """Whether it has to be hidden."""
        return self.is_below and not self.is_public

    @property
    def may_be_hidden(self) -> bool:
        """Whether it is about people and not public."""
        return self.is_about_people and not self.is_public


@dataclass(frozen=True)
class Sum:
    """The total is the sum of its parts."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Within:
    """The part is counted inside the whole, so it is no larger."""

    part: Key
    whole: Key


@dataclass(frozen=True)
class Share:
    """A percentage as it is printed: that of the sum of one lot of counts in the sum of another."""

    key: Key
    numerator: tuple[Key, ...]
    denominator: tuple[Key, ...]
    value: Decimal | float
    places: int = 1
    is_public: bool = False

    @property
    def reach(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest ratio that is printed so, whichever way halves are rounded."""
        half = Fraction(1, 2 * 10**self.places)
        printed = Fraction(Decimal(str(self.value)))
        return (printed - half) / 100, (printed + half) / 100


@dataclass(frozen=True)
class Bound:
    """A statement from which follows between what numbers a count lies: a status, a trend, an outlook, limits."""

    key: Key
    of: Key
    low: int | None
    high: int | None
    is_public: bool = False
