"""What cannot be rebuilt: which deliveries were seen and when, and what was published.

Everything else in the warehouse follows from the ledger, the archive, the decisions and the declarations. Times live
here and nowhere else, so that state tables do not depend on when a thing was recorded.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cs_pipeline.warehouse.connect import open_database
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

TABLES = """
create table if not exists delivery (
    source_name varchar, sha256 varchar, n_bytes bigint, is_kept boolean, first_seen_at timestamptz,
    primary key (source_name, sha256));
create table if not exists sighting (
    source_name varchar, sha256 varchar, file_name varchar, seen_at timestamptz,
    primary key (source_name, sha256, file_name));
create table if not exists looked (mark varchar primary key, source_name varchar, sha256 varchar);
create table if not exists publication (
    publication_id varchar primary key, fingerprint varchar, published_at timestamptz);
"""


@dataclass(frozen=True)
class Delivery:
    """A delivery that was taken in: its source, hash, and the first of its names in the alphabet (names may be
    several).
    """

    source: str
    sha256: str
    file_name: str

    @property
    def key(self) -> str:
        return f"{self.source}-{self.sha256[:12]}"


@contextmanager
def open_ledger(settings: Settings) -> Iterator["Connection"]:
    """The ledger, for writing, with its tables made. Keep it open briefly."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    with open_database(settings.ledger) as connection:
        connection.execute(TABLES)
        yield connection


def now() -> datetime:
    return datetime.now(UTC)


def known_looks(ledger: "Connection") -> dict[str, tuple[str, str]]:
    """Mark of a file as it was seen -> (source, hash), so that an untouched file is not read again."""
    return {mark: (source, sha) for mark, source, sha in ledger.execute("from looked").fetchall()}


def record_delivery(ledger: "Connection", delivery: Delivery, n_bytes: int, *, is_kept: bool = True) -> None:
    """Records a delivery and the name it came under. Doing it twice changes nothing."""
    ledger.execute(
        "insert or ignore into delivery values (?, ?, ?, ?, ?)",
        [delivery.source, delivery.sha256, n_bytes, is_kept, now()],
    )
    if is_kept:
        ledger.execute(
            "insert or ignore into sighting values (?, ?, ?, ?)",
            [delivery.source, delivery.sha256, delivery.file_name, now()],
        )


def record_looks(ledger: "Connection", looks: Iterable[tuple[str, str, str]]) -> None:
    """Records (mark, source, hash) of files that need not be read again while they are untouched."""
    rows = list(looks)
    if rows:
        ledger.executemany("insert or replace into looked values (?, ?, ?)", rows)


def deliveries(ledger: "Connection") -> list[Delivery]:
    """Every delivery whose bytes are kept, in an order that does not depend on when they came."""
    rows = ledger.execute(
        """select source_name, sha256, min(file_name) from delivery join sighting using (source_name, sha256)
           where is_kept group by all order by all"""
    ).fetchall()
    return [Delivery(*row) for row in rows]
