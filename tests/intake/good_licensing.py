"""A small return of Licensing that is accepted whole, and the sheets it is made of in either layout.

It is of 2021, when the return began to tell how inspections were prompted, so that every column stands in it.
"""

from typing import Any

Rows = list[list[Any]]

FILE = "Licensing return 2021-22 Q1.xlsx"
SHEETS = ("Monthly activity", "In force at 31 March")
SHEETS_TO_2021 = ("Licensing activity", "Licences in force")
MONTHS = ["Apr 2021", "May 2021", "Jun 2021"]
HEADINGS = ["Family", "What was done", "How prompted", *MONTHS]
HEADINGS_TO_2021 = ["Licence type", "Activity", "Apr 2019", "May 2019", "Jun 2019"]
STOCK_HEADINGS = ["Family of licences", "31 March 2020", "31 March 2021"]
STOCK_HEADINGS_TO_2021 = ["Licences", "31 March 2019"]
STOCK: Rows = [["Scrap metal", 22, 20], ["Personal licences", 1561, 1580]]


def returned(
    activity: Rows,
    stock: Rows = STOCK,
    *,
    headings: list[Any] = HEADINGS,
    stock_headings: list[Any] = STOCK_HEADINGS,
    sheets: tuple[str, str] = SHEETS,
    made: str = "10/07/2021",
) -> dict[str, Rows]:
    """The return of a quarter: title rows, a blank one, the headings, then the rows of each sheet."""
    titles: Rows = [["Licensing: quarterly return"], [f"Return made on {made}"], []]
    tables = zip(sheets, (headings, stock_headings), (activity, stock), strict=True)
    return {name: [*titles, list(above), *rows] for name, above, rows in tables}


def to_2021(activity: Rows, stock: Rows, headings: list[Any] = HEADINGS_TO_2021) -> dict[str, Rows]:
    """The same as it was laid out to April 2021."""
    return returned(
        activity,
        stock,
        headings=headings,
        stock_headings=STOCK_HEADINGS_TO_2021,
        sheets=SHEETS_TO_2021,
        made="10/07/2019",
    )


def good() -> dict[str, Rows]:
    """Every family and activity would be many rows: these hold one of each kind."""
    return returned(
        [
            ["Premises licences", "Received", None, 4, 5, 6],
            ["Licensing Act 2003 premises", "Inspected", "Programmed", 3, 0, 1],
            ["Licensing Act 2003 premises", "Inspected", "Reactive", 0, 1, 0],
            ["Street trading", "Issued", None, 2, 1, 3],
            ["Street trading", "Issued within 14 days", None, 2, 1, 2],
            ["TENs", "Notices dealt with", None, 20, 31, 1044],
        ]
    )
