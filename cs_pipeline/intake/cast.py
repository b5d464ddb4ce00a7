"""From judged text to typed rows, still in DuckDB: each text turned into the columns that its kind declares.

Which texts break their column's contract was found in `judge.py`; what a kind reads a text as is `declare/kinds.py`.
"""

from typing import TYPE_CHECKING

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.kinds import Cast
from cs_pipeline.declare.source import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

CAST_IN_SQL = {"text": "{}", "decimal": "cast({} as double)", "whole": "cast(replace({}, ',', '') as bigint)"}


def is_cast_in_sql(column: Column) -> bool:
    """Whether a text that is right needs a plain cast and no reading, so that its values can stay in the database."""
    return column.kind in CAST_IN_SQL and not (column.allowed or column.looked_up_in or column.words)


def cast(connection: "Connection", table: Table, readings: dict[str, dict[str, Cast]]) -> None:
    """Makes `typed` from `kept`: the rows without a cell in `broken`. `readings` leads from a text to its values."""
    maps, joins, selected, values = [], [], [], list[list[str | None]]()
    for place, column in enumerate(table.read_columns):
        if is_cast_in_sql(column):
            selected.append(f"{CAST_IN_SQL[column.kind].format('k.' + column.name)} as {column.name}")
            continue
        maps.append(_map(column, f"map_{place}"))
        values += _columns_of(readings[column.name], len(column.outputs))
        joins.append(f"left join map_{place} on map_{place}.text = k.{column.name}")
        selected += [f"map_{place}.{name}" for name, _, _ in column.outputs]
    cell = "k.cell_letter || k.row_number as cell, " if table.cells else ""
    connection.execute(
        f"""create or replace table typed as
            {"with " if maps else ""}{", ".join(maps)}
            select d.delivery_key, d.as_at, k.sheet_name, k.row_number, {cell}{", ".join(selected)}
            from kept as k cross join delivery as d {" ".join(joins)}
            where not exists (
                select 1 from broken as b where b.sheet_name = k.sheet_name and b.row_number = k.row_number)""",
        values,
    )


def _map(column: Column, name: str) -> str:
    """A common table expression from each text to its typed values, which come as parameters."""
    lists = ", ".join(f"unnest(?::varchar[]) as o{place}" for place in range(len(column.outputs)))
    typed = ", ".join(f"cast(o{i} as {sql}) as {output}" for i, (output, sql, _) in enumerate(column.outputs))
    return f"{name} as materialized (select text, {typed} from (select unnest(?::varchar[]) as text, {lists}))"


def _columns_of(readings: dict[str, Cast], width: int) -> list[list[str | None]]:
    outputs: list[list[str | None]] = [list(readings)]
    for place in range(width):
        values = (cast[place] for cast in readings.values())
        outputs.append([None if value is None else str(value) for value in values])
    return outputs
