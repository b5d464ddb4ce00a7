"""Past outturns made again from the deliveries, beside what the plan prints for them, cell by cell.

And the proof that the comparison looks: one row of one delivery of each source is changed, and the figures that follow
from that row are named, in each cell in which the plan prints them, and no other.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from worlds import World, hurry, new_world

from cs_pipeline.words.settings import PROJECT

SOURCES = PROJECT / "sources"
YEARS = ("2019-20", "2020-21", "2021-22")
ODD = ("2019-10/2020-09", "2020-10/2021-09")
# What one changed row of a later source is, and what follows from it, stands in `changed_<source>.py` beside this.
CHANGED = {
    path.stem.removeprefix("changed_"): import_module(path.stem)
    for path in sorted(Path(__file__).parent.glob("changed_*.py"))
}
FED_BY = (
    "police_asb", "police_crime", "marac", "environmental_health_cases", "housing_cases", "communities_cases",
    "asb_panel", "enforcement_register", *CHANGED,
)  # fmt: skip

# Where the plan does not say what the deliveries give: with itself at odds, or percentages that follow from no numbers.
KNOWN = {
    ("ComS_011", "2021-22", "Performance indicators", "H5", 2185.0, 2415.0),
    ("ComS_012d", "2019-20", "Performance indicators", "F13", 87.0, 81.87),
    ("ComS_013d", "2019-20", "Performance indicators", "F15", 75.0, 84.92),
    ("ComS_014", "2020-21", "Performance indicators", "G16", 68.0, 67.0),
    ("ComS_014d", "2019-20", "Performance indicators", "F17", 67.0, 77.27),
    ("ComS_014d", "2020-21", "Performance indicators", "G17", 103.0, 101.49),
}
COMPARED = """
    select indicator_code, period_key, sheet_name, cell, stated_value, round(calculated_value, 2), agrees
    from marts.figure_against_plan"""


@pytest.fixture(scope="module")
def compared(committed: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(committed / "published" / "community_safety.duckdb"), read_only=True) as connection:
        return connection.execute(COMPARED).fetchall()


def test_only_the_plan_s_own_contradictions_differ_from_the_deliveries(compared: list[tuple[Any, ...]]) -> None:
    assert {row[:6] for row in compared if not row[6]} == KNOWN
    assert len(KNOWN) == sum(not row[6] for row in compared) == 6
    assert sum(row[6] for row in compared) == 205


def test_percentages_before_they_are_rounded(compared: list[tuple[Any, ...]]) -> None:
    """The plan prints 14%, 25%, 18% and 71%."""
    told = {(code, period, value) for code, period, _, _, _, value, _ in compared}
    assert {row[1:] for row in told if row[0] == "ComS_024"} == {
        ("2019-20", 13.95), ("2020-21", 25.23), ("2021-22", 17.65),
    }  # fmt: skip
    assert ("ComS_012d", "2020-21", 71.12) in told


def test_every_figure_that_the_plan_prints_is_compared(compared: list[tuple[Any, ...]], committed: Path) -> None:
    with duckdb.connect(str(committed / "published" / "community_safety.duckdb"), read_only=True) as connection:
        printed = connection.execute(
            """select f.indicator_code, f.period_key, f.sheet_name, f.cell from core.fact_stated_figure as f
               join core.dim_indicator as i using (indicator_code)
               where f.measure in ('actual', 'achieved') and f.value is not null"""
        ).fetchall()
    assert sorted(printed) == sorted(row[:4] for row in compared)
    assert len(printed) == 211
    assert {period for _, period, _, _ in printed} == {*YEARS, *ODD}


# ---------------------------------------------------------------- one row of one delivery


FIRST_HEADINGS = {
    "Reference", "Ref No", "Case ref", "Case reference", "Offence", "Offence category", "Meeting date",
    "Date of meeting", "Type", "Action", "Panel reference", "Panel ref", "Incident No", "Incident Number",
}  # fmt: skip


def rows_of(sheet: Worksheet) -> list[tuple[int, dict[str, Any]]]:
    """(row number, heading -> value) of the rows under the row with the most headings that are known."""
    rows = list(sheet.iter_rows(values_only=True))
    at = max(place for place, row in enumerate(rows[:12]) if FIRST_HEADINGS & set(row))
    return [(at + 2 + n, dict(zip(rows[at], row, strict=True))) for n, row in enumerate(rows[at + 1 :])]


Change = Callable[[Worksheet, int, dict[str, Any]], bool]


def change(source: str, file_name: str, sheet_name: str, changed: Change) -> bytes:
    """The committed delivery with the first row changed for which `changed` says that it did."""
    book = load_workbook(SOURCES / source / file_name)
    sheet = book[sheet_name]
    assert any(changed(sheet, number, row) for number, row in rows_of(sheet))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def put(sheet: Worksheet, number: int, row: dict[str, Any], heading: str, value: Any) -> bool:
    sheet.cell(number, list(row).index(heading) + 1).value = value
    return True


def as_day(value: Any) -> str:
    """A day as it is typed in the samples, as ISO; empty for a blank."""
    from cs_pipeline.intake.table import as_text
    from cs_pipeline.words.days import parse_date

    day = parse_date(as_text(value) or "")
    return day.isoformat() if day else ""


def one_more_robbery(sheet: Worksheet, number: int, row: dict[str, Any]) -> bool:
    place = next(place for place, heading in enumerate(row) if "Aug" in str(heading) or "2021-08" in str(heading)) + 1
    is_robbery = "robbery" in str(row.get("Offence category")).lower() or "Robbery" in str(row.get("Offence category"))
    if is_robbery:
        sheet.cell(number, place).value += 1
    return is_robbery


def one_more_case(sheet: Worksheet, number: int, row: dict[str, Any]) -> bool:
    is_part = row.get("Area") == "Broxtowe"
    return is_part and put(sheet, number, row, "Cases discussed", row["Cases discussed"] + 1)


def open_again(reference: str, received: str, closed: str) -> Change:
    """Blanks the closing of a case received and closed in the last quarter of 2021/22 in under three months."""

    def changed(sheet: Worksheet, number: int, row: dict[str, Any]) -> bool:
        days = as_day(row.get(received)), as_day(row.get(closed))
        is_meant = "2022-01-01" <= days[0] <= days[1] <= "2022-03-31" and not row.get("Re-opened")
        return is_meant and put(sheet, number, row, closed, None)

    return changed


def without_it(type_of: str) -> Change:
    def changed(sheet: Worksheet, number: int, row: dict[str, Any]) -> bool:
        heading = next(iter(row))
        is_meant = type_of in str(row[heading])
        if is_meant:
            sheet.delete_rows(number)
        return is_meant

    return changed


def no_asb_after_all(sheet: Worksheet, number: int, row: dict[str, Any]) -> bool:
    is_meant = str(row.get("Closing Code", row.get("Closing Type"))).strip().lower() == "noise"
    return is_meant and put(sheet, number, row, "Closing Code", "Duplicate log")


def headings_of(source: str, file_name: str, sheet_name: str, *wanted: str) -> list[str]:
    """Those headings of a sheet that begin as wanted, in that order: services spell them differently."""
    row = rows_of(load_workbook(SOURCES / source / file_name)[sheet_name])[0][1]
    return [next(h for h in row if h and word in str(h)) for word in wanted]


def spoilt(source: str) -> tuple[str, bytes]:
    """(file name, its bytes with one row changed) of a source."""
    if source in CHANGED:
        changed: tuple[str, bytes] = CHANGED[source].changed()
        return changed
    match source:
        case "police_asb":
            name = "ASB Broxtowe 2019-20 Q1.xlsx"
            tab = load_workbook(SOURCES / source / name, read_only=True).sheetnames[1]
            return name, change(source, name, tab, no_asb_after_all)
        case "police_crime":
            name = "Recorded crime Broxtowe 2021-22 year end.xlsx"
            return name, change(source, name, "Monthly counts", one_more_robbery)
        case "marac":
            name = "MARAC return 2019-20 Q3.xlsx"
            return name, change(source, name, "MARAC data", one_more_case)
        case "asb_panel":
            name = "ASB panel agenda 2021-22 Q4.xlsx"
            found = headings_of(source, name, "Agenda", "eference", "irst discussed", "emoved")
            return name, change(source, name, "Agenda", open_again(*found))
        case "enforcement_register":
            name = "Enforcement register 2021-22 Q4.xlsx"
            return name, change(source, name, "Q2 2021-22", without_it("rigger"))
        case _:
            stem = {"environmental_health_cases": "EH", "housing_cases": "Housing", "communities_cases": "Communities"}
            sheet = {"environmental_health_cases": "ASB cases", "housing_cases": "Closed cases"}.get(source, "Cases")
            name = f"{stem[source]} ASB cases 2021-22 Q4.xlsx"
            found = headings_of(source, name, sheet, "ef", "eceived", "losed")
            return name, change(source, name, sheet, open_again(*found))


FOLLOWING = {
    "police_asb": {("ComS_011", "2019-20")},
    "police_crime": {("ComS_009", "2021-22")},
    "marac": {("ComS_024a", "2019-20")},
    "environmental_health_cases": {("ComS_012a", "2021-22")},
    "housing_cases": {("ComS_013a", "2021-22"), ("ComS_013d", "2021-22")},
    "communities_cases": {("ComS_014a", "2021-22"), ("ComS_014d", "2021-22")},
    "asb_panel": {("ComS_015a", "2021-22")},
    "enforcement_register": {("ComS_028", "2021-22")},
    **{source: module.FOLLOWING for source, module in CHANGED.items()},
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch, reconciles=True)
    with new_world() as world:
        yield world


SOON = ("asb_panel",)  # the others are changed in make proof


@pytest.mark.parametrize("source", [pytest.param(s, marks=() if s in SOON else pytest.mark.proof) for s in FED_BY])
def test_one_changed_row_names_the_figures_that_follow_from_it_and_no_other(source: str, world: World) -> None:
    for folder in (source, "business_plan"):
        for path in (SOURCES / folder).glob("*.*"):
            world.drop(folder, path.name, path.read_bytes())
    world.drop(source, *spoilt(source))
    world.run()
    rows = world.ask(COMPARED)
    named = {(code, period) for code, period, *_, agrees in rows if not agrees}
    known = {(code, period) for code, period, *_ in KNOWN}
    differing_before = {(code, period) for code, period in known if any(row[:2] == (code, period) for row in rows)}
    assert named - differing_before == FOLLOWING[source]
    assert differing_before <= named
    cells = dict.fromkeys(FOLLOWING[source], 0)
    for code, period, *_, agrees in rows:
        if (code, period) in cells:
            cells[code, period] += 1
            assert not agrees, "every cell that prints the figure is named"
    assert all(cells.values())
    (said,) = world.ask("select count(*) from marts.conflict where conflict_kind = 'calculated_against_stated'")[0]
    assert said == sum(not row[6] for row in rows)
