"""`cs sql`: one query on the publication, locked down: nothing can be written, and no file or network reached."""

import sys

from cs_pipeline.cli.common import Asked, Verbs, add_verb
from cs_pipeline.words.settings import read_settings

LOCKED_DOWN = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set memory_limit = '1GB'",
    "set threads = 2",
    "set lock_configuration = true",
)


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "sql",
        "Query the publication, read-only.",
        'cs sql "select * from marts.figure_against_plan where not agrees"',
        sql,
    )
    parser.add_argument("query", metavar="QUERY", help="one SQL query")
    parser.add_argument("--csv", action="store_true", help="print CSV instead of a table")


def sql(asked: Asked) -> int:
    """Prints the rows of one query. 2 when it cannot be run."""
    import duckdb

    from cs_pipeline.cli.show import show_table, write_csv
    from cs_pipeline.publish.release import open_publication

    with open_publication(read_settings(None, asked.warehouse)) as connection:
        for setting in LOCKED_DOWN:
            connection.execute(setting)
        try:
            result = connection.execute(asked.query)
            headings = [column[0] for column in result.description or []]
            rows = result.fetchall()
        except duckdb.Error as trouble:
            print(f"cs: the query cannot be run. DuckDB says: {str(trouble).splitlines()[0]}", file=sys.stderr)
            return 2
    if asked.csv:
        write_csv(headings, rows)
    else:
        show_table("", headings, rows)
    return 0
