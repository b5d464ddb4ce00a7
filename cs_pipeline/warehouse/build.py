"""Builds the tables that SQL files describe, each when it is stale, and judges the claims on the way.

What makes a table stale is in `stale.py`; a table that is not costs nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from cs_pipeline.declare.lineage import Schema, columns_behind
from cs_pipeline.declare.model import Model, ModelBroken
from cs_pipeline.warehouse.claims import judge_claims
from cs_pipeline.warehouse.connect import insert_rows, transaction, words_of
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import (
    Built,
    Content,
    Contents,
    claims_mark,
    content_of,
    made_from_now,
    record_anew,
    stands_from,
)
from cs_pipeline.warehouse.tables import comment_on

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def build(
    connection: "Connection",
    plan: Plan,
    only: Iterable[str] | None = None,
    on_table: Callable[[str], None] = print,
) -> Iterator[Built]:
    """Rebuilds what is stale, or the tables named in `only` whether stale or not; yields each table that was rebuilt.

    Raises ModelBroken at a file that cannot be built; tables built before it stand.
    """
    prepare(connection, plan)
    yield from build_models(connection, plan, plan.models, only, on_table)
    finish(connection, plan)


def prepare(connection: "Connection", plan: Plan) -> None:
    """Before the first model: takes out what has no file any more, and judges the claims on what code keeps."""
    _sweep(connection, plan)
    models = {model.name for model in plan.models}
    kept = {claim.table for claim in plan.claims if claim.table.startswith(("stage.", "meta."))} - models
    for table in sorted(kept):
        judge_claims(connection, table, plan.claims_of(table), Contents(connection))


def build_models(
    connection: "Connection",
    plan: Plan,
    models: Iterable[Model],
    only: Iterable[str] | None = None,
    on_table: Callable[[str], None] = print,
) -> Iterator[Built]:
    """Rebuilds those of the models that are stale, in the order given, and judges the claims on all of them."""
    contents = Contents(connection)
    wanted = None if only is None else set(only)
    for model in models:
        missing = model.depends_on - plan.known
        if missing:
            raise ModelBroken(
                f"{model.path.name} reads {', '.join(sorted(missing))}, which is not declared. Correct the name."
            )
        made_from = made_from_now(model, contents)
        forced = wanted is not None and model.name in wanted
        if forced or (wanted is None and stands_from(connection, model.name) != made_from):
            on_table(model.name)
            changed = _rebuild(connection, model, contents, made_from)
            contents.forget(model.name)
            yield Built(model.name, changed)
        judge_claims(connection, model.name, plan.claims_of(model.name), contents)


def finish(connection: "Connection", plan: Plan) -> None:
    """After the last model: records which claims were judged."""
    record_anew(connection, "meta.claim", content_of(connection, "meta.claim"), claims_mark(plan))


def _sweep(connection: "Connection", plan: Plan) -> None:
    """Takes out tables and claims whose files are gone."""
    kept = {model.name for model in plan.models}
    rows = connection.execute(
        "select distinct table_name from meta.built where not regexp_matches(table_name, '^(stage|figures)[.]')"
    ).fetchall()
    for (name,) in rows:
        if name not in plan.known and name not in kept:
            kind = "view" if name.startswith("current.") else "table"
            connection.execute(f"drop {kind} if exists {name}")
            for record in ("built", "lineage"):
                connection.execute(f"delete from meta.{record} where table_name = ?", [name])
    claims = [f"{claim.table}/{claim.name}" for claim in plan.claims]
    for record in ("claim", "claim_row", "held"):
        connection.execute(
            f"delete from meta.{record} where table_name || '/' || claim_name not in (select unnest(?::varchar[]))",
            [claims],
        )


def _rebuild(connection: "Connection", model: Model, contents: Contents, made_from: str) -> dict[str, Content]:
    """Makes the table anew in one transaction; says which of its quarters hold something else than before."""
    import duckdb

    try:
        with transaction(connection):
            connection.execute(f"create or replace table {model.name} as {_query(model)}")
            _check_dependencies(connection, model)
            comment_on(connection, "table", model.name, model.description, describe(connection, model))
            _record_lineage(connection, model, contents)
            after = content_of(connection, model.name, model.quarter_column)
            return record_anew(connection, model.name, after, made_from)
    except duckdb.Error as trouble:
        what = f"{model.path.name} cannot be built: {words_of(trouble)}"
        raise ModelBroken(f"{what}. Correct the file and run again.") from None


def _record_lineage(connection: "Connection", model: Model, contents: Contents) -> None:
    """Writes which columns each column is made from. Raises ModelBroken for a file that lineage cannot follow."""
    schema: Schema = {}
    for name in model.depends_on:
        of_schema, table = name.split(".")
        schema.setdefault(of_schema, {})[table] = contents.columns_of(name)
    behind = columns_behind(model, schema)
    connection.execute("delete from meta.lineage where table_name = ?", [model.name])
    pairs = [(model.name, column, *source) for column, sources in behind.items() for source in sources]
    insert_rows(connection, "meta.lineage", pairs)


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
