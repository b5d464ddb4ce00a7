"""What counting figures costs beside plain SQL for the same figures, on two million incidents over five years.

A quarter should cost its share of all; a changed definition what its own query costs. What the same step takes with two
thousand incidents is its fixed cost, and is taken out.
"""

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from cs_pipeline.declare.indicator import Definition, Indicator
from cs_pipeline.declare.model import Measure
from cs_pipeline.figures.compute import compute
from cs_pipeline.figures.declared import load_indicators, refresh_indicators
from cs_pipeline.warehouse.connect import write_anew
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import content_of, record_anew
from cs_pipeline.warehouse.tables import make_tables
from cs_pipeline.words.settings import read_settings

ROUNDS = 7
N_QUARTERS = 20
N_ROWS = 4_000_000
FACT = "core.fact_asb_incident"
SINCE = "2021-22-Q3"
ALL, ONE = f"all {N_QUARTERS} quarters", "one quarter"
CHANGED, PLAIN = f"a definition changed from {SINCE} on, 7 quarters", "plain SQL for the same 7 figures"
Connection = duckdb.DuckDBPyConnection


def compare_figures() -> None:
    settings = read_settings()
    plan = Plan.read(settings.sql)
    counted = next(measure for measure in plan.measures if measure.name == "asb_incidents")
    narrower = counted.text.replace("where f.is_asb", "where f.is_asb and f.is_personal")
    plan = replace(plan, measures=(*plan.measures, Measure(counted.path, narrower, "personal")))
    with tempfile.TemporaryDirectory() as folder:
        many, few = (_steps(Path(folder) / f"{n}.duckdb", plan, n) for n in (N_ROWS, 2_000))
    for what in many:
        print(f"  {what}: median {_ms(many[what])}, of which fixed {_ms(few[what])}")
    own = {what: [m - f for m, f in zip(many[what], few[what], strict=True)] for what in many}
    _tell("one quarter against its share of all", own[ONE], [s / N_QUARTERS for s in own[ALL]])
    _tell("a definition change against plain SQL", own[CHANGED], own[PLAIN], " (aim: under 1.5)")


def _steps(path: Path, plan: Plan, n_rows: int) -> dict[str, list[float]]:
    """Step -> how long it took in each round."""
    settings = read_settings()
    indicators = tuple(i for i in load_indicators(settings, plan) if i.code == "ComS_011")
    with duckdb.connect(path.as_posix()) as connection:
        connection.execute("set enable_progress_bar = false")
        _fill(connection, plan, n_rows)
        refresh_indicators(connection, settings, plan, indicators)
        changed = tuple(_redefined(indicator) for indicator in indicators)
        rounds = [_one_round(connection, plan, indicators, changed) for _ in range(ROUNDS)]
    return {what: [of[what] for of in rounds] for what in rounds[0]}


def _redefined(indicator: Indicator) -> Indicator:
    """The indicator with a definition more, which counts by the narrower measure."""
    another = Definition(since=SINCE, because="For the benchmark.", numerator="Personal incidents", measure="personal")
    return indicator.model_copy(update={"definitions": (*indicator.definitions, another)})


def _one_round(
    connection: Connection, plan: Plan, indicators: Sequence[Indicator], changed: Sequence[Indicator]
) -> dict[str, float]:
    connection.execute("delete from meta.measured; delete from meta.measured_from; delete from meta.measured_ward")
    connection.execute("delete from meta.built where table_name like 'figures.%'")
    took = {ALL: _clock(lambda: list(compute(connection, plan, indicators)))}
    connection.execute(f"insert into {FACT} select * from {FACT} where quarter_key = '2020-21-Q2' limit 1")
    _record(connection)
    took[ONE] = _clock(lambda: list(compute(connection, plan, indicators)))
    took[CHANGED] = _clock(lambda: list(compute(connection, plan, changed)))
    took[PLAIN] = _clock(
        lambda: connection.execute(
            f"""create or replace temp table plain as
                select quarter_key, delivery_key, sheet_name, count(*), min(row_number), max(row_number)
                from {FACT} where is_asb and is_personal and quarter_key >= '{SINCE}' group by all"""
        )
    )
    return took


def _tell(what: str, ours: list[float], theirs: list[float], aim: str = "") -> None:
    ratios = sorted(o / t for o, t in zip(ours, theirs, strict=True))
    print(f"  {what}: median {statistics.median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f}{aim}", flush=True)


def _ms(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.1f} ms"


def _fill(connection: Connection, plan: Plan, n_rows: int) -> None:
    make_tables(connection)
    write_anew(connection, "calendar", [(dt.date(2018, 4, 1), dt.date(2024, 3, 31))])
    models = {model.name: model.text for model in plan.models}
    for name in ("core.dim_date", "core.dim_period", "core.dim_reported_period", "core.bridge_period_quarter"):
        connection.execute(f"create table {name} as {models[name].rstrip().rstrip(';')}")
    connection.execute(
        f"""create table {FACT} as
            select d.date_key as occurred_on, d.quarter_key, n % 10 < 9 as is_asb, n % 3 = 0 as is_personal,
                'police_asb-' || d.quarter_key as delivery_key, d.month_key as sheet_name, n::integer as row_number
            from range({n_rows}) as r(n)
            inner join core.dim_date as d on d.date_key = date '2018-04-01' + (n * 1826 // {n_rows})::integer"""
    )
    connection.execute(
        """create table meta.period_on_record as select 'police_asb' as source_name, 'all' as counted_part,
               period_kind, period_key, 3 as n_months, true as is_whole
           from core.dim_reported_period where period_kind = 'quarter' and period_key < '2023-24'"""
    )
    _record(connection)


def _record(connection: Connection) -> None:
    record_anew(connection, FACT, content_of(connection, FACT, "quarter_key"), "bench")


def _clock(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
