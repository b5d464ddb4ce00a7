"""Looks through every byte of a file for numbers: members of archives, texts in other encodings, data in addresses."""

import base64
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

EMBEDDED = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")


def parts_of(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and all that is packed in it, however deep, each as it stands and unpacked."""
    yield name, raw
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            yield f"{name}: comment", archive.comment
            for member in archive.infolist():
                yield f"{name}: extra of {member.filename}", member.extra + member.comment
                yield from parts_of(f"{name}: {member.filename}", archive.read(member))
    for place, found in enumerate(EMBEDDED.findall(raw)):
        yield from parts_of(f"{name}: data {place}", base64.b64decode(found))


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from parts_of(path.relative_to(folder).as_posix(), path.read_bytes())


def ways_to_write(number: float) -> set[str]:
    """`7310001`, `7,310,001`, and with entities or spaces between the thousands."""
    plain = f"{number:.0f}"
    grouped = f"{number:,.0f}"
    return {plain, *(grouped.replace(",", between) for between in (",", " ", "\u00a0", "\u2009", "&#44;", "."))}


def find_numbers(folder: Path, numbers: Iterable[float]) -> list[tuple[str, str]]:
    """Where one of some unmistakable numbers stands: file and part, and how it is written there."""
    wanted = {way for number in numbers for way in ways_to_write(number)}
    pattern = {code: _pattern(wanted, code) for code in ("utf-8", "utf-16-le", "utf-16-be")}
    return [
        (name, found.group().decode(code))
        for name, raw in files_of(folder)
        for code in pattern
        for found in pattern[code].finditer(raw)
    ]


def _pattern(wanted: set[str], code: str) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(way.encode(code)) for way in sorted(wanted)))
