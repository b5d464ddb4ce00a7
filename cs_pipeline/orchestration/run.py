"""What a Dagster run does: `operate.night`, with each thing that happens recorded as an event of the asset it
happened to.

One step walks all tables in order, as the build does: with a step a table, one unchanged table would make Dagster skip
whatever reads it, changed or not. A quarter is recorded when its content changed, so the page shows what really was
rebuilt.
"""

import logging
import os
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from cs_pipeline.figures.declared import load_indicators
from cs_pipeline.operate.night import Listener, Outcome, night, one_at_a_time
from cs_pipeline.orchestration.graph import (
    PUBLISHED,
    RESTRICTED,
    check_specs,
    checked_asset,
    folder_specs,
    key_of,
    table_specs,
)
from cs_pipeline.orchestration.log import written_at_ease
from cs_pipeline.orchestration.stale import make_stale_check
from cs_pipeline.publish.gate import Verdict
from cs_pipeline.publish.release import Publication
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Built, Content
from cs_pipeline.warehouse.take import Taken
from cs_pipeline.words.figures import show_figure
from cs_pipeline.words.settings import PROJECT, Settings, read_settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# Whoever starts a run in this process may listen to it, and finds its outcome here.
_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)
_OUTCOMES: list[Outcome] = []


class Recorder(Listener):
    """Records what happens as Dagster events, and passes it on to whoever listens in this process.

    A table that was rebuilt and holds what it held before is recorded only when someone asked for it (`is_asked_for`).
    """

    def __init__(self, context: dg.AssetExecutionContext, plan: Plan, *, is_asked_for: bool) -> None:
        self.context, self.plan, self.is_asked_for = context, plan, is_asked_for
        self.also = _LISTENER.get() or Listener()
        self.built_tables: list[Built] = []
        self.recorded: set[dg.AssetKey] = set()
        self.checks: list[dg.AssetCheckEvaluation] = []

    def starting(self, n_arrivals: int) -> None:
        self.context.log.info(f"{n_arrivals} new files to take in.")
        self.also.starting(n_arrivals)

    def taken(self, taken: Taken) -> None:
        reading = taken.reading
        self.context.log.info(
            f"{reading.title}: {reading.n_read} rows read, {reading.n_accepted} accepted, "
            f"{reading.n_quarantined} quarantined, {reading.n_ignored} ignored by rule."
        )
        self.also.taken(taken)

    def building(self, table: str) -> None:
        self.also.building(table)

    def built(self, built: Built) -> None:
        if not built.name.startswith("current."):
            self.built_tables.append(built)
        self.also.built(built)

    def judged(self, connection: "Connection", verdict: Verdict) -> None:
        for built in self.built_tables:
            self._record(connection, built)
        self.checks = [self._check(connection, claim.table, claim.name) for claim in self.plan.claims]
        self.also.judged(connection, verdict)

    def published(self, publication: Publication) -> None:
        metadata = {"file": publication.path.name, "publication": publication.publication_id}
        self.recorded |= {RESTRICTED, PUBLISHED}
        for key in (RESTRICTED, PUBLISHED):
            tags = {"dagster/data_version": publication.fingerprint[:16]}
            self.context.log_event(dg.AssetMaterialization(key, metadata=metadata, tags=tags))
        self.also.published(publication)

    def _record(self, connection: "Connection", built: Built) -> None:
        """One event for each quarter whose content changed, or one for a table without time; the last tells of its
        columns, for that is where the page looks.
        """
        spec = self.context.assets_def.get_asset_spec(key_of(built.name))
        figures = _figures(connection, built.name)
        columns = _columns(connection, "meta.measured" if built.name.startswith("figures.") else built.name)
        quarters = sorted(self._quarters(connection, built, spec.partitions_def).items())
        self.recorded |= {spec.key} if quarters else set()
        for place, (quarter, content) in enumerate(quarters, 1):
            self.context.log_event(
                dg.AssetMaterialization(
                    spec.key,
                    partition=quarter or None,
                    metadata=figures.get(quarter, {})
                    | {"dagster/row_count": content.n_rows}
                    | (columns if place == len(quarters) else {}),
                    tags={"dagster/data_version": content.content_hash[-16:] or "0"},
                )
            )

    def _quarters(
        self, connection: "Connection", built: Built, partitions: dg.PartitionsDefinition[str] | None
    ) -> dict[str, Content]:
        """What to record of a table: the quarters that changed and those that were asked for, or the whole of it."""
        if partitions is None:
            whole = {"": _content(connection, built.name, "")} if self.is_asked_for else {}
            return whole | {key: content for key, content in built.changed.items() if not key}
        known = set(partitions.get_partition_keys())
        keys = self.context.partition_keys if self.has_partitions else ()
        asked = {key: _content(connection, built.name, key) for key in keys}
        return {key: content for key, content in (asked | built.changed).items() if key in known}

    @property
    def has_partitions(self) -> bool:
        """Whether the run was asked for certain quarters."""
        return bool(self.context.has_partition_key or self.context.has_partition_key_range)

    def _check(self, connection: "Connection", table: str, name: str) -> dg.AssetCheckEvaluation:
        claim = next(c for c in self.plan.claims if (c.table, c.name) == (table, name))
        rows = connection.execute(
            "select broken_by from meta.claim_row where claim_name = ? and table_name = ? order by 1 limit 20",
            [name, table],
        ).fetchall()
        (n_broken,) = connection.execute(
            "select n_broken from meta.claim where claim_name = ? and table_name = ?", [name, table]
        ).fetchall()[0]
        said = [dg.TableRecord({"finding": row[0]}) for row in rows]
        return dg.AssetCheckEvaluation(
            asset_key=checked_asset(claim, self.plan),
            check_name=name,
            passed=n_broken == 0,
            severity=dg.AssetCheckSeverity.ERROR if claim.severity == "fail" else dg.AssetCheckSeverity.WARN,
            description=claim.sentence if n_broken == 0 else str(rows[0][0]),
            metadata={
                "rows that break it": n_broken,
                "severity": claim.severity,
                "dimension": claim.dimension,
            }
            | ({"what was found": dg.MetadataValue.table(said)} if rows else {}),
        )


class Fault(Exception):
    """Something that nobody foresaw ended a run; where, and of what kind it was, but not its own words."""


@contextmanager
def _without_its_words() -> Iterator[None]:
    """Dagster keeps what an exception says, and one of a library's may quote a cell; ours never do."""
    try:
        yield
    except Exception as trouble:
        if type(trouble).__module__.startswith("cs_pipeline."):
            raise
        frame = traceback.extract_tb(trouble.__traceback__)[-1]
        where = f"{Path(frame.filename).name}, line {frame.lineno}"
        what = f"A fault of the program ended the run ({type(trouble).__name__} at {where})"
        raise Fault(f"{what}. Send this line to whoever keeps it.") from None


def _content(connection: "Connection", name: str, quarter: str) -> Content:
    row = connection.execute(
        "select n_rows, content_hash from meta.built where table_name = ? and quarter_key = ?", [name, quarter]
    ).fetchone()
    return Content(*row) if row else Content(0, "0")


def _figures(connection: "Connection", name: str) -> dict[str, dict[str, Any]]:
    """Quarter -> what an indicator's figures are in it, what they were counted as, and by which definition."""
    rows = connection.execute(
        """select m.quarter_key, m.period_kind, f.value, i.unit, f.missing_reason, m.numerator, m.denominator,
               m.measure_name, m.counted_part, d.since_quarter_key, d.definition_because
           from meta.measured as m
           inner join meta.indicator as i on i.indicator_code = m.indicator_code
           left join marts.figure_calculated as f
               on f.indicator_code = m.indicator_code
               and f.period_kind = m.period_kind and f.period_key = m.period_key
           left join meta.definition as d
               on d.indicator_code = m.indicator_code
               and m.quarter_key between d.since_quarter_key and coalesce(d.until_quarter_key, m.quarter_key)
           where 'figures.' || m.indicator_code = ? order by m.quarter_key, m.period_kind""",
        [name],
    ).fetchall()
    found: dict[str, dict[str, Any]] = {}
    for quarter, kind, value, unit, missing, numerator, denominator, measure, part, since, because in rows:
        figure = show_figure(value, unit, missing)
        counted = f"{numerator:,}" if denominator is None else f"{numerator:,} of {denominator:,}"
        found.setdefault(quarter, {}).update(
            {
                kind: figure if figure == counted else f"{figure}, counted {counted}",
                "counted by": f"{measure}, {part}",
                "definition in force": f"since {since}: {because}",
            }
        )
    return found


def _columns(connection: "Connection", name: str) -> dict[str, Any]:
    """A table's columns, and those that each is made from."""
    return {
        "dagster/column_schema": _column_schema(connection, name),
        "dagster/column_lineage": _column_lineage(connection, name),
    }


def _column_lineage(connection: "Connection", name: str) -> dg.TableColumnLineage:
    deps: dict[str, list[dg.TableColumnDep]] = {}
    rows = connection.execute(
        "select column_name, from_table, from_column from meta.lineage where table_name = ? order by all", [name]
    ).fetchall()
    for column, table, source in rows:
        deps.setdefault(column, []).append(dg.TableColumnDep(asset_key=key_of(table), column_name=source))
    return dg.TableColumnLineage(deps)


def _column_schema(connection: "Connection", name: str) -> dg.TableSchema:
    rows = connection.execute(
        """select column_name, data_type, comment from duckdb_columns()
           where schema_name || '.' || table_name = ? order by column_index""",
        [name],
    ).fetchall()
    return dg.TableSchema([dg.TableColumn(column, kind, words) for column, kind, words in rows])


def make_definitions(settings: Settings) -> dg.Definitions:
    """The whole graph: folders, tables, indicators, publications, checks, the nightly job and its schedule."""
    plan = Plan.read(settings.sql)
    indicators = load_indicators(settings, plan)

    @dg.multi_asset(
        name="tables",
        specs=table_specs(settings, plan, indicators),
        check_specs=check_specs(plan),
        can_subset=True,
        backfill_policy=dg.BackfillPolicy.single_run(),
        description="Takes what is new, builds what is stale, judges the claims, publishes.",
    )
    def tables(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        selected = {".".join(key.path) for key in context.selected_asset_keys}
        is_all = not context.is_subset
        recorder = Recorder(context, plan, is_asked_for=not is_all)
        quarters = set(context.partition_keys) if not is_all and recorder.has_partitions else None
        with one_at_a_time(settings), written_at_ease(), _without_its_words():
            outcome = night(settings, recorder, None if is_all else selected, quarters)
        _OUTCOMES.append(outcome)
        wanted = {(key.asset_key, key.name) for key in context.selected_asset_check_keys}
        for check in recorder.checks:  # the page forgets what a claim gave when its table is made anew
            if (check.asset_key, check.check_name) in wanted or check.asset_key in recorder.recorded:
                context.log_event(check)
        if outcome.exit_code == 2:
            fails = outcome.verdict.fails if outcome.verdict else ()
            raise dg.Failure(description=f"Not published. {' '.join(fails)}", allow_retries=False)
        yield from ()  # Events are logged as they happen: Dagster asks for the partition of each result it is given.

    stale = make_stale_check(settings)
    selection = dg.AssetSelection.assets(tables) - dg.AssetSelection.checks(stale)  # a night leaves nothing stale
    job = dg.define_asset_job("night", selection=selection, description="The nightly job.")
    schedule = dg.ScheduleDefinition(
        name="every_night_at_three", job=job, cron_schedule="0 3 * * *", execution_timezone="Europe/London"
    )
    return dg.Definitions(
        assets=[*folder_specs(), tables],
        asset_checks=[stale],
        jobs=[job],
        schedules=[schedule],
        executor=dg.in_process_executor,
    )


def prepare_home(settings: Settings) -> None:
    """Points Dagster at its home, with the project's own settings in it; and at this run's folders."""
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copy(PROJECT / "dagster_home" / "dagster.yaml", home / "dagster.yaml")
    os.environ |= {
        "DAGSTER_HOME": str(home),
        "CS_SOURCES": str(settings.sources),
        "CS_WAREHOUSE": str(settings.warehouse),
    }


def run_in_dagster(settings: Settings, listener: Listener) -> Outcome:
    """One run of the nightly job in this process, on record in Dagster. Raises what `night` raises."""
    prepare_home(settings)
    # Stopped with Ctrl-C in the middle of a query, the pool would print a traceback of its own.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    token = _LISTENER.set(listener)
    _OUTCOMES.clear()
    try:
        with dg.DagsterInstance.get() as instance, written_at_ease():
            job = make_definitions(settings).resolve_job_def("night")
            quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
            result = job.execute_in_process(instance=instance, run_config=quiet, raise_on_error=False)
            if not _OUTCOMES or (not result.success and _OUTCOMES[-1].exit_code < 2):
                raise RunFailed(_reason(result))
    finally:
        _LISTENER.reset(token)
    return _OUTCOMES[-1]


class RunFailed(Exception):
    """A run ended before the gate; the message is that of the exception that ended it."""


def _reason(result: dg.ExecuteInProcessResult) -> str:
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error:
            cause = event.step_failure_data.error.cause or event.step_failure_data.error
            return cause.message.split(": ", 1)[-1].strip()
    return "The run ended without a reason. Look at it on the Dagster page with cs ui."


def definitions() -> dg.Definitions:
    """What Dagster's own processes load."""
    return make_definitions(read_settings())
