"""Finds what lies in the folders and is not on record: new files, by their bytes, and files that belong to no source.

A name is kept only as far as it is made of words that we know: a file can be named after a person. Reading and loading
what arrived is `take.py`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_pipeline.declare.registry import all_sources, declaration_fingerprint
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.receive import Look, files_in, fingerprint, look
from cs_pipeline.warehouse.ledger import (
    Delivery,
    deliveries,
    known_looks,
    record_delivery,
    record_looks,
    turned_away,
)
from cs_pipeline.words.harmless import mask
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
        return Delivery(self.source.name, self.sha256, name_to_keep(self.source, self.seen.path.name))


def name_to_keep(source: Source, file_name: str) -> str:
    """A file's name with each word that may be a person's shown as `~`, as UTF-8, which is all that DuckDB takes."""
    return mask(file_name.encode("utf-8", "replace").decode(), source.vocabulary)


def find_strays(settings: Settings) -> list[str]:
    """A sentence for whatever lies under the sources folder and belongs to no source, so that nothing waits unseen."""
    known = {source.arrives_in.split("/")[0] for source in all_sources()} | {"decisions"}
    words = frozenset().union(*(source.vocabulary for source in all_sources()))
    sentences = []
    for path in sorted(settings.sources.iterdir()) if settings.sources.is_dir() else []:
        if path.is_dir() and path.name not in known and (files := files_in(path)):
            name = mask(path.name, words)
            what = f"Folder {name} under {settings.sources} belongs to no source, and its {len(files)} files wait"
            sentences.append(f"{what}. Rename it to one of: {', '.join(sorted(known - {'decisions'}))}.")
    return sentences


def find_arrivals(settings: Settings, ledger: "Connection", notes: list[str] | None = None) -> list[Arrival]:
    """Files that hold bytes not yet on record for their source. Untouched files are not read, only looked at.

    A file that may not be read is passed over, with a sentence in `notes`. One that was turned away is looked at again
    when its declaration, or the code that reads, has changed.
    """
    looks, away = known_looks(ledger), _turned_away_as_declared_now(settings, ledger)
    known = {(d.source, d.sha256) for d in deliveries(ledger)} | away
    arrivals: dict[tuple[str, str], Arrival] = {}
    same = []
    for source in all_sources():
        for path in files_in(settings.source_folder(source.arrives_in)):
            seen = look(path)
            known_by_look = looks.get(seen.mark) if seen else None
            if seen is None or (known_by_look in known and known_by_look[0] == source.name):
                continue
            try:
                arrival = Arrival(source, seen, fingerprint(path))
            except OSError as trouble:
                if notes is not None:
                    what = f'{source.title}, file "{name_to_keep(source, path.name)}" — cannot be opened'
                    todo = "Give this account the right to read it; it is taken at the next run."
                    notes.append(f"{what} ({trouble.strerror}). {todo}")
                continue
            if (source.name, arrival.sha256) in known:
                same.append(arrival)
            else:
                arrivals.setdefault((source.name, arrival.sha256), arrival)
    _record_same(ledger, [arrival for arrival in same if (arrival.source.name, arrival.sha256) not in away])
    record_looks(ledger, [(a.seen.mark, a.source.name, a.sha256) for a in same])
    return list(arrivals.values())


def _turned_away_as_declared_now(settings: Settings, ledger: "Connection") -> set[tuple[str, str]]:
    declared = {source.name: source for source in all_sources()}
    return {
        (away.source, away.sha256)
        for away in turned_away(ledger)
        if away.source in declared
        and away.declared_by == declaration_fingerprint(declared[away.source], settings.package)
    }


def _record_same(ledger: "Connection", same: list[Arrival]) -> None:
    """Records the further names of files whose bytes are known."""
    names = {(s, h, n) for s, h, n in ledger.execute("select source_name, sha256, file_name from sighting").fetchall()}
    for arrival in same:
        delivery = arrival.delivery
        if (delivery.source, delivery.sha256, delivery.file_name) not in names:
            record_delivery(ledger, delivery, arrival.seen.size)
