"""Takes deliveries into the build: what is new in the folders, and what must be read again from the archive.

A delivery is read again when its source's declaration, the code that reads, or the reference data it looks up has
changed; so a refused file is judged anew the night after an alias was added, and a deleted build comes back whole.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.decisions import Withdrawal
from cs_pipeline.declare.registry import all_sources, declaration_fingerprint
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.child import Limits, Reader
from cs_pipeline.intake.read import read_delivery
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.receive import Look, check_unchanged, files_in, fingerprint, look
from cs_pipeline.warehouse import archive
from cs_pipeline.warehouse.ledger import Delivery, deliveries, known_looks, record_delivery, record_looks
from cs_pipeline.warehouse.load import RowsLost, forget, load
from cs_pipeline.warehouse.refresh import apply_withdrawals
from cs_pipeline.warehouse.stale import content_of
from cs_pipeline.warehouse.tables import quote
from cs_pipeline.words.findings import Refused
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class Arrival:
    """A file in a source's folder that is not on record: where it is, its state, its hash."""

    source: Source
    seen: Look
    sha256: str

    @property
    def delivery(self) -> Delivery:
        # A name that is not UTF-8 is kept as far as it can be read: DuckDB takes no other text.
        name = self.seen.path.name.encode("utf-8", "replace").decode()
        return Delivery(self.source.name, self.sha256, name)


@dataclass(frozen=True)
class Taken:
    """A delivery that was read in this run. `is_new` tells a new file from one read again from the archive."""

    delivery: Delivery
    reading: Reading
    is_new: bool


def find_strays(settings: Settings) -> list[str]:
    """A sentence for whatever lies under the sources folder and belongs to no source, so that nothing waits unseen."""
    known = {source.arrives_in.split("/")[0] for source in all_sources()} | {"decisions"}
    sentences = []
    for path in sorted(settings.sources.iterdir()) if settings.sources.is_dir() else []:
        if path.is_dir() and path.name not in known and (files := files_in(path)):
            what = f"Folder {path.name} under {settings.sources} belongs to no source, and its {len(files)} files wait"
            sentences.append(f"{what}. Rename it to one of: {', '.join(sorted(known - {'decisions'}))}.")
    return sentences


def find_arrivals(settings: Settings, ledger: "Connection", notes: list[str] | None = None) -> list[Arrival]:
    """Files that hold bytes not yet on record for their source. Untouched files are not read, only looked at.

    A file that may not be read is passed over, with a sentence in `notes`.
    """
    looks = known_looks(ledger)
    known = {(d.source, d.sha256) for d in deliveries(ledger)}
    names = {(s, h, n) for s, h, n in ledger.execute("select source_name, sha256, file_name from sighting").fetchall()}
    arrivals: dict[tuple[str, str], Arrival] = {}
    same = []
    for source in all_sources():
        for path in files_in(settings.source_folder(source.arrives_in)):
            seen = look(path)
            if seen is None or looks.get(seen.mark, ("",))[0] == source.name:
                continue
            try:
                arrival = Arrival(source, seen, fingerprint(path))
            except OSError as trouble:
                if notes is not None:
                    what = f'{source.title}, file "{path.name}" — cannot be opened ({trouble.strerror})'
                    notes.append(f"{what}. Give this account the right to read it; it is taken at the next run.")
                continue
            if (source.name, arrival.sha256) in known:
                same.append(arrival)
            else:
                arrivals.setdefault((source.name, arrival.sha256), arrival)
    for arrival in same:
        if (arrival.source.name, arrival.sha256, arrival.seen.path.name) not in names:
            record_delivery(ledger, arrival.delivery, arrival.seen.size)
    record_looks(ledger, [(a.seen.mark, a.source.name, a.sha256) for a in same])
    return list(arrivals.values())


def take(
    settings: Settings,
    ledger: "Connection",
    build: "Connection",
    arrivals: list[Arrival],
    only: set[str] | None = None,
    withdrawals: Sequence[Withdrawal] = (),
) -> Iterator[Taken]:
    """Reads, archives and loads each arrival, then whatever stands in the archive and must be read again.

    Each delivery is whole in the build before the next is begun. A file that changes while it is read waits for the
    next run.
    """
    settings.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    for leftover in settings.scratch.iterdir():
        leftover.unlink()
    limits = Limits(settings.read_memory_mb, settings.read_cpu_seconds, settings.read_wall_seconds)
    with Reader(limits) as reader:
        for source in all_sources():
            if only is not None and source.name not in only:
                continue
            if source.reads:
                apply_withdrawals(build, withdrawals)  # what it looks up must be what holds, tonight's lists included
            reference = _export_reference(settings, build, source)
            mark = reading_fingerprint(settings, build, source)
            for arrival in (a for a in arrivals if a.source is source):
                taken = _take_new(settings, ledger, build, reader, arrival, reference, mark)
                if taken:
                    yield taken
            for delivery in to_read_again(ledger, build, source, mark):
                path = archive.archived(settings.archive, delivery.sha256)
                reading = _read(reader, settings, source, path, delivery, reference)
                yield Taken(delivery, _load(build, delivery, reading, mark), is_new=False)


def _take_new(
    settings: Settings,
    ledger: "Connection",
    build: "Connection",
    reader: Reader,
    arrival: Arrival,
    reference: dict[str, Path],
    mark: str,
) -> Taken | None:
    delivery = arrival.delivery
    reading = _read(reader, settings, arrival.source, arrival.seen.path, delivery, reference)
    try:
        check_unchanged(arrival.seen)
        archive.keep(settings.archive, arrival.seen.path, delivery.sha256)
    except (Refused, OSError):
        return None
    record_delivery(ledger, delivery, arrival.seen.size)
    reading = _load(build, delivery, reading, mark)
    record_looks(ledger, [(arrival.seen.mark, delivery.source, delivery.sha256)])
    return Taken(delivery, reading, is_new=True)


def _read(
    reader: Reader,
    settings: Settings,
    source: Source,
    path: Path,
    delivery: Delivery,
    reference: dict[str, Path],
) -> Reading:
    try:
        return reader.call(
            read_delivery, source.name, path, delivery.file_name, delivery.key, reference, settings.scratch
        )
    except Refused as refused:
        return Reading(source.name, source.title, delivery.file_name, findings=[refused.finding()])


def _load(build: "Connection", delivery: Delivery, reading: Reading, mark: str) -> Reading:
    """Loads a reading; one whose rows do not add up is loaded as refused: our fault, but it stops nothing else."""
    try:
        load(build, delivery, reading, mark)
    except RowsLost as lost:
        reading = Reading(reading.source, reading.title, reading.file_name, findings=[lost.finding()])
        load(build, delivery, reading, mark)
    return reading


def to_read_again(ledger: "Connection", build: "Connection", source: Source, mark: str) -> list[Delivery]:
    """Deliveries of a source on record that the present declaration, or their present name, has not been read by.

    A file that came under several names goes by the first in the alphabet, so that order of arrival has no say; a day
    may stand in the name, and findings name the file, so a new name is a new reading.
    """
    rows = build.execute(
        "select delivery_key, file_name from meta.delivery where source_name = ? and reading_fingerprint = ?",
        [source.name, mark],
    ).fetchall()
    present = set(rows)
    return [d for d in deliveries(ledger) if d.source == source.name and (d.key, d.file_name) not in present]


def reading_fingerprint(settings: Settings, build: "Connection", source: Source) -> str:
    """A hash over all that decides what a file of this source becomes: declaration, code, and what it looks up."""
    digest = hashlib.sha256(declaration_fingerprint(source, settings.package).encode())
    for name in source.reads:
        digest.update(content_of(build, f"current.{name}")[""].content_hash.encode())
    return digest.hexdigest()


def _export_reference(settings: Settings, build: "Connection", source: Source) -> dict[str, Path]:
    exported = {name: settings.scratch / f"reference.{name}.parquet" for name in source.reads}
    for name, path in exported.items():
        build.execute(f"copy (from current.{name}) to {quote(path.as_posix())} (format parquet)")
    return exported


def drop_strangers(ledger: "Connection", build: "Connection") -> None:
    """Takes out of the build what the ledger does not know, so that the build follows from the ledger alone."""
    known = {d.key for d in deliveries(ledger)}
    declared = {source.name for source in all_sources()}
    for key, source in build.execute("select delivery_key, source_name from meta.delivery").fetchall():
        if key not in known and source in declared:
            forget(build, source, key)
