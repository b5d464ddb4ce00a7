"""Counts what is stale: for each indicator the periods whose definition or rows are not those its count was made from.

A measure is asked once for all that is stale of it, and only for those periods; the same rows give the count and its
trace. `wanted.py` finds what is stale; what is made of the counts (years, statuses, trends) is SQL in `sql/marts/`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.model import WARD, Measure, ModelBroken
from cs_pipeline.figures.wanted import Key, Wanted, judge_counts
from cs_pipeline.warehouse.connect import insert_rows, transaction, words_of, write_anew
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Built, Content, record_anew
from cs_pipeline.warehouse.tables import quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def asset_of(indicator: str) -> str:
    """The name under which an indicator's counts stand in `meta.built`, and as an asset of Dagster."""
    return f"figures.{indicator}"


def compute(
    connection: "Connection",
    plan: Plan,
    indicators: Sequence[Indicator],
    only: set[str] | None = None,
    only_quarters: set[str] | None = None,
) -> Iterator[Built]:
    """Counts anew what is stale; yields each indicator whose counts changed, with the quarters that did.

    `only` names indicators' assets to count whether stale or not, and `only_quarters` the quarters of them; nothing
    else is then touched, and what stays stale is recorded in `meta.stale`. Raises ModelBroken for a measure that cannot
    run.
    """
    counts = judge_counts(connection, plan, indicators)
    anew = set(counts.stale)
    if only is not None:
        quarters = {key: want.quarter for key, want in counts.wanted.items()} | counts.stale
        anew = {
            key
            for key, quarter in quarters.items()
            if asset_of(key[0]) in only and (only_quarters is None or quarter in only_quarters)
        }
    built: list[Built] = []
    if anew:
        with transaction(connection):
            _forget(connection, anew)
            by_measure: dict[str, list[Wanted]] = defaultdict(list)
            for key in sorted(anew & counts.wanted.keys()):
                by_measure[counts.wanted[key].measure.name].append(counts.wanted[key])
            for wants in by_measure.values():
                _count(connection, wants)
            built = list(_record(connection, sorted({key[0] for key in anew}), is_asked_for=only is not None))
    left = sorted((*key, quarter) for key, quarter in counts.stale.items() if key not in anew)
    write_anew(connection, "stale", left)
    _date(connection)
    yield from built


def _date(connection: "Connection") -> None:
    """Notes by which definition each count stands: the one in force, but for counts that wait to be made by it."""
    connection.execute(
        """update meta.measured as m
           set since_quarter_key = d.since_quarter_key, comparable_run = d.comparable_run
           from meta.definition as d
           where d.indicator_code = m.indicator_code
               and m.quarter_key between d.since_quarter_key and coalesce(d.until_quarter_key, m.quarter_key)
               and (m.since_quarter_key, m.comparable_run) is distinct from (d.since_quarter_key, d.comparable_run)
               and not exists (
                   from meta.stale as s where s.indicator_code = m.indicator_code
                   and s.period_kind = m.period_kind and s.period_key = m.period_key)"""
    )


def _forget(connection: "Connection", keys: set[Key]) -> None:
    connection.execute(
        "create or replace temp table recount (indicator_code varchar, period_kind varchar, period_key varchar)"
    )
    insert_rows(connection, "recount", sorted(keys))
    for name in ("measured", "measured_from", "measured_ward"):
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
    ward = WARD if measure.knows_ward else f"null::varchar as {WARD}"
    try:
        connection.execute(
            f"""create or replace temp table counted as
                with rows_counted as ({measure.text.rstrip().rstrip(";")}),
                counted as (
                    select counted_part, period_kind, period_key, delivery_key, sheet_name, {ward}, count(*) as n,
                        min(row_number) as first, max(row_number) as last, sum(numerator) as above,
                        sum(denominator) as below
                    from rows_counted
                    where period_kind in ({kinds}) and period_key in ({periods}) and counted_part in ({parts})
                    group by all)
                select w.indicator_code, w.is_ratio, c.* exclude (counted_part)
                from counted as c inner join wanted as w using (counted_part, period_kind, period_key)"""
        )
    except duckdb.Error as trouble:
        what = f"{measure.path.name} cannot be counted: {words_of(trouble)}"
        raise ModelBroken(f"{what}. Correct the file and run again.") from None
    _record_rows(connection, measure)
    connection.execute(
        """insert into meta.measured
           select w.indicator_code, w.period_kind, w.period_key, w.quarter_key, ?, w.counted_part,
               coalesce(sum(f.part_numerator), 0),
               case when w.is_ratio then coalesce(sum(f.part_denominator), 0) end,
               w.is_whole, w.is_held, null, null, w.made_from
           from wanted as w left join meta.measured_from as f
               on f.indicator_code = w.indicator_code
               and f.period_kind = w.period_kind and f.period_key = w.period_key
           group by w.indicator_code, w.period_kind, w.period_key, w.quarter_key, w.counted_part, w.is_ratio,
               w.is_whole, w.is_held, w.made_from""",
        [measure.name],
    )


def _record_rows(connection: "Connection", measure: Measure) -> None:
    """Writes from which rows a measure was counted and, where it knows them, in which wards."""
    connection.execute(
        """insert into meta.measured_from
           select indicator_code, period_kind, period_key, delivery_key, sheet_name, sum(n), min(first), max(last),
               sum(above), sum(below)
           from counted group by all"""
    )
    if measure.knows_ward:
        connection.execute(
            f"""insert into meta.measured_ward
                select indicator_code, period_kind, period_key, {WARD}, sum(above)
                from counted where not is_ratio group by all"""
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
