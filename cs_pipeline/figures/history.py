"""What was known and when: each new version of a figure, and of a conflict, goes into the ledger with the publication
that first holds it.

The ledger's record is never rewritten; `meta.figure_history` and `meta.conflict_history` are its copies in the build.
What stands as issued or settled follows from it and the decisions, in plain SQL (`sql/marts/figure_standing.sql`,
`sql/marts/reconciliation.sql`).
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cs_pipeline.warehouse.connect import insert_rows, transaction, write_anew

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Rows = list[tuple[Any, ...]]
Versions = dict[str, Rows]  # Name of the record -> its new rows.

# The first version of a figure is the first that has a number; from then on every change is one, also to none.
NEW_FIGURES = """
    with last as (
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
    order by all"""

# A conflict has a new version when it is found, when what is said changes, and when it has gone; wording makes none.
NEW_CONFLICTS = """
    with last as (
        from meta.conflict_history
        qualify row_number() over (partition by conflict_key order by version_number desc) = 1)
    select conflict_key, coalesce(l.version_number, 0) + 1, c.conflict_kind is not null,
        coalesce(c.conflict_kind, l.conflict_kind),
        case when c.conflict_kind is null then l.edition_code else c.edition_code end,
        case when c.conflict_kind is null then l.indicator_code else c.indicator_code end,
        coalesce(c.subject, l.subject),
        case when c.conflict_kind is null then l.period_key else c.period_key end,
        case when c.conflict_kind is null then l.first_by else c.first_by end,
        case when c.conflict_kind is null then l.first_said else c.first_said end,
        case when c.conflict_kind is null then l.second_by else c.second_by end,
        case when c.conflict_kind is null then l.second_said else c.second_said end,
        case when c.conflict_kind is null then l.ask else c.ask end,
        coalesce(c.disagrees, l.disagrees), ?::timestamp
    from marts.conflict as c
    full join last as l using (conflict_key)
    where (c.conflict_kind is not null) is distinct from l.is_there
        or (l.is_there and (c.first_said, c.second_said) is distinct from (l.first_said, l.second_said))
    order by all"""

RECORDED = {"figure_history": NEW_FIGURES, "conflict_history": NEW_CONFLICTS}


def refresh_history(build: "Connection", ledger: "Connection") -> None:
    """Brings the records in `meta` up to the ledger; costs nothing where they are."""
    for name in RECORDED:
        extent = f"select count(*), max(known_at) from {{}}{name}"
        if build.execute(extent.format("meta.")).fetchone() != ledger.execute(extent.format("")).fetchone():
            write_anew(build, name, ledger.execute(f"from {name} order by all").fetchall())


def note_versions(build: "Connection", record: str, at: datetime) -> Rows:
    """Adds to a record in `meta` what its table gives anew, as known from `at`; returns those rows."""
    rows = build.execute(RECORDED[record], [at.replace(tzinfo=None)]).fetchall()
    insert_rows(build, f"meta.{record}", rows)
    return rows


def keep_versions(ledger: "Connection", versions: Versions) -> None:
    """Writes new versions into the ledger, all of them or none."""
    with transaction(ledger):
        for name, rows in versions.items():
            insert_rows(ledger, name, rows)
