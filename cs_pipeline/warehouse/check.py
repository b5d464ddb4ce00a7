"""Judges one file before it is sent: the reading that `cs run` would give, with nothing stored anywhere."""

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from cs_pipeline.declare.registry import all_sources, source_named
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.child import Limits, Reader
from cs_pipeline.intake.guess import guess_sources
from cs_pipeline.intake.read import Asked, read_delivery
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.receive import files_in, fingerprint
from cs_pipeline.intake.seal import Key
from cs_pipeline.warehouse.arrive import name_to_keep
from cs_pipeline.words.findings import Refused
from cs_pipeline.words.settings import Settings


def check_file(settings: Settings, path: Path, source_name: str | None = None) -> Reading:
    """The reading of one file. Without a source's name, that of the source whose folder it lies in or whose form it
    fits best.
    """
    with TemporaryDirectory(prefix="cs-check-") as folder, Reader(_limits(settings)) as reader:
        here = Path(folder)
        candidates = _candidates(reader, path, source_name)
        readings = [_judge(reader, settings, source, path, here) for source in candidates]
    return max(readings, key=_fit)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.read_memory_mb, settings.read_cpu_seconds, settings.read_wall_seconds)


def _candidates(reader: Reader, path: Path, source_name: str | None) -> list[Source]:
    if source_name:
        return [source_named(source_name)]
    folder = path.resolve().parent.name
    if in_its_folder := [source for source in all_sources() if source.name == folder]:
        return in_its_folder
    try:
        guessed = reader.call(guess_sources, path, path.name)
    except Refused:
        guessed = []
    return [source_named(name) for name in guessed] or list(all_sources())


def _fit(reading: Reading) -> tuple[int, int, int]:
    """How well a file fits a source: read at all, then refused for something other than its form, then by rows
    accepted.
    """
    rules = {finding.rule for finding in reading.findings}
    strange = rules & {"another form", "missing sheet", "no heading row", "no day"}
    return (not reading.is_refused, not strange, reading.n_accepted)


def _judge(reader: Reader, settings: Settings, source: Source, path: Path, folder: Path) -> Reading:
    reference = {name: _reference(reader, settings, source_named(name), folder) for name in source.reads}
    return _read(reader, source, path, reference, folder)


def _reference(reader: Reader, settings: Settings, source: Source, folder: Path) -> Path:
    """The newest reference file that is in the sources folder, as typed rows."""
    readings = [_read(reader, source, file, {}, folder) for file in files_in(settings.source_folder(source.arrives_in))]
    newest = max((r for r in readings if not r.is_refused), key=lambda r: str(r.as_at))
    return newest.rows[source.tables[0].name]


def _read(reader: Reader, source: Source, path: Path, reference: dict[str, Path], folder: Path) -> Reading:
    """With a key of the moment: the hashes of references are thrown away with the rest."""
    key = f"{source.name}-{fingerprint(path)[:12]}"
    name = name_to_keep(source, path.name)
    asked = Asked(folder, reference, Key(secrets.token_bytes(32)))
    try:
        return reader.call(read_delivery, source.name, path, name, key, asked)
    except Refused as refused:
        return Reading(source.name, source.title, name, findings=[refused.finding()])
