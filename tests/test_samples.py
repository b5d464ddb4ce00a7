"""The sample deliveries: the committed ones are what the modules write, and hold what the project relies on.

The workbooks are read here with openpyxl alone, so that the counts do not lean on the pipeline's own reader.
"""

import csv
import datetime as dt
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from cs_pipeline.samples.book import save
from cs_pipeline.samples.business_plan import TABLES, write_business_plan
from cs_pipeline.samples.police_asb import write_police_asb
from cs_pipeline.samples.police_street import write_police_street
from cs_pipeline.samples.reference import DELIVERIES, write_reference

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "sources"
PLAN_DIR = ROOT.parent / "shared" / "plan"
NSIR = {
    "abandoned vehicle",
    "vehicle nuisance",
    "rowdy or inconsiderate behaviour",
    "nuisance neighbours",
    "littering/drugs paraphernalia",
    "animal problems",
    "trespass",
    "nuisance communications",
    "street drinking",
    "prostitution-related activity",
    "noise",
    "begging",
    "fireworks",
}
NAMES_OF_COLUMNS = {
    "Incident No": "number",
    "Incident Number": "number",
    "Date": "date",
    "Incident Date": "date",
    "Closing Code": "closing",
    "Closing Type": "closing",
    "ASB Type": "asb_type",
    "ASB Category": "asb_type",
}
needs_plan = pytest.mark.skipif(not PLAN_DIR.exists(), reason="../shared/plan is not beside this checkout")


@dataclass(frozen=True)
class Listed:
    """One incident row of one tab; `rest` is the whole row as typed but its closing code and ASB type."""

    extracted_on: dt.date
    file_name: str
    tab: str
    number: str
    on: dt.date
    closing: str
    asb_type: str
    rest: tuple[Any, ...]


def read_date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, int):
        return dt.date(1899, 12, 30) + dt.timedelta(days=value)
    day, month, year = str(value).split("/")
    return dt.date(int(year), int(month), int(day))


def read_tab(path: Path, tab: str, rows: list[tuple[Any, ...]]) -> list[Listed]:
    extracted_on = read_date(rows[1][0].removeprefix("Data extracted on "))
    top = next(place for place, row in enumerate(rows) if row[0] in ("Incident No", "Incident Number"))
    at = {NAMES_OF_COLUMNS[name]: place for place, name in enumerate(rows[top]) if name in NAMES_OF_COLUMNS}
    return [
        Listed(
            extracted_on,
            path.name,
            tab,
            row[at["number"]],
            read_date(row[at["date"]]),
            row[at["closing"]] or "",
            row[at["asb_type"]] or "",
            tuple(value for place, value in enumerate(row) if place not in (at["closing"], at["asb_type"])),
        )
        for row in rows[top + 1 :]
        if str(row[0]).startswith("NP-")
    ]


@pytest.fixture(scope="module")
def asb_books() -> dict[Path, dict[str, list[tuple[Any, ...]]]]:
    books = {}
    for path in sorted((SOURCES / "police_asb").glob("*.xlsx")):
        book = load_workbook(path, read_only=True)
        books[path] = {sheet.title: list(sheet.values) for sheet in book.worksheets}
        book.close()
    return books


@pytest.fixture(scope="module")
def listed(asb_books: dict[Path, dict[str, list[tuple[Any, ...]]]]) -> list[Listed]:
    return [
        incident
        for path, sheets in asb_books.items()
        for tab, rows in sheets.items()
        if tab != "Notes"
        for incident in read_tab(path, tab, rows)
    ]


def count_asb_by_year(incidents: list[Listed]) -> Counter[int]:
    """Incidents closed under an NSIR heading, by the calendar year their financial year starts in."""
    return Counter(
        row.on.year - (row.on.month < 4)
        for row in {row.number: row for row in incidents}.values()
        if row.closing.lower() in NSIR
    )


def assert_same_files(made: Path, committed: Path) -> None:
    names = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    assert names == {path.relative_to(committed) for path in committed.rglob("*") if path.is_file()}
    for name in names:
        assert contents(made / name) == contents(committed / name), f"{name} differs from what is committed"


def contents(path: Path) -> object:
    """A file's bytes; a workbook's part by part, since another zlib packs the same parts into other bytes."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return [(part.filename, part.date_time, book.read(part)) for part in book.infolist()]


def test_a_workbook_saved_twice_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.xlsx", "second.xlsx"):
        workbook = Workbook()
        workbook.worksheets[0]["A1"] = "ComS_011"
        save(workbook, tmp_path / name)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()


def test_the_asb_deliveries_are_those_written_from_the_seed(tmp_path: Path) -> None:
    write_police_asb(tmp_path)
    assert_same_files(tmp_path, SOURCES / "police_asb")


def test_the_street_deliveries_are_those_written_from_the_seed(tmp_path: Path) -> None:
    write_police_street(tmp_path)
    assert_same_files(tmp_path, SOURCES / "police_street")


@needs_plan
def test_the_business_plan_is_the_one_written_from_the_transcript(tmp_path: Path) -> None:
    write_business_plan(PLAN_DIR, tmp_path)
    assert_same_files(tmp_path, SOURCES / "business_plan")


@needs_plan
def test_the_reference_deliveries_are_the_plans_own_files(tmp_path: Path) -> None:
    for copy in write_reference(PLAN_DIR, tmp_path):
        committed = SOURCES / "reference" / copy.relative_to(tmp_path)
        assert copy.read_bytes() == committed.read_bytes()
    assert len(DELIVERIES) == 2


@needs_plan
def test_the_business_plan_holds_every_cell_as_printed() -> None:
    book = load_workbook(next((SOURCES / "business_plan").glob("*.xlsx")))
    assert book.sheetnames == [table.sheet for table in TABLES]
    for table in TABLES:
        with (PLAN_DIR / table.file_name).open(encoding="utf-8", newline="") as file:
            _, *printed = csv.reader(file)
        rows = list(book[table.sheet].values)
        assert rows[:3] == [
            (f"Community Safety Business Plan 2023–26: {table.sheet}", *[None] * (len(table.headings) - 1)),
            ("As at 1 April 2023", *[None] * (len(table.headings) - 1)),
            (None,) * len(table.headings),
        ]
        assert list(rows[3]) == list(table.headings.values())
        assert [[value or "" for value in row] for row in rows[4:]] == printed


def test_each_full_year_adds_to_the_figure_the_plan_prints(listed: list[Listed]) -> None:
    latest_last = sorted(listed, key=lambda row: row.extracted_on)
    assert count_asb_by_year(latest_last) == {2019: 1500, 2020: 2881, 2021: 2415, 2022: 1650}


def test_a_year_without_its_revised_delivery_adds_to_another_figure(listed: list[Listed]) -> None:
    first = count_asb_by_year([row for row in listed if "revised" not in row.file_name])
    assert all(first[year] != total for year, total in ((2019, 1500), (2020, 2881), (2021, 2415)))


def test_a_tab_holds_its_own_month_and_repeats_of_the_month_before(listed: list[Listed]) -> None:
    own = {(row.file_name, row.number): row for row in listed if is_of_its_tab(row)}
    repeats = [row for row in listed if not is_of_its_tab(row)]
    assert 5 <= len(repeats) <= 60
    for row in repeats:
        first = own[row.file_name, row.number]
        assert (row.rest, row.closing, row.asb_type) == (first.rest, first.closing, first.asb_type)
    assert len(own) + len(repeats) == len(listed)


def is_of_its_tab(row: Listed) -> bool:
    month, year = row.tab.removesuffix(" (revised)").split(" ")
    return f"{row.on:%b %Y}" == f"{month[:3]} {year}"


def test_a_revised_delivery_changes_only_how_incidents_were_closed(listed: list[Listed]) -> None:
    first = {row.number: row for row in listed if "revised" not in row.file_name}
    revised = [row for row in listed if "revised" in row.file_name]
    assert {row.file_name for row in revised} == {
        f"ASB Broxtowe {year} revised.xlsx" for year in ("2019-20", "2020-21", "2021-22")
    }
    for row in revised:
        assert row.rest == first[row.number].rest
        assert row.extracted_on > first[row.number].extracted_on
    assert any(not first[row.number].closing and row.closing.lower() in NSIR for row in revised)
    assert any(first[row.number].closing.lower() in NSIR and row.closing == "Duplicate log" for row in revised)


def test_every_total_row_counts_the_incidents_above_it(
    asb_books: dict[Path, dict[str, list[tuple[Any, ...]]]],
) -> None:
    n_totals = Counter[str]()
    for sheets in asb_books.values():
        for tab, rows in sheets.items():
            n_above = 0
            for row in rows if tab != "Notes" else []:
                n_above += str(row[0]).startswith("NP-")
                if str(row[0]).startswith("Total"):
                    assert row[1] == n_above
                    n_totals[row[0]] += 1
    assert n_totals["Total"] == 50
    assert n_totals["Total week 1"] > 5


def test_every_sheet_of_an_asb_book_says_it_is_synthetic(
    asb_books: dict[Path, dict[str, list[tuple[Any, ...]]]],
) -> None:
    assert len(asb_books) == 18
    for path, sheets in asb_books.items():
        for rows in sheets.values():
            head = " ".join(str(row[0]) for row in rows[:3])
            assert "no real incident, person or place" in head
            assert ("Synthetic and illustrative" if " 2022-23 " in path.name else "Synthetic sample") in head


def test_street_files_are_synthetic_steady_and_keep_their_traps() -> None:
    paths = sorted((SOURCES / "police_street").glob("*.csv"))
    assert len(paths) == 7
    n_asb: dict[str, int] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert all(row["Context"] == "Synthetic sample" for row in rows)
        assert all((not row["Crime ID"]) == (row["Crime type"] == "Anti-social behaviour") for row in rows)
        asb = [row for row in rows if row["LSOA name"].startswith("Broxtowe ") and not row["Crime ID"]]
        n_asb[path.name] = len(asb)
        if "derbyshire" in path.name:
            continue
        assert len({tuple(row.values()) for row in asb}) < len(asb)
        ids = Counter(row["Crime ID"] for row in rows if row["Crime ID"])
        assert max(ids.values()) > 1
        assert any(not row["LSOA code"] and not row["Longitude"] for row in rows)
    steady = [count for name, count in n_asb.items() if "derbyshire" not in name]
    assert min(steady) * 2 > max(steady)
    assert 0 < n_asb["2022-12-derbyshire-street.csv"] < 10
