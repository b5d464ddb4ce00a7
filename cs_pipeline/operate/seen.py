"""Whether any file has moved since the last run: the answer that lets `cs run` end at a glance. Opens no database."""

import hashlib
import json
from typing import Any

from cs_pipeline.words.settings import Settings


def signature(settings: Settings) -> str:
    """A hash over the name, size and time of every file that a run reads: while it stands, nothing has moved."""
    digest = hashlib.sha256(f"{settings.first_quarter} {settings.last_quarter}".encode())
    folders = [settings.sources, settings.sql, settings.package, settings.indicators]
    folders += [settings.source_folder(source) for source in ("reference/areas", "reference/wards")]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                seen = path.lstat()
                digest.update(
                    f"{path}\0{seen.st_size}\0{seen.st_mtime_ns}\0{seen.st_ino}\n".encode("utf-8", "surrogateescape")
                )
    for path in (settings.ledger, settings.build, settings.publication):
        digest.update(f"{path.resolve()} {path.exists()}\n".encode())
    return digest.hexdigest()


def remember(settings: Settings, exit_code: int) -> None:
    """Notes what the folders looked like after a run, so that the next can see at a glance that nothing moved."""
    note = settings.warehouse / ".last_look.json"
    note.write_text(json.dumps({"signature": signature(settings), "exit_code": exit_code}))


def remembered_code(settings: Settings) -> int:
    """The exit code of the last run on this warehouse; 0 before the first."""
    return int(_read(settings).get("exit_code", 0))


def nothing_moved(settings: Settings) -> int | None:
    """The last run's exit code when no file has moved since, else None. Opens no database."""
    seen = _read(settings)
    return int(seen["exit_code"]) if seen.get("signature") == signature(settings) else None


def _read(settings: Settings) -> dict[str, Any]:
    try:
        return dict(json.loads((settings.warehouse / ".last_look.json").read_text()))
    except (OSError, ValueError):
        return {}
