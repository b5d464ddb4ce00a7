"""What the key does: references become keyed hashes, and the bytes of returns about people are kept sealed.

The key is a file outside the project and the warehouse; `warehouse/keyfile.py` finds it. Without it neither the hashes
nor the sealed bytes tell anything.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from cs_pipeline.words.findings import Refused

MAGIC = b"CS-SEALED-1\n"
NONCE_BYTES = 12
HASH_DIGITS = 32


@dataclass(frozen=True)
class Key:
    """32 secret bytes. `key_id` tells one key from another and gives nothing of it away."""

    secret: bytes = field(repr=False)

    @property
    def key_id(self) -> str:
        return self._derive("id").hex()[:8]

    def hash_reference(self, source: str, reference: str) -> str:
        """HMAC-SHA-256 of a reference, its first 32 hexadecimal digits; the same reference differs between sources."""
        return hmac.digest(self._derive("references"), f"{source}\0{reference}".encode(), "sha256").hex()[:HASH_DIGITS]

    def seal(self, raw: bytes) -> bytes:
        """The bytes encrypted and proved whole (AES-256-GCM)."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE_BYTES)
        return MAGIC + nonce + AESGCM(self._derive("archive")).encrypt(nonce, raw, MAGIC)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises Refused where the bytes were sealed with another key or are damaged."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, body = sealed[len(MAGIC) : len(MAGIC) + NONCE_BYTES], sealed[len(MAGIC) + NONCE_BYTES :]
        try:
            return AESGCM(self._derive("archive")).decrypt(nonce, body, MAGIC)
        except InvalidTag:
            what = "is kept sealed with another key, or is damaged in the archive"
            raise Refused("sealed", what, "Put the right key file back and run again.") from None

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self.secret, f"cs_pipeline {purpose}".encode(), hashlib.sha256)


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def open_plain(path: Path, key: Key | None) -> Path:
    """A path under which the plain bytes can be read: its own, or of a copy in memory where it is sealed.

    The copy lives as long as this process and has no name on any disk.
    """
    if not is_sealed(path):
        return path
    if key is None:
        raise Refused("sealed", "is kept sealed, and the key is not here", "Put the key file back and run again.")
    handle = os.memfd_create("delivery")
    with os.fdopen(os.dup(handle), "wb") as file:
        file.write(key.unseal(path.read_bytes()))
    return Path(f"/proc/self/fd/{handle}")


def close_plain(path: Path, plain: Path) -> None:
    """Lets a copy in memory go."""
    if plain != path:
        os.close(int(plain.name))
