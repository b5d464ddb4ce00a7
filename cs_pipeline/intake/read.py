"""One delivery from bytes to a `Reading`: identify, read as text, lay out, judge. Runs in the reading process.

A plain CSV whose every line is sound is read by DuckDB; all else goes through the reference readers of `book.py` and
`flat.py`. Both end in the same text table, so there is one judge.
"""

import csv
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.registry import source_named
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.flat import read_flat
from cs_pipeline.intake.identify import identify
from cs_pipeline.intake.judge import judge
from cs_pipeline.intake.layout import TextTable, find_as_at, lay_out
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.table import Book, Sheet
from cs_pipeline.words.findings import Refused

if TYPE_CHECKING:
    import duckdb

BULK_BYTES = 200_000


def read_delivery(
    source_name: str, path: Path, file_name: str, delivery_key: str, reference: dict[str, Path], rows_to: Path
) -> Reading:
    """Reads and judges one file. A refusal becomes a finding; nothing is raised for what a supplier can get wrong.

    `reference` names a Parquet file for each table that the source looks up; typed rows are left in the folder `rows_to`.
    """
    source = source_named(source_name)
    reading = Reading(source.name, source.title, file_name)
    try:
        _read(source, path, file_name, delivery_key, reference, rows_to, reading)
    except Refused as refused:
        reading.rows.clear()
        reading.counts.clear()
        reading.quarantined.clear()
        reading.findings = [refused.finding()]
    return reading


def _read(
    source: Source,
    path: Path,
    file_name: str,
    delivery_key: str,
    reference: dict[str, Path],
    rows_to: Path,
    reading: Reading,
) -> None:
    import duckdb

    form = identify(path)
    if (form == "csv") != (source.form == "flat"):
        wanted = "CSV file" if source.form == "flat" else "workbook (.xlsx)"
        raise Refused("another form", f"is not a {wanted}, which this return is", f"Send it as a {wanted}, as before.")
    with duckdb.connect(config={"threads": 2}) as connection:
        for name, parquet in reference.items():
            connection.execute(f"create view {name} as from read_parquet('{parquet.as_posix()}')")
        if form == "csv" and (bulk := _bulk(connection, source, path, file_name)):
            laid_tables, reading.as_at = [bulk], find_as_at(Book([]), source, file_name)
        else:
            book = read_flat(path) if form == "csv" else read_book(path)
            laid = lay_out(book, source, file_name)
            laid_tables, reading.as_at = laid.tables, laid.as_at
            reading.findings += laid.findings
            reading.counts += laid.other_sheets
        _judge_all(connection, source, delivery_key, laid_tables, rows_to, reading)


def _judge_all(
    connection: "duckdb.DuckDBPyConnection",
    source: Source,
    delivery_key: str,
    tables: list[TextTable],
    rows_to: Path,
    reading: Reading,
) -> None:
    assert reading.as_at is not None
    _name_delivery(connection, delivery_key, reading.as_at)
    for text in tables:
        if text.rows:
            _fill(connection, text)
        path = rows_to / f"{delivery_key}.{text.table.name}.parquet"
        judged = judge(connection, source, text.table, text.letters, path)
        reading.counts += judged.counts
        reading.findings += judged.findings
        reading.quarantined += judged.quarantined
        reading.rows[text.table.name] = path


def _name_delivery(connection: "duckdb.DuckDBPyConnection", delivery_key: str, as_at: date) -> None:
    connection.execute("create or replace table delivery (delivery_key varchar, as_at date)")
    connection.execute("insert into delivery values (?, ?)", [delivery_key, as_at])


def _fill(connection: "duckdb.DuckDBPyConnection", text: TextTable) -> None:
    """Puts a laid-out table into the relation `text`, every cell as text."""
    import pandas as pd

    names = [
        "sheet_name",
        "row_number",
        "cell_letter",
        *(c.name for c in text.table.read_columns),
        "row_text",
    ]
    frame = pd.DataFrame(
        {
            name: pd.Series([row[place] for row in text.rows], dtype="int64" if name == "row_number" else "str")
            for place, name in enumerate(names)
        }
    )
    connection.register("frame", frame)
    texts = ", ".join(f"cast({n} as {'integer' if n == 'row_number' else 'varchar'}) as {n}" for n in names)
    connection.execute(f"create or replace table text as select {texts} from frame")
    connection.unregister("frame")


def _bulk(connection: "duckdb.DuckDBPyConnection", source: Source, path: Path, file_name: str) -> TextTable | None:
    """Reads a large, plain CSV straight into `text`; None where anything about it needs the reference reader.

    Plain means: UTF-8, headings in line 1 and all declared, each record on one line, no odd spaces, no short or long lines.
    """
    import duckdb

    raw = path.read_bytes()
    table = source.tables[0]
    simple = len(source.tables) == 1 and not table.cells and source.as_at.place == "file name"
    simple = simple and all(column.place == "heading" for column in table.columns)
    if len(raw) < BULK_BYTES or not simple or not _is_plain(raw):
        return None
    headings = next(csv.reader([raw.split(b"\n", 1)[0].decode("utf-8-sig").rstrip("\r")]))
    laid = lay_out(Book([Sheet("", [(1, list(headings)), (2, list(headings))])]), source, file_name)
    if laid.findings:
        return None
    letters = laid.tables[0].letters
    columns = {f"c{place}": "varchar" for place in range(len(headings))}
    named = ", ".join(_bulk_column(table, column.name, headings, letters) for column in table.read_columns)
    asks_whole = any("row_text" in ignore.when for ignore in table.ignores)
    whole = f"concat_ws(' ', {', '.join(columns)})" if asks_whole else "cast(null as varchar)"
    try:
        connection.execute(
            f"""create or replace table text as
                select '' as sheet_name, cast(row_number() over () + 1 as integer) as row_number,
                    cast(null as varchar) as cell_letter, {named}, {whole} as row_text
                from read_csv(?, header = true, auto_detect = false, columns = {columns}, delim = ',', quote = '"',
                    escape = '"', strict_mode = true, null_padding = false)""",
            [path.as_posix()],
        )
    except duckdb.Error:
        return None
    (records,) = connection.execute("select count(*) from text").fetchall()[0]
    return TextTable(table, [], letters) if records == _lines(raw) - 1 else None


def _is_plain(raw: bytes) -> bool:
    if re.search(rb"\xc2\xa0|[\x00\t\x0b\x0c]|, | ,|[ ]\r?\n|\n[ ]|\n\r?\n|\xe2\x80\x8b|[^\r\n]\r[^\n]", raw):
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(raw: bytes) -> int:
    return raw.count(b"\n") + (not raw.endswith(b"\n"))


def _bulk_column(table: Table, name: str, headings: list[str], letters: dict[tuple[str, str], str]) -> str:
    from openpyxl.utils import column_index_from_string

    letter = letters.get(("", name))
    return f"c{column_index_from_string(letter) - 1} as {name}" if letter else f"cast(null as varchar) as {name}"
