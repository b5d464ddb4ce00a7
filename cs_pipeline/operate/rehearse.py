"""What a run would change, before anything is rebuilt: the same run on a throwaway copy, its figures beside the old.

Because it is the same run, it knows of everything at once: files that have arrived, decisions, definitions, measures.
It needs no daemon, and leaves nothing behind.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_pipeline.operate.night import Listener, night, one_at_a_time
from cs_pipeline.warehouse.connect import open_database
from cs_pipeline.warehouse.tables import quote
from cs_pipeline.words.figures import show_figure
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class Change:
    """A figure that a run would change: the period, old and new as people write them, and why.

    `is_counted` tells a count that is stale from a year or odd period that follows from such counts.
    """

    indicator: str
    title: str
    kind: str
    period: str
    period_name: str
    quarter: str
    old: str
    new: str
    why: str
    is_issued: bool
    is_counted: bool


def rehearse(settings: Settings) -> list[Change]:
    """Every figure that the next run would change, by indicator and period. Raises what `night` raises, and Busy."""
    with one_at_a_time(settings), _copy_of(settings) as trial:
        night(trial, Listener(), may_publish=False)
        with open_database(trial.build) as connection:
            stands = settings.publication.resolve().as_posix()  # a killed night can have left more in the build
            connection.execute(f"attach {quote(stands)} as before (read_only)")
            try:
                _check_that_it_counts(connection)
                return list(_changes(connection))
            finally:
                connection.execute("detach before")


@contextmanager
def _copy_of(settings: Settings) -> Iterator[Settings]:
    """A warehouse of its own with the same build, ledger and archive; the archive's files are linked, not copied."""
    if not settings.build.exists() or not settings.publication.exists():
        raise NothingToCompare("Nothing has been published yet, so there is nothing to compare with. Run cs run first.")
    folder = settings.rehearsal
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        for path in (settings.build, settings.ledger):  # with what a killed night left beside them
            for file in path.parent.glob(f"{path.name}*"):
                shutil.copyfile(file, folder / file.name)
        if settings.archive.exists():
            shutil.copytree(settings.archive, folder / settings.archive.name, copy_function=os.link)
        yield replace(settings, warehouse=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_that_it_counts(connection: "Connection") -> None:
    tables = "select count(*) from duckdb_tables() where database_name = 'before' and table_name = 'figure_calculated'"
    if connection.execute(tables).fetchall()[0][0] == 0:
        what = "What stands was built before figures were counted, so there is nothing to compare with"
        raise NothingToCompare(f"{what}. Run cs run first.")


class NothingToCompare(Exception):
    """There is no publication yet; the message is two sentences."""


def _changes(connection: "Connection") -> Iterator[Change]:
    whys = _Reasons(connection)
    rows = connection.execute(CHANGED).fetchall()
    for code, title, unit, kind, period, name, quarter, old, old_none, new, new_none, issued, counted, held in rows:
        yield Change(
            code,
            title,
            kind,
            period,
            name,
            quarter,
            show_figure(old, unit, old_none),
            show_figure(new, unit, new_none),
            whys.of(code, quarter) if counted else f"{held}." if held else "It is made of figures that change.",
            issued,
            counted,
        )


# A figure's fingerprint holds all that it is and what it was calculated by; what is counted has one of its own.
CHANGED = """
    with counted as (
        select indicator_code, period_kind, period_key,
            (n.measure_name, n.counted_part, n.numerator, n.denominator, n.is_whole, n.is_held) is distinct from
            (o.measure_name, o.counted_part, o.numerator, o.denominator, o.is_whole, o.is_held) as differs
        from meta.measured as n
        full join before.meta.measured as o using (indicator_code, period_kind, period_key)
    ),
    known as (
        select indicator_code, period_kind, period_key from counted
        union select indicator_code, period_kind, period_key from marts.figure_calculated
        union select indicator_code, period_kind, period_key from before.marts.figure_calculated
    ),
    standing as (
        select indicator_code, period_kind, period_key
        from before.marts.figure where figure_state <> 'provisional'
    )
    select indicator_code, i.indicator_title, i.unit, period_kind, period_key, p.period_name, p.last_quarter_key,
        o.value, coalesce(o.missing_reason, 'not yet available'),
        n.value, coalesce(n.missing_reason, 'not yet available'),
        s.indicator_code is not null, coalesce(c.differs, false), n.held_over
    from known
    left join marts.figure_calculated as n using (indicator_code, period_kind, period_key)
    left join before.marts.figure_calculated as o using (indicator_code, period_kind, period_key)
    left join counted as c using (indicator_code, period_kind, period_key)
    left join standing as s using (indicator_code, period_kind, period_key)
    inner join core.dim_reported_period as p using (period_kind, period_key)
    left join meta.indicator as i using (indicator_code)
    where coalesce(n.figure_fingerprint, '-') <> coalesce(o.figure_fingerprint, '-') or coalesce(c.differs, false)
    order by indicator_code, coalesce(c.differs, false) desc, p.last_quarter_key, p.n_quarters, period_kind"""


class _Reasons:
    """Why a count changes: its definition, its measure, or what came, was withdrawn or corrected in its source."""

    def __init__(self, connection: "Connection") -> None:
        self._new, self._old = (_in_force(connection, schema) for schema in ("meta", "before.meta"))
        self._counted = {
            (code, quarter): (measure, part)
            for code, quarter, measure, part in connection.execute(
                "select indicator_code, quarter_key, measure_name, counted_part from before.meta.measured"
            ).fetchall()
        }
        self._measures = dict(
            connection.execute(
                """select n.measure_name, o.measure_sql is not null and o.measure_sql <> n.measure_sql
                   from meta.measure as n left join before.meta.measure as o using (measure_name)"""
            ).fetchall()
        )
        self._fed_by = dict(connection.execute("select indicator_code, fed_by from meta.indicator").fetchall())
        self._deliveries: dict[str, list[str]] = {}
        for source, sentence in connection.execute(DELIVERED).fetchall():
            self._deliveries.setdefault(source, []).append(sentence)

    def of(self, code: str, quarter: str) -> str:
        new, old = (self._find(force, code, quarter) for force in (self._new, self._old))
        if new is None:
            return "No definition is in force any more."
        since, measure, part, because = new
        # A backfill of other quarters leaves a count that stands from an older definition than the one on record.
        if (measure, part) != (self._counted.get((code, quarter)) or (old and old[1:3])):
            return f"Its definition since {since}: {because}"
        if self._measures.get(measure):
            return f"Its measure {measure} was changed."
        reasons = self._deliveries.get(str(self._fed_by.get(code)), [])
        return " ".join(reasons) if reasons else "What it is counted from was changed."

    def _find(self, force: "list[tuple[str, ...]]", code: str, quarter: str) -> tuple[str, ...] | None:
        found = (row for row in force if row[0] == code and row[1] <= quarter and (row[2] is None or quarter <= row[2]))
        return next(((row[1], *row[3:]) for row in found), None)


def _in_force(connection: "Connection", schema: str) -> list[tuple[str, ...]]:
    return connection.execute(
        f"""select indicator_code, since_quarter_key, until_quarter_key, measure_name, counted_part, definition_because
            from {schema}.definition"""
    ).fetchall()


DELIVERED = """
    select source_name, case
        when o.delivery_key is null and n.outcome = 'accepted' then 'New: ' || n.file_name || '.'
        when n.delivery_key is null then 'Gone: ' || o.file_name || '.'
        when n.outcome = 'withdrawn' then 'Withdrawn: ' || n.file_name || '. ' || n.withdrawn_because
        when o.outcome = 'withdrawn' then 'No longer withdrawn: ' || n.file_name || '.'
        when x.because is not null then 'Corrected by decision: ' || n.file_name || '. ' || x.because
        else 'Read again: ' || n.file_name || '.'
    end
    from meta.delivery as n
    full join before.meta.delivery as o using (source_name, delivery_key)
    left join (
        select delivery_key, string_agg(distinct corrected_because, ' ') as because
        from meta.correction where (delivery_key, corrected_cell) not in (
            select (delivery_key, corrected_cell) from before.meta.correction)
        group by delivery_key
    ) as x using (delivery_key)
    where (n.outcome, n.n_accepted, n.reading_fingerprint)
        is distinct from (o.outcome, o.n_accepted, o.reading_fingerprint)
    order by all"""
