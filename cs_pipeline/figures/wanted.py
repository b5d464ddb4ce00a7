"""Which counts should stand, and what each is made from; and so which of those that stand are stale.

A count is wanted of every period that is on record and that a definition in force measures. Counting is `compute.py`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_pipeline.declare.indicator import ADDED, MEASURED_AT_YEAR_END, Indicator
from cs_pipeline.declare.model import Measure
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Contents
from cs_pipeline.words.periods import quarters

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

CALENDAR = {"core.dim_reported_period", "core.bridge_period_quarter"}  # They only ask: a new period changes no other.

Key = tuple[str, str, str]  # indicator, kind of period, period


@dataclass(frozen=True)
class Wanted:
    """A period in which an indicator is counted: by which measure and part, and what the count is made from."""

    indicator: str
    kind: str
    period: str
    quarter: str
    measure: Measure
    part: str
    is_ratio: bool
    is_whole: bool
    is_held: bool
    made_from: str

    @property
    def key(self) -> Key:
        return self.indicator, self.kind, self.period


@dataclass(frozen=True)
class Counts:
    """The counts that should stand, and the quarter of each that does not: not counted, stale or no longer wanted."""

    wanted: dict[Key, Wanted]
    stale: dict[Key, str]


def judge_counts(connection: "Connection", plan: Plan, indicators: Sequence[Indicator]) -> Counts:
    """Compares what stands in `meta.measured` with what should."""
    wanted = {want.key: want for want in _find_wanted(connection, plan, indicators)}
    stands = {
        (code, kind, period): (quarter, mark)
        for code, kind, period, quarter, mark in connection.execute(
            "select indicator_code, period_kind, period_key, quarter_key, made_from from meta.measured"
        ).fetchall()
    }
    stale = {key: want.quarter for key, want in wanted.items() if stands.get(key, ("", ""))[1] != want.made_from}
    return Counts(wanted, stale | {key: quarter for key, (quarter, _) in stands.items() if key not in wanted})


def _find_wanted(connection: "Connection", plan: Plan, indicators: Sequence[Indicator]) -> Iterator[Wanted]:
    """Every period that is on record and that a definition in force measures, with what its count is made from."""
    measures = {measure.name: measure for measure in plan.measures}
    on_record = {
        (source, part, kind, period): whole
        for source, part, kind, period, whole in connection.execute(
            "select source_name, counted_part, period_kind, period_key, is_whole from meta.period_on_record"
        ).fetchall()
    }
    periods = connection.execute(
        """select period_kind, period_key, first_quarter_key, last_quarter_key from core.dim_reported_period
           where period_kind <> 'odd period' order by all"""
    ).fetchall()
    listed = [key for kind, key, _, _ in periods if kind == "quarter"]
    named = {quarter.key: quarter for quarter in quarters(listed[0], listed[-1])} if listed else {}
    after = dict(pairwise(listed))
    marks = _Marks(connection)
    for indicator in indicators:
        kinds = _kinds(indicator.rollup)
        for kind, period, first, last in periods:
            definition = indicator.in_force(named[last]) if kind in kinds else None
            if definition is None or definition.measure is None:
                continue
            part, measure = definition.of, measures[definition.measure]
            whole = on_record.get((indicator.source, part, kind, period))
            if whole is None:
                continue
            if measure.waits:
                whole = whole and on_record.get((indicator.source, part, "quarter", after.get(last, "")), False)
            held = marks.is_held(measure, part, first, last)
            is_ratio = indicator.unit == "percent"
            said = f"{marks.of(measure, first, last)}|{measure.name}|{part}|{is_ratio}|{whole}|{held}"
            mark = hashlib.sha256(said.encode()).hexdigest()
            yield Wanted(indicator.code, kind, period, last, measure, part, is_ratio, whole, held, mark)


def _kinds(rollup: str) -> tuple[str, ...]:
    """The kinds of period that are counted by themselves: sums and ratios by quarter, the rest as they are reported."""
    if rollup in ADDED:
        return ("quarter",)
    return ("year",) if rollup in MEASURED_AT_YEAR_END else ("quarter", "year to date", "year")


# A claim that holds names a quarter or a month, and where it can the part that is counted.
HELD = """
    select h.table_name, coalesce(h.held_row ->> 'quarter_key', d.quarter_key) as quarter, h.held_row ->> 'counted_part'
    from meta.held as h left join core.dim_date as d
        on strftime(d.date_key, '%Y-%m-%d') = (h.held_row ->> 'month_key') || '-01'
    where coalesce(h.held_row ->> 'quarter_key', d.quarter_key) is not null"""


class _Marks:
    """What the count of a measure in a period is made from: its query, and the contents of the tables it reads.

    Where a measure reaches only its period's own rows, of a table with quarters only those of the period count.
    """

    def __init__(self, connection: "Connection") -> None:
        self._contents = Contents(connection)
        self._by_quarter: dict[str, dict[str, str]] = defaultdict(dict)
        for table, quarter, content in connection.execute(
            "select table_name, quarter_key, content_hash from meta.built where quarter_key <> ''"
        ).fetchall():
            self._by_quarter[table][quarter] = content
        self._held: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
        for table, quarter, part in connection.execute(HELD).fetchall():
            self._held[table].add((quarter, part))
        self._whole: dict[str, str] = {}

    def of(self, measure: Measure, first: str, last: str) -> str:
        said = [measure.essence, self._of_whole(measure)]
        for table in sorted(measure.depends_on) if measure.is_own_rows else ():
            quarters = self._by_quarter.get(table, {})
            said += [f"{table}/{q}={quarters[q]}" for q in sorted(quarters) if first <= q <= last]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def is_held(self, measure: Measure, part: str, first: str, last: str) -> bool:
        """Whether a claim holds rows that the measure reads: of the part, where the claim names one."""
        held = (of for table in measure.depends_on for of in self._held.get(table, ()))
        return any(first <= quarter <= last and of_part in (None, part) for quarter, of_part in held)

    def _of_whole(self, measure: Measure) -> str:
        """The contents of the tables that the measure reads whole, but for the calendar of periods."""
        if measure.name not in self._whole:
            whole = [
                table
                for table in sorted(measure.depends_on - CALENDAR)
                if not (measure.is_own_rows and table in self._by_quarter)
            ]
            self._whole[measure.name] = " ".join(f"{table}={self._contents.of(table)}" for table in whole)
        return self._whole[measure.name]
