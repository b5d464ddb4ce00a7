"""One delivery from bytes to a `Reading`: identify, read as text, lay out, judge. Runs in the reading process.

A large plain CSV is read by DuckDB in `bulk.py`; all else goes through the reference readers `book.py` and `flat.py`.
Both end in the same text table, so there is one judge.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.registry import source_named
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.bulk import read_bulk
from cs_pipeline.intake.flat import read_flat
from cs_pipeline.intake.identify import identify
from cs_pipeline.intake.judge import judge
from cs_pipeline.intake.layout import Laid, TextTable, find_as_at, lay_out
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.table import Book
from cs_pipeline.words.findings import Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def read_delivery(
    source_name: str, path: Path, file_name: str, delivery_key: str, reference: dict[str, Path], rows_to: Path
) -> Reading:
    """Reads and judges one file. A refusal becomes a finding; nothing is raised for what a supplier can get wrong.

    `reference` names a Parquet file for each table that the source looks up; typed rows are left in folder `rows_to`.
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

    form = identify(path, file_name)
    if (form == "csv") != (source.form == "flat"):
        wanted = "CSV file" if source.form == "flat" else "workbook (.xlsx)"
        raise Refused("another form", f"is not a {wanted}, which this return is", f"Send it as a {wanted}, as before.")
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, parquet in reference.items():
            connection.execute(f"create view {name} as from read_parquet('{parquet.as_posix()}')")
        laid = _lay_out(connection, source, form, path, file_name)
        reading.as_at = laid.as_at
        reading.counts += laid.other_sheets
        reading.findings += laid.findings
        reading.quarantined += laid.quarantined
        _name_delivery(connection, delivery_key, laid.as_at)
        for text in laid.tables:
            _judge(connection, source, text, rows_to / f"{delivery_key}.{text.table.name}.parquet", reading)


def _lay_out(connection: "Connection", source: Source, form: str, path: Path, file_name: str) -> Laid:
    if form == "csv" and (bulk := read_bulk(connection, source, path, file_name)):
        return Laid(find_as_at(Book([]), source, file_name), [bulk])
    return lay_out(read_flat(path) if form == "csv" else read_book(path), source, file_name)


def _judge(connection: "Connection", source: Source, text: TextTable, path: Path, reading: Reading) -> None:
    if not text.in_database:
        _fill(connection, text)
    judged = judge(connection, source, text, path)
    reading.counts += judged.counts
    reading.findings += judged.findings
    reading.quarantined += judged.quarantined
    reading.rows[text.table.name] = path


def _name_delivery(connection: "Connection", delivery_key: str, as_at: date) -> None:
    connection.execute("create or replace table delivery (delivery_key varchar, as_at date)")
    connection.execute("insert into delivery values (?, ?)", [delivery_key, as_at])


def _fill(connection: "Connection", text: TextTable) -> None:
    """Puts a laid-out table into the relation `text`, every cell as text."""
    import pandas as pd

    names = ["sheet_name", "row_number", "cell_letter", *(c.name for c in text.table.read_columns), "row_text"]
    columns = zip(*text.rows, strict=True) if text.rows else ((),) * len(names)
    frame = pd.DataFrame(
        {
            name: pd.Series(list(values), dtype="int64" if name == "row_number" else "str")
            for name, values in zip(names, columns, strict=True)
        }
    )
    connection.register("frame", frame)
    texts = ", ".join(f"cast({n} as {'integer' if n == 'row_number' else 'varchar'}) as {n}" for n in names)
    connection.execute(f"create or replace table text as select {texts} from frame")
    connection.unregister("frame")
