"""The quick way in for large plain CSV files: DuckDB reads them straight into the relation that is judged.

Plain means one record a line and no quotation marks; anything else is left to the reference reader, `flat.py`. A test
holds the two equal.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.declare.source import Source
from cs_pipeline.intake.layout import TextTable, lay_out
from cs_pipeline.intake.table import BLANKS, Book, Sheet
from cs_pipeline.words.findings import Refused, column_letter

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

BULK_BYTES = 200_000
LONGEST_LINE = 1_000_000


def read_bulk(connection: "Connection", source: Source, path: Path, file_name: str) -> TextTable | None:
    """Fills `text` from a plain CSV; None, with nothing filled, where anything about it needs the reference reader."""
    import duckdb

    if path.stat().st_size < BULK_BYTES or not _is_simple(source) or source.counts_only:
        return None
    raw = path.read_bytes()
    if not _is_plain(raw):
        return None
    headings = raw.split(b"\n", 1)[0].decode("utf-8-sig").rstrip("\r").split(",")
    text = _lay_headings(source, headings, file_name)
    if text is None:
        return None
    try:
        records = _fill(connection, text, headings, path, has_blanks=_has_blanks(raw))
    except duckdb.Error:
        return None
    text.in_database = records == _count_lines(raw) - 1 > 0
    return text if text.in_database else None


def _is_simple(source: Source) -> bool:
    table = source.tables[0]
    is_one_table = len(source.tables) == 1 and not table.cells and source.as_at.place == "file name"
    return is_one_table and all(column.place == "heading" for column in table.columns)


def _is_plain(raw: bytes) -> bool:
    """UTF-8 without quotation marks or blank lines, its lines all ended alike, its delimiter beyond doubt."""
    if any(mark in raw for mark in (b'"', b"_x00", b"\0", b"\n\n", b"\n\r\n")):
        return False
    returns = raw.count(b"\r")
    if returns and not returns == raw.count(b"\r\n") == raw.count(b"\n"):
        return False
    head = raw.split(b"\n", 1)[0]
    if b";" in head or b"\t" in head:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_blanks(raw: bytes) -> bool:
    """Whether any cell may have white space around it, which the reference reader takes off."""
    near = (b", ", b" ,", b" \n", b" \r", b"\n ", b"\t", b"\v", b"\f")
    return not raw.isascii() or raw.endswith(b" ") or any(mark in raw for mark in near)


def _count_lines(raw: bytes) -> int:
    return raw.count(b"\n") + (not raw.endswith(b"\n"))


def _lay_headings(source: Source, headings: list[str], file_name: str) -> TextTable | None:
    """The letters of the columns, where the first line is the heading row and nothing about it needs a warning."""
    row: list[str | None] = [heading.strip() or None for heading in headings]
    try:
        laid = lay_out(Book([Sheet("", [(1, row), (2, row)])]), source, file_name)
    except Refused:
        return None
    (text,) = laid.tables
    text.rows.clear()
    return None if laid.findings or not all(row) else text


def _fill(connection: "Connection", text: TextTable, headings: list[str], path: Path, *, has_blanks: bool) -> int:
    """How many records the file has, 0 where all are blank. A blank row keeps its number and is then left out."""
    names = [f"c{place}" for place in range(len(headings))]
    cleaned = {name: f"nullif(trim({name}, $blanks), '')" if has_blanks else name for name in names}
    by_letter = {column_letter(place + 1): cleaned[name] for place, name in enumerate(names)}
    named = ", ".join(
        f"{by_letter.get(text.letters.get(('', column.name), ''), 'cast(null as varchar)')} as {column.name}"
        for column in text.table.read_columns
    )
    whole = f"concat_ws(' ', {', '.join(cleaned.values())})" if text.table.asks_whole_row else "cast(null as varchar)"
    connection.execute(
        f"""create or replace table text as
            select '' as sheet_name, cast(row_number() over () + 1 as integer) as row_number,
                cast(null as varchar) as cell_letter, {named}, {whole} as row_text,
                coalesce({", ".join(cleaned.values())}) is null as is_blank
            from read_csv($path, header = true, auto_detect = false, columns = {dict.fromkeys(names, "varchar")},
                delim = ',', quote = '', escape = '', max_line_size = {LONGEST_LINE}, strict_mode = true,
                null_padding = false)""",
        {"path": path.as_posix()} | ({"blanks": BLANKS} if has_blanks else {}),
    )
    records, blank = connection.execute("select count(*), count(*) filter (where is_blank) from text").fetchall()[0]
    if blank:
        connection.execute("delete from text where is_blank")
    return int(records) if records > blank else 0
