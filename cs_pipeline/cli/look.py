"""`cs status` and `cs check`: what has arrived, what is wrong and what is missing; one file before it is sent."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb
from cs_pipeline.words.settings import read_settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

    from cs_pipeline.intake.reading import Reading


def count_rows(reading: "Reading") -> str:
    """The rows of a reading by what became of them, as a sum."""
    kept = f"{reading.n_accepted:,} accepted + {reading.n_quarantined:,} quarantined"
    return f"{reading.n_read:,} rows = {kept} + {reading.n_ignored:,} ignored by rule"


def add_verbs(verbs: Verbs) -> None:
    add_verb(
        verbs,
        "status",
        "Show deliveries, findings, quarters present and missing, and what was issued.",
        "cs status",
        status,
    )
    parser = add_verb(
        verbs,
        "check",
        "Judge one file before it is sent; nothing is stored.",
        'cs check "sources/police_asb/ASB Broxtowe 2022-23 Q3.xlsx"',
        check,
    )
    parser.add_argument("file", metavar="FILE", help="the workbook or CSV to judge")
    parser.add_argument("--source", metavar="NAME", help="the source it is for (default: guessed)")
    add_sources(parser)


def status(asked: Asked) -> int:
    """Reads the current publication only, so it never waits for a run."""
    from cs_pipeline.publish.release import open_publication

    settings = read_settings(None, asked.warehouse)
    with open_publication(settings) as connection:
        (name, at) = connection.execute("select publication_id, published_at from meta.publication").fetchall()[0]
        print(f"Publication {name}, made {at:%d/%m/%Y at %H:%M} universal time.")
        _print_deliveries(connection)
        _print_findings(connection)
        _print_quarters(connection)
        _print_issues(connection)
    return 0


def _print_deliveries(connection: "Connection") -> None:
    from cs_pipeline.cli.show import show_table

    rows = connection.execute(
        """select s.source_title, d.file_name, strftime(d.as_at, '%d/%m/%Y'), d.outcome, d.n_read, d.n_accepted,
               d.n_quarantined, d.n_ignored, left(d.sha256, 12)
           from meta.delivery as d join meta.source as s using (source_name)
           order by s.source_title, d.as_at, d.file_name"""
    ).fetchall()
    headings = ["Source", "File", "As at", "Outcome", "Read", "Accepted", "Quarantined", "Ignored", "SHA-256"]
    show_table(f"{len(rows)} deliveries", headings, rows)


def _print_findings(connection: "Connection") -> None:
    rows = connection.execute(
        """select f.severity, f.sentence from meta.finding as f order by f.delivery_key, f.finding_number"""
    ).fetchall()
    claims = connection.execute(
        "select severity, broken_by from meta.claim_row where claim_name <> 'has_no_findings' order by all"
    ).fetchall()
    print(f"\n{len(rows)} findings in deliveries, {len(claims)} in what was built")
    for severity, sentence in [*rows, *claims]:
        print(f"  {severity}: {sentence}")


def _print_quarters(connection: "Connection") -> None:
    from cs_pipeline.cli.show import show_table

    rows = connection.execute(
        """with told as (
               select source_name, quarter_key, bool_and(is_present) as is_present
               from meta.quarter_presence group by all)
           select s.source_title, min(q.quarter_key), max(q.quarter_key), count(*) filter (where q.is_present),
               coalesce(string_agg(q.quarter_key, ', ' order by q.quarter_key) filter (where not q.is_present), 'none')
           from told as q join meta.source as s using (source_name)
           group by s.source_title order by 1"""
    ).fetchall()
    show_table("Quarters that have arrived", ["Source", "First", "Last", "Present", "Missing between"], rows)


def _print_issues(connection: "Connection") -> None:
    from cs_pipeline.cli.show import show_table

    rows = connection.execute(
        """select i.issue_key, i.issued_to, strftime(i.issued_on, '%d/%m/%Y'), count(f.indicator_code),
               count(*) filter (where n.is_waiting), count(*) filter (where n.figure_state = 'restated')
           from meta.issue as i
           left join marts.issued_figure as f using (issue_key)
           left join marts.figure as n
               on n.indicator_code = f.indicator_code
               and n.period_kind = f.period_kind and n.period_key = f.period_key
           group by i.issue_key, i.issued_to, i.issued_on order by i.issued_on, i.issue_key"""
    ).fetchall()
    headings = ["Issue", "To", "On", "Figures", "Waiting", "Restated since"]
    show_table(f"{len(rows)} issues", headings, rows) if rows else print("No figures have been issued.")


def check(asked: Asked) -> int:
    """Prints the findings of one file. 0 when all of it would be accepted, 1 when some would not, 2 when it would be
    refused.
    """
    from cs_pipeline.declare.registry import all_sources
    from cs_pipeline.warehouse.check import check_file

    path = Path(asked.file)
    if not path.is_file():
        print(f"cs: there is no file {path}. Give the path of one workbook or CSV.", file=sys.stderr)
        return 3
    if asked.source and asked.source not in {source.name for source in all_sources()}:
        known = ", ".join(source.name for source in all_sources())
        print(f"cs: there is no source {asked.source}. Give one of: {known}.", file=sys.stderr)
        return 3
    reading = check_file(read_settings(asked.sources, asked.warehouse), path, asked.source)
    print(f"Judged as a delivery of {reading.title} ({reading.source}); nothing was stored.")
    for sentence in reading.sentences():
        print(f"  {sentence}")
    if reading.is_refused:
        print("It would be refused.")
        return 2
    print(f"As at {reading.as_at:%d/%m/%Y}: {count_rows(reading)}.")
    return 1 if reading.n_quarantined else 0
