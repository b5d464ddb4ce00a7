"""Keeps the bytes of every delivery by their hash, so that any state can be rebuilt from them.

They are for their owner's eyes only, and those of returns about people are sealed as well: without the key, which lies
elsewhere, the archive tells nothing of anybody.
"""

import hashlib
import os
from pathlib import Path

from cs_pipeline.intake.seal import Key, is_sealed
from cs_pipeline.words.findings import Refused


def archived(archive: Path, sha256: str) -> Path:
    """Where the bytes with this hash are kept."""
    return archive / sha256[:2] / sha256


def keep(archive: Path, path: Path, sha256: str, key: Key | None) -> Path:
    """Copies a file into the archive, whole or not at all; with a `key`, sealed.

    Raises Refused when its bytes are no longer those of the hash.
    """
    kept = archived(archive, sha256)
    if kept.exists() and hash_of(kept, key) == sha256:
        return kept
    for folder in (archive, kept.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise Refused(
            "still being written",
            "changed while it was being read",
            "Nothing needs doing: it is taken at the next run, once it is whole.",
        )
    _write(kept, key.seal(raw) if key else raw)
    return kept


def seal(kept: Path, key: Key) -> None:
    """Seals what was kept plain by an older version."""
    if kept.exists() and not is_sealed(kept):
        _write(kept, key.seal(kept.read_bytes()))


def hash_of(kept: Path, key: Key | None) -> str | None:
    """SHA-256 of the plain bytes of something kept; None where they can no longer be read."""
    raw = kept.read_bytes()
    try:
        return hashlib.sha256(key.unseal(raw) if key and is_sealed(kept) else raw).hexdigest()
    except Refused:
        return None


def _write(kept: Path, raw: bytes) -> None:
    part = kept.with_suffix(".part")
    with part.open("wb") as copy:
        part.chmod(0o600)
        copy.write(raw)
        copy.flush()
        os.fsync(copy.fileno())
    part.replace(kept)
