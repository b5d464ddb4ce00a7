"""One row of a committed workbook of the food safety programme taken out, and the printed figures that follow."""

from io import BytesIO

from openpyxl import load_workbook

from cs_pipeline.words.settings import PROJECT

NAME = "Food safety programme 2020-21 Q4.xlsx"
FOLLOWING = {("ComS_038", "2020-21"), ("ComS_040", "2020-21")}


def changed() -> tuple[str, bytes]:
    """The first premises of the last quarter that was due in none, was inspected and was then warned."""
    book = load_workbook(PROJECT / "sources" / "food_safety" / NAME)
    sheet = book["Q4 2020-21"]
    rows = [(row[0].row, [cell.value for cell in row]) for row in sheet.iter_rows(min_row=7)]
    sheet.delete_rows(
        next(number for number, (_, _, due, inspected, _, warned) in rows if not due and inspected and warned)
    )
    written = BytesIO()
    book.save(written)
    return NAME, written.getvalue()
