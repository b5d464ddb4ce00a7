"""One delivery from bytes to a `Reading`: identify, read as text, the door, lay out, correct, judge. Runs in the
reading process.

A large plain CSV is read by DuckDB in `bulk.py`; all else goes through the reference readers `book.py` and `flat.py`.
Both end in the same text table, so there is one judge.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.decisions import Correction
from cs_pipeline.declare.registry import source_named
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.bulk import read_bulk
from cs_pipeline.intake.correct import correct
from cs_pipeline.intake.door import TurnedAway, turn_away_people
from cs_pipeline.intake.flat import read_flat
from cs_pipeline.intake.identify import identify
from cs_pipeline.intake.judge import judge
from cs_pipeline.intake.layout import Laid, TextTable, find_as_at, lay_out
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.seal import Key, close_plain, open_plain
from cs_pipeline.intake.table import Book
from cs_pipeline.words.findings import Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class Asked:
    """What a delivery is read with, besides its bytes: Parquet files of what its source looks up, the key that hashes
    and unseals, the corrections that were decided for it, and the folder in which typed rows are left.
    """

    rows_to: Path
    reference: dict[str, Path] = field(default_factory=dict)
    key: Key | None = None
    corrections: tuple[Correction, ...] = ()


def read_delivery(source_name: str, path: Path, file_name: str, delivery_key: str, asked: Asked) -> Reading:
    """Reads and judges one file, sealed or plain. A refusal becomes a finding: nothing is raised for a wrong file.

    A return of counts may be kept only when it passed the door; before that, all that is known of it is why it did not.
    """
    source = source_named(source_name)
    reading = Reading(source.name, source.title, file_name, may_be_kept=not source.counts_only)
    try:
        plain = open_plain(path, asked.key)
        try:
            _read(source, plain, delivery_key, asked, reading)
        finally:
            close_plain(path, plain)
    except Refused as refused:
        reading.rows.clear()
        reading.counts.clear()
        reading.quarantined.clear()
        reading.findings = [refused.finding()]
        reading.n_turned_away = refused.n_rows if isinstance(refused, TurnedAway) else None
    return reading


def _read(source: Source, path: Path, delivery_key: str, asked: Asked, reading: Reading) -> None:
    import duckdb

    form = identify(path, reading.file_name)
    if not source.takes(form):
        wanted = "CSV file" if source.form == "flat" else "workbook (.xlsx)"
        raise Refused("another form", f"is not a {wanted}, which this return is", f"Send it as a {wanted}, as before.")
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, parquet in asked.reference.items():
            connection.execute(f"create view {name} as from read_parquet('{parquet.as_posix()}')")
        laid = _lay_out(connection, source, form, path, asked, reading)
        reading.as_at = laid.as_at
        reading.counts += laid.other_sheets
        reading.findings += laid.findings
        reading.quarantined += laid.quarantined
        reading.findings += correct(laid, asked.corrections, reading)
        _name_delivery(connection, delivery_key, laid.as_at)
        for text in laid.tables:
            rows_to = asked.rows_to / f"{delivery_key}.{text.table.name}.parquet"
            _judge(connection, source, text, rows_to, reading, asked.key)


def _lay_out(connection: "Connection", source: Source, form: str, path: Path, asked: Asked, reading: Reading) -> Laid:
    if form == "csv" and not asked.corrections and (bulk := read_bulk(connection, source, path, reading.file_name)):
        return Laid(find_as_at(Book([]), source, reading.file_name), [bulk])
    book = read_flat(path) if form == "csv" else read_book(path)
    if source.counts_only:
        try:
            turn_away_people(book, source, path)
        except TurnedAway:
            with suppress(Refused):
                reading.as_at = find_as_at(book, source, reading.file_name)
            raise
        reading.may_be_kept = True
    return lay_out(book, source, reading.file_name)


def _judge(
    connection: "Connection", source: Source, text: TextTable, path: Path, reading: Reading, key: Key | None
) -> None:
    if not text.in_database:
        _fill(connection, text)
    judged = judge(connection, source, text, path, key)
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
