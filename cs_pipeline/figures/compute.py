"""Counts what is stale: for each indicator the periods whose definition or rows are not those its count was made from.

A measure is asked once for all that is stale of it, and only for those periods; the same rows give the count and its
trace. What is made of the counts (years, statuses, trends) is plain SQL in `sql/marts/`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cs_pipeline.declare.indicator import ADDED, MEASURED_AT_YEAR_END, Indicator
from cs_pipeline.declare.model import Measure, ModelBroken
from cs_pipeline.warehouse.connect import insert_rows, transaction, words_of
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Built, Content, Contents, record_anew
from cs_pipeline.warehouse.tables import quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

CALENDAR = {"core.dim_reported_period", "core.bridge_period_quarter"}  # They only ask: a new period changes no other.

Key = tuple[str, str, str]  # indicator, kind of period, period


def asset_of(indicator: str) -> str:
    """The name under which an indicator's counts stand in `meta.built`, and as an asset of Dagster."""
    return f"figures.{indicator}"


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


def compute(
    connection: "Connection",
    plan: Plan,
    indicators: Sequence[Indicator],
    only: set[str] | None = None,
    only_quarters: set[str] | None = None,
) -> Iterator[Built]:
    """Counts anew what is stale; yields each indicator whose counts changed, with the quarters that did.

    `only` names indicators' assets to count whether stale or not, and `only_quarters` the quarters of them; nothing
    else is then touched. Raises ModelBroken for a measure that cannot run.
    """
    wanted = {want.key: want for want in find_wanted(connection, plan, indicators)}
    made = made_from(connection)
    stale = {key for key, want in wanted.items() if made.get(key) != want.made_from}
    gone = made.keys() - wanted.keys()
    if only is not None:
        in_scope = {
            key
            for key, want in wanted.items()
            if asset_of(want.indicator) in only and (only_quarters is None or want.quarter in only_quarters)
        }
        stale, gone = in_scope, {key for key in gone if asset_of(key[0]) in only and only_quarters is None}
    if not stale and not gone:
        return
    with transaction(connection):
        _forget(connection, stale | gone)
        by_measure: dict[str, list[Wanted]] = defaultdict(list)
        for key in sorted(stale):
            by_measure[wanted[key].measure.name].append(wanted[key])
        for wants in by_measure.values():
            _count(connection, wants)
        built = list(_record(connection, sorted({key[0] for key in stale | gone}), is_asked_for=only is not None))
    yield from built


def find_stale(connection: "Connection", plan: Plan, indicators: Sequence[Indicator]) -> set[tuple[str, str, str, str]]:
    """The counts that stand from something else than holds now, or no longer should: each key with its quarter."""
    made = made_from(connection)
    wanted = {want.key: want for want in find_wanted(connection, plan, indicators)}
    stale = {(*key, want.quarter) for key, want in wanted.items() if made.get(key) != want.made_from}
    gone = connection.execute(
        "select indicator_code, period_kind, period_key, quarter_key from meta.measured"
    ).fetchall()
    return stale | {
        (code, kind, period, quarter) for code, kind, period, quarter in gone if (code, kind, period) not in wanted
    }


def made_from(connection: "Connection") -> dict[Key, str]:
    """What each count that stands was made from."""
    rows = connection.execute("select indicator_code, period_kind, period_key, made_from from meta.measured").fetchall()
    return {(code, kind, period): mark for code, kind, period, mark in rows}


def find_wanted(connection: "Connection", plan: Plan, indicators: Sequence[Indicator]) -> Iterator[Wanted]:
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
    after = _next_quarter([key for kind, key, _, _ in periods if kind == "quarter"])
    marks = _Marks(connection)
    definitions = _in_force(connection)
    for indicator in indicators:
        kinds = _kinds(indicator.rollup)
        for kind, period, first, last in periods:
            measure_name, part = definitions.get((indicator.code, last), (None, "all"))
            recorded = (indicator.source, part, kind, period)
            if kind not in kinds or measure_name is None or recorded not in on_record:
                continue
            measure = measures[measure_name]
            whole = on_record[recorded]
            if measure.waits:
                whole = whole and on_record.get((indicator.source, part, "quarter", after.get(last, "")), False)
            held = marks.is_held(measure, part, first, last)
            mark = marks.of(measure, first, last)
            is_ratio = indicator.rollup == "ratio"
            digest = hashlib.sha256(f"{mark}|{measure_name}|{part}|{is_ratio}|{whole}|{held}".encode()).hexdigest()
            yield Wanted(indicator.code, kind, period, last, measure, part, is_ratio, whole, held, digest)


def _kinds(rollup: str) -> tuple[str, ...]:
    """The kinds of period that are counted by themselves: sums and ratios by quarter, the rest as they are reported."""
    if rollup in ADDED:
        return ("quarter",)
    return ("year",) if rollup in MEASURED_AT_YEAR_END else ("quarter", "year to date", "year")


def _next_quarter(quarters: list[str]) -> dict[str, str]:
    return dict(pairwise(quarters))


def _in_force(connection: "Connection") -> dict[tuple[str, str], tuple[str | None, str]]:
    """(indicator, quarter) -> the measure and part of the definition in force."""
    rows = connection.execute(
        """select d.indicator_code, p.period_key, d.measure_name, d.counted_part
           from meta.definition as d inner join core.dim_reported_period as p
               on p.period_kind = 'quarter'
               and p.period_key between d.since_quarter_key and coalesce(d.until_quarter_key, p.period_key)"""
    ).fetchall()
    return {(code, quarter): (measure, part) for code, quarter, measure, part in rows}


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


def _forget(connection: "Connection", keys: set[Key]) -> None:
    connection.execute(
        "create or replace temp table recount (indicator_code varchar, period_kind varchar, period_key varchar)"
    )
    insert_rows(connection, "recount", sorted(keys))
    for name in ("measured", "measured_from"):
        connection.execute(
            f"""delete from meta.{name} as m using recount as r where m.indicator_code = r.indicator_code
                and m.period_kind = r.period_kind and m.period_key = r.period_key"""
        )


def _count(connection: "Connection", wants: list[Wanted]) -> None:
    """Counts one measure for all periods and parts that are wanted of it, in one query."""
    import duckdb

    measure = wants[0].measure
    connection.execute(
        """create or replace temp table wanted (indicator_code varchar, period_kind varchar, period_key varchar,
           quarter_key varchar, counted_part varchar, is_ratio boolean, is_whole boolean, is_held boolean,
           made_from varchar)"""
    )
    insert_rows(
        connection,
        "wanted",
        [
            (w.indicator, w.kind, w.period, w.quarter, w.part, w.is_ratio, w.is_whole, w.is_held, w.made_from)
            for w in wants
        ],
    )
    # Written out, so that DuckDB looks at these periods only: it pushes a list into the measure, but no join (1.5.5).
    kinds, periods, parts = (
        ", ".join(quote(text) for text in sorted(texts))
        for texts in ({w.kind for w in wants}, {w.period for w in wants}, {w.part for w in wants})
    )
    try:
        connection.execute(
            f"""insert into meta.measured_from
                with rows_counted as ({measure.text.rstrip().rstrip(";")}),
                counted as (
                    select counted_part, period_kind, period_key, delivery_key, sheet_name, count(*) as n,
                        min(row_number) as first, max(row_number) as last, sum(numerator) as above,
                        sum(denominator) as below
                    from rows_counted
                    where period_kind in ({kinds}) and period_key in ({periods}) and counted_part in ({parts})
                    group by all)
                select w.indicator_code, c.period_kind, c.period_key, c.delivery_key, c.sheet_name, c.n, c.first,
                    c.last, c.above, c.below
                from counted as c inner join wanted as w using (counted_part, period_kind, period_key)"""
        )
    except duckdb.Error as trouble:
        what = f"{measure.path.name} cannot be counted: {words_of(trouble)}"
        raise ModelBroken(f"{what}. Correct the file and run again.") from None
    connection.execute(
        """insert into meta.measured
           select w.indicator_code, w.period_kind, w.period_key, w.quarter_key, ?, w.counted_part,
               coalesce(sum(f.part_numerator), 0),
               case when w.is_ratio then coalesce(sum(f.part_denominator), 0) end,
               w.is_whole, w.is_held, w.made_from
           from wanted as w left join meta.measured_from as f
               on f.indicator_code = w.indicator_code
               and f.period_kind = w.period_kind and f.period_key = w.period_key
           group by w.indicator_code, w.period_kind, w.period_key, w.quarter_key, w.counted_part, w.is_ratio,
               w.is_whole, w.is_held, w.made_from""",
        [measure.name],
    )


def _record(connection: "Connection", indicators: list[str], *, is_asked_for: bool) -> Iterator[Built]:
    """Records what stands for each indicator, quarter by quarter; yields those that hold something else than before,
    or that were asked for.
    """
    counted = """sha256(concat_ws('|', period_kind, period_key, measure_name, counted_part, numerator,
                        coalesce(denominator::varchar, '-'), is_whole, is_held))"""
    rows = connection.execute(
        f"""select indicator_code, quarter_key, count(*), sha256(string_agg({counted}, '' order by period_kind)),
                sha256(string_agg(made_from, '' order by period_kind))
            from meta.measured where indicator_code in (select unnest(?)) group by all order by all""",
        [indicators],
    ).fetchall()
    found: dict[str, dict[str, Content]] = {indicator: {} for indicator in indicators}
    for indicator, quarter, n_rows, content, _ in rows:
        found[indicator][quarter] = Content(n_rows, content)
    for indicator, by_quarter in found.items():
        marks = {quarter: mark for code, quarter, _, _, mark in rows if code == indicator}
        changed = record_anew(connection, asset_of(indicator), by_quarter, marks)
        if changed or is_asked_for:
            yield Built(asset_of(indicator), changed)
