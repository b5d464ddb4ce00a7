"""How Dagster's record of a run is written: without waiting for the disk at every event.

Dagster opens its SQLite files anew for each event (1.13.27), and the last to close one waits until all of it is on the
disk. A first run has more than a thousand events, so that took longer than the run.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

_HELD: dict[str, sqlite3.Connection] = {}


@contextmanager
def written_at_ease() -> Iterator[None]:
    """Until the end each file is held open and synchronised now and then: a power cut can cost the last events, but
    not the file.
    """
    if event.contains(Engine, "connect", _hold):
        yield
        return
    event.listen(Engine, "connect", _hold)
    try:
        yield
    finally:
        event.remove(Engine, "connect", _hold)
        while _HELD:
            _HELD.popitem()[1].close()


def _hold(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("pragma synchronous = normal")
    path = connection.execute("pragma database_list").fetchall()[0][2]
    if path:
        held = _HELD.get(path) or sqlite3.connect(path, check_same_thread=False)
        held.execute("pragma schema_version").fetchall()  # who has read a file holds it as it now is written
        _HELD[path] = held
