"""Finds the key in its file outside the project and the warehouse, or makes one where none was ever used.

What the key does is `intake/seal.py`. Its id is in the ledger, so that another key is never taken for it.
"""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.intake.seal import Key
from cs_pipeline.warehouse.ledger import record_key, recorded_key
from cs_pipeline.words.settings import PROJECT, Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

KEY_BYTES = 32
WAIT = "returns about people wait until it is there"


def find_key(settings: Settings, ledger: "Connection", *, may_make: bool) -> tuple[Key | None, str | None]:
    """The key, or None with the sentence that says why there is none; a new key comes with a sentence too."""
    path, known = settings.key_file, recorded_key(ledger)
    if any(path.resolve().is_relative_to(inside) for inside in (PROJECT, settings.warehouse)):
        return None, f"The key file {path} lies inside the project or the warehouse. Move it out and set CS_KEY_FILE."
    if not path.exists():
        if known is None and may_make:
            return _made(path, ledger)
        return None, f"The key file {path} is not there, and {WAIT}. Put it back, or set CS_KEY_FILE."
    if path.stat().st_mode & 0o077:
        return None, f"The key file {path} can be read by others, and {WAIT}. Run chmod 600 on it."
    key = _read(path)
    if key is None:
        return None, f"The key file {path} does not hold a key, and {WAIT}. Put the right file back."
    if known not in (None, key.key_id):
        return None, f"The key file {path} holds another key than {known}, and {WAIT}. Put the right file back."
    if known is None and may_make:
        record_key(ledger, key.key_id)
    return key, None


def throwaway_key() -> Key:
    """A key for a rehearsal that comes before the first key: nothing sealed with it outlives the rehearsal."""
    return Key(secrets.token_bytes(KEY_BYTES))


def _made(path: Path, ledger: "Connection") -> tuple[Key, str]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Key(secrets.token_bytes(KEY_BYTES))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key.secret.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    record_key(ledger, key.key_id)
    return key, f"A new key was made in {path}. Keep a copy in a safe place: the archive cannot be read without it."


def _read(path: Path) -> Key | None:
    try:
        secret = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        return None
    return Key(secret) if len(secret) == KEY_BYTES else None
