"""The one take-build-publish. It is level-triggered: it takes every unseen file and builds all that is stale,
whatever happened before.

`cs run`, the nightly job and Dagster call this; they differ only in who listens. It knows no Dagster and prints
nothing.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cs_pipeline.declare.decisions import read_decisions
from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.figures.build import Asked, build_all, is_anything_stale
from cs_pipeline.figures.decided import refresh_decided, unmatched_decisions
from cs_pipeline.figures.declared import load_indicators, refresh_indicators
from cs_pipeline.figures.history import keep_versions, refresh_history
from cs_pipeline.intake.receive import files_in
from cs_pipeline.intake.seal import Key
from cs_pipeline.operate.seen import remember
from cs_pipeline.publish import release
from cs_pipeline.publish.gate import Verdict, judge_build
from cs_pipeline.warehouse.arrive import Arrival, find_arrivals, find_strays
from cs_pipeline.warehouse.connect import open_build
from cs_pipeline.warehouse.keyfile import find_key, throwaway_key
from cs_pipeline.warehouse.ledger import deliveries, now, open_ledger, recorded_key
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.refresh import apply_withdrawals, refresh_calendar, refresh_sources, refresh_ties
from cs_pipeline.warehouse.stale import Built, record_stage
from cs_pipeline.warehouse.tables import make_tables
from cs_pipeline.warehouse.take import (
    Desk,
    Taken,
    corrections_of,
    drop_strangers,
    reading_fingerprint,
    take,
    to_read_again,
)
from cs_pipeline.words.settings import Settings, check_environment

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

    from cs_pipeline.operate.packs import MadePacks


class Busy(Exception):
    """Another run is at work on this warehouse."""


class Listener:
    """Hears what happens in a run, as it happens. The command line prints it, Dagster records it, this is silent."""

    def starting(self, n_arrivals: int) -> None:
        """Before the first delivery is read."""

    def taken(self, taken: Taken) -> None:
        """After a delivery was judged and loaded."""

    def building(self, table: str) -> None:
        """Before a stale table is built."""

    def built(self, built: Built) -> None:
        """After a table was rebuilt, or new rows stand in a stage table."""

    def judged(self, connection: "Connection", verdict: Verdict) -> None:
        """After the gate has looked at the build."""

    def published(self, publication: release.Publication) -> None:
        """After the link points at a new publication."""

    def packed(self, made: "MadePacks") -> None:
        """After the packs of a quarter, a year or an edition were written."""


@dataclass
class Outcome:
    """What a run did. `verdict` is None only when nothing has ever been built."""

    taken: list[Taken] = field(default_factory=list)
    built: list[Built] = field(default_factory=list)
    verdict: Verdict | None = None
    publication: release.Publication | None = None
    notes: list[str] = field(default_factory=list)
    packs: "list[MadePacks]" = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 published, 1 published with deliveries refused, figures held or packs stopped, 2 not published."""
        if self.verdict is None or not self.verdict.opens:
            return 2
        return 0 if self.verdict.is_clean and not self.stopped else 1


@contextmanager
def one_at_a_time(settings: Settings) -> Iterator[None]:
    """Holds the warehouse's lock; the operating system's, so that a killed run frees it at once. Raises Busy."""
    from filelock import FileLock, Timeout

    settings.warehouse.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.warehouse / ".lock", timeout=settings.lock_wait_seconds, is_singleton=True):
            yield
    except Timeout:
        raise Busy("Another run is at work on this warehouse. Wait until it has ended, then run again.") from None


def has_work(settings: Settings) -> bool:
    """Whether a run would do anything. Looks at the folders, the ledger and the build; changes no table of theirs."""
    if not settings.build.exists() or not settings.publication.exists():
        return True
    plan = Plan.read(settings.sql)
    indicators = load_indicators(settings, plan)
    with open_ledger(settings) as ledger, open_build(settings) as build:
        make_tables(build)
        key, _ = find_key(settings, ledger, may_make=False)
        may_make = key is None and recorded_key(ledger) is None
        desk = Desk(settings, ledger, build, read_decisions(settings.decisions), key)
        apply_withdrawals(build, desk.decisions.withdrawals)
        can_read = {source.name for source in all_sources() if key or may_make or not source.needs_key}
        if any(arrival.source.name in can_read for arrival in find_arrivals(settings, ledger)):
            return True
        for source in (source for source in all_sources() if source.name in can_read):
            if to_read_again(desk, source, reading_fingerprint(settings, build, source)):
                return True
        _refresh(desk, plan, indicators)
        return is_anything_stale(build, plan, indicators) or not _is_published(ledger, build, settings)


def night(
    settings: Settings,
    listener: Listener,
    only: set[str] | None = None,
    quarters: set[str] | None = None,
    *,
    may_publish: bool = True,
) -> Outcome:
    """Takes what is new, builds what is stale, publishes if anything changed and the gate opens.

    `only` names tables and indicators to rebuild whether stale or not (a backfill from the Dagster page), the latter
    in `quarters`; then only sources among them are read. Raises BrokenDecision, BrokenDefinition, WarehouseUnusable
    or ModelBroken; what was published before then stands.
    """
    check_environment()
    shutil.rmtree(settings.rehearsal, ignore_errors=True)
    outcome, asked, at = Outcome(), Asked(only, quarters), now()
    plan, decisions = Plan.read(settings.sql), read_decisions(settings.decisions)
    indicators = load_indicators(settings, plan)
    with open_ledger(settings) as ledger, open_build(settings) as build:
        make_tables(build)
        drop_strangers(ledger, build)
        outcome.notes = find_strays(settings)
        arrivals = find_arrivals(settings, ledger, outcome.notes)
        key = _find_key(settings, ledger, outcome.notes, may_make=may_publish)
        desk = Desk(settings, ledger, build, decisions, key)
        listener.starting(len(arrivals))
        for taken in take(desk, _asked_for(arrivals, only), _sources_of(only)):
            outcome.taken.append(taken)
            listener.taken(taken)
        outcome.notes += _refresh(desk, plan, indicators)
        for built in record_stage(build):
            outcome.built.append(built)
            listener.built(built)
        for built in build_all(build, plan, indicators, asked, at, listener.building):
            outcome.built.append(built)
            listener.built(built)
        outcome.verdict = judge_build(build)
        listener.judged(build, outcome.verdict)
        if may_publish and outcome.verdict.opens and not _is_published(ledger, build, settings):
            keep_versions(ledger, asked.versions)
            outcome.publication = _publish(settings, ledger, build, plan, at)
            listener.published(outcome.publication)
    if may_publish and only is None and outcome.exit_code < 2:  # after a backfill more may be stale: look again
        remember(settings, outcome.exit_code)
    return outcome


def _asked_for(arrivals: list[Arrival], only: set[str] | None) -> list[Arrival]:
    sources = _sources_of(only)
    return [arrival for arrival in arrivals if sources is None or arrival.source.name in sources]


def _sources_of(only: set[str] | None) -> set[str] | None:
    if only is None:
        return None
    return {source.name for source in all_sources() for table in source.tables if f"stage.{table.name}" in only}


def _find_key(settings: Settings, ledger: "Connection", notes: list[str], *, may_make: bool) -> Key | None:
    """The key, made where a return about people is here and none was ever used; what there is to say is noted."""
    people = [source for source in all_sources() if source.needs_key]
    if not any(files_in(settings.source_folder(source.arrives_in)) for source in people) and not recorded_key(ledger):
        return None
    if not may_make and recorded_key(ledger) is None and not settings.key_file.exists():
        return throwaway_key()
    key, note = find_key(settings, ledger, may_make=may_make)
    notes += [note] if note else []
    return key


def _refresh(desk: Desk, plan: Plan, indicators: Sequence[Indicator]) -> list[str]:
    """Brings what code keeps in `meta` up to declarations, settings, decisions and ledger; says which decisions fit
    nothing.
    """
    refresh_sources(desk.build)
    refresh_calendar(desk.build, desk.settings)
    refresh_indicators(desk.build, desk.settings, plan, indicators)
    refresh_decided(desk.build, desk.decisions)
    refresh_history(desk.build, desk.ledger)
    unmatched = [
        ("withdrawals.yml", decision) for decision in apply_withdrawals(desk.build, desk.decisions.withdrawals)
    ]
    known = deliveries(desk.ledger)
    unmatched += [
        ("corrections.yml", decision)
        for decision in desk.decisions.corrections
        if not any(corrections_of(delivery, (decision,)) for delivery in known)
    ]
    refresh_ties(desk.build)
    return [
        f"Decisions, file {file} — no delivery of {decision.source} has the hash {decision.sha256}. "
        "It applies as soon as such a delivery arrives; otherwise correct the hash."
        for file, decision in unmatched
    ] + unmatched_decisions(desk.build)


def _is_published(ledger: "Connection", build: "Connection", settings: Settings) -> bool:
    if not settings.publication.exists():
        return False
    last = ledger.execute("select fingerprint from publication order by published_at desc limit 1").fetchone()
    return last is not None and last[0] == release.fingerprint(build, Plan.read(settings.sql))


def _publish(
    settings: Settings, ledger: "Connection", build: "Connection", plan: Plan, at: datetime
) -> release.Publication:
    known = {name for (name,) in ledger.execute("select publication_id from publication").fetchall()}
    release.clear_unpublished(settings, known)
    publication = release.publish(settings, build, plan, at)
    ledger.execute(
        "insert or ignore into publication values (?, ?, ?)",
        [publication.publication_id, publication.fingerprint, at],
    )
    release.drop_old(settings)
    return publication


def forget_build(settings: Settings) -> None:
    """Throws the build away; the next run makes it anew from archive, ledger and decisions."""
    for path in (settings.build, settings.build.with_name("build.duckdb.wal")):
        path.unlink(missing_ok=True)
    shutil.rmtree(settings.scratch, ignore_errors=True)
