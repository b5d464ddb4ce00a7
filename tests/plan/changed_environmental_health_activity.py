"""One cell of a committed return of Environmental Health's activity changed, and the printed figure that follows."""

from io import BytesIO

from openpyxl import load_workbook

from cs_pipeline.words.settings import PROJECT

NAME = "EH activity 2021-22 Q4.xlsx"
FOLLOWING = {("ComS_053", "2021-22")}


def changed() -> tuple[str, bytes]:
    """The first response to a request that was answered on the day of receipt is taken out, so it came never."""
    book = load_workbook(PROJECT / "sources" / "environmental_health_activity" / NAME)
    rows = book["H&S requests"].iter_rows(min_row=6)
    next(row[3] for row in rows if row[3].value and row[3].value == row[1].value).value = None
    written = BytesIO()
    book.save(written)
    return NAME, written.getvalue()
