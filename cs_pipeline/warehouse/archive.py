"""Keeps the bytes of every delivery by their hash, for its owner's eyes only, so that any state can be rebuilt from
them.
"""

import os
import shutil
from pathlib import Path

from cs_pipeline.intake.receive import fingerprint
from cs_pipeline.words.findings import Refused


def archived(archive: Path, sha256: str) -> Path:
    """Where the bytes with this hash are kept."""
    return archive / sha256[:2] / sha256


def keep(archive: Path, path: Path, sha256: str) -> Path:
    """Copies a file into the archive, whole or not at all. Raises Refused when its bytes are no longer those of the
    hash.
    """
    kept = archived(archive, sha256)
    if kept.exists() and fingerprint(kept) == sha256:
        return kept
    for folder in (archive, kept.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    with path.open("rb") as source, part.open("wb") as copy:
        part.chmod(0o600)
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    if fingerprint(part) != sha256:
        part.unlink()
        raise Refused(
            "still being written",
            "changed while it was being read",
            "Nothing needs doing: it is taken at the next run, once it is whole.",
        )
    part.replace(kept)
    return kept
