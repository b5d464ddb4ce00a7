"""One cell of a committed return of Licensing changed, and the two printed figures that follow."""

from io import BytesIO

from openpyxl import load_workbook

from cs_pipeline.words.settings import PROJECT

NAME = "Licensing return 2021-22 Q4.xlsx"
FOLLOWING = {("ComS_068", "2021-22"), ("ComS_093d", "2021-22")}


def changed() -> tuple[str, bytes]:
    """One more pro-active visit to a scrap metal site in April 2021, which is other premises visited too."""
    book = load_workbook(PROJECT / "sources" / "licensing" / NAME)
    rows = book["Monthly activity"].iter_rows(min_row=6)
    cell = next(row[3] for row in rows if [row[0].value, row[2].value] == ["Scrap metal", "Pro-active"])
    assert isinstance(cell.value, int)
    cell.value += 1
    written = BytesIO()
    book.save(written)
    return NAME, written.getvalue()
