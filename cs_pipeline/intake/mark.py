"""The copy that goes back to a supplier: the findings on a first sheet, and their own workbook with the cells marked.

Of a return about people only the declared columns are left in the copy, without references; of a sensitive one there is
the list alone. Where copies are put is `warehouse/returned.py`. Runs in the reading process.
"""

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_pipeline.declare.columns import plain
from cs_pipeline.declare.registry import source_named
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.headings import heading_row
from cs_pipeline.intake.identify import identify
from cs_pipeline.intake.seal import Key, close_plain, open_plain
from cs_pipeline.intake.table import Sheet, as_text
from cs_pipeline.words.findings import Finding, column_letter
from cs_pipeline.words.harmless import is_harmless

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LIST_SHEET = "Findings"
HEADINGS = ("No.", "What it costs", "Sheet", "Cells", "What is wrong", "What to do")
WIDTHS = (6, 16, 18, 26, 70, 60)
COSTS = {"refused": "The whole file", "quarantined": "The rows", "warned": "Nothing; please check"}
AUTHOR = "cs_pipeline"
MOST_MARKED = 2_000


def write_copy(
    source_name: str, path: Path, file_name: str, findings: list[Finding], to: Path, key: Key | None, *, only_list: bool
) -> None:
    """Writes the workbook that goes back, to be read by its owner only. Raises what openpyxl does for a broken file."""
    from openpyxl import Workbook

    source = source_named(source_name)
    workbook = Workbook() if only_list else _own_workbook(source, path, file_name, key)
    names = [sheet.title for sheet in workbook.worksheets]
    if only_list:
        workbook.remove(workbook.worksheets[0])
    else:
        for number, finding in enumerate(findings, 1):
            _mark(workbook, names, number, finding)
    _list(workbook, source, findings)
    workbook.save(to)
    to.chmod(0o600)


def may_return_workbook(source: Source, file_name: str) -> bool:
    """Whether the supplier's own workbook may be copied: never a sensitive one, and a CSV has no cells to mark."""
    return (
        source.sensitivity != "person_sensitive"
        and source.has_sheets
        and file_name.lower().endswith((".xlsx", ".xlsm"))
    )


def _own_workbook(source: Source, path: Path, file_name: str, key: Key | None) -> "Workbook":
    from openpyxl import load_workbook

    plain_path = open_plain(path, key)
    try:
        identify(plain_path, file_name)
        with plain_path.open("rb") as file:
            workbook = load_workbook(file, keep_links=False)
    finally:
        close_plain(path, plain_path)
    for place, sheet in enumerate(workbook.worksheets, 1):
        if not is_harmless(sheet.title, source.vocabulary):
            sheet.title = f"sheet {place}"
    if not source.may_quote:
        _take_people_out(workbook, source)
    return workbook


def _take_people_out(workbook: "Workbook", source: Source) -> None:
    """Leaves the declared columns and harmless titles, and nothing else that a workbook can hold."""
    from openpyxl.packaging.core import DocumentProperties

    workbook.properties = DocumentProperties(creator=AUTHOR)
    workbook.defined_names.clear()
    for sheet in list(workbook.worksheets):
        table = next((t for t in source.tables if _is_of(sheet, t)), None)
        for cell in chain.from_iterable(sheet.iter_rows()):
            if type(cell).__name__ != "MergedCell":  # Only the first cell of a merged range can hold anything.
                cell.comment = cell.hyperlink = None
        if table is None:
            for row in sheet.iter_rows():
                _blank(row)
            continue
        _leave_declared(sheet, table, source.vocabulary)


def _is_of(sheet: "Worksheet", table: Table) -> bool:
    return any(re.fullmatch(layout.sheets, sheet.title.strip(), re.IGNORECASE) for layout in table.layouts)


def _leave_declared(sheet: "Worksheet", table: Table, known: frozenset[str]) -> None:
    kept = {plain(h): c.name for c in table.columns if not c.is_hashed for h in c.headings}
    kept |= {plain(h): name for layout in table.layouts for name, hs in layout.renamed.items() for h in hs}
    for column in table.columns:
        if column.is_hashed:
            kept = {heading: name for heading, name in kept.items() if name != column.name}
    rows = list(sheet.iter_rows())
    texts = Sheet(sheet.title, [(at, [as_text(cell.value) for cell in row]) for at, row in enumerate(rows, 1)])
    found, place = heading_row(texts, kept, table)
    at = texts.rows[place][0] if found else 0
    for number, row in enumerate(rows, 1):
        if number < at:
            _blank(cell for cell in row if not is_harmless(str(cell.value or ""), known))
            continue
        _blank(cell for cell, heading in zip(row, rows[at - 1], strict=True) if _plain(heading) not in kept)


def _plain(cell: Any) -> str:
    return plain(str(cell.value or ""))


def _blank(cells: Iterable[Any]) -> None:
    for cell in cells:
        if type(cell).__name__ != "MergedCell":
            cell.value = None


def _mark(workbook: "Workbook", names: list[str], number: int, finding: Finding) -> None:
    """Colours each cell of a finding and puts its sentence into a comment, so that colour alone says nothing."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    sheet = workbook[finding.sheet] if finding.sheet in names else workbook[names[0]] if not finding.sheet else None
    if sheet is None:
        return
    cells = list(chain.from_iterable(_addresses(cell) for cell in finding.cells))[:MOST_MARKED]
    for address in cells:
        cell = sheet[address]
        if type(cell).__name__ == "MergedCell":
            continue
        cell.fill = PatternFill("solid", fgColor="FFFFE699")
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(f"{before}Finding {number}: {finding.what}. {finding.remedy}", AUTHOR, 120, 360)


def _addresses(cells: str) -> list[str]:
    """`C9` as it is; of whole rows `6:8` the first cell of each, of columns `B:C` their heads, of a range its start."""
    first, _, last = cells.partition(":")
    if first.isdigit():
        return [f"A{row}" for row in range(int(first), int(last or first) + 1)]
    return [f"{first}1"] if first.isalpha() else [first]


def _list(workbook: "Workbook", source: Source, findings: list[Finding]) -> None:
    from openpyxl.styles import Alignment, Font

    while LIST_SHEET in workbook.sheetnames:
        workbook[LIST_SHEET].title = f"{LIST_SHEET} of the supplier"
    sheet = workbook.create_sheet(LIST_SHEET, 0)
    workbook.active = 0
    rows: list[tuple[object, ...]] = [
        (f"{source.title}: what was found in this file",),
        ("Correct the cells below in your own file and send it again; this copy is for reading.",),
        (),
        HEADINGS,
    ]
    for number, finding in enumerate(findings, 1):
        cells = ", ".join(finding.cells)
        said = (COSTS[finding.severity], finding.sheet or "", cells, f"{finding.what}.", finding.remedy)
        rows.append((number, *said))
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # A sentence that quotes a formula is still a sentence.
            cell.alignment = Alignment(wrap_text=number > 3, vertical="top")
            cell.font = Font(bold=number in (1, 4))
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[column_letter(place)].width = width
    sheet.freeze_panes = "A5"
