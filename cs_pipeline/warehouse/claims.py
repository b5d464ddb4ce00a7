"""Runs the claims: queries for the rows that break what must be true. The gate reads what they found.

A claim is a SQL file under `sql/checks/`; what a broken one costs is decided in `publish/gate.py`.
"""

import json
from typing import TYPE_CHECKING, Any

from cs_pipeline.declare.model import Claim, ModelBroken
from cs_pipeline.warehouse.connect import insert_rows, transaction, words_of
from cs_pipeline.warehouse.stale import Contents

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Row = dict[str, Any]


def judge_claims(connection: "Connection", table: str, claims: list[Claim], contents: Contents) -> None:
    """Runs all claims on a table and records the rows that break them. Raises ModelBroken for one that cannot run."""
    if not claims:
        return
    found = [(claim, _broken_rows(connection, claim)) for claim in claims]
    with transaction(connection):
        for record in ("claim", "claim_row", "held"):
            connection.execute(f"delete from meta.{record} where table_name = ?", [table])
        insert_rows(
            connection,
            "meta.claim",
            [(c.name, c.table, c.severity, c.dimension, c.sentence, len(rows)) for c, rows in found],
        )
        broken = [(c, row["finding"], json.dumps(row, default=str)) for c, rows in found for row in rows]
        insert_rows(connection, "meta.claim_row", [(c.name, c.table, c.severity, said, row) for c, said, row in broken])
        # A figure that is held over a conflict says so itself; here are rows of the star.
        held = [(c.table, c.name, said, row) for c, said, row in broken if c.severity == "hold" and c.is_on_star]
        insert_rows(connection, "meta.held", held)
    for record in ("meta.claim", "meta.claim_row", "meta.held"):
        contents.forget(record)


def _broken_rows(connection: "Connection", claim: Claim) -> list[Row]:
    import duckdb

    try:
        result = connection.execute(claim.text.rstrip().rstrip(";"))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    except duckdb.Error as trouble:
        what = f"Claim {claim.table}/{claim.name} cannot run: {words_of(trouble)}"
        raise ModelBroken(f"{what}. Correct the file and run again.") from None
