"""Puts one reading into the build in one transaction: typed rows, counts, findings, quarantine. All of it or none of
it.

What stands in stage follows from the archive and the declarations alone, so loading a delivery again replaces its own
rows.
"""

from typing import TYPE_CHECKING

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.reading import Reading
from cs_pipeline.warehouse.connect import insert_rows, transaction
from cs_pipeline.warehouse.ledger import Delivery
from cs_pipeline.words.findings import Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

RECORDS = ("delivery", "sheet_count", "ignored", "finding", "quarantine", "correction")


class RowsLost(Refused):
    """Rows read are not the sum of accepted, quarantined and ignored: a fault of ours, so nothing of it is loaded."""


def load(connection: "Connection", delivery: Delivery, reading: Reading, fingerprint: str) -> None:
    """Loads a reading. Raises RowsLost, with nothing loaded, when its rows do not add up."""
    with transaction(connection):
        forget(connection, delivery.source, delivery.key)
        for table, path in reading.rows.items():
            _append(connection, table, path.as_posix())
        _record(connection, delivery, reading, fingerprint)
        _check_rows(connection, delivery, reading)
    for path in reading.rows.values():
        path.unlink(missing_ok=True)


def forget(connection: "Connection", source_name: str, delivery_key: str) -> None:
    """Takes one delivery's rows and records out, so that its new reading can stand in their place."""
    for table in source_named(source_name).tables:
        connection.execute(f"delete from stage.{table.name} where delivery_key = ?", [delivery_key])
    for record in RECORDS:
        connection.execute(f"delete from meta.{record} where delivery_key = ?", [delivery_key])


def _append(connection: "Connection", table: str, path: str) -> None:
    connection.execute(f"insert into stage.{table} by name select * from read_parquet('{path}')")


def _record(connection: "Connection", delivery: Delivery, reading: Reading, fingerprint: str) -> None:
    key = delivery.key
    refused = reading.is_refused
    named = reading.file_name if reading.may_be_kept else None
    said = [finding.sentence(reading.title, named) for finding in reading.findings]
    counts = (reading.n_read, reading.n_accepted, reading.n_quarantined, reading.n_ignored)
    insert_rows(
        connection,
        "meta.delivery",
        [
            (
                key,
                delivery.source,
                delivery.sha256,
                delivery.file_name,
                reading.as_at,
                "refused" if refused else "accepted",
                *((reading.n_turned_away, None, None, None) if refused else counts),
                None,
                fingerprint,
            )
        ],
    )
    insert_rows(
        connection,
        "meta.sheet_count",
        [(key, c.table, c.sheet, c.read, c.accepted, c.quarantined, sum(c.ignored.values())) for c in reading.counts],
    )
    insert_rows(
        connection,
        "meta.ignored",
        [(key, c.table, c.sheet, rule, n) for c in reading.counts for rule, n in c.ignored.items()],
    )
    insert_rows(
        connection,
        "meta.finding",
        [
            (key, place, f.rule, f.severity, f.dimension, f.sheet, ", ".join(f.cells), sentence)
            for place, (f, sentence) in enumerate(zip(reading.findings, said, strict=True), start=1)
        ],
    )
    insert_rows(
        connection,
        "meta.quarantine",
        [(key, q.table, q.sheet, q.row_number, q.cells, q.rule, q.remedy) for q in reading.quarantined],
    )

    insert_rows(
        connection,
        "meta.correction",
        [(key, c.table, c.sheet, c.cell, c.column, c.because, c.by, c.on) for c in reading.corrected],
    )


def _check_rows(connection: "Connection", delivery: Delivery, reading: Reading) -> None:
    """Row conservation, on what the database holds now and not on what the reading says it wrote."""
    stands = sum(
        connection.execute(
            f"select count(distinct (sheet_name, row_number)) from stage.{table} where delivery_key = ?",
            [delivery.key],
        ).fetchall()[0][0]
        for table in reading.rows
    )
    lost = [count for count in reading.counts if not count.adds_up]
    if lost or stands != reading.n_accepted:
        raise RowsLost(
            "rows lost",
            f"{reading.n_read} rows were read and {stands} of {reading.n_accepted} accepted ones could be loaded",
            "Nothing of it counts; report this as a fault of the program.",
        )
