"""Files that are no delivery: each is refused with its own sentence, and nothing is raised or kept."""

from collections.abc import Callable
from pathlib import Path

import hostile
import makers
import pytest
from makers import street, tab

CHECK = "Check that the file opens in Excel, and send it again."
SAVE_AS_XLSX = 'Open it in Excel, save it as "Excel Workbook (.xlsx)" and send that.'
CSV = f"{makers.STREET_HEADER}\n{street()}\n".encode()
WEB_PAGE = b"<html><body><table><tr><td>Incident No</td></tr></table></body></html>"
FAR_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAR = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{FAR_CELL}</sheetData>'


def workbook() -> bytes:
    return hostile.saved(tab([makers.log("NP-20190401-0001", "01/04/2019")]))


ASB_FILES: list[tuple[str, str, Callable[[], bytes], str]] = [
    (
        "password",
        "q1.xlsx",
        hostile.with_password,
        " — is protected with a password. "
        "Remove the password in Excel (File, Info, Protect Workbook) and send it again.",
    ),
    (
        "truncated",
        "q1.xlsx",
        lambda: hostile.cut(workbook()),
        f" — is damaged or only part of a workbook, as after a transfer that broke off. {CHECK}",
    ),
    (
        "truncated",
        "q1.xlsx",
        lambda: hostile.flipped(workbook()),
        f" — is damaged or only part of a workbook, as after a transfer that broke off. {CHECK}",
    ),
    ("empty", "q1.xlsx", lambda: b"", f" — is empty (0 bytes). {CHECK}"),
    (
        "renamed",
        "q1.xlsx",
        lambda: CSV,
        f" — is named .xlsx but holds plain text, as a CSV file does. {SAVE_AS_XLSX}",
    ),
    (
        "html_as_xls",
        "q1.xls",
        lambda: WEB_PAGE,
        f" — is a web page or XML export named .xls, not a spreadsheet. {SAVE_AS_XLSX}",
    ),
    (
        "html_as_xls",
        "q1.xlsx",
        lambda: WEB_PAGE,
        f" — is a web page or XML export named .xlsx, not a spreadsheet. {SAVE_AS_XLSX}",
    ),
    (
        "far_cell",
        "q1.xlsx",
        lambda: hostile.one_sheet(FAR),
        ', sheet "Mar", cell XFD1048576 — something stands far outside a table, beyond row 200,000 or column GR. '
        "Delete it, or send a table as large as this as CSV.",
    ),
    ("old_excel", "q1.xls", hostile.old_excel, f" — is in the old Excel format (.xls). {SAVE_AS_XLSX}"),
    (
        "bomb",
        "q1.xlsx",
        hostile.swollen,
        " — unpacks to far more than a return can hold. "
        "Copy the table into a new workbook, or export it as CSV, and send that.",
    ),
    (
        "entities",
        "q1.xlsx",
        hostile.with_entities,
        " — holds XML declarations that no spreadsheet program writes. "
        "Copy the table into a new workbook and send that.",
    ),
    (
        "another form",
        "q1.csv",
        lambda: CSV,
        " — is not a workbook (.xlsx), which this return is. Send it as a workbook (.xlsx), as before.",
    ),
    (
        "no day",
        "q1.xlsx",
        lambda: hostile.one_sheet("<sheetData/>"),
        " — the day it speaks for does not stand in its title rows. "
        'Write it there once, as in "Data extracted on 14/07/2019".',
    ),
]

MONTH = "2024-02-nottinghamshire-street"
STREET_FILES: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("empty", f"{MONTH}.csv", lambda: b"", f" — is empty (0 bytes). {CHECK}"),
    (
        "renamed",
        f"{MONTH}.csv",
        workbook,
        " — is named .csv but holds an Excel workbook. Name it .xlsx and send it again.",
    ),
    (
        "another form",
        f"{MONTH}.xlsx",
        workbook,
        " — is not a CSV file, which this return is. Send it as a CSV file, as before.",
    ),
    (
        "html_as_xls",
        f"{MONTH}.csv",
        lambda: WEB_PAGE,
        f" — is a web page or XML export named .csv, not a spreadsheet. {SAVE_AS_XLSX}",
    ),
    (
        "binary",
        f"{MONTH}.csv",
        lambda: CSV + b"\0",
        " — is named .csv but holds bytes that are no text. Export it again as CSV UTF-8 and send that.",
    ),
    (
        "utf16",
        f"{MONTH}.csv",
        lambda: CSV.decode().encode("utf-16"),
        ' — is "Unicode Text" (UTF-16), not a CSV file. Save it in Excel as "CSV UTF-8" and send that.',
    ),
]


@pytest.mark.parametrize(("rule", "name", "content", "sentence"), ASB_FILES)
def test_a_file_that_is_no_workbook_of_incidents_is_refused(
    rule: str, name: str, content: Callable[[], bytes], sentence: str, tmp_path: Path
) -> None:
    refuses("police_asb", "Police ASB", rule, name, content(), sentence, tmp_path)


@pytest.mark.parametrize(("rule", "name", "content", "sentence"), STREET_FILES)
def test_a_file_that_is_no_street_file_is_refused(
    rule: str, name: str, content: Callable[[], bytes], sentence: str, tmp_path: Path
) -> None:
    refuses("police_street", "Police street data", rule, name, content(), sentence, tmp_path)


def refuses(source: str, title: str, rule: str, name: str, content: bytes, sentence: str, folder: Path) -> None:
    (folder / name).write_bytes(content)
    reading = makers.read(source, folder / name, folder)
    assert reading.sentences() == [f'{title}, file "{name}"{sentence}']
    assert [finding.rule for finding in reading.findings] == [rule]
    assert (reading.is_refused, reading.counts, reading.quarantined, reading.rows) == (True, [], [], {})
    assert not list(folder.glob("delivery*"))
