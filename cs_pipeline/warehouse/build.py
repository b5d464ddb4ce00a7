"""Builds the tables that SQL files describe, each when what it is made from has changed, and judges the claims on the
way.

Staleness is content: a model is rebuilt when its SQL or the rows it reads differ from those it was made from.
`meta.built` holds that truth for tables and their quarters; what is never touched costs nothing.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.lineage import Schema, columns_behind
from cs_pipeline.declare.model import Claim, Model, find_claims, find_models
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import Source
from cs_pipeline.warehouse.connect import transaction
from cs_pipeline.warehouse.tables import META, Content, comment_on, content_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


class ModelBroken(Exception):
    """A SQL file cannot be built; the message is two sentences and names the file."""


@dataclass(frozen=True)
class Plan:
    """Every model and claim of a folder of SQL, in the order in which they are built and judged."""

    models: tuple[Model, ...]
    claims: tuple[Claim, ...]

    @classmethod
    def read(cls, sql: Path) -> "Plan":
        return cls(tuple(find_models(sql)), tuple(find_claims(sql)))

    @cached_property
    def known(self) -> set[str]:
        stage = {f"{schema}.{t.name}" for s in all_sources() for t in s.tables for schema in ("stage", "current")}
        return stage | {f"meta.{name}" for name in META} | {model.name for model in self.models}

    def claims_of(self, table: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.table == table]


@dataclass(frozen=True)
class Built:
    """A table that was rebuilt: its quarters whose content changed (the whole table under the empty key)."""

    name: str
    changed: dict[str, Content]


def build(
    connection: "Connection",
    plan: Plan,
    only: Iterable[str] | None = None,
    on_table: Callable[[str], None] = print,
) -> Iterator[Built]:
    """Rebuilds what is stale, or the tables named in `only` whether stale or not; yields each table that was rebuilt.

    Raises ModelBroken at a file that cannot be built; tables built before it stand.
    """
    contents = Contents(connection)
    _sweep(connection, plan)
    judge_claims(connection, [claim for claim in plan.claims if claim.table.startswith(("stage.", "meta."))], contents)
    wanted = None if only is None else set(only)
    for model in plan.models:
        missing = model.depends_on - plan.known
        if missing:
            raise ModelBroken(
                f"{model.path.name} reads {', '.join(sorted(missing))}, which is not declared. Correct the name."
            )
        made_from = _made_from(model, contents)
        forced = wanted is not None and model.name in wanted
        if forced or (wanted is None and _stands(connection, model.name) != made_from):
            on_table(model.name)
            changed = _rebuild(connection, model, plan, made_from)
            contents.forget(model.name)
            yield Built(model.name, changed)
        judge_claims(connection, plan.claims_of(model.name), contents)
    _record_anew(connection, "meta.claim", content_of(connection, "meta.claim"), claims_mark(plan))


def _sweep(connection: "Connection", plan: Plan) -> None:
    """Takes out tables and claims whose files are gone."""
    kept = {model.name for model in plan.models}
    rows = connection.execute(
        "select distinct table_name from meta.built where table_name not like 'stage.%'"
    ).fetchall()
    for (name,) in rows:
        if name not in plan.known and name not in kept:
            connection.execute(f"drop table if exists {name}")
            for record in ("built", "lineage"):
                connection.execute(f"delete from meta.{record} where table_name = ?", [name])
    claims = [f"{claim.table}/{claim.name}" for claim in plan.claims]
    for record in ("claim", "claim_row", "held"):
        connection.execute(
            f"delete from meta.{record} where table_name || '/' || claim_name not in (select unnest(?::varchar[]))",
            [claims],
        )


class Contents:
    """The content hash of each table that models read, asked once a build and again after a rebuild."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        if name not in self._known:
            row = self._connection.execute(
                "select content_hash from meta.built where table_name = ? and quarter_key = ''", [name]
            ).fetchone()
            if row is None or name.startswith("meta."):
                self._known[name] = content_of(self._connection, name)[""].content_hash
            else:
                self._known[name] = str(row[0])
        return self._known[name]

    def forget(self, name: str) -> None:
        self._known.pop(name, None)


def _made_from(model: Model, contents: Contents) -> str:
    digest = hashlib.sha256(model.text.encode())
    for name in sorted(model.depends_on):
        digest.update(f"{name}={contents.of(name)}\n".encode())
    return digest.hexdigest()


def _rebuild(connection: "Connection", model: Model, plan: Plan, made_from: str) -> dict[str, Content]:
    """Makes the table anew in one transaction; says which of its quarters hold something else than before."""
    import duckdb

    try:
        with transaction(connection):
            connection.execute(f"create or replace table {model.name} as {_query(model)}")
            _check_dependencies(connection, model)
            comment_on(connection, "table", model.name, model.description, describe(connection, model))
            _record_lineage(connection, model)
            after = content_of(connection, model.name, model.quarter_column)
            return _record_anew(connection, model.name, after, made_from)
    except duckdb.Error as trouble:
        words = re.sub(r"\s+", " ", str(trouble))[:300]
        raise ModelBroken(f"{model.path.name} cannot be built: {words}. Correct the file and run again.") from trouble


def _record_lineage(connection: "Connection", model: Model) -> None:
    """Writes which columns each column is made from. Raises ModelBroken for a file that lineage cannot follow."""
    schema: Schema = {}
    rows = connection.execute(
        """select schema_name, table_name, column_name, data_type from duckdb_columns()
           where schema_name || '.' || table_name in (select unnest(?))""",
        [sorted(model.depends_on)],
    )
    for of_schema, table, column, kind in rows.fetchall():
        schema.setdefault(of_schema, {}).setdefault(table, {})[column] = kind
    try:
        behind = columns_behind(model, schema)
    except ValueError as trouble:
        raise ModelBroken(str(trouble)) from trouble
    connection.execute("delete from meta.lineage where table_name = ?", [model.name])
    pairs = [(model.name, column, *source) for column, sources in behind.items() for source in sources]
    if pairs:
        connection.executemany("insert into meta.lineage values (?, ?, ?, ?)", pairs)


def _query(model: Model) -> str:
    return model.text.rstrip().rstrip(";")


def _check_dependencies(connection: "Connection", model: Model) -> None:
    """What was parsed must be what DuckDB reads, or the order of building could be wrong in silence."""
    named = connection.get_table_names(_query(model), qualified=True)
    # DuckDB names some tables with their alias, `meta.calendar AS c`, when they feed unnest (1.5.5).
    read = {name.split(" AS ")[0].replace('"', "") for name in named if "." in name}
    parsed = {name for name in model.depends_on if not name.startswith("current.")}
    for name in model.depends_on - parsed:  # DuckDB looks through a view: it names what the view reads.
        parsed |= {name.replace("current.", "stage."), "meta.delivery"}
    if read != parsed:
        differ = ", ".join(sorted(read ^ parsed))
        raise ModelBroken(
            f"{model.path.name} reads {differ} in a way that cannot be followed. Write it as a plain join."
        )


def describe(connection: "Connection", model: Model) -> dict[str, str]:
    """Column -> description: its own, or that of the column of the same name in a table that the model reads."""
    inherited = dict(
        connection.execute(
            """select column_name, min(comment) from duckdb_columns()
               where schema_name || '.' || table_name in (select unnest(?)) and comment is not null group by 1""",
            [[name.replace("current.", "stage.") for name in sorted(model.depends_on)]],
        ).fetchall()
    )
    described = {name: words or inherited.get(name) for name, words in model.columns.items()}
    silent = [name for name, words in described.items() if not words]
    if silent:
        raise ModelBroken(f"{model.path.name} does not describe {', '.join(silent)}. Add a comment after each column.")
    return {name: words for name, words in described.items() if words}


def record_stage(connection: "Connection") -> list[Built]:
    """Records what stands in each stage table and in its view of current rows; returns those whose content changed.

    A source none of whose deliveries changed is not even counted, so the cost follows what arrived.
    """
    changed = []
    _make_quarter_macro(connection)
    for source in all_sources():
        made_from = _deliveries_mark(connection, source)
        for table in source.tables:
            if _stands(connection, f"current.{table.name}") == made_from:
                continue
            quarter = f"quarter_key_of({table.time})" if table.time else None
            with transaction(connection):
                for name in (f"stage.{table.name}", f"current.{table.name}"):
                    after = content_of(connection, name, quarter)
                    differs = _record_anew(connection, name, after, made_from)
                    if differs:
                        changed.append(Built(name, differs))
                connection.execute("delete from meta.arrived where stage_table = ?", [table.name])
                arrived = [(table.name, source.name, key, content.n_rows) for key, content in after.items() if key]
                if arrived:
                    connection.executemany("insert into meta.arrived values (?, ?, ?, ?)", arrived)
    return changed


def _deliveries_mark(connection: "Connection", source: Source) -> str:
    """A hash over which deliveries of a source stand in stage and how they were read."""
    rows = connection.execute(
        "select delivery_key, outcome, reading_fingerprint from meta.delivery where source_name = ? order by all",
        [source.name],
    ).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _stands(connection: "Connection", name: str) -> str | None:
    """What a table was made from, as recorded; None when it never was."""
    row = connection.execute(
        "select made_from from meta.built where table_name = ? and quarter_key = ''", [name]
    ).fetchone()
    return str(row[0]) if row else None


def _record_anew(connection: "Connection", name: str, after: dict[str, Content], made_from: str) -> dict[str, Content]:
    """Writes the records of a table anew; returns the quarters whose content differs, gone ones as empty."""
    before = dict(
        connection.execute("select quarter_key, content_hash from meta.built where table_name = ?", [name]).fetchall()
    )
    connection.execute("delete from meta.built where table_name = ?", [name])
    connection.executemany(
        "insert into meta.built values (?, ?, ?, ?, ?)",
        [(name, key, content.n_rows, content.content_hash, made_from) for key, content in after.items()],
    )
    differs = {key: content for key, content in after.items() if before.get(key) != content.content_hash}
    return differs | {key: Content(0, "0") for key in before.keys() - after.keys()}


def is_stale(connection: "Connection", plan: Plan) -> bool:
    """Whether any stage table, model or claim is made from something else than what stands now."""
    contents = Contents(connection)
    for source in all_sources():
        mark = _deliveries_mark(connection, source)
        if any(_stands(connection, f"current.{table.name}") != mark for table in source.tables):
            return True
    if _stands(connection, "meta.claim") != claims_mark(plan):
        return True
    return any(_stands(connection, model.name) != _made_from(model, contents) for model in plan.models)


def claims_mark(plan: Plan) -> str:
    """A hash over the text of every claim."""
    return hashlib.sha256("".join(f"{c.table}/{c.name}\n{c.text}" for c in plan.claims).encode()).hexdigest()


def _make_quarter_macro(connection: "Connection") -> None:
    connection.execute(
        """create or replace temp macro quarter_key_of(day) as
           year(day - interval 3 months) || '-' || right((year(day - interval 3 months) + 1)::varchar, 2)
           || '-Q' || quarter(day - interval 3 months)"""
    )


def judge_claims(connection: "Connection", claims: list[Claim], contents: Contents) -> None:
    """Runs each claim and records the rows that break it. Raises ModelBroken for a claim that cannot run."""
    import duckdb

    for claim in claims:
        try:
            result = connection.execute(claim.text.rstrip().rstrip(";"))
            names = [column[0] for column in result.description]
            rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        except duckdb.Error as trouble:
            words = re.sub(r"\s+", " ", str(trouble))[:300]
            what = f"Claim {claim.table}/{claim.name} cannot run: {words}"
            raise ModelBroken(f"{what}. Correct the file and run again.") from trouble
        with transaction(connection):
            for table in ("claim", "claim_row", "held"):
                connection.execute(
                    f"delete from meta.{table} where claim_name = ? and table_name = ?",
                    [claim.name, claim.table],
                )
            connection.execute(
                "insert into meta.claim values (?, ?, ?, ?, ?, ?)",
                [claim.name, claim.table, claim.severity, claim.dimension, claim.sentence, len(rows)],
            )
            if rows:
                connection.executemany(
                    "insert into meta.claim_row values (?, ?, ?, ?, ?)",
                    [
                        (
                            claim.name,
                            claim.table,
                            claim.severity,
                            row["finding"],
                            json.dumps(row, default=str),
                        )
                        for row in rows
                    ],
                )
            if rows and claim.severity == "hold":
                connection.executemany(
                    "insert into meta.held values (?, ?, ?, ?)",
                    [(claim.table, claim.name, row["finding"], json.dumps(row, default=str)) for row in rows],
                )
    for table in ("meta.claim", "meta.claim_row", "meta.held"):
        contents.forget(table)
