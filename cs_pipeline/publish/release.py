"""Writes a publication: a new read-only file beside the older ones, then one switch of the link that people open.

Readers see the old file or the new one whole, never one that is half built: a file is immutable from the moment it
has its name, and the link changes by rename. Row-level facts go only into the restricted copy.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.warehouse.connect import open_database, transaction
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.records import META, RESTRICTED
from cs_pipeline.warehouse.stale import content_of
from cs_pipeline.warehouse.tables import comment_on, quote
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

PUBLICATION = (
    "Which publication this file is, so that two tables read together can be known to belong together.",
    {
        "publication_id": "Name of the publication, which is also in the name of its file.",
        "published_at": "Moment at which the publication was written, in universal time.",
        "fingerprint": "Hash over the contents of every table of the publication.",
    },
)


@dataclass(frozen=True)
class Publication:
    """A published file: its name, when it was made, and the hash of what it holds."""

    publication_id: str
    fingerprint: str
    path: Path


def published_tables(plan: Plan, *, restricted: bool) -> list[str]:
    """Tables of a publication, in order: records, dimensions, facts, marts; row-level facts only where few may look."""
    models = [model.name for model in plan.models if restricted or not model.is_restricted]
    records = META.keys() if restricted else META.keys() - RESTRICTED
    return sorted(f"meta.{name}" for name in records) + models


def fingerprint(connection: "Connection", plan: Plan) -> str:
    """A hash over all that a publication of this build would hold, but for its own name and time."""
    recorded = dict(
        connection.execute("select table_name, content_hash from meta.built where quarter_key = ''").fetchall()
    )
    digest = hashlib.sha256()
    for name in published_tables(plan, restricted=True):
        content = recorded.get(name) or content_of(connection, name)[""].content_hash
        digest.update(f"{name}={content}\n".encode())
    comments = """select string_agg(comment, '|' order by schema_name, table_name, column_name)
                  from duckdb_columns() where comment is not null"""
    digest.update(str(connection.execute(comments).fetchone()).encode())
    for macro in plan.macros:
        digest.update(f"{macro.name} {macro.text}".encode())
    return digest.hexdigest()


def publish(settings: Settings, connection: "Connection", plan: Plan, at: datetime) -> Publication:
    """Writes both files of a publication and switches both links, the restricted one first."""
    mark = fingerprint(connection, plan)
    publication_id = f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}-{mark[:8]}"
    made = Publication(publication_id, mark, settings.published / f"community_safety.{publication_id}.duckdb")
    restricted = settings.restricted / f"community_safety_restricted.{publication_id}.duckdb"
    for path, is_restricted, mode in ((restricted, True, 0o440), (made.path, False, 0o444)):
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_restricted:
            path.parent.chmod(0o750)
        _write(connection, path, plan, published_tables(plan, restricted=is_restricted), made, at, mode)
    switch(settings.restricted / "community_safety_restricted.duckdb", restricted)
    switch(settings.publication, made.path)
    return made


def _write(
    connection: "Connection", path: Path, plan: Plan, tables: list[str], made: Publication, at: datetime, mode: int
) -> None:
    """Writes a file under a name that no reader looks for, makes it durable, then gives it its own name."""
    part = path.with_suffix(".part")
    for leftover in (part, part.with_suffix(".part.wal")):
        leftover.unlink(missing_ok=True)
    connection.execute(f"attach {quote(part.as_posix())} as publication")
    try:
        with transaction(connection):
            copy_tables(connection, tables)
            copy_macros(connection, plan)
            _name_publication(connection, made, at)
        connection.execute("checkpoint publication")
    finally:
        connection.execute("detach publication")
    part.chmod(mode)
    make_durable(part)
    part.rename(path)
    make_durable(path.parent)


def copy_tables(connection: "Connection", tables: list[str]) -> None:
    """Copies tables with their rows and comments into the attached database `publication`."""
    for schema in sorted({name.split(".")[0] for name in tables}):
        connection.execute(f"create schema if not exists publication.{schema}")
    for name in tables:
        connection.execute(f"create table publication.{name} as from {name}")
        schema, table = name.split(".")
        (words,) = connection.execute(
            """select comment from duckdb_tables()
               where database_name = current_database() and schema_name = ? and table_name = ?""",
            [schema, table],
        ).fetchall()[0]
        columns = connection.execute(
            """select column_name, comment from duckdb_columns()
               where database_name = current_database() and schema_name = ? and table_name = ?""",
            [schema, table],
        ).fetchall()
        comment_on(connection, "table", f"publication.{name}", words, dict(columns))


def copy_macros(connection: "Connection", plan: Plan) -> None:
    """Makes the table macros in the attached database `publication`; a macro is bound by name when it is called."""
    for macro in plan.macros:
        query = macro.text.rstrip().rstrip(";")
        connection.execute(f"create or replace macro publication.{macro.name}({macro.takes}) as table {query}")


def _name_publication(connection: "Connection", made: Publication, at: datetime) -> None:
    words, columns = PUBLICATION
    connection.execute(
        """create table publication.meta.publication as
           select ? as publication_id, ?::timestamp as published_at, ? as fingerprint""",
        [made.publication_id, at.replace(tzinfo=None), made.fingerprint],
    )
    comment_on(connection, "table", "publication.meta.publication", words, columns)


def switch(link: Path, target: Path) -> None:
    """Points a link at another file of the same folder, in one rename."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target.name)
    os.replace(new, link)  # noqa: PTH105 (the name that tests and readers of POSIX know)
    make_durable(link.parent)


def make_durable(path: Path) -> None:
    """Asks the file system to have a file's bytes, or a folder's entries, on disk before we go on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def current_publication(settings: Settings) -> Path | None:
    """The file that the link points at, by its own name: a process that held an older one open never meets it again."""
    link = settings.publication
    return link.resolve() if link.exists() else None


def publications(settings: Settings) -> list[Path]:
    """Every publication that is kept, the oldest first."""
    return sorted(settings.published.glob("community_safety.*T*.duckdb"))


def roll_back(settings: Settings) -> Path | None:
    """Points both links at the publication before the current one; returns it, or None where there is none."""
    now = current_publication(settings)
    older = [path for path in publications(settings) if now and path.name < now.name]
    if not older:
        return None
    target = older[-1]
    restricted = settings.restricted / target.name.replace("community_safety.", "community_safety_restricted.")
    if restricted.exists():
        switch(settings.restricted / "community_safety_restricted.duckdb", restricted)
    switch(settings.publication, target)
    return target


def clear_unpublished(settings: Settings, known: set[str]) -> None:
    """Deletes what killed runs left: half-written files, and whole ones that the link never pointed at."""
    now = current_publication(settings)
    current = now.name.split(".")[1] if now else None
    for folder in (settings.published, settings.restricted):
        for path in [*folder.glob("*.part*"), *folder.glob(".*.new"), *folder.glob("*.*T*.duckdb")]:
            if path.suffix != ".duckdb" or path.name.split(".")[1] not in known | {current}:
                path.unlink()


def drop_old(settings: Settings) -> list[Path]:
    """Deletes the oldest publications beyond the number that is kept; never the current one."""
    now = current_publication(settings)
    old = [path for path in publications(settings)[: -settings.keep_publications] if path != now]
    for path in old:
        path.unlink()
        (settings.restricted / path.name.replace("community_safety.", "community_safety_restricted.")).unlink(
            missing_ok=True
        )
    return old


def open_publication(settings: Settings):  # type: ignore[no-untyped-def]  # a context manager of a DuckDB connection
    """The current publication, read-only and resolved to its own file. Raises FileNotFoundError before the first."""
    path = current_publication(settings)
    if path is None:
        raise FileNotFoundError("Nothing has been published yet. Run cs run first.")
    return open_database(path, read_only=True)
