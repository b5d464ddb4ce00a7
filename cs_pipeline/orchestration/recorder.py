"""Records what happens in a run as events of the assets it happens to: quarters that changed, columns, figures, claims.

The run itself is `run.py`; which assets there are is `graph.py`.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import dagster as dg

from cs_pipeline.operate.night import Listener
from cs_pipeline.operate.packs import MadePacks, pack_asset
from cs_pipeline.orchestration.graph import PUBLISHED, RESTRICTED, checked_asset, key_of
from cs_pipeline.publish.gate import Verdict
from cs_pipeline.publish.release import Publication
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Built, Content
from cs_pipeline.warehouse.take import Taken
from cs_pipeline.words.figures import show_figure

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# Whoever starts a run in this process may listen to it.
LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


class Recorder(Listener):
    """Records what happens as Dagster events, and passes it on to whoever listens in this process.

    A table that was rebuilt and holds what it held before is recorded only when someone asked for it (`is_asked_for`).
    """

    def __init__(self, context: dg.AssetExecutionContext, plan: Plan, *, is_asked_for: bool) -> None:
        self.context, self.plan, self.is_asked_for = context, plan, is_asked_for
        self.also = LISTENER.get() or Listener()
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
        of_counts = _columns(connection, "meta.measured")
        for built in self.built_tables:
            self._record(connection, built, of_counts)
        self.checks = [self._check(connection, claim.table, claim.name) for claim in self.plan.claims]
        self.also.judged(connection, verdict)

    def published(self, publication: Publication) -> None:
        metadata = {"file": publication.path.name, "publication": publication.publication_id}
        self.recorded |= {RESTRICTED, PUBLISHED}
        for key in (RESTRICTED, PUBLISHED):
            tags = {"dagster/data_version": publication.fingerprint[:16]}
            self.context.log_event(dg.AssetMaterialization(key, metadata=metadata, tags=tags))
        self.also.published(publication)

    def packed(self, made: MadePacks) -> None:
        where = dg.MetadataValue.path(str(made.folder))
        metadata: dict[str, Any] = {"folder": where, "files": len(made.files), "period": made.ask.key}
        key = key_of(pack_asset(made.ask.kind))
        self.recorded.add(key)
        self.context.log_event(
            dg.AssetMaterialization(
                key,
                partition=made.ask.key if made.ask.kind == "quarterly" else None,
                metadata=metadata,
                tags={"dagster/data_version": made.digest},
            )
        )
        self.also.packed(made)

    def _record(self, connection: "Connection", built: Built, of_counts: dict[str, Any]) -> None:
        """One event for each quarter whose content changed, or one for a table without time; the last tells of its
        columns, for that is where the page looks.
        """
        spec = self.context.assets_def.get_asset_spec(key_of(built.name))
        is_figure = built.name.startswith("figures.")
        figures = _figures(connection, built.name) if is_figure else {}
        columns = of_counts if is_figure else _columns(connection, built.name)
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
            "select broken_by from meta.claim_row where claim_name = ? and table_name = ? order by 1 limit 40",
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
               on d.indicator_code = m.indicator_code and d.since_quarter_key = m.since_quarter_key
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
