"""Small deliveries of the seven returns that carry people or are counted from them, and a good one of every source.

They are rows of cells, so that a test can spoil or move what it likes before they are saved. The three sources before
them, and the reading itself, are `makers.py`; the good delivery of a later source is `good_<source>.py` beside this.
"""

import csv
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import makers
from makers import Rows

from cs_pipeline.declare.columns import plain
from cs_pipeline.declare.registry import source_named
from cs_pipeline.sources.marac import AGENCIES

Book = dict[str, Rows]

FILES = {
    "business_plan": "Business Plan 2023.xlsx",
    "police_street": "2024-02-nottinghamshire-street.csv",
    "police_asb": "ASB 2019-20 Q1.xlsx",
    "police_crime": "Crime 2019-20 Q1.xlsx",
    "marac": "MARAC 2019-20 Q1.xlsx",
    "environmental_health_cases": "EH cases 2019-20 Q1.xlsx",
    "housing_cases": "Housing cases 2019-20 Q1.xlsx",
    "communities_cases": "Communities cases 2019-20 Q1.xlsx",
    "asb_panel": "Panel 2019-20 Q1.xlsx",
    "enforcement_register": "Register 2019-20 Q1.xlsx",
}

GOOD = {
    path.stem.removeprefix("good_"): import_module(path.stem)
    for path in sorted(Path(__file__).parent.glob("good_*.py"))
}
FILES |= {name: module.FILE for name, module in GOOD.items()}

CRIME_HEADINGS = ["Offence", "Apr 2019", "May 2019", "Jun 2019", "Total"]
CRIME_HEADINGS_2 = ["Home Office class", "Offence category", "July 2021", "August 2021", "September 2021", "Total"]
QUERY = "offences by date recorded, Broxtowe district, counting rules 2019/20"

WHO = ["Disabled victims", "Male victims", "Victims aged 16-17"]
COUNTED = ["Cases discussed", "Repeat cases", *AGENCIES.values(), "Children in household"]
MARAC_HEADINGS = [
    "Meeting date", "Area", *COUNTED, "B&ME victims", "LGBT victims", *WHO, "Perpetrators aged 17 or under",
]  # fmt: skip
MARAC_HEADINGS_2 = [
    "Date of meeting", "Area", *COUNTED, "Racially minoritised victims", "LGBT+ victims", *WHO,
    "Persons causing harm aged 17 or under",
]  # fmt: skip

CASE_HEADINGS = ["Case reference", "Received", "Closed", "Re-opened", "Type", "Ward"]
SHEETS = {"environmental_health_cases": "ASB cases", "housing_cases": "Open cases", "communities_cases": "Cases"}
REFERENCES = {
    "environmental_health_cases": "EH/19/0012{}",
    "housing_cases": "HSG-2019-004{}",
    "communities_cases": "CS-041{}",
}
PANEL_HEADINGS = ["Panel reference", "First discussed", "Removed"]
REGISTER_HEADINGS = ["Type", "Issued by", "Date"]


def crime(
    rows: Rows,
    headings: list[str] | None = None,
    *,
    sheet: str = "Recorded crime",
    extracted: str = "14/07/2019",
    query: str = QUERY,
    above: Rows = [],  # noqa: B006
) -> Book:
    """The force's extract: four title rows, a blank one, the rows `above`, the headings, then the rows."""
    titles = [["Nottinghamshire Police: recorded crime"], [f"Data extracted on {extracted}"], [f"Query: {query}"]]
    return {sheet: [*titles, ["Synthetic sample"], [], *above, list(headings or CRIME_HEADINGS), *rows]}


def meeting(day: object, area: object = "Broxtowe", **differs: Any) -> list[Any]:
    """A row of the MARAC return; `differs` names what is counted as the columns of stage do, without `n_`."""
    agencies = {f"referred_by_{key}": 0 for key in AGENCIES}
    counts = {"cases": 5, "repeats": 1, **agencies, "referred_by_police": 3, "referred_by_idva": 2, "children": 7}
    who = ("minoritised", "lgbt", "disabled", "male", "16_17")
    counts |= {f"victims_{group}": 0 for group in who} | {"harming_17_or_under": 1}
    assert differs.keys() <= counts.keys()
    return [day, area, *(counts | differs).values()]


def marac(
    rows: Rows, headings: list[str] | None = None, *, quarter: str = "Q1 2019/20", made: str = "19/07/2019"
) -> Book:
    """The return of a quarter: three title rows, a blank one, the merged groups, the headings, then the rows."""
    titles = [["South Nottinghamshire MARAC: quarterly return"], [f"Quarter: {quarter}"], [f"Return made on {made}"]]
    groups = [None, None, "Cases", None, "Referred by", *[None] * 13, "Who"]
    return {"MARAC data": [*titles, [], groups, list(headings or MARAC_HEADINGS), *rows]}


def case(reference: object, received: object, **differs: Any) -> list[Any]:
    """A row of a list of cases in the columns of `CASE_HEADINGS`."""
    fields = {"closed": None, "reopened": None, "case_type": "Noise", "ward": "Bramcote"}
    assert differs.keys() <= fields.keys()
    return [reference, received, *(fields | differs).values()]


def cases(tabs: Book, headings: list[str] | None = None, as_at: str = "05/07/2019") -> Book:
    """A list of cases: two title rows, a blank one, the headings, then each tab's rows."""
    titles = [["Broxtowe Borough Council: ASB cases"], [f"List as at {as_at}"], []]
    return {name: [*titles, list(headings or CASE_HEADINGS), *rows] for name, rows in tabs.items()}


def panel(rows: Rows, headings: list[str] | None = None, as_at: str = "05/07/2019") -> Book:
    titles = [["Panel on anti-social behaviour: agenda"], [f"Agenda as at {as_at}"], []]
    return {"Agenda": [*titles, list(headings or PANEL_HEADINGS), *rows]}


def register(tabs: Book, headings: list[str] | None = None, as_at: str = "05/07/2019") -> Book:
    titles = [["Broxtowe Borough Council: enforcement register"], [f"Register as at {as_at}"], []]
    return {name: [*titles, list(headings or REGISTER_HEADINGS), *rows] for name, rows in tabs.items()}


def good(source: str) -> Book:
    """A small delivery of any source that is accepted whole, without a warning; a CSV is one sheet without a name."""
    if source in GOOD:
        book: Book = GOOD[source].good()
        return book
    if source in REFERENCES:
        return _good_cases(source)
    return {
        "business_plan": makers.plan,
        "police_street": _good_street,
        "police_asb": _good_asb,
        "police_crime": _good_crime,
        "marac": _good_marac,
        "asb_panel": _good_panel,
        "enforcement_register": _good_register,
    }[source]()


def _good_street() -> Book:
    lines = [
        makers.street(),
        makers.street("Burglary"),
        makers.street("Drugs", makers.ALSO_INSIDE, outcome="Under review"),
    ]
    return {"": [list(record) for record in csv.reader([makers.STREET_HEADER, *lines])]}


def _good_asb() -> Book:
    april = [
        makers.log("NP-20190401-0001", date(2019, 4, 1)),
        makers.log("NP-20190402-0002", "02/04/2019", closing=None, qualifiers=None),
        makers.log("NP-20190430-0003", 43585, ward="Nuthall East and Strelley"),
    ]
    may = [makers.log("NP-20190501-0004", date(2019, 5, 1), opening="Begging", closing="Begging")]
    return {"April 2019": makers.tab(april), "May 2019": makers.tab(may)}


def _good_crime() -> Book:
    return crime([["Robbery - personal", 4, 6, 5, 15], ["Shoplifting", 60, 51, 0, 111], ["All crime", 567, 610, 583]])


def _good_marac() -> Book:
    whole = {"cases": 14, "referred_by_police": 12, "repeats": 4, "children": 22}
    return marac(
        [
            meeting(date(2019, 4, 2), "South Notts", **whole),
            meeting(date(2019, 4, 2)),
            meeting("16/04/2019", "South Nottinghamshire", **whole),
            meeting("16/04/2019", repeats=0, victims_male=1),
        ]
    )


def _good_cases(source: str) -> Book:
    kind = source_named(source).tables[0].columns[4].allowed[0]
    number = REFERENCES[source].format
    rows = [
        case(number(1), date(2019, 4, 23), closed=date(2019, 5, 23), case_type=kind),
        case(number(2), "24/04/2019", case_type=None, ward="Watnall and Nuthall West"),
        case(number(3), 43560, closed="03/06/2019", reopened="10/06/2019", case_type=kind.upper(), ward=None),
    ]
    closed = {"Closed cases": [case(number(4), date(2018, 12, 13), closed=date(2019, 4, 3), case_type=kind)]}
    return cases({SHEETS[source]: rows} | (closed if source == "housing_cases" else {}))


def _good_panel() -> Book:
    return panel(
        [
            ["P-0017", "19/05/2018", None],
            ["P-0018", date(2018, 5, 9), None],
            ["P-0020", date(2018, 10, 10), date(2019, 5, 22)],
            ["P-0020", 43628, None],
        ]
    )


def _good_register() -> Book:
    q1 = [
        ["CPN warning", "Council", date(2019, 4, 18)],
        ["Injunction", "Nottinghamshire Police", "02/05/2019"],
        ["Injunction", "Nottinghamshire Police", "02/05/2019"],
    ]
    return register({"Q1 2019-20": q1, "Q2 2019-20": [["None in the quarter"]]}, as_at="08/10/2019")


def heading_at(source: str, rows: Rows) -> int:
    """The place of the row that holds most of the headings that any table of the source declares."""
    tables = source_named(source).tables
    said = [heading for table in tables for column in table.columns for heading in column.headings]
    said += [h for table in tables for layout in table.layouts for hs in layout.renamed.values() for h in hs]
    known = set(map(plain, said))
    found = [sum(isinstance(text, str) and plain(text) in known for text in row) for row in rows]
    return found.index(max(found))


def save(source: str, book: Book, folder: Path) -> Path:
    """Writes a delivery under the name that its source's files have."""
    path = folder / FILES[source]
    if source_named(source).has_sheets:
        makers.save_book(path, book)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(book[""])
    return path
