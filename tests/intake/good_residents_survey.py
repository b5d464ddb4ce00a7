"""A small workbook of the residents' survey that is accepted whole, without a warning."""

from typing import Any

FILE = "Residents survey 2018-19.xlsx"
HEADINGS = ["Question", "Year", "Percentage", "Base"]


def survey(
    rows: list[list[Any]], headings: list[str] | None = None, published: str = "14/06/2019"
) -> dict[str, list[list[Any]]]:
    titles = [["Nottinghamshire County Council: annual residents' survey"], [f"Results published on {published}"], []]
    return {"Survey results": [*titles, list(headings or HEADINGS), *rows]}


def good() -> dict[str, list[list[Any]]]:
    return survey(
        [
            ["Safe outside during the day", "2018/19", "93%", 1051],
            ["Safe outside in the local area after dark", "2018/19", "67.5%", 1043],
        ]
    )
