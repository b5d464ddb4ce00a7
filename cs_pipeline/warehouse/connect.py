"""Opens DuckDB files: the only place that does, so that each is closed and no writer meets another.

DuckDB takes one writing process, and even a reader locks the writer out (1.5.5); people only ever open published
copies.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


class WarehouseUnusable(Exception):
    """A file of the warehouse cannot be opened; the message is two sentences for people."""


@contextmanager
def open_database(path: Path, *, read_only: bool = False) -> Iterator["Connection"]:
    """A connection to one file, closed at the end; a file that is written to is its owner's alone.

    Raises WarehouseUnusable when it is held, damaged or of another version.
    """
    import duckdb

    try:
        connection = duckdb.connect(path.as_posix(), read_only=read_only)
    except duckdb.Error as trouble:
        held = "lock" in str(trouble).lower()
        what = "is held by another process" if held else "cannot be opened as a DuckDB 1.5 database"
        todo = "Close the other tool and run again." if held else "Move it away and run again; it is rebuilt."
        raise WarehouseUnusable(f"{path.name} {what}. {todo}") from trouble
    try:
        if not read_only:
            path.chmod(0o600)
        connection.execute("set enable_progress_bar = false")
        yield connection
    finally:
        connection.close()


@contextmanager
def open_beside(path: Path, name: str) -> Iterator["Connection"]:
    """An empty database in memory with a file attached read-only under a name; nothing of it outlives the block."""
    import duckdb

    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute("set enable_progress_bar = false")
        quoted = path.as_posix().replace("'", "''")
        connection.execute(f"attach '{quoted}' as {name} (read_only)")
        yield connection


def words_of(trouble: Exception) -> str:
    """What DuckDB says of an error in a query, in one line; of one in data only its kind, for it may quote a value."""
    import duckdb

    about_sql = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException, duckdb.SyntaxException)
    if not isinstance(trouble, about_sql):
        return f"DuckDB ends it with a {type(trouble).__name__}"
    return " ".join(str(trouble).split())[:300]


@contextmanager
def open_build(settings: Settings) -> Iterator["Connection"]:
    """The build database, for writing. It may be thrown away: archive, ledger and decisions make it anew."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    with open_database(settings.build) as connection:
        yield connection


@contextmanager
def transaction(connection: "Connection") -> Iterator[None]:
    """All of it or none of it."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def write_anew(connection: "Connection", name: str, rows: Sequence[Sequence[Any]]) -> None:
    """Replaces all rows of a record in `meta`."""
    with transaction(connection):
        connection.execute(f"delete from meta.{name}")
        insert_rows(connection, f"meta.{name}", rows)


FEW = 12


def insert_rows(connection: "Connection", table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Inserts rows in one statement: `executemany` takes up to a millisecond a row (1.5.5). Many go as lists, one a
    column; for few, asking for the columns' types would cost more than the rows.
    """
    if not rows:
        return
    if len(rows) <= FEW:
        marks = f"({', '.join('?' * len(rows[0]))})"
        values = ", ".join([marks] * len(rows))
        connection.execute(f"insert into {table} values {values}", [value for row in rows for value in row])
        return
    described = connection.execute(f"describe {table}").fetchall()
    values = ", ".join(f"unnest(?::{kind}[])" for _, kind, *_ in described)
    connection.execute(f"insert into {table} select {values}", [list(column) for column in zip(*rows, strict=True)])
