"""What was known and when: each new version of a figure goes into the ledger with the publication that first holds it.

The ledger's record is never rewritten; `meta.figure_history` is its copy in the build. What stands as issued follows
from it and the decisions, in plain SQL (`sql/marts/figure_standing.sql`).
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cs_pipeline.warehouse.connect import insert_rows, transaction, write_anew

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Rows = list[tuple[Any, ...]]


def refresh_history(build: "Connection", ledger: "Connection") -> None:
    """Brings `meta.figure_history` up to the ledger; costs nothing where it is."""
    extent = "select count(*), max(known_at) from "
    if build.execute(extent + "meta.figure_history").fetchone() != ledger.execute(extent + "figure_history").fetchone():
        write_anew(build, "figure_history", ledger.execute("from figure_history order by all").fetchall())


def note_versions(build: "Connection", at: datetime) -> Rows:
    """Adds to `meta.figure_history` what `marts.figure_calculated` gives anew, as known from `at`; returns those rows.

    The first version of a figure is the first that has a number; from then on every change is one, also to none.
    """
    rows = build.execute(
        """with last as (
               from meta.figure_history
               qualify row_number() over (partition by indicator_code, period_kind, period_key
                                          order by version_number desc) = 1)
           select indicator_code, period_kind, period_key, coalesce(l.version_number, 0) + 1, c.value, c.numerator,
               c.denominator, case when c.year_key is null then 'not yet available' else c.missing_reason end,
               coalesce(c.since_quarter_key, l.since_quarter_key), coalesce(c.figure_fingerprint, '-'), ?::timestamp
           from marts.figure_calculated as c
           full join last as l using (indicator_code, period_kind, period_key)
           where (l.figure_fingerprint is null and c.value is not null)
               or (l.figure_fingerprint <> coalesce(c.figure_fingerprint, '-'))
           order by all""",
        [at.replace(tzinfo=None)],
    ).fetchall()
    insert_rows(build, "meta.figure_history", rows)
    return rows


def keep_versions(ledger: "Connection", versions: Rows) -> None:
    """Writes new versions into the ledger, all of them or none."""
    with transaction(ledger):
        insert_rows(ledger, "figure_history", versions)
