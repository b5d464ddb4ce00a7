"""A pack as tidy CSV for other tools: a file for each table and each chart, and one for what is said in words."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cs_pipeline.reports.pack import Cell, Pack, Table

WORDS = "sentences"


def write_csv(pack: Pack, folder: Path) -> list[Path]:
    """Writes `<table>.csv` and `sentences.csv` into the folder and removes any other CSV file from it.

    UTF-8 with a byte order mark and CRLF, as Excel opens it. Numbers are plain (1200, 84.6); their marks stand in a
    column of their own, `<name>_marks`, where a column has any.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = [*pack.tables, *(chart.data for chart in pack.charts)]
    content = {f"{table.name}.csv": _lines(table) for table in tables} | {f"{WORDS}.csv": _words(pack)}
    for old in set(folder.glob("*.csv")) - {folder / name for name in content}:
        old.unlink()
    for name, lines in content.items():
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines)
    return [folder / name for name in content]


def _lines(table: Table) -> Iterator[list[str]]:
    """The headings, then the rows; a column with marks is followed by one for them."""
    is_marked = [any(row[place].marks for row in table.rows) for place in range(len(table.columns))]
    yield [
        name
        for column, has_marks in zip(table.columns, is_marked, strict=True)
        for name in ([column.name, f"{column.name}_marks"] if has_marks else [column.name])
    ]
    for row in table.rows:
        yield list(_values(row, is_marked))


def _values(row: Sequence[Cell], is_marked: Sequence[bool]) -> Iterator[str]:
    for cell, has_marks in zip(row, is_marked, strict=True):
        yield _plain(cell.text) if cell.number is None else f"{cell.number:.10g}"
        if has_marks:
            yield " ".join(cell.marks)


def _words(pack: Pack) -> Iterator[Iterable[str]]:
    """What is said in words, section by section; first what the cover says, last what the marks mean."""
    said = [(pack.title, text) for text in (pack.subtitle, pack.notice, pack.cut_on)]
    for section in pack.sections:
        texts = (*section.sentences, *section.listed, *(chart.title for chart in section.charts))
        said += [(section.title, text) for text in texts]
    said += [("Marks", f"{mark} {meaning}") for mark, meaning in pack.marks.items()]
    yield "section", "text"
    for title, text in said:
        yield _plain(title), _plain(text)


def _plain(text: str) -> str:
    """Text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
