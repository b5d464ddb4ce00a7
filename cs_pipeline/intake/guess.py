"""Which source a file is meant for, by its headings: for `cs check`, before anyone has put it into a folder.

Runs in the reading process. A file in a source's own folder needs no guess.
"""

from pathlib import Path

from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import Source
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.door import spellings
from cs_pipeline.intake.flat import read_flat
from cs_pipeline.intake.headings import heading_row
from cs_pipeline.intake.identify import identify
from cs_pipeline.intake.table import Book


def guess_sources(path: Path, file_name: str) -> list[str]:
    """Names of the sources whose headings the file holds the largest share of; several where they share a shape.

    Empty where it holds none of any. Raises Refused for a file that cannot be read.
    """
    form = identify(path, file_name)
    book = read_flat(path) if form == "csv" else read_book(path)
    shares = {s.name: _share(book, s) for s in all_sources() if s.takes(form)}
    best = max(shares.values(), default=0)
    return [name for name, share in shares.items() if share == best > 0]


def _share(book: Book, source: Source) -> float:
    """The largest share of a table's headings that one sheet holds."""
    shares = [0.0]
    for table in source.tables:
        known = {spelling: name for spelling, name in spellings(table).items() if name}
        n_columns = len(set(known.values()))
        shares += [heading_row(sheet, known, table)[0] / n_columns for sheet in book.sheets if n_columns]
    return max(shares)
