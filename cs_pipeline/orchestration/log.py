"""How Dagster's record of a run is written: without waiting for the disk at every event.

Dagster opens its SQLite files anew for each event (1.13.27), and the last to close one waits until all of it is on the
disk. It also makes an engine for each, which compiles every statement again. A first run has well over a thousand
events, so that took longer than the run.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from dagster._core.storage.event_log.sqlite import sqlite_event_log
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

_HELD: dict[str, sqlite3.Connection] = {}


@contextmanager
def written_at_ease() -> Iterator[None]:
    """Until the end each file is held open and synchronised now and then, and has one engine: a power cut can cost the
    last events, but not the file.
    """
    if event.contains(Engine, "connect", _hold):
        yield
        return
    event.listen(Engine, "connect", _hold)
    vars(sqlite_event_log)["create_engine"] = _one_engine_a_file()  # the name by which it makes each
    try:
        yield
    finally:
        vars(sqlite_event_log)["create_engine"] = create_engine
        event.remove(Engine, "connect", _hold)
        while _HELD:
            _HELD.popitem()[1].close()


def _one_engine_a_file() -> Callable[..., Engine]:
    engines = cache(lambda url: create_engine(url, poolclass=NullPool))

    def engine_of(url: str, **_: Any) -> Engine:
        return engines(url)

    return engine_of


def _hold(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("pragma synchronous = normal")
    path = connection.execute("pragma database_list").fetchall()[0][2]
    if path:
        held = _HELD.get(path) or sqlite3.connect(path, check_same_thread=False)
        held.execute("pragma schema_version").fetchall()  # who has read a file holds it as it now is written
        _HELD[path] = held
