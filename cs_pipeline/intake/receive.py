"""From a folder of files to deliveries: regular files, known by their SHA-256, unchanged between two looks."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cs_pipeline.words.findings import Refused


@dataclass(frozen=True)
class Look:
    """What the file system says of a file: enough to know, without reading it again, that nothing was touched."""

    path: Path
    size: int
    modified_ns: int
    inode: int

    @property
    def mark(self) -> str:
        """One hash for the path and its state. The path itself may be a person's name, so it is not kept."""
        told = f"{self.path}\0{self.size}\0{self.modified_ns}\0{self.inode}"
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def look(path: Path) -> Look | None:
    """The state of a regular file; None for folders, links, devices and what has just gone."""
    try:
        seen = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(seen.st_mode):
        return None
    return Look(path, seen.st_size, seen.st_mtime_ns, seen.st_ino)


def files_in(folder: Path) -> list[Path]:
    """The files that were delivered to a folder, by name. Hidden files, Office's lock files and notes are none."""
    if not folder.is_dir():
        return []
    names = sorted(entry.name for entry in os.scandir(folder) if not entry.is_dir(follow_symlinks=False))
    return [folder / name for name in names if not _is_no_delivery(name)]


def _is_no_delivery(name: str) -> bool:
    return name.startswith((".", "~$")) or name.upper() in ("README.MD", "SOURCE.TXT") or name.endswith(".part")


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_unchanged(before: Look) -> None:
    """Raises Refused when the file was written to since the first look; it is then taken at the next run."""
    if look(before.path) != before:
        raise Refused(
            "still being written",
            "changed while it was being read",
            "Nothing needs doing: it is taken at the next run, once it is whole.",
        )
