"""From a text table to typed rows, quarantined rows and findings, inside one in-memory DuckDB.

Order: leave out what a declared rule ignores, judge the distinct texts of each column with pandera, cast what passed,
then judge across columns and keys. Which sheet and cell a text stands in was found in `layout.py`; nothing here
guesses.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.columns import SPREADSHEET_ERRORS, Column
from cs_pipeline.declare.kinds import Cast
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.cast import cast, is_cast_in_sql
from cs_pipeline.intake.describe import MONTH_FIRST, REPEATED, TOTALS, TWICE, describe, warn_of_repeats, warn_of_rows
from cs_pipeline.intake.layout import TextTable
from cs_pipeline.intake.reading import QuarantinedRow, SheetCount
from cs_pipeline.intake.schema import failing
from cs_pipeline.intake.seal import Key
from cs_pipeline.words.days import match
from cs_pipeline.words.findings import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


_TOTALS = r"((grand|sub|overall|borough|running|yearly|quarterly|monthly)[ -]?)?totals?"
TOTAL_WORDS = rf"^{_TOTALS}\b|^(sum|overall|all)( of\b.*)?[ .:]*$"  # in the first cell of a row
TOTAL_LABEL = rf"^{_TOTALS}[ .:]*$"  # in another one of free text
MONTHS_OF_A_YEAR = 12


@dataclass
class Judged:
    """What became of the rows of one table."""

    counts: list[SheetCount]
    findings: list[Finding]
    quarantined: list[QuarantinedRow]


def judge(connection: "Connection", source: Source, text: TextTable, rows_to: Path, key: Key | None = None) -> Judged:
    """Judges the relation `text` (sheet_name, row_number, cell_letter, a column for each read column, row_text).

    Leaves the accepted rows at `rows_to` as Parquet, in the order of sheets and rows, with the columns of stage.
    `key` hashes references; a source that has some cannot be judged without it.
    """
    table = text.table = look_up(connection, text.table)
    _leave_out_ignored(connection, table)
    cast(connection, table, _judge_texts(connection, source, table, key))
    warned = _judge_rules(connection, text)
    warned += _judge_repeats(connection, text)
    connection.execute("create or replace table bad as select distinct sheet_name, row_number from broken")
    _write_accepted(connection, table, rows_to)
    findings, quarantined = describe(connection, source, text)
    return Judged(_count(connection, table), findings + warned, quarantined)


def look_up(connection: "Connection", table: Table) -> Table:
    """The table with the allowed words of each column that is looked up, from the reference data at hand."""

    def resolved(column: Column) -> Column:
        if column.looked_up_in is None:
            return column
        of, name = column.looked_up_in.split(".")
        words = connection.execute(f"select distinct {name} from {of} where {name} is not null order by 1").fetchall()
        return column.model_copy(update={"allowed": tuple(word for (word,) in words)})

    if not any(column.looked_up_in for column in table.columns):
        return table
    return table.model_copy(update={"columns": tuple(map(resolved, table.columns))})


def _leave_out_ignored(connection: "Connection", table: Table) -> None:
    """Makes `kept` of `text`: neither what a declared rule ignores, nor rows of totals, which go to `broken`."""
    rules = "".join(f" when {ignore.when} then '{ignore.rule}'" for ignore in table.ignores)
    ignored_by = f"case{rules} end" if rules else "cast(null as varchar)"
    headed = [column for column in table.columns if column.place == "heading"]
    first = f"coalesce({', '.join(column.name for column in headed)})"
    known = [word.casefold() for column in headed for word in (*column.allowed, *column.aliases)]
    labels = "".join(f" or regexp_matches({c.name}, '{TOTAL_LABEL}', 'i')" for c in headed[1:] if _is_free(c))
    connection.execute(
        f"""create or replace table sorted as select *, {ignored_by} as ignored_by,
                ifnull((regexp_matches({first}, '{TOTAL_WORDS}', 'i'){labels})
                    and lower({first}) not in (select unnest(?::varchar[])), false) as is_total
            from text""",
        [known],
    )
    connection.execute("create or replace view kept as select * from sorted where ignored_by is null and not is_total")
    connection.execute(
        """create or replace table broken (sheet_name varchar, row_number integer, cell_letter varchar,
            column_name varchar, rule varchar, shown varchar)"""
    )
    connection.execute(
        """insert into broken select distinct sheet_name, row_number, null, ?, ?, null
            from sorted where is_total and ignored_by is null""",
        [headed[0].name, TOTALS],
    )


def _judge_texts(connection: "Connection", source: Source, table: Table, key: Key | None) -> dict[str, dict[str, Cast]]:
    """Fills `broken` with the cells that break a column's contract; returns what the other texts are read as."""
    texts = _distinct_texts(connection, table)
    read = {c.name: _read_all(c, texts[c.name], source, key) for c in table.read_columns}
    broken = failing(table, texts, lambda column, text: read[column.name][text])
    for column in (column for column in table.read_columns if column.kind == "date"):
        broken |= {(column.name, text): MONTH_FIRST for text in month_first(texts[column.name], read[column.name])}
    for name in dict.fromkeys(name for name, _ in broken):
        cases = [(text, rule) for (column, text), rule in broken.items() if column == name]
        connection.execute(
            f"""insert into broken select k.sheet_name, k.row_number, k.cell_letter, ?, b.rule, b.shown
                from kept as k inner join (select unnest(?::varchar[]) as shown, unnest(?::varchar[]) as rule) as b
                    on k.{name} is not distinct from b.shown""",
            [name, [text for text, _ in cases], [rule for _, rule in cases]],
        )
    return {name: {text: values for text, values in known.items() if values} for name, known in read.items()}


def _read_all(column: Column, texts: list[str | None], source: Source, key: Key | None) -> dict[str, Cast | None]:
    """What each text is read as; of a reference only its hash."""
    read = {text: column.read(text) for text in texts if text is not None}
    if not column.is_hashed:
        return read
    if key is None:
        raise Refused("no key", "holds references, and the key that hashes them is not here", "Put the key file back.")
    return {text: (key.hash_reference(source.name, str(said[0])),) if said else None for text, said in read.items()}


def month_first(texts: list[str | None], read: dict[str, Cast | None]) -> list[str]:
    """Days whose first two numbers may be either way round, in a column that holds one with its month first.

    05/13/2019 is refused by itself; beside it 04/05/2019 can no longer be trusted to be 4 May.
    """
    slashed = {text: found for text in texts if text and (found := match(r"(\d\d?)/(\d\d?)/\d+", text))}
    wrong = [t for t, found in slashed.items() if not read[t] and int(found[1]) <= MONTHS_OF_A_YEAR < int(found[2])]
    either = [t for t, found in slashed.items() if read[t] and int(found[1]) != int(found[2]) <= MONTHS_OF_A_YEAR]
    return either if wrong else []


def _judge_rules(connection: "Connection", text: TextTable) -> list[Finding]:
    """Declared rules across columns and rows: to `broken`, or a warning where a rule only warns."""
    warned = []
    letter = "regexp_extract(cell, '[A-Z]+')" if text.table.cells else "null"
    for rule in text.table.rules:
        if rule.warns:
            rows = connection.execute(f"select distinct sheet_name, row_number from typed where {rule.broken_when}")
            warned += warn_of_rows(rows.fetchall(), rule, text)
            continue
        connection.execute(
            f"""insert into broken select distinct sheet_name, row_number, {letter}, unnest(?), ?, null
                from typed where {rule.broken_when}""",
            [list(rule.cells), rule.rule],
        )
    return warned


def _distinct_texts(connection: "Connection", table: Table) -> dict[str, list[str | None]]:
    """The texts of each column that have to be judged, None where a needed one is blank; of free text only errors."""
    errors = ", ".join(f"'{error}'" for error in sorted(SPREADSHEET_ERRORS))
    found = connection.execute(
        " union all ".join(
            f"select distinct {place} as place, {column.name} as text from kept"
            + (f" where {column.name} is null or {column.name} in ({errors})" if _is_free(column) else "")
            for place, column in enumerate(table.read_columns)
        )
    ).fetchall()
    texts: dict[str, list[str | None]] = {column.name: [] for column in table.read_columns}
    for place, text in sorted(found, key=lambda row: (row[0], row[1] is None, row[1] or "")):
        column = table.read_columns[place]
        if text is not None or column.required:
            texts[column.name].append(text)
    return texts


def _is_free(column: Column) -> bool:
    return is_cast_in_sql(column) and column.kind == "text" and not column.pattern


def _judge_repeats(connection: "Connection", text: TextTable) -> list[Finding]:
    """Rows of one delivery that share a key and differ: all to `broken`, or a warning where the last one is taken."""
    table = text.table
    if table.once:
        connection.execute(
            f"""insert into broken select distinct sheet_name, row_number, null, unnest({_headed(table, table.once)!r}),
                '{TWICE}', null from typed qualify count(*) over (partition by {", ".join(table.once)}) > 1"""
        )
    if table.many_per_key:
        return []
    key = ", ".join(table.key)
    own = ", ".join(table.own_columns)
    connection.execute(
        f"""create or replace temp view differing as
            select sheet_name, row_number from typed
            qualify count(*) over (partition by {key}) > 1
                and min(hash({own})) over (partition by {key}) <> max(hash({own})) over (partition by {key})"""
    )
    if table.repeats == "last":
        found = connection.execute("select distinct sheet_name, row_number from differing").fetchall()
        return warn_of_repeats(found, text)
    connection.execute(
        f"""insert into broken select distinct d.sheet_name, d.row_number, null, unnest({_headed(table, table.key)!r}),
                '{REPEATED}', null
            from differing as d anti join (from broken where rule = '{TWICE}') as b using (sheet_name, row_number)"""
    )
    return []


def _headed(table: Table, names: tuple[str, ...]) -> list[str]:
    """Those of some columns that stand under a heading of their own, which a message can point at."""
    return [column.name for column in table.columns if column.place == "heading" and column.name in names] or [
        column.name for column in table.key_columns
    ]


def _write_accepted(connection: "Connection", table: Table, rows_to: Path) -> None:
    names = ", ".join(name for name, _, _ in table.typed_columns)
    connection.execute(
        f"""copy (
                select {names} from typed anti join bad using (sheet_name, row_number)
                order by sheet_name, row_number{", cell" if table.cells else ""}
            ) to '{rows_to.as_posix()}' (format parquet)"""
    )


def _count(connection: "Connection", table: Table) -> list[SheetCount]:
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
