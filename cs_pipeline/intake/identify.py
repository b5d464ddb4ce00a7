"""From a file to what it is, `xlsx` or `csv`, proved by its bytes before any parser sees it.

The ending of the name is only compared afterwards. Its contents are read in `book.py` and `flat.py`.
"""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from cs_pipeline.words.findings import Refused

MOST_UNZIPPED = 400_000_000
MOST_RATIO = 200
LARGE_PART = 10_000_000

_FORMS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".csv": "csv"}
_NAMED = {"xlsx": "an Excel workbook", "csv": "plain text, as a CSV file does"}
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WEB_PAGE = re.compile(rb"\s*(<!doctype|<html|<head|<body|<table|<meta|<\?xml|<!--|mime-version:)", re.IGNORECASE)
_DOCUMENT_TYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y|E\0?N\0?T\0?I\0?T\0?Y)")
_NOT_PARSED = ("customXml/", "xl/media/")  # Other programs' labels and pictures; an SVG has a document type.
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS_XLSX = 'Open it in Excel, save it as "Excel Workbook (.xlsx)" and send that.'
_SEND_AGAIN = "Check that the file opens in Excel, and send it again."


def identify(path: Path, file_name: str | None = None) -> str:
    """`xlsx` (a workbook, with macros or without) or `csv`; all else raises Refused, in its own words.

    `file_name` is the name it arrived under, where it is now kept under another: the archive names it by its hash.
    """
    ending = Path(file_name or path.name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Refused("empty", "is empty (0 bytes)", _SEND_AGAIN)
    if head.startswith(_OLE):
        raise _old_container(path)
    if head.startswith(b"PK"):
        _prove_workbook(path)
        return _compare("xlsx", ending)
    if _WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(
            "html_as_xls",
            f"is a web page or XML export named {ending or 'without ending'}, not a spreadsheet",
            _SAVE_AS_XLSX,
        )
    if head.startswith(_UTF16):
        raise Refused(
            "utf16",
            'is "Unicode Text" (UTF-16), not a CSV file',
            'Save it in Excel as "CSV UTF-8" and send that.',
        )
    if head.startswith(b"%PDF") or has_nul(path):
        raise _no_text(ending)
    return _compare("csv", ending)


def has_nul(path: Path) -> bool:
    """Whether a NUL byte stands anywhere in the file: text of no encoding that is read here holds one."""
    with path.open("rb") as file:
        return any(b"\0" in block for block in iter(lambda: file.read(1 << 20), b""))


def _compare(form: str, ending: str) -> str:
    if _FORMS.get(ending) == form:
        return form
    named = f"is named {ending}" if ending else "has no ending in its name"
    remedy = _SAVE_AS_XLSX if form == "csv" and _FORMS.get(ending) == "xlsx" else f"Name it .{form} and send it again."
    raise Refused("renamed", f"{named} but holds {_NAMED[form]}", remedy)


def _no_text(ending: str) -> Refused:
    form = _FORMS.get(ending)
    if form == "csv":
        return Refused(
            "binary",
            "is named .csv but holds bytes that are no text",
            "Export it again as CSV UTF-8 and send that.",
        )
    if form == "xlsx":
        return Refused("not_a_workbook", f"is named {ending} but holds no workbook", _SEND_AGAIN)
    return Refused("unknown_kind", "is neither a workbook nor a CSV file", "Send the figures as .xlsx or .csv.")


def _old_container(path: Path) -> Refused:
    """The refusal for an OLE2 container: a password, Excel before 2007, or something else of that age."""
    import msoffcrypto

    with path.open("rb") as file:
        try:
            office = msoffcrypto.OfficeFile(file)
            is_encrypted, is_excel = office.is_encrypted(), office.format in {"ooxml", "xls97"}
        except Exception:  # noqa: BLE001 - olefile and msoffcrypto raise what they like on a broken container.
            is_encrypted = is_excel = False
    if is_encrypted:
        remedy = "Remove the password in Excel (File, Info, Protect Workbook) and send it again."
        return Refused("password", "is protected with a password", remedy)
    if is_excel:
        return Refused("old_excel", "is in the old Excel format (.xls)", _SAVE_AS_XLSX)
    return Refused("not_a_workbook", "is an old Office file without a workbook that can be read", _SAVE_AS_XLSX)


def _prove_workbook(path: Path) -> None:
    try:
        with ZipFile(path) as package:
            parts = package.infolist()
            _refuse_bomb(parts)
            _refuse_other_packages(package, parts)
            broken = package.testzip()
            if broken is None:
                refuse_odd_xml(package)
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, ValueError, OSError):
        broken = path.name
    if broken is not None:
        raise _truncated()


def _truncated() -> Refused:
    return Refused(
        "truncated", "is damaged or only part of a workbook, as after a transfer that broke off", _SEND_AGAIN
    )


def _refuse_bomb(parts: list[ZipInfo]) -> None:
    swollen = any(
        part.file_size > LARGE_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if swollen or sum(part.file_size for part in parts) > MOST_UNZIPPED:
        remedy = "Copy the table into a new workbook, or export it as CSV, and send that."
        raise Refused("bomb", "unpacks to far more than a return can hold", remedy)


def _refuse_other_packages(package: ZipFile, parts: list[ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password", "is a ZIP archive with a password", "Unpack it and send the workbook itself.")
    if "xl/workbook.bin" in names:
        raise Refused("not_a_workbook", "is an Excel binary workbook (.xlsb)", _SAVE_AS_XLSX)
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        raise Refused("not_a_workbook", "is an OpenDocument file", 'Save it as "Excel Workbook (.xlsx)" and send that.')
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        kind = "Word document" if "word/document.xml" in names else "PowerPoint presentation"
        raise Refused(
            "not_a_workbook", f"is a {kind}, not a workbook", "Send the figures as an Excel workbook (.xlsx)."
        )
    if not any(name.startswith("xl/") for name in names):
        raise Refused("not_a_workbook", "is a ZIP archive, not a workbook", "Unpack it and send the workbook itself.")
    if not any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        raise _truncated()


def refuse_odd_xml(package: ZipFile) -> None:
    """Refuses entities, UTF-16 and Strict Open XML, which openpyxl should not meet. `read_book` asks too.

    Entities need a document type, which can only stand before the first element: the head of a part will do.
    """
    for part in package.infolist():
        if part.filename.startswith(_NOT_PARSED):
            continue
        with package.open(part) as stream:
            head = stream.read(1 << 20)
        if _DOCUMENT_TYPE.search(head):
            remedy = "Copy the table into a new workbook and send that."
            raise Refused("entities", "holds XML declarations that no spreadsheet program writes", remedy)
        if part.filename.endswith((".xml", ".rels")) and (b"\0" in head or not re.search(rb"<[A-Za-z_]", head)):
            raise _truncated()
        if part.filename.startswith("xl/workbook") and b"purl.oclc.org/ooxml" in head:
            raise Refused("strict_workbook", 'is saved as "Strict Open XML", which cannot be read here', _SAVE_AS_XLSX)
