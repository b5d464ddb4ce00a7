"""Puts decided corrections into a delivery's text before it is judged; the file itself stays as it was sent.

A correction whose old value no longer stands there is not applied, and its row is not trusted: it goes to quarantine
with the cell named. What a correction is, is declared in `declare/decisions.py`.
"""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.declare.columns import DOUBTED, Column, plain
from cs_pipeline.declare.decisions import Correction
from cs_pipeline.intake.layout import Laid, TextTable
from cs_pipeline.intake.reading import Corrected, Reading
from cs_pipeline.words.findings import Dimension, Finding, Severity

BEFORE_TEXTS = 3  # sheet, row number and letter stand before the texts of a row


def correct(laid: Laid, corrections: Sequence[Correction], reading: Reading) -> list[Finding]:
    """Applies each correction to the laid tables and records its cell; returns a warning for one that finds no cell."""
    findings = []
    for correction in corrections:
        places = [place for text in laid.tables for place in _places(text, correction)]
        if len(places) != 1:
            findings.append(_found_nothing(correction, len(places)))
            continue
        text, number, column, at = places[0]
        row = list(text.rows[number])
        stands = row[at]
        is_as_expected = _means_the_same(column, stands, correction.old)
        row[at] = correction.new if is_as_expected else DOUBTED
        text.rows[number] = tuple(row)
        if is_as_expected:
            sheet, cell = str(row[0]), f"{_letter(text, column, row)}{row[1]}"
            decided = (correction.because, correction.by, correction.on)
            reading.corrected.append(Corrected(text.table.name, sheet, cell, column.name, *decided))
    return findings


def _places(text: TextTable, correction: Correction) -> Iterator[tuple[TextTable, int, Column, int]]:
    """The table, row, column and place in the row of each cell that a correction means."""
    columns = text.table.read_columns
    for number, row in enumerate(text.rows):
        if correction.cell is not None and not _is_on_row(row, correction):
            continue
        for at, column in enumerate(columns, BEFORE_TEXTS):
            letter = _letter(text, column, row)
            if correction.cell is not None:
                is_meant = letter is not None and f"{letter}{row[1]}" == correction.cell.upper()
            else:
                is_meant = column.name == correction.column and _has_key(row, columns, correction.key)
            if is_meant:
                yield text, number, column, at


def _is_on_row(row: Sequence[object], correction: Correction) -> bool:
    is_sheet = correction.sheet is None or plain(str(row[0])) == plain(correction.sheet)
    return is_sheet and str(row[1]) == re.sub(r"\D", "", correction.cell or "")


def _letter(text: TextTable, column: Column, row: Sequence[object]) -> str | None:
    """The letter over a column's cell; None for one that stands once for a whole sheet."""
    if text.table.cells and column is text.table.cells.figure:
        return str(row[2])
    return text.letters.get((str(row[0]), column.name))


def _has_key(row: Sequence[object], columns: Sequence[Column], key: dict[str, str]) -> bool:
    at = {column.name: (column, place) for place, column in enumerate(columns, BEFORE_TEXTS)}
    return all(name in at and _means_the_same(at[name][0], row[at[name][1]], told) for name, told in key.items())


def _means_the_same(column: Column, stands: object, told: str | None) -> bool:
    """Whether two texts are read as one value, so that 01/04/2019 is 2019-04-01; blank is blank."""
    if stands is None or told is None:
        return stands is None and told is None
    read = column.read(str(stands))
    return plain(str(stands)) == plain(told) if read is None else read == column.read(told)


def _found_nothing(correction: Correction, n_places: int) -> Finding:
    many = f"{n_places} cells are" if n_places else "no cell of a table is"
    what = f"{many} what a declared correction points at, and it was not applied"
    cells = (correction.cell.upper(),) if correction.cell else ()
    remedy = "Mend or remove the entry in corrections.yml."
    return Finding("correction", what, remedy, Severity.WARNED, Dimension.CONSISTENCY, None, cells)
