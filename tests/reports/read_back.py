"""Reads a pack back from each of its forms, by other means than those that wrote it: what each cell shows, in order."""

import csv
import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.table import Table as WordTable
from docx.table import _Cell
from lxml import html
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.reports.pack import SHAPES, Pack, Table

Rows = list[list[str]]


def tables_in(pack: Pack) -> list[Table]:
    """The tables as they stand in a form: of each section its own, then those of its charts; none without rows."""
    found: list[Table] = []
    for section in pack.sections:
        found += [*section.tables, *(chart.data for chart in section.charts)]
    return [table for table in found if table.rows]


def say(pack: Pack) -> list[Rows]:
    """What every form must show of each table."""
    return [[[cell.shown for cell in row] for row in table.rows] for table in tables_in(pack)]


# ---------------------------------------------------------------- the workbook


def read_xlsx(path: Path, pack: Pack) -> list[Rows]:
    with path.open("rb") as file:
        book = load_workbook(file)
    titles = [chart.title for section in pack.sections for chart in section.charts]
    found = []
    for table in tables_in(pack):
        title = table.title.removesuffix(": data") if table.title.removesuffix(": data") in titles else table.title
        _, *rows = table_of(sheet_titled(book, title))
        found.append([[shown_by_excel(cell) for cell in row[: len(table.columns)]] for row in rows])
    return found


def shown_by_excel(cell: Any) -> str:
    """What Excel shows, worked out from the value and its number format by a second way than the writer's."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    pattern = cell.number_format.split(";")[-1 if cell.value < 0 else 0]
    number = abs(cell.value) if ";" in cell.number_format else cell.value
    said = ""
    for quoted, _, digits in re.findall(r'"([^"]*)"|(_.)|([#,0.]+)', pattern):
        places = len(digits.partition(".")[2])
        said += quoted + (f"{number:{',' if ',' in digits else ''}.{places}f}" if digits else "")
    return said


def table_of(sheet: Worksheet) -> list[list[Any]]:
    """The cells of the sheet's only table, headings first."""
    (table,) = sheet.tables.values()
    return [list(row) for row in sheet[table.ref]]


def sheet_titled(book: Workbook, title: str) -> Worksheet:
    (sheet,) = [sheet for sheet in book if sheet["A1"].value == title]
    return sheet


# ---------------------------------------------------------------- the page


def read_html(path: Path) -> list[Rows]:
    return tables_of_page(html.document_fromstring(path.read_text("utf-8")))


def heard(element: html.HtmlElement) -> str:
    """What is read of an element: its text, without what is hidden from those who hear the page."""
    parts = [element.text or ""]
    for child in element:
        is_heard = isinstance(child.tag, str) and child.get("aria-hidden") != "true"
        parts += [heard(child) if is_heard else "", child.tail or ""]
    return " ".join("".join(parts).split())


def tables_of_page(document: html.HtmlElement) -> list[list[list[str]]]:
    """The rows of every table of the page, as they are read."""
    return [
        [[heard(cell) for cell in row.xpath("th|td")] for row in each.xpath("tbody/tr")]
        for each in document.iter("table")
    ]


# ---------------------------------------------------------------- the document


def read_docx(path: Path) -> list[Rows]:
    """Without headings, and a status without its shape; a history reads back from the words of its picture."""
    return [[[_without_shape(cell) for cell in row] for row in rows_of(table)[1:]] for table in _word_tables(path)]


def _word_tables(path: Path) -> list[WordTable]:
    return list(Document(str(path)).tables)


def rows_of(table: WordTable) -> Rows:
    return [[cell_of(cell) for cell in row.cells] for row in table.rows]


def cell_of(cell: _Cell) -> str:
    return "".join([cell.text, *cell._tc.xpath(".//wp:docPr/@descr")])


def _without_shape(text: str) -> str:
    known = {f"{shape} {word}": word for word, shape in SHAPES.items()}
    return known.get(text, text)


# ---------------------------------------------------------------- flat files


def read_csv(folder: Path, pack: Pack) -> list[Rows]:
    """Numbers come back plain, with their marks behind them: what they are compared with is `say_csv`."""
    found = []
    for table in tables_in(pack):
        with (folder / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        names = [column.name for column in table.columns]
        found.append([[f"{row[name]} {row.get(f'{name}_marks', '')}".strip() for name in names] for row in rows])
    return found


def say_csv(pack: Pack) -> list[Rows]:
    """The same with plain numbers, and an apostrophe before what a spreadsheet would reckon."""
    return [[[_flat(cell) for cell in row] for row in table.rows] for table in tables_in(pack)]


def _flat(cell: Any) -> str:
    said = f"{cell.number:g}" if cell.number is not None and abs(cell.number) < 1e6 else cell.text
    safe = f"'{said}" if cell.number is None and said[:1] in ("=", "+", "-", "@") else said
    return " ".join(part for part in (safe, *cell.marks) if part)
