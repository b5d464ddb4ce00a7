"""What stands in each table, quarter by quarter, as a hash; and so what is stale.

Staleness is content: a table is stale when its SQL or the rows it reads differ from those it was made from.
`meta.built` holds that truth; times and order of arrival have no part in it.
"""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_pipeline.declare.model import Model
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import Source
from cs_pipeline.warehouse.connect import insert_rows, transaction
from cs_pipeline.warehouse.plan import Plan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class Content:
    """What stands in a table or in one of its quarters, as a number of rows and a hash that does not depend on their
    order.
    """

    n_rows: int
    content_hash: str


def content_of(connection: "Connection", name: str, quarter_column: str | None = None) -> dict[str, Content]:
    """Quarter -> content; the whole table under the empty key."""
    total = "count(*), coalesce(sum(hash(t)::hugeint), 0)::varchar"
    found = {"": connection.execute(f"select {total} from {name} as t").fetchall()[0]}
    if quarter_column:
        by_quarter = f"select coalesce({quarter_column}, 'not stated'), {total} from {name} as t group by 1 order by 1"
        found |= {key: (n, digest) for key, n, digest in connection.execute(by_quarter).fetchall()}
    return {key: Content(n, digest) for key, (n, digest) in found.items()}


@dataclass(frozen=True)
class Built:
    """A table that was rebuilt: its quarters whose content changed (the whole table under the empty key)."""

    name: str
    changed: dict[str, Content]


class Contents:
    """The content hash and the columns of each table that models read, asked once a build and again after a rebuild."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._known: dict[str, str] = {}
        self._columns: dict[str, dict[str, str]] = {}

    def of(self, name: str) -> str:
        if name not in self._known:
            row = self._connection.execute(
                "select content_hash from meta.built where table_name = ? and quarter_key = ''", [name]
            ).fetchone()
            if row is None or name.startswith("meta."):
                self._known[name] = content_of(self._connection, name)[""].content_hash
            else:
                self._known[name] = str(row[0])
        return self._known[name]

    def columns_of(self, name: str) -> dict[str, str]:
        """Column -> type of a table, asked by its name: duckdb_columns() goes through every column there is (1.5.5)."""
        if name not in self._columns:
            rows = self._connection.execute("select name, type from pragma_table_info(?)", [name]).fetchall()
            self._columns[name] = dict(rows)
        return self._columns[name]

    def forget(self, name: str) -> None:
        self._known.pop(name, None)
        self._columns.pop(name, None)


def made_from_now(model: Model, contents: Contents) -> str:
    digest = hashlib.sha256(model.text.encode())
    for name in sorted(model.depends_on):
        digest.update(f"{name}={contents.of(name)}\n".encode())
    return digest.hexdigest()


def record_stage(connection: "Connection") -> list[Built]:
    """Records what stands in each stage table and in its view of current rows; returns those whose content changed.

    A source none of whose deliveries changed is not even counted, so the cost follows what arrived.
    """
    changed = []
    _make_quarter_macro(connection)
    for source in all_sources():
        made_from = _deliveries_mark(connection, source)
        for table in source.tables:
            if stands_from(connection, f"current.{table.name}") == made_from:
                continue
            quarter = f"quarter_key_of({table.time})" if table.time else None
            with transaction(connection):
                for name in (f"stage.{table.name}", f"current.{table.name}"):
                    after = content_of(connection, name, quarter)
                    differs = record_anew(connection, name, after, made_from)
                    if differs:
                        changed.append(Built(name, differs))
                connection.execute("delete from meta.arrived where stage_table = ?", [table.name])
                arrived = [(table.name, source.name, key, content.n_rows) for key, content in after.items() if key]
                insert_rows(connection, "meta.arrived", arrived)
    return changed


def _deliveries_mark(connection: "Connection", source: Source) -> str:
    """A hash over which deliveries of a source stand in stage and how they were read."""
    rows = connection.execute(
        """select delivery_key, file_name, outcome, reading_fingerprint
           from meta.delivery where source_name = ? order by all""",
        [source.name],
    ).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def stands_from(connection: "Connection", name: str) -> str | None:
    """What a table was made from, as recorded; None when it never was."""
    row = connection.execute(
        "select made_from from meta.built where table_name = ? and quarter_key = ''", [name]
    ).fetchone()
    return str(row[0]) if row else None


def record_anew(
    connection: "Connection", name: str, after: dict[str, Content], made_from: str | dict[str, str]
) -> dict[str, Content]:
    """Writes the records of a table anew; returns the quarters whose content differs, gone ones as empty.

    `made_from` is that of the whole table, or one for each of its quarters.
    """
    before = dict(
        connection.execute("select quarter_key, content_hash from meta.built where table_name = ?", [name]).fetchall()
    )
    connection.execute("delete from meta.built where table_name = ?", [name])
    marks = made_from if isinstance(made_from, dict) else dict.fromkeys(after, made_from)
    insert_rows(
        connection,
        "meta.built",
        [(name, key, content.n_rows, content.content_hash, marks[key]) for key, content in after.items()],
    )
    differs = {key: content for key, content in after.items() if before.get(key) != content.content_hash}
    return differs | {key: Content(0, "0") for key in before.keys() - after.keys()}


def is_stale(connection: "Connection", plan: Plan) -> bool:
    """Whether any stage table, model or claim is made from something else than what stands now."""
    contents = Contents(connection)
    for source in all_sources():
        mark = _deliveries_mark(connection, source)
        if any(stands_from(connection, f"current.{table.name}") != mark for table in source.tables):
            return True
    if stands_from(connection, "meta.claim") != claims_mark(plan):
        return True
    return any(stands_from(connection, model.name) != made_from_now(model, contents) for model in plan.models)


def claims_mark(plan: Plan) -> str:
    """A hash over the text of every claim."""
    return hashlib.sha256("".join(f"{c.table}/{c.name}\n{c.text}" for c in plan.claims).encode()).hexdigest()


def _make_quarter_macro(connection: "Connection") -> None:
    connection.execute(
        """create or replace temp macro quarter_key_of(day) as
           year(day - interval 3 months) || '-' || right((year(day - interval 3 months) + 1)::varchar, 2)
           || '-Q' || quarter(day - interval 3 months)"""
    )
