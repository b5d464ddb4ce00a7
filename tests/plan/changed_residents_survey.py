"""One percentage of the committed results of the residents' survey changed, and the printed figure that follows."""

from io import BytesIO

from openpyxl import load_workbook

from cs_pipeline.words.settings import PROJECT

NAME = "Residents survey 2019-20.xlsx"
FOLLOWING = {("ComS_033", "2019-20")}


def changed() -> tuple[str, bytes]:
    """One in a hundred more feels safe after dark."""
    book = load_workbook(PROJECT / "sources" / "residents_survey" / NAME)
    cell = next(row[2] for row in book["Survey results"].iter_rows(min_row=6) if row[2].value == "66%")
    cell.value = "67%"
    written = BytesIO()
    book.save(written)
    return NAME, written.getvalue()
