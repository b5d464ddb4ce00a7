"""Runs the claims: queries for the rows that break what must be true. The gate reads what they found.

A claim is a SQL file under `sql/checks/`; what a broken one costs is decided in `publish/gate.py`.
"""

import json
from typing import TYPE_CHECKING

from cs_pipeline.declare.model import Claim, ModelBroken
from cs_pipeline.warehouse.connect import transaction, words_of
from cs_pipeline.warehouse.stale import Contents

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def judge_claims(connection: "Connection", claims: list[Claim], contents: Contents) -> None:
    """Runs each claim and records the rows that break it. Raises ModelBroken for a claim that cannot run."""
    import duckdb

    for claim in claims:
        try:
            result = connection.execute(claim.text.rstrip().rstrip(";"))
            names = [column[0] for column in result.description]
            rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        except duckdb.Error as trouble:
            what = f"Claim {claim.table}/{claim.name} cannot run: {words_of(trouble)}"
            raise ModelBroken(f"{what}. Correct the file and run again.") from None
        with transaction(connection):
            for table in ("claim", "claim_row", "held"):
                connection.execute(
                    f"delete from meta.{table} where claim_name = ? and table_name = ?",
                    [claim.name, claim.table],
                )
            connection.execute(
                "insert into meta.claim values (?, ?, ?, ?, ?, ?)",
                [claim.name, claim.table, claim.severity, claim.dimension, claim.sentence, len(rows)],
            )
            if rows:
                connection.executemany(
                    "insert into meta.claim_row values (?, ?, ?, ?, ?)",
                    [
                        (
                            claim.name,
                            claim.table,
                            claim.severity,
                            row["finding"],
                            json.dumps(row, default=str),
                        )
                        for row in rows
                    ],
                )
            if rows and claim.severity == "hold":
                connection.executemany(
                    "insert into meta.held values (?, ?, ?, ?)",
                    [(claim.table, claim.name, row["finding"], json.dumps(row, default=str)) for row in rows],
                )
    for table in ("meta.claim", "meta.claim_row", "meta.held"):
        contents.forget(table)
