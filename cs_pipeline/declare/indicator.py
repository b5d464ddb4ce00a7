"""The performance indicators and their dated definitions, as performance officers write them: what may stand where.

The files are read and judged in `definition_files.py`; what a measure counts is a file in `sql/measures/`.
"""

from functools import cached_property
from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from cs_pipeline.words.periods import Period, parse_period

SETS = ("service data", "CSI", "KPI", "MPI")  # The sets that `marts.indicator_quarter` and `indicator_year` show.
CODE = r"^ComS_\d{3}[a-z]?$"
MEASURED_AT_YEAR_END = ("year_end", "annual")  # Roll-ups without a figure for a quarter.
ADDED = ("sum", "ratio")  # Roll-ups whose year is made of the sums of its quarters.


class Entry(BaseModel):
    """What every part of a definition file shares: no key but those declared, no change once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Basis(Entry):
    """What is counted: in words, and as a measure, which may be narrowed to one part of what it counts."""

    numerator: str = Field(min_length=10)
    denominator: str | None = Field(default=None, min_length=10)
    measure: str | None = None
    of: str = "all"
    awaits: str | None = Field(default=None, description="The source that is still to come, where there is no measure.")
    comparable: bool = Field(default=True, description="Whether its figures compare with those of the one before.")


class Definition(Basis):
    """A basis in force from the first day of the quarter `since`, to the end of `until` where that is given."""

    since: str
    until: str | None = None
    because: str = Field(min_length=10)

    @cached_property
    def since_quarter(self) -> Period:
        return cast("Period", as_quarter(self.since))  # Judged when it was loaded.

    @cached_property
    def until_quarter(self) -> Period | None:
        return as_quarter(self.until) if self.until else None


class Thresholds(Entry):
    """When a figure is green, amber or red: by its distance from target in per cent, or by values of its own."""

    amber_within_pct: float = Field(default=5.0, ge=0)
    green_within_pct: float = Field(default=0.0, ge=0)
    green_at: float | None = None
    amber_at: float | None = None


Share = Annotated[float, Field(ge=0)]
Profile = tuple[Share, Share, Share, Share]  # Of the annual target, in per cent, by quarter.


class Site(Entry):
    """What holds for every indicator that says nothing of its own: its thresholds, and how a target is shared out."""

    thresholds: Thresholds
    profile: Profile


class OddPeriod(Entry):
    """A run of whole quarters that the plan prints in the column of a year: October to September."""

    stands_for: str
    first: str
    last: str


class OtherBasis(Entry):
    """Another basis on which officers reckon a percentage: sums of printed indicators over sums of others."""

    words: str = Field(min_length=5)
    numerator: tuple[str, ...] = Field(min_length=1)
    denominator: tuple[str, ...] = Field(min_length=1)


class Indicator(Entry):
    """One performance indicator of the plan, or a heading over several (`heads`), which has no figure of its own."""

    code: str = Field(pattern=CODE)
    title: str = Field(min_length=3)
    sets: tuple[Literal["service data", "CSI", "KPI", "MPI"], ...]
    objective: Literal["CS1", "CS2", "CS3"] | None = None
    owner: str = Field(min_length=3)
    unit: Literal["number", "percent"]
    aim: Literal["maximise", "minimise", "plan is best", "none"]
    aim_disputed: bool = False
    rollup: Literal["sum", "ratio", "latest", "annual", "year_end", "distinct_in_year"]
    source: str
    sensitivity: Literal["not_people", "person_ordinary", "person_sensitive"]
    rate_per: Literal["persons", "households"] | None = Field(default=None, description="What 1,000 a year is told of.")
    first_year: str | None = None
    before_first: Literal["not comparable", "not introduced"] | None = None
    note: str | None = None
    parts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    operands: tuple[str, str] | None = None
    bases: tuple[OtherBasis, ...] = ()
    heads: tuple[str, ...] = ()
    thresholds: Thresholds | None = None
    profile: Profile | None = None
    odd_periods: tuple[OddPeriod, ...] = ()
    pentana_quarters: Literal["quarter", "year to date"] = "quarter"  # What Pentana's cell of a quarter holds.
    definitions: tuple[Definition, ...] = ()
    proposed: tuple[Basis, ...] = ()

    @cached_property
    def first_year_period(self) -> Period | None:
        return as_year(self.first_year) if self.first_year else None

    def in_force(self, quarter: Period) -> Definition | None:
        """The definition that holds in a quarter; None before the first and after one that has ended."""
        found = [d for d in self.definitions if d.since_quarter.first <= quarter.first]
        last = found[-1] if found else None
        return None if last and last.until_quarter and last.until_quarter.last < quarter.first else last

    @property
    def links(self) -> dict[str, tuple[str, ...]]:
        """Key of the entry -> the other indicators that it names."""
        based = tuple(code for basis in self.bases for code in (*basis.numerator, *basis.denominator))
        named = {"parts": self.parts, "contains": self.contains, "heads": self.heads, "bases": based}
        return named | {"operands": self.operands or ()}

    @property
    def heading(self) -> bool:
        return bool(self.heads)


def as_quarter(text: str) -> Period | None:
    """The quarter that a text means; None for anything else."""
    period = parse_period(text)
    return period if period and period.kind == "quarter" else None


def as_year(text: str) -> Period | None:
    """The financial year that a text means; None for anything else."""
    period = parse_period(text)
    return period if period and period.kind == "year" else None
