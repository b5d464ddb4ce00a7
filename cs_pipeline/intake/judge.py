"""From a text table to typed rows, quarantined rows and findings, inside one in-memory DuckDB.

Order: leave out what a declared rule ignores, judge the distinct texts of each column with pandera, cast what passed, then
judge across columns and keys. Which sheet and cell a text stands in was found in `layout.py`; nothing here guesses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.reading import QuarantinedRow, SheetCount
from cs_pipeline.intake.schema import BLANK, failing
from cs_pipeline.words.findings import Dimension, Finding, Severity

if TYPE_CHECKING:
    import duckdb

CAST_IN_SQL = {"text": "{}", "decimal": "cast({} as double)", "whole": "cast(replace({}, ',', '') as bigint)"}


@dataclass
class Judged:
    """What became of the rows of one table."""

    counts: list[SheetCount]
    findings: list[Finding]
    quarantined: list[QuarantinedRow]


def judge(
    connection: "duckdb.DuckDBPyConnection",
    source: Source,
    table: Table,
    letters: dict[tuple[str, str], str],
    rows_to: Path,
) -> Judged:
    """Judges the relation `text` (sheet_name, row_number, cell_letter, one column of text for each read column, row_text).

    Leaves the accepted rows at `rows_to` as Parquet, in the order of sheets and rows, with the columns of the stage table.
    """
    _leave_out_ignored(connection, table)
    connection.execute(
        "create or replace table broken (sheet_name varchar, row_number integer, cell_letter varchar, column_name varchar, rule varchar, shown varchar)"
    )
    for column in table.read_columns:
        _judge_column(connection, column)
    _cast(connection, table)
    for rule in table.rules:
        connection.execute(
            f"""insert into broken
                select distinct sheet_name, row_number, null, unnest(?), ?, null from typed where {rule.broken_when}""",
            [list(rule.cells), rule.rule],
        )
    repeats = _judge_repeats(connection, table, source.title)
    connection.execute("create or replace table bad as select distinct sheet_name, row_number from broken")
    _write_accepted(connection, table, rows_to)
    findings, quarantined = _describe(connection, source, table, letters)
    return Judged(_count(connection, table), findings + repeats, quarantined)


def _leave_out_ignored(connection: "duckdb.DuckDBPyConnection", table: Table) -> None:
    rules = "".join(f" when {ignore.when} then '{ignore.rule}'" for ignore in table.ignores)
    ignored_by = f"case{rules} end" if rules else "cast(null as varchar)"
    connection.execute(f"create or replace table sorted as select *, {ignored_by} as ignored_by from text")
    connection.execute("create or replace view kept as select * from sorted where ignored_by is null")


def _judge_column(connection: "duckdb.DuckDBPyConnection", column: Column) -> None:
    """Adds the cells that break a column's contract to `broken`. Of free text only spreadsheet errors are looked at."""
    is_free = column.kind == "text" and not (column.required or column.allowed or column.pattern)
    only = f" where {column.name} like '#%'" if is_free else ""
    found = connection.execute(f"select distinct {column.name} from kept{only}").fetchall()
    if not found:
        return
    broken = failing(column, sorted((text for (text,) in found), key=lambda text: (text is None, text or "")))
    for text, rule in broken.items():
        connection.execute(
            f"""insert into broken select sheet_name, row_number, cell_letter, ?, ?, ?
                from kept where {column.name} is not distinct from ?""",
            [column.name, rule, text, text],
        )


def _cast(connection: "duckdb.DuckDBPyConnection", table: Table) -> None:
    """Makes `typed`: the rows without a broken cell, each text turned into the columns that its kind declares."""
    joins, selected = [], []
    for place, column in enumerate(table.read_columns):
        if column.kind in CAST_IN_SQL and not column.allowed:
            selected.append(f"{CAST_IN_SQL[column.kind].format('k.' + column.name)} as {column.name}")
            continue
        _map_texts(connection, column, f"map_{place}")
        joins.append(f"left join map_{place} on map_{place}.text = k.{column.name}")
        selected += [f"map_{place}.{name}" for name, _, _ in column.outputs]
    cell = "k.cell_letter || k.row_number as cell, " if table.cells else ""
    connection.execute(
        f"""create or replace table typed as
            select d.delivery_key, d.as_at, k.sheet_name, k.row_number, {cell}{", ".join(selected)}
            from kept as k cross join delivery as d {" ".join(joins)}
            where not exists (
                select 1 from broken as b where b.sheet_name = k.sheet_name and b.row_number = k.row_number)"""
    )


def _map_texts(connection: "duckdb.DuckDBPyConnection", column: Column, name: str) -> None:
    """A table from each distinct text that can be read to its typed values."""
    import pandas as pd

    texts = [text for (text,) in connection.execute(f"select distinct {column.name} from kept").fetchall() if text]
    read = [(text, values) for text in texts if (values := column.read(text))]
    outputs = column.outputs
    frame = pd.DataFrame(
        {"text": pd.Series([text for text, _ in read], dtype="str")}
        | {
            f"o{i}": pd.Series([None if v[i] is None else str(v[i]) for _, v in read], dtype="str")
            for i in range(len(outputs))
        }
    )
    connection.register("pairs", frame)
    typed = ", ".join(f"cast(o{i} as {sql}) as {output}" for i, (output, sql, _) in enumerate(outputs))
    connection.execute(f"create or replace table {name} as select cast(text as varchar) as text, {typed} from pairs")
    connection.unregister("pairs")


def _judge_repeats(connection: "duckdb.DuckDBPyConnection", table: Table, title: str) -> list[Finding]:
    """Rows of one delivery that share a key and differ: both to `broken`, or a warning where the last one is taken."""
    if table.many_per_key:
        return []
    key = ", ".join(table.key)
    own = ", ".join(name for column in table.columns if column.place == "heading" for name, _, _ in column.outputs)
    own += ", printed" if table.cells else ""
    connection.execute(
        f"""create or replace temp view differing as
            select sheet_name, row_number from typed
            qualify count(*) over (partition by {key}) > 1
                and min(hash({own})) over (partition by {key}) <> max(hash({own})) over (partition by {key})"""
    )
    if table.repeats == "quarantine":
        connection.execute(
            f"""insert into broken select distinct sheet_name, row_number, null, unnest({_names_of_key(table)!r}),
                'the same row twice, with different contents', null from differing"""
        )
        return []
    places = connection.execute("select distinct sheet_name, row_number from differing order by 1, 2").fetchall()
    return [
        Finding(
            "repeated with changes",
            "the same row stands twice with different contents, and the last one was taken",
            "Delete the row that no longer holds.",
            Severity.WARNED,
            Dimension.UNIQUENESS,
            sheet or None,
            tuple(f"A{row}" for _, row in rows),
        )
        for sheet, rows in _grouped(places)
    ]


def _names_of_key(table: Table) -> list[str]:
    """The columns under headings whose values make the key: what a message about a repeated key points at."""
    return [c.name for c in table.columns if c.place == "heading" and c.name in table.key] or [table.columns[0].name]


def _write_accepted(connection: "duckdb.DuckDBPyConnection", table: Table, rows_to: Path) -> None:
    names = ", ".join(name for name, _, _ in table.typed_columns)
    connection.execute(
        f"""copy (
                select {names} from typed anti join bad using (sheet_name, row_number)
                order by sheet_name, row_number{", cell" if table.cells else ""}
            ) to '{rows_to.as_posix()}' (format parquet)"""
    )


def _describe(
    connection: "duckdb.DuckDBPyConnection", source: Source, table: Table, letters: dict[tuple[str, str], str]
) -> tuple[list[Finding], list[QuarantinedRow]]:
    """One finding for each mistake, its cells merged, and the address of every row that was not accepted."""
    columns = {column.name: column for column in table.read_columns}
    rules = {rule.rule: rule for rule in table.rules}
    cells: dict[tuple[str, str, str, str | None], list[str]] = {}
    rows: dict[tuple[str, int], tuple[list[str], str, str]] = {}
    found = connection.execute("select distinct * from broken order by sheet_name, row_number, column_name, rule")
    for sheet, number, letter, name, rule, shown in found.fetchall():
        address = f"{letter if letter and name in _cell_names(table) else letters.get((sheet, name), 'A')}{number}"
        quoted = shown if source.sensitivity == "not_people" and rule != BLANK else None
        group = "" if rule in rules else name
        cells.setdefault((sheet, rule, group, quoted), []).append(address)
        _, remedy = _words(rule, columns.get(name), rules, None)
        addresses, _, _ = rows.setdefault((sheet, number), ([], rule, remedy))
        addresses.append(address)
    findings = []
    for (sheet, rule, name, quoted), addresses in cells.items():
        what, remedy = _words(rule, columns.get(name), rules, quoted)
        dimension = _dimension(rule, rules)
        findings.append(
            Finding(
                rule,
                what,
                remedy,
                Severity.QUARANTINED,
                dimension,
                sheet or None,
                tuple(dict.fromkeys(addresses)),
            )
        )
    quarantined = [
        QuarantinedRow(table.name, sheet, number, ", ".join(dict.fromkeys(addresses)), rule, remedy)
        for (sheet, number), (addresses, rule, remedy) in rows.items()
    ]
    return findings, quarantined


def _cell_names(table: Table) -> set[str]:
    return {table.cells.measure.name, table.cells.period.name, table.cells.figure.name} if table.cells else set()


def _words(rule: str, column: Column | None, rules: dict[str, "object"], quoted: str | None) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    declared = rules.get(rule)
    if declared is not None:
        return declared.what, declared.remedy  # type: ignore[attr-defined]
    if column is None or rule not in (BLANK, "not what the column holds"):
        return rule, "Keep the row that is right and delete the other."
    if rule == BLANK:
        return f"blank where {column.wanted} is needed", column.remedy
    stands = f'"{quoted}"' if quoted is not None else "text"
    return f"{stands} where {column.wanted} is needed", column.remedy


def _dimension(rule: str, rules: dict[str, "object"]) -> Dimension:
    if rule == BLANK:
        return Dimension.COMPLETENESS
    if rule in rules:
        return Dimension.CONSISTENCY
    return Dimension.UNIQUENESS if rule.startswith("the same row") else Dimension.VALIDITY


def _count(connection: "duckdb.DuckDBPyConnection", table: Table) -> list[SheetCount]:
    """Sheet rows by what became of them; a row with several figures counts once."""
    found = connection.execute(
        """select sheet_name, ignored_by, b.row_number is not null as is_bad, count(distinct s.row_number)
           from sorted as s left join bad as b using (sheet_name, row_number)
           group by all order by all"""
    ).fetchall()
    counts: dict[str, SheetCount] = {}
    for sheet, ignored_by, is_bad, number in found:
        count = counts.setdefault(sheet, SheetCount(table.name, sheet))
        count.read += number
        if ignored_by:
            count.ignored[ignored_by] = number
        elif is_bad:
            count.quarantined += number
        else:
            count.accepted += number
    return list(counts.values())


def _grouped(places: Iterable[tuple[str, int]]) -> list[tuple[str, list[tuple[str, int]]]]:
    groups: dict[str, list[tuple[str, int]]] = {}
    for sheet, row in places:
        groups.setdefault(sheet, []).append((sheet, row))
    return list(groups.items())
