"""What cannot be rebuilt: which deliveries were seen and when, what was published, and what each figure was known as.

Everything else in the warehouse follows from the ledger, the archive, the decisions and the declarations. Times live
here and nowhere else, so that state tables do not depend on when a thing was recorded.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from cs_pipeline.warehouse.connect import open_database
from cs_pipeline.words.settings import Settings, read_clock

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

TABLES = """
create table if not exists delivery (
    source_name varchar, sha256 varchar, n_bytes bigint, is_kept boolean, first_seen_at timestamptz,
    primary key (source_name, sha256));
create table if not exists sighting (
    source_name varchar, sha256 varchar, file_name varchar, seen_at timestamptz,
    primary key (source_name, sha256, file_name));
create table if not exists turned_away (
    source_name varchar, sha256 varchar, as_at date, n_rows bigint, rule varchar, what varchar, remedy varchar,
    declared_by varchar, primary key (source_name, sha256));
create table if not exists key (key_id varchar primary key, first_used_at timestamptz);
create table if not exists looked (mark varchar primary key, source_name varchar, sha256 varchar);
create table if not exists publication (
    publication_id varchar primary key, fingerprint varchar, published_at timestamptz);
create table if not exists figure_history (
    indicator_code varchar, period_kind varchar, period_key varchar, version_number integer, value double,
    numerator bigint, denominator bigint, missing_reason varchar, since_quarter_key varchar,
    figure_fingerprint varchar, known_at timestamp,
    primary key (indicator_code, period_kind, period_key, version_number));
create table if not exists conflict_history (
    conflict_key varchar, version_number integer, is_there boolean, conflict_kind varchar, edition_code varchar,
    indicator_code varchar, subject varchar, period_key varchar, first_by varchar, first_said varchar,
    second_by varchar, second_said varchar, ask varchar, disagrees varchar, known_at timestamp,
    primary key (conflict_key, version_number));
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


@dataclass(frozen=True)
class TurnedAway:
    """All that is kept of a delivery that did not pass the door: its hash, its day where it said one, how many rows it
    had, and the sentence that says why, which names no heading, sheet or value.
    """

    source: str
    sha256: str
    as_at: date | None
    n_rows: int | None
    rule: str
    what: str
    remedy: str
    declared_by: str


@contextmanager
def open_ledger(settings: Settings) -> Iterator["Connection"]:
    """The ledger, for writing, with its tables made. Keep it open briefly."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    with open_database(settings.ledger) as connection:
        connection.execute(TABLES)
        yield connection


def now() -> datetime:
    """This moment, in universal time; the one that `CS_NOW` says where it is set, so that a history can be replayed."""
    return read_clock() or datetime.now(UTC)


def known_looks(ledger: "Connection") -> dict[str, tuple[str, str]]:
    """Mark of a file as it was seen -> (source, hash), so that an untouched file is not read again."""
    return {mark: (source, sha) for mark, source, sha in ledger.execute("from looked").fetchall()}


def record_delivery(ledger: "Connection", delivery: Delivery, n_bytes: int, *, is_kept: bool = True) -> None:
    """Records a delivery and the name it came under, or no name where nothing of it is kept. Doing it twice changes
    nothing.
    """
    ledger.execute(
        """insert into delivery values (?, ?, ?, ?, ?)
           on conflict (source_name, sha256) do update set is_kept = excluded.is_kept""",
        [delivery.source, delivery.sha256, n_bytes, is_kept, now()],
    )
    if is_kept:
        ledger.execute(
            "delete from turned_away where source_name = ? and sha256 = ?", [delivery.source, delivery.sha256]
        )
        ledger.execute(
            "insert or ignore into sighting values (?, ?, ?, ?)",
            [delivery.source, delivery.sha256, delivery.file_name, now()],
        )


def record_turned_away(ledger: "Connection", away: TurnedAway) -> None:
    ledger.execute("insert or replace into turned_away values (?, ?, ?, ?, ?, ?, ?, ?)", list(astuple(away)))


def turned_away(ledger: "Connection") -> list[TurnedAway]:
    """Every delivery that did not pass the door, in an order that does not depend on when they came."""
    return [TurnedAway(*row) for row in ledger.execute("from turned_away order by source_name, sha256").fetchall()]


def recorded_key(ledger: "Connection") -> str | None:
    """The id of the key that the archive is sealed with; None before the first."""
    row = ledger.execute("select key_id from key order by first_used_at limit 1").fetchone()
    return str(row[0]) if row else None


def record_key(ledger: "Connection", key_id: str) -> None:
    ledger.execute("insert or ignore into key values (?, ?)", [key_id, now()])


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
