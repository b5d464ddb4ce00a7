"""The tables that code makes: one stage table for each declared table, its view of current rows, and the records in
`meta`.

Every table and column carries its description as a comment. Tables made by SQL files are described in those files.
"""

from typing import TYPE_CHECKING

from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.warehouse.connect import transaction
from cs_pipeline.warehouse.records import META, Columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# Accepted rows as delivered; those that hold now; the star; what is known of the warehouse itself; what reports read.
# DuckDB takes no comment on a schema (1.5.5).
SCHEMAS = ("stage", "current", "core", "meta", "marts")


def make_tables(connection: "Connection") -> None:
    """Makes what is missing and remakes a stage table whose declaration changed; its deliveries are then read again."""
    with transaction(connection):
        for schema in SCHEMAS:
            connection.execute(f"create schema if not exists {schema}")
        standing = _standing(connection)
        for name, (words, columns) in META.items():
            _make_table(connection, f"meta.{name}", words, columns, standing)
        for source in all_sources():
            for table in source.tables:
                words = describe_stage(source, table)
                _make_table(connection, f"stage.{table.name}", words, table.typed_columns, standing)
                make_current_view(connection, source, table)


def _standing(connection: "Connection") -> dict[str, list[tuple[str, str, str | None]]]:
    """The columns of every table that stands, asked for at once: one by one it took a tenth of a second."""
    found: dict[str, list[tuple[str, str, str | None]]] = {}
    rows = connection.execute(
        """select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns()
           where schema_name in ('meta', 'stage') order by column_index"""
    ).fetchall()
    for name, *column in rows:
        found.setdefault(name, []).append((column[0], column[1], column[2]))
    return found


def describe_stage(source: Source, table: Table) -> str:
    return f"{source.title}: accepted rows of every delivery. One row per {table.one_row}."


def _make_table(
    connection: "Connection",
    name: str,
    words: str,
    columns: Columns,
    standing: dict[str, list[tuple[str, str, str | None]]],
) -> None:
    schema, table = name.split(".")
    found = standing.get(name, [])
    if found == [(column, _type_name(sql), comment) for column, sql, comment in columns]:
        return
    if [row[:2] for row in found] != [(column, _type_name(sql)) for column, sql, _ in columns]:
        connection.execute(f"drop view if exists current.{table}") if schema == "stage" else None
        declared = ", ".join(f"{column} {sql}" for column, sql, _ in columns)
        connection.execute(f"create or replace table {name} ({declared})")
    comment_on(connection, "table", name, words, {column: comment for column, _, comment in columns})


def _type_name(sql: str) -> str:
    return {"timestamptz": "TIMESTAMP WITH TIME ZONE"}.get(sql, sql.upper())


def make_current_view(connection: "Connection", source: Source, table: Table) -> None:
    """The rows that hold now. A tie of `as_at` goes to the higher hash of the bytes, so that order of arrival has no
    say.
    """
    key = ", ".join(table.key)
    latest = "as_at desc, delivery_key desc"
    tabs = "".join(f", {c.name}_from desc" for c in table.columns if c.place == "sheet name" and c.kind == "period")
    last = latest + (
        f"{tabs}, row_number desc, sheet_name desc" if table.repeats == "last" else ", sheet_name, row_number"
    )
    rank = f"dense_rank() over (partition by {key} order by {latest})"
    if not table.many_per_key:
        order = last + (", cell" if table.cells else "")
        rank = f"row_number() over (partition by {key} order by {order})"
    columns = ", ".join(name for name, _, _ in table.typed_columns)
    connection.execute(
        f"""create or replace view current.{table.name} as
            select {columns} from stage.{table.name}
            where delivery_key not in (select delivery_key from meta.delivery where outcome = 'withdrawn')
            qualify {rank} = 1"""
    )
    words = f"{source.title}: the rows that hold now. One row per {table.one_row}, from its latest delivery."
    comment_on(connection, "view", f"current.{table.name}", words, {})


def comment_on(connection: "Connection", kind: str, name: str, words: str, columns: dict[str, str]) -> None:
    connection.execute(f"comment on {kind} {name} is {quote(words)}")
    for column, comment in columns.items():
        connection.execute(f"comment on column {name}.{column} is {quote(comment)}")


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
