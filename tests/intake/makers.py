"""Small deliveries of three sources, made so that a test can spoil a cell, and a reading of any without a warehouse.

Those of the seven returns that carry people are `returns.py`.
"""

import atexit
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.declare.registry import source_named, table_named
from cs_pipeline.intake.read import Asked, read_delivery
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.seal import Key
from cs_pipeline.words.settings import PROJECT

Rows = list[list[Any]]

KEY = Key(b"a key for tests, of 32 bytes....")
WARDS = PROJECT / "sources" / "reference" / "wards" / "wards 2023-05-04.csv"
INSIDE, ALSO_INSIDE, OUTSIDE = "E01028069", "E01028070", "E01013870"

ASB_HEADINGS = [
    "Incident No", "Date", "Time", "Opening Code", "Closing Code", "ASB Type", "Qualifiers", "Beat Code", "Beat Name",
    "District", "Ward", "Street", "Easting", "Northing",
]  # fmt: skip
ASB_HEADINGS_2 = [
    "Incident Number", "Incident Date", "Incident Time", "ASB Category", "Initial Type", "Closing Type", "Qualifiers",
    "District", "Ward", "Beat", "Beat Name", "Street", "Easting", "Northing",
]  # fmt: skip
STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


def log(number: str, day: object, **differs: Any) -> list[Any]:
    """A row of the force's workbook in the columns of `ASB_HEADINGS`; `differs` names the columns as fields do."""
    fields = {
        "number": number,
        "date": day,
        "time": time(23, 50),
        "opening": "Noise",
        "closing": "Noise",
        "asb_type": "Nuisance",
        "qualifiers": "Youth; Alcohol",
        "beat_code": "ZB01",
        "beat_name": "Sample beat 1",
        "district": "Broxtowe",
        "ward": "Beeston North",
        "street": "High Street",
        "easting": 452000,
        "northing": 337000,
    }
    assert differs.keys() <= fields.keys()
    return list((fields | differs).values())


def log_2(number: str, day: object, **differs: Any) -> list[Any]:
    """The same row in the columns of `ASB_HEADINGS_2`."""
    n, d, t, opening, closing, kind, qualifiers, beat, beat_name, district, ward, *where = log(number, day, **differs)
    return [n, d, t, kind, opening, closing, qualifiers, district, ward, beat, beat_name, *where]


def tab(rows: Rows, headings: list[str] | None = None, extracted: str | None = "14/07/2019", above: Rows = []) -> Rows:  # noqa: B006
    """A month tab: two title rows, a blank one, the rows `above`, the headings, then the rows."""
    says = f"Data extracted on {extracted}" if extracted else "Monthly extract"
    return [["Nottinghamshire Police: ASB incidents"], [says], [], *above, list(headings or ASB_HEADINGS), *rows]


def save_book(path: Path, sheets: dict[str, Rows]) -> Workbook:
    """Writes the sheets and returns the workbook, to be spoilt by hand and saved again."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), rows)
    book.save(path)
    return book


def _fill(sheet: Worksheet, rows: Rows) -> None:
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value is not None:
                cell = sheet.cell(number, place, value)
                if isinstance(value, date) and not isinstance(value, datetime):
                    cell.number_format = "dd/mm/yyyy"


def street(crime_type: str = "Anti-social behaviour", lsoa: str = INSIDE, **differs: str) -> str:
    """A line of a street file without its line end."""
    fields = {
        "crime_id": "" if crime_type == "Anti-social behaviour" else "0123456789abcdef" * 4,
        "month": "2024-02",
        "reported_by": "Nottinghamshire Police",
        "falls_within": "Nottinghamshire Police",
        "longitude": "-1.214",
        "latitude": "52.927",
        "location": "On or near High Street",
        "lsoa": lsoa,
        "lsoa_name": "Broxtowe 010A" if lsoa else "",
        "crime_type": crime_type,
        "outcome": "",
        "context": "",
    }
    assert differs.keys() <= fields.keys()
    return ",".join((fields | differs).values())


def plan() -> dict[str, Rows]:
    """A Business Plan of few rows: sheet by sheet, two title rows, a blank one, headings, rows."""
    title = [["Community Safety Business Plan 2023–26"], ["As at 1 April 2023"], []]
    years = ["2019/20", "2020/21"]
    return {
        "Service data": [
            *title,
            ["Section", "Group", "Code", "Name", *(f"Actual {year}" for year in years), "Note"],
            ["Community safety", "ASB", "ComS_011", "ASB incidents", "1,500", "2,881", None],
            ["Community safety", "ASB", "ComS_24", "Perception", "n/a%", "-", "From the survey"],
        ],
        "Performance indicators": [
            *title,
            ["Set", "Objective", "Group", "Code", "Name", "Achieved 2019/20", "Target future", "Owner", "Note"],
            ["CSI", "CS1", None, "ComS_012d", "Cases closed", "82%", "10,000*", "Chief Communities Officer", None],
        ],
        "Objectives": [
            *title,
            ["Objective code", "Objective", "Services"],
            ["CS1", "Fewer incidents", "Community safety"],
        ],
        "Actions": [
            *title,
            ["Action code", "Action", "Outcome", "Partners", "Officers", "Due", "Budget note"],
            ["COMS2324_01", "Hold a day of action", "Fewer incidents", "Police", "Officer", "March 24", None],
        ],
        "Budgets": [
            *title,
            ["Heading", "Item", "Action code", "Budget 2023/24"],
            ["Revenue", "Cameras", "COMS2324_01", "£6,000"],
        ],
        "Risks": [
            *title,
            ["Kind", "Reference", "Risk", "Mitigation", "Action codes", "Strategic risks"],
            ["Strategic", "12", "Cameras fail", "Maintenance", None, "7"],
        ],
        "Strategies": [
            *title,
            ["Document", "Renewal", "Responsible"],
            ["ASB policy", "Updated annually", "Chief Communities Officer"],
        ],
    }


REFERENCE = {
    "areas": f"select unnest(['{INSIDE}', '{ALSO_INSIDE}']) as lsoa_code",
    "wards": f"select ward_name from read_csv('{WARDS}', header = true)",
}


@cache
def reference(name: str) -> Path:
    """What lies in the borough, or how its wards are called in any year, as a reading finds it."""
    path = Path(mkdtemp(prefix="reference-")) / f"{name}.parquet"
    atexit.register(rmtree, path.parent, ignore_errors=True)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({REFERENCE[name]}) to '{path}' (format parquet)")
    return path


def read(source: str, path: Path, folder: Path) -> Reading:
    """A delivery judged as in a run, but in this process. Typed rows are left in `folder`.

    What it looks up is the small reference data of these tests, or what stands in `folder` already.
    """
    own = {name: folder / f"{name}.parquet" for name in source_named(source).reads}
    looked_up = {name: path if path.exists() else reference(name) for name, path in own.items()}
    return read_delivery(source, path, path.name, "delivery", Asked(folder, looked_up, KEY))


def counts_of(reading: Reading) -> list[tuple[str, int, int, int, dict[str, int]]]:
    """(sheet, read, accepted, quarantined, ignored by rule) of each sheet; each is proved to add up."""
    assert all(count.adds_up for count in reading.counts)
    return [(c.sheet, c.read, c.accepted, c.quarantined, c.ignored) for c in reading.counts]


def quarantine_of(reading: Reading) -> list[tuple[str, int, str, str]]:
    return [(row.sheet, row.row_number, row.cells, row.rule) for row in reading.quarantined]


def rows_of(reading: Reading, table: str) -> list[dict[str, Any]]:
    """The accepted rows as typed, in the order of the file, without their delivery."""
    own = [name for name, _, _ in table_named(table)[1].typed_columns if name != "delivery_key"]
    with duckdb.connect() as connection:
        found = connection.execute(f"select {', '.join(own)} from read_parquet('{reading.rows[table]}')")
        return [dict(zip(own, row, strict=True)) for row in found.fetchall()]
