"""Takes deliveries into the build: what is new in the folders, and what must be read again from the archive.

A delivery is read again when its source's declaration, the code that reads, the reference data it looks up or a
correction of it has changed; so a refused file is judged anew the night after an alias was added, and a deleted build
comes back whole. A return about people waits while the key is not there.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.decisions import Correction, Decisions
from cs_pipeline.declare.registry import all_sources, declaration_fingerprint
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.child import Limits, Reader
from cs_pipeline.intake.read import Asked, read_delivery
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.receive import check_unchanged
from cs_pipeline.intake.seal import Key
from cs_pipeline.warehouse import archive
from cs_pipeline.warehouse.arrive import Arrival
from cs_pipeline.warehouse.ledger import (
    Delivery,
    TurnedAway,
    deliveries,
    record_delivery,
    record_looks,
    record_turned_away,
    turned_away,
)
from cs_pipeline.warehouse.load import RowsLost, forget, load
from cs_pipeline.warehouse.refresh import apply_withdrawals
from cs_pipeline.warehouse.returned import give_back
from cs_pipeline.warehouse.stale import content_of
from cs_pipeline.warehouse.tables import quote
from cs_pipeline.words.findings import Dimension, Finding, Refused, Severity
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


MANY = 20  # deliveries that are worth a second reading process, which takes a second to start


@dataclass(frozen=True)
class Taken:
    """A delivery that was read in this run. `is_new` tells a new file from one read again from the archive."""

    delivery: Delivery
    reading: Reading
    is_new: bool


@dataclass(frozen=True)
class Desk:
    """What taking deliveries needs: where things are, both databases, the decisions, and the key where it is there."""

    settings: Settings
    ledger: "Connection"
    build: "Connection"
    decisions: Decisions = field(default_factory=Decisions)
    key: Key | None = None


def take(desk: Desk, arrivals: list[Arrival], only: set[str] | None = None) -> Iterator[Taken]:
    """Reads, archives and loads each arrival, then whatever stands in the archive and must be read again.

    Each delivery is whole in the build before the next is loaded. A file that changes while it is read waits for the
    next run.
    """
    settings = desk.settings
    settings.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    for leftover in settings.scratch.iterdir():
        leftover.unlink()
    limits = Limits(settings.read_memory_mb, settings.read_cpu_seconds, settings.read_wall_seconds)
    _recall_turned_away(desk)
    with Reader(limits) as one, Reader(limits) as other:
        for source in all_sources():
            if (only is not None and source.name not in only) or (source.needs_key and desk.key is None):
                continue
            if source.reads:  # what it looks up must be what holds, tonight's lists included
                apply_withdrawals(desk.build, desk.decisions.withdrawals)
            counter = Counter(desk, one, source)
            ours = [arrival for arrival in arrivals if arrival.source is source]
            yield from counter.take_all(ours, [one, other] if len(arrivals) >= MANY else [one])
            for delivery in to_read_again(desk, source, counter.mark):
                yield counter.take_again(delivery)


class Counter:
    """Reads and loads the deliveries of one source, with what it looks up at hand."""

    def __init__(self, desk: Desk, reader: Reader, source: Source) -> None:
        self.desk, self.reader, self.source = desk, reader, source
        self.reference = _export_reference(desk.settings, desk.build, source)
        self.mark = reading_fingerprint(desk.settings, desk.build, source)

    def take_all(self, arrivals: list[Arrival], readers: list[Reader]) -> Iterator[Taken]:
        """Takes new deliveries in their order; while one is loaded, each reader has one of those after it."""
        for reader, arrival in zip(readers[1:], arrivals[1:], strict=False):
            self._read_ahead(reader, [arrival])
        for place, arrival in enumerate(arrivals):
            self.reader = readers[place % len(readers)]
            following = place + len(readers)
            if taken := self._take_new(arrival, arrivals[following : following + 1]):
                yield taken

    def _take_new(self, arrival: Arrival, following: list[Arrival]) -> Taken | None:
        ledger, delivery = self.desk.ledger, arrival.delivery
        reading = self._read(arrival.seen.path, delivery)
        self._read_ahead(self.reader, following)
        try:
            check_unchanged(arrival.seen)
            if reading.may_be_kept:
                archive.keep(self.desk.settings.archive, arrival.seen.path, delivery.sha256, self._sealed_with)
        except (Refused, OSError):
            return None
        if not reading.may_be_kept:
            delivery = Delivery(delivery.source, delivery.sha256, "")
            record_turned_away(ledger, self._turned_away(delivery, reading))
        record_delivery(ledger, delivery, arrival.seen.size, is_kept=reading.may_be_kept)
        reading = self._load(delivery, reading, arrival.seen.path)
        record_looks(ledger, [(arrival.seen.mark, delivery.source, delivery.sha256)])
        return Taken(delivery, reading, is_new=True)

    def take_again(self, delivery: Delivery) -> Taken:
        path = archive.archived(self.desk.settings.archive, delivery.sha256)
        if self._sealed_with:
            archive.seal(path, self._sealed_with)
        reading = self._read(path, delivery)
        return Taken(delivery, self._load(delivery, reading, path), is_new=False)

    @property
    def _sealed_with(self) -> Key | None:
        return self.desk.key if self.source.needs_key else None

    def _read(self, path: Path, delivery: Delivery) -> Reading:
        try:
            return self.reader.call(read_delivery, *self._request(path, delivery))
        except Refused as refused:
            reading = Reading(self.source.name, self.source.title, delivery.file_name, findings=[refused.finding()])
            reading.may_be_kept = not self.source.counts_only
            return reading

    def _read_ahead(self, reader: Reader, arrivals: list[Arrival]) -> None:
        for arrival in arrivals:
            reader.begin(read_delivery, *self._request(arrival.seen.path, arrival.delivery))

    def _request(self, path: Path, delivery: Delivery) -> tuple[str, Path, str, str, Asked]:
        corrections = tuple(corrections_of(delivery, self.desk.decisions.corrections))
        asked = Asked(self.desk.settings.scratch, self.reference, self._sealed_with, corrections)
        return self.source.name, path, delivery.file_name, delivery.key, asked

    def _load(self, delivery: Delivery, reading: Reading, path: Path) -> Reading:
        """Loads a reading; one whose rows do not add up is loaded as refused: our fault, but it stops nothing else."""
        decided = self.desk.decisions.corrections
        mark = delivery_mark(self.mark, delivery, decided) if reading.may_be_kept else ""
        try:
            load(self.desk.build, delivery, reading, mark)
        except RowsLost as lost:
            reading = Reading(reading.source, reading.title, reading.file_name, findings=[lost.finding()])
            load(self.desk.build, delivery, reading, mark)
        give_back(self.desk.settings, self.reader, delivery, reading, path, self._sealed_with)
        return reading

    def _turned_away(self, delivery: Delivery, reading: Reading) -> TurnedAway:
        finding = reading.findings[0]
        declared_by = declaration_fingerprint(self.source, self.desk.settings.package)
        said = (finding.rule, finding.what, finding.remedy)
        return TurnedAway(delivery.source, delivery.sha256, reading.as_at, reading.n_turned_away, *said, declared_by)


def _recall_turned_away(desk: Desk) -> None:
    """Puts what the ledger knows of files that were turned away into a build that does not know of them."""
    present = {key for (key,) in desk.build.execute("select delivery_key from meta.delivery").fetchall()}
    sources = {source.name: source for source in all_sources()}
    for away in turned_away(desk.ledger):
        delivery = Delivery(away.source, away.sha256, "")
        if delivery.key in present or away.source not in sources:
            continue
        finding = Finding(away.rule, away.what, away.remedy, Severity.REFUSED, Dimension.VALIDITY)
        reading = Reading(
            away.source,
            sources[away.source].title,
            "",
            as_at=away.as_at,
            findings=[finding],
            may_be_kept=False,
            n_turned_away=away.n_rows,
        )
        load(desk.build, delivery, reading, "")


def to_read_again(desk: Desk, source: Source, mark: str) -> list[Delivery]:
    """Deliveries of a source on record that the present declaration, corrections or name has not been read by.

    A file that came under several names goes by the first in the alphabet, so that order of arrival has no say; a day
    may stand in the name, and findings name the file, so a new name is a new reading.
    """
    present = set(
        desk.build.execute(
            "select delivery_key, file_name, reading_fingerprint from meta.delivery where source_name = ?",
            [source.name],
        ).fetchall()
    )
    corrections = desk.decisions.corrections
    return [
        delivery
        for delivery in deliveries(desk.ledger)
        if delivery.source == source.name
        and (delivery.key, delivery.file_name, delivery_mark(mark, delivery, corrections)) not in present
    ]


def reading_fingerprint(settings: Settings, build: "Connection", source: Source) -> str:
    """A hash over all that decides what a file of this source becomes: declaration, code, and what it looks up."""
    digest = hashlib.sha256(declaration_fingerprint(source, settings.package).encode())
    for name in source.reads:
        digest.update(content_of(build, f"current.{name}")[""].content_hash.encode())
    return digest.hexdigest()


def delivery_mark(mark: str, delivery: Delivery, corrections: tuple[Correction, ...]) -> str:
    """The reading fingerprint of one delivery: that of its source, and the corrections decided for it."""
    decided = corrections_of(delivery, corrections)
    return hashlib.sha256(f"{mark}{decided!r}".encode()).hexdigest() if decided else mark


def corrections_of(delivery: Delivery, corrections: tuple[Correction, ...]) -> list[Correction]:
    return [c for c in corrections if c.source == delivery.source and delivery.sha256.startswith(c.sha256)]


def _export_reference(settings: Settings, build: "Connection", source: Source) -> dict[str, Path]:
    exported = {name: settings.scratch / f"reference.{name}.parquet" for name in source.reads}
    for name, path in exported.items():
        build.execute(f"copy (from current.{name}) to {quote(path.as_posix())} (format parquet)")
    return exported


def drop_strangers(ledger: "Connection", build: "Connection") -> None:
    """Takes out of the build what the ledger does not know, so that the build follows from the ledger alone."""
    known = {d.key for d in deliveries(ledger)} | {Delivery(a.source, a.sha256, "").key for a in turned_away(ledger)}
    declared = {source.name for source in all_sources()}
    for key, source in build.execute("select delivery_key, source_name from meta.delivery").fetchall():
        if key not in known and source in declared:
            forget(build, source, key)
