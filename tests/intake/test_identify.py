"""What a file is, proved by its bytes: each bad file with the exact sentences an officer gets."""

from collections.abc import Callable
from pathlib import Path

import hostile
import pytest

from cs_pipeline.intake.identify import identify
from cs_pipeline.words.findings import Refused

SAVE_AS_XLSX = 'Open it in Excel, save it as "Excel Workbook (.xlsx)" and send that.'
CHECK = "Check that the file opens in Excel, and send it again."
DAMAGED = f"is damaged or only part of a workbook, as after a transfer that broke off. {CHECK}"
NEW_COPY = "Copy the table into a new workbook"
BOMB = f"unpacks to far more than a return can hold. {NEW_COPY}, or export it as CSV, and send that."
ENTITIES = f"holds XML declarations that no spreadsheet program writes. {NEW_COPY} and send that."
GOOD = hostile.saved([["Ward", "Count"], ["Beeston North", 4]])

BAD_FILES: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("empty", "q1.xlsx", lambda: b"", f"is empty (0 bytes). {CHECK}"),
    ("empty", "q1.csv", lambda: b"", f"is empty (0 bytes). {CHECK}"),
    (
        "password",
        "q1.xlsx",
        hostile.with_password,
        "is protected with a password. Remove the password in Excel (File, Info, Protect Workbook) and send it again.",
    ),
    ("old_excel", "q1.xls", hostile.old_excel, f"is in the old Excel format (.xls). {SAVE_AS_XLSX}"),
    ("old_excel", "q1.xlsx", hostile.old_excel, f"is in the old Excel format (.xls). {SAVE_AS_XLSX}"),
    (
        "not_a_workbook",
        "q1.xls",
        lambda: hostile.cut(hostile.ole("Notes", b"text")),
        f"is an old Office file without a workbook that can be read. {SAVE_AS_XLSX}",
    ),
    (
        "html_as_xls",
        "q1.xls",
        lambda: b"\xef\xbb\xbf\r\n<html><table><tr><td>Ward</td></tr></table></html>",
        f"is a web page or XML export named .xls, not a spreadsheet. {SAVE_AS_XLSX}",
    ),
    (
        "html_as_xls",
        "q1.xlsx",
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        f"is a web page or XML export named .xlsx, not a spreadsheet. {SAVE_AS_XLSX}",
    ),
    (
        "renamed",
        "q1.xlsx",
        lambda: b"Ward,Count\r\nBeeston North,4\r\n",
        f"is named .xlsx but holds plain text, as a CSV file does. {SAVE_AS_XLSX}",
    ),
    (
        "renamed",
        "q1.csv",
        lambda: GOOD,
        "is named .csv but holds an Excel workbook. Name it .xlsx and send it again.",
    ),
    (
        "renamed",
        "q1.xls",
        lambda: GOOD,
        "is named .xls but holds an Excel workbook. Name it .xlsx and send it again.",
    ),
    (
        "renamed",
        "q1",
        lambda: b"Ward,Count\n",
        "has no ending in its name but holds plain text, as a CSV file does. Name it .csv and send it again.",
    ),
    ("truncated", "q1.xlsx", lambda: hostile.cut(GOOD), DAMAGED),
    ("truncated", "q1.xlsx", lambda: hostile.flipped(GOOD), DAMAGED),
    ("truncated", "q1.xlsx", lambda: hostile.without("xl/workbook.xml"), DAMAGED),
    ("truncated", "q1.xlsx", lambda: hostile.declaring(50_000), DAMAGED),
    ("bomb", "q1.xlsx", hostile.swollen, BOMB),
    ("bomb", "q1.xlsx", lambda: hostile.declaring(400_000_001), BOMB),
    (
        "not_a_workbook",
        "q1.xlsx",
        lambda: hostile.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
        "is a Word document, not a workbook. Send the figures as an Excel workbook (.xlsx).",
    ),
    (
        "not_a_workbook",
        "q1.xlsx",
        lambda: hostile.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        'is an OpenDocument file. Save it as "Excel Workbook (.xlsx)" and send that.',
    ),
    (
        "not_a_workbook",
        "q1.xlsb",
        lambda: hostile.zipped({"xl/workbook.bin": b"\x83\x01"}),
        f"is an Excel binary workbook (.xlsb). {SAVE_AS_XLSX}",
    ),
    (
        "not_a_workbook",
        "q1.xlsx",
        lambda: hostile.zipped({"q1.csv": "Ward,Count"}),
        "is a ZIP archive, not a workbook. Unpack it and send the workbook itself.",
    ),
    ("not_a_workbook", "q1.xlsx", lambda: b"\x01\x00\x02", f"is named .xlsx but holds no workbook. {CHECK}"),
    (
        "binary",
        "q1.csv",
        lambda: b"Ward,Count\n" + b"Beeston North,4\n" * 1000 + b"Stapleford\0,5\n",
        "is named .csv but holds bytes that are no text. Export it again as CSV UTF-8 and send that.",
    ),
    (
        "utf16",
        "q1.csv",
        lambda: "Ward\tCount\n".encode("utf-16"),
        'is "Unicode Text" (UTF-16), not a CSV file. Save it in Excel as "CSV UTF-8" and send that.',
    ),
    (
        "unknown_kind",
        "q1.pdf",
        lambda: b"%PDF-1.7\n",
        "is neither a workbook nor a CSV file. Send the figures as .xlsx or .csv.",
    ),
    (
        "entities",
        "q1.xlsx",
        hostile.with_entities,
        ENTITIES,
    ),
    (
        "entities",
        "q1.xlsx",
        lambda: hostile.zipped(
            hostile.parts_of({"Mar": ""}) | {"xl/a.bin": '<!DOCTYPE w [<!ENTITY a "a">]><w/>'.encode("utf-16")}
        ),
        ENTITIES,
    ),
    (
        "truncated",
        "q1.xlsx",
        lambda: hostile.zipped(hostile.parts_of({"Mar": ""}) | {"xl/styles.xml": "<w/>".encode("utf-16")}),
        DAMAGED,
    ),
    (
        "strict_workbook",
        "q1.xlsx",
        hostile.strict,
        f'is saved as "Strict Open XML", which cannot be read here. {SAVE_AS_XLSX}',
    ),
]


@pytest.mark.parametrize(("rule", "name", "content", "sentences"), BAD_FILES)
def test_a_bad_file_is_refused_in_its_own_words(
    rule: str, name: str, content: Callable[[], bytes], sentences: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(Refused) as refused:
        identify(path)
    assert refused.value.rule == rule
    assert refused.value.finding().sentence("Police ASB", name) == f'Police ASB, file "{name}" — {sentences}'


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("q1.xlsx", GOOD, "xlsx"),
        ("Q1.XLSX", GOOD, "xlsx"),
        (
            "q1.xlsm",
            hostile.zipped(hostile.parts_of({"Mar": "<sheetData/>"}) | {"xl/vbaProject.bin": "x"}),
            "xlsx",
        ),
        (
            "labelled.xlsx",
            hostile.zipped(hostile.parts_of({"Mar": ""}) | {"customXml/item1.xml": "\0<"}),
            "xlsx",
        ),
        (
            "logo.xlsx",
            hostile.zipped(hostile.parts_of({"Mar": ""}) | {"xl/media/image1.svg": "<!DOCTYPE svg><svg/>"}),
            "xlsx",
        ),
        ("q1.csv", b"Ward,Count\r\nBeeston North,4\r\n", "csv"),
        ("bom.csv", b"\xef\xbb\xbfWard;Count\n", "csv"),
        ("cp1252.csv", b"Cost \xa3\n5\n", "csv"),
        ("less.csv", b"<5,of cases\n", "csv"),
    ],
)
def test_a_good_file_is_what_its_bytes_are(name: str, content: bytes, form: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert identify(path) == form
