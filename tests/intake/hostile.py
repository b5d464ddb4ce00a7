"""Makers of files as suppliers should not send them, and functions that misbehave in the reading process."""

import os
import struct
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def saved(rows: list[list[Any]]) -> bytes:
    """An ordinary workbook with one sheet, "Mar"."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Mar"
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def parts_of(sheets: dict[str, str], workbook: str = "", after: str = "") -> dict[str, str]:
    """The parts of a minimal workbook; `sheets` is name -> inside of `<worksheet>`, or a whole document."""
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{workbook}'
        f"<sheets>{listed}</sheets>{after}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    for n, inside in enumerate(sheets.values(), 1):
        whole = inside if "worksheet" in inside else f'{HEAD}<worksheet xmlns="{MAIN}">{inside}</worksheet>'
        parts[f"xl/worksheets/sheet{n}.xml"] = whole
    return parts


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def one_sheet(inside: str, **more: str) -> bytes:
    return zipped(parts_of({"Mar": inside}, **more))


def ole(stream: str, content: bytes) -> bytes:
    """An OLE2 container with one stream: sector 0 is the FAT, 1 the directory, the rest content."""
    content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")  # Smaller streams would need a mini FAT.
    count = len(content) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        none = 0xFFFFFFFF
        head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, none, none, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream, 2, 0xFFFFFFFF, 2, len(content))
    return header + struct.pack("<128I", *fat) + directory.ljust(512, b"\0") + content


def old_excel() -> bytes:
    """The start of a BIFF8 workbook stream: BOF, code page, EOF."""
    records = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0x06)
    return ole("Workbook", records + struct.pack("<HHH", 0x0042, 2, 0x04B0) + struct.pack("<HH", 0x000A, 0))


def with_password() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    stream = BytesIO()
    OOXMLFile(BytesIO(saved([["Ward"]]))).encrypt("secret", stream)
    return stream.getvalue()


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def flipped(content: bytes) -> bytes:
    """One byte wrong inside a compressed part, as a bad transfer leaves it."""
    at = content.index(b"xl/worksheets/sheet1.xml") + 60
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def without(name: str) -> bytes:
    parts = parts_of({"Mar": "<sheetData/>"})
    del parts[name]
    return zipped(parts)


def swollen() -> bytes:
    """A part of 11 MB that is 11 kB in the file."""
    return zipped(parts_of({"Mar": "<sheetData/>"}) | {"xl/media/image1.png": "0" * 11_000_000})


def declaring(size: int) -> bytes:
    """A part whose entry in the directory claims a size it has not."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts_of({"Mar": "<sheetData/>"}).items():
            package.writestr(name, content)
        package.writestr(ZipInfo("xl/media/image1.png"), os.urandom(100_000))
        package.infolist()[-1].file_size = size
    return stream.getvalue()


def with_entities() -> bytes:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    cell = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
    return one_sheet(f'<?xml version="1.0"?>{bomb}<worksheet xmlns="{MAIN}">{cell}</worksheet>')


def strict() -> bytes:
    purl = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    return zipped({name: text.replace(MAIN, purl) for name, text in parts_of({"Mar": "<sheetData/>"}).items()})


def eat_memory() -> int:
    return len([bytes(50_000_000) for _ in range(100)])


def spin() -> None:
    while True:
        pass


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def sleep() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(1)


def crash() -> None:
    os.abort()


def fail_with_a_value() -> None:
    raise ValueError("Jane Citizen, 1 High Street")


def print_and_return() -> int:
    os.write(1, b"noise for standard output")
    print("more noise", flush=True)
    return os.getpid()


def return_what_cannot_be_sent() -> Callable[[], int]:
    return lambda: 1


def write_names(path: Path) -> None:
    path.write_text(str(os.getpid()))
    time.sleep(60)


def modules() -> list[str]:
    return sorted(sys.modules)
