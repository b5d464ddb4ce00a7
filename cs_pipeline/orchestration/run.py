"""What a Dagster run does: `operate.night`, with each thing that happens recorded (`recorder.py`).

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
from pathlib import Path

import dagster as dg

from cs_pipeline.figures.declared import load_indicators
from cs_pipeline.operate.night import Listener, Outcome, night, one_at_a_time
from cs_pipeline.operate.packs import make_due
from cs_pipeline.orchestration.graph import (
    check_specs,
    folder_specs,
    table_specs,
)
from cs_pipeline.orchestration.log import written_at_ease
from cs_pipeline.orchestration.recorder import LISTENER, Recorder
from cs_pipeline.orchestration.stale import make_stale_check
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.settings import PROJECT, Settings, read_settings

# Whoever starts a run in this process finds its outcome here.
_OUTCOMES: list[Outcome] = []


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
        description="Takes what is new, builds what is stale, judges the claims, publishes, writes the packs.",
    )
    def tables(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        selected = {".".join(key.path) for key in context.selected_asset_keys}
        is_all = not context.is_subset
        recorder = Recorder(context, plan, is_asked_for=not is_all)
        quarters = set(context.partition_keys) if not is_all and recorder.has_partitions else None
        with one_at_a_time(settings), written_at_ease(), _without_its_words():
            outcome = night(settings, recorder, None if is_all else selected, quarters)
            if outcome.exit_code < 2 and settings.makes_packs:
                only = None if is_all else selected
                outcome.packs = make_due(settings, only, quarters, recorder.packed, outcome.stopped.append)
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
    token = LISTENER.set(listener)
    _OUTCOMES.clear()
    try:
        with dg.DagsterInstance.get() as instance, written_at_ease():
            job = make_definitions(settings).resolve_job_def("night")
            quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
            result = job.execute_in_process(instance=instance, run_config=quiet, raise_on_error=False)
            if not _OUTCOMES or (not result.success and _OUTCOMES[-1].exit_code < 2):
                raise RunFailed(_reason(result))
    finally:
        LISTENER.reset(token)
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
