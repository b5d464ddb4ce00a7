"""Empty returns: filled in with good rows they are accepted whole, and as they are they only lack a day and rows."""

import csv
import re
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cs_pipeline.cli.main import main
from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.registry import all_sources, source_named
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.read import Asked, read_delivery
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.seal import Key
from cs_pipeline.operate.present import respell, sheet_names
from cs_pipeline.operate.said import say_heading
from cs_pipeline.operate.template import make_csv, make_workbook
from cs_pipeline.words.periods import month, quarter
from cs_pipeline.words.settings import PROJECT, Settings, read_settings

TODAY = date(2025, 5, 20)
FILLED = {
    "dd/mm/yyyy": "14/04/2026",
    "d Month yyyy": "14 April 2026",
    "yyyy-mm-dd": "2026-04-14",
    "yyyy-mm-": "2026-04-",
}
# What must hold between the columns of a row, where any good value of each would not do.
ROWS: dict[str, dict[str, Any]] = {
    "police_asb": {"occurred_on": date(2025, 4, 1)},
    "police_street": {"crime_id": "0123456789abcdef" * 4, "month": "2026-04"},
    "marac": {"meeting_on": date(2025, 2, 11), "n_cases": 3, "n_repeats": 1, "n_referred_by_police": 3},
    "enforcement_register": {"issued_on": date(2025, 2, 3)},
    "food_premises": dict.fromkeys(
        ("inspection_due_on", "inspected_on", "reinspected_on", "warned_on"), date(2025, 2, 3)
    ),
    "residents_survey": {"survey_year": "2024/25"},
    "published_numbers": {"published_on": date(2022, 8, 15)},
    "environmental_health_counts": {"health_activity_name": "Caravan sites inspected"},
    "health_and_safety_requests": {"requested_on": date(2025, 2, 3), "first_response_on": date(2025, 2, 4)},
}
WORKBOOKS = [source for source in all_sources() if source.has_sheets]
EVERY = pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.name)
EVERY_WORKBOOK = pytest.mark.parametrize("source", WORKBOOKS, ids=lambda source: source.name)
COUNTED = pytest.mark.parametrize("source", [s for s in WORKBOOKS if s.counts_only], ids=lambda source: source.name)


@cache
def wards() -> list[str]:
    with next((PROJECT / "sources" / "reference" / "wards").glob("*.csv")).open(encoding="utf-8", newline="") as file:
        return sorted({row["ward_name"] for row in csv.DictReader(file)})


def good_value(table: Table, column: Column) -> Any:
    """A value that the column alone takes."""
    if column.name in (differs := ROWS.get(table.name, {})):
        return differs[column.name]
    if column.looked_up_in:
        return "Bramcote"
    if column.allowed:
        return column.allowed[0]
    numbers = {"whole": int(column.at_least or 0), "decimal": column.at_least or 0.5}
    days = {"date": date(2025, 5, 6), "time": time(23, 50), "month": "2025-05", "period": "March 2025"}
    return {"figure": "1,500", "percent": "50%", **numbers, **days}.get(column.kind, column.example or "Words")


def workbook_of(source: Source) -> Workbook:
    return make_workbook(source, read_settings(), TODAY)


def state_the_day(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(max_row=5, max_col=1) if sheet.title not in ("Notes", "Lists") else []:
            for letters, day in FILLED.items():
                if letters in str(row[0].value):
                    row[0].value = str(row[0].value).replace(letters, day)


def sheets_of(source: Source, workbook: Workbook) -> list[tuple[Table, Worksheet]]:
    return [(table, workbook[name]) for table in source.tables for name in sheet_names(source, table, TODAY)]


def heading_row(table: Table, sheet: Worksheet) -> int:
    first = next(say_heading(c, table.layouts[-1]) for c in table.columns if c.place == "heading")
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == first)


def columns_of(table: Table, sheet: Worksheet) -> list[Column]:
    """The column under each heading of a sheet, a figure's last."""
    named = {say_heading(c, table.layouts[-1]): c for c in table.columns if c.place == "heading"}
    headings = [cell.value for cell in sheet[heading_row(table, sheet)] if cell.value]
    figure = table.cells.figure if table.cells else None
    return [column for heading in headings if (column := named.get(str(heading), figure))]


def fill_in(source: Source, workbook: Workbook) -> tuple[int, int]:
    """Writes a good row under each sheet's headings; returns how many there are, and how many typed rows they make."""
    state_the_day(workbook)
    n_rows, n_typed = 0, 0
    for table, sheet in sheets_of(source, workbook):
        top, columns = heading_row(table, sheet), columns_of(table, sheet)
        for place, column in enumerate(columns, 1):
            is_status = str(sheet.cell(top, place).value).endswith(" Status")
            sheet.cell(top + 1, place, column.words[0] if is_status else good_value(table, column))
        n_rows += 1
        n_typed += columns.count(table.cells.figure) if table.cells else 1
    return n_rows, n_typed


def count_typed(reading: Reading) -> int:
    with duckdb.connect() as connection:
        counts = [connection.execute(f"select count(*) from '{path}'").fetchall() for path in reading.rows.values()]
    return sum(count for ((count,),) in counts)


def read(source: Source, path: Path, name: str) -> Reading:
    references = {}
    for reference in source.reads:
        file = next((PROJECT / "sources" / "reference" / reference).glob("*.csv"))
        references[reference] = path.parent / f"{reference}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"copy (from read_csv('{file}')) to '{references[reference]}' (format parquet)")
    return read_delivery(source.name, path, name, "delivery", Asked(path.parent, references, Key(bytes(32))))


@EVERY
def test_a_template_filled_in_is_accepted_whole(source: Source, tmp_path: Path) -> None:
    if source.form == "flat":
        table = source.tables[0]
        path, name, n_rows = tmp_path / "filled.csv", source.as_at.example, (1, 1)
        values = [good_value(table, column) for column in table.columns]
        if source.name == "police_street":
            name = "2026-04-nottinghamshire-street.csv"
        path.write_text(make_csv(source) + ",".join(f'"{value}"' for value in values) + "\r\n")
    else:
        workbook, path, name = workbook_of(source), tmp_path / "filled.xlsx", "filled.xlsx"
        n_rows = fill_in(source, workbook)
        workbook.save(path)
    reading = read(source, path, name)
    assert reading.sentences() == []
    assert (reading.n_accepted, count_typed(reading), reading.n_quarantined) == (*n_rows, 0)
    assert {rule for count in reading.counts for rule in count.ignored} <= {"sheet of notes"}


@EVERY
def test_an_empty_template_lacks_a_day_and_then_only_rows(source: Source, tmp_path: Path) -> None:
    name = f"empty{'.csv' if source.form == 'flat' else '.xlsx'}"
    path = tmp_path / name
    if source.form == "flat":
        path.write_text(make_csv(source))
        named = source.as_at.example
    else:
        workbook, named = workbook_of(source), name
        workbook.save(path)
    assert [finding.rule for finding in read(source, path, name).findings] == ["no day"]
    if source.has_sheets:
        state_the_day(workbook)
        workbook.save(path)
    assert [finding.rule for finding in read(source, path, named).findings] == ["no rows"]


@EVERY_WORKBOOK
def test_words_are_chosen_from_lists_and_numbers_and_days_have_bounds(source: Source) -> None:
    workbook = workbook_of(source)
    for table, sheet in sheets_of(source, workbook):
        guards = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        top = heading_row(table, sheet)
        assert sheet.freeze_panes == f"A{top + 1}"
        for place, column in enumerate(columns_of(table, sheet), 1):
            letter = sheet.cell(top, place).column_letter
            rule = guards.get(f"{letter}{top + 1}:{letter}{top + 2000}")
            words = wards() if column.looked_up_in else list(column.allowed)
            if words:
                assert rule is not None
                cells = re.fullmatch(r"Lists!(\$[A-Z]+\$2:\$[A-Z]+\$\d+)", str(rule.formula1))
                assert cells
                assert [row[0].value for row in workbook["Lists"][cells[1]]] == words
            elif column.kind in ("whole", "decimal", "date", "time"):
                assert rule is not None
                assert rule.type == column.kind
                assert column.at_least is None or float(str(rule.formula1)) == column.at_least
            assert rule is None or (
                rule.showErrorMessage and "needed here" in str(rule.error) and len(rule.error) < 256
            )
            shown = {"date": "dd/mm/yyyy", "time": "hh:mm", "whole": "General", "decimal": "General"}
            assert sheet.column_dimensions[letter].number_format == shown.get(column.kind, "@")


@EVERY_WORKBOOK
def test_the_notes_say_what_is_wanted_in_each_column(source: Source) -> None:
    notes = [tuple(cell for cell in row if cell) for row in workbook_of(source)["Notes"].values]
    said = "\n".join(" ".join(map(str, row)) for row in notes)
    assert f"Answers for it: {source.owner}." in said
    assert f"Due: {source.due}." in said
    for table in source.tables:
        sheet = sheet_names(source, table, TODAY)[0]
        top = next(place for place, row in enumerate(notes) if row and re.match(f'Sheets? "{sheet}"', str(row[0])))
        for column in table.columns:
            line = next(
                row for row in notes[top:] if row[:2] == (say_heading(column, table.layouts[-1]), column.description)
            )
            assert line[2].startswith("Yes" if column.required else "No")
        assert all(rule.what in said and rule.remedy in said for rule in table.rules)
    assert ("Nothing about any person" in said) == source.counts_only


@COUNTED
def test_a_template_of_counts_passes_the_door_with_nothing_about_persons(source: Source, tmp_path: Path) -> None:
    workbook = workbook_of(source)
    fill_in(source, workbook)
    table, sheet = sheets_of(source, workbook)[0]
    sheet.cell(heading_row(table, sheet), sheet.max_column + 1, "Victim's name")
    workbook.save(tmp_path / "named.xlsx")
    assert [finding.rule for finding in read(source, tmp_path / "named.xlsx", "x.xlsx").findings] == ["personal data"]


def test_months_tabs_and_titles_are_those_of_the_present() -> None:
    crime = workbook_of(source_named("police_crime"))["Monthly counts"]
    assert [cell.value for cell in crime[5]] == [
        "Offence category", "Apr 2025", "May 2025", "Jun 2025", "Jul 2025", "Aug 2025", "Sep 2025", "Oct 2025",
        "Nov 2025", "Dec 2025", "Jan 2026", "Feb 2026", "Mar 2026",
    ]  # fmt: skip
    assert workbook_of(source_named("police_asb")).sheetnames == ["Notes", "April 2025", "Lists"]
    assert workbook_of(source_named("enforcement_register")).sheetnames == ["Notes", "Q4 2024-25", "Lists"]
    assert workbook_of(source_named("housing_cases")).sheetnames == ["Notes", "Open cases", "Closed cases", "Lists"]
    marac = workbook_of(source_named("marac"))["MARAC data"]
    assert [marac.cell(row, 1).value for row in (1, 2, 3)] == [
        "MARAC",
        "Return made on dd/mm/yyyy",
        "Quarter: Q4 2024/25",
    ]


@pytest.mark.parametrize(
    ("text", "found_by", "period", "wanted"),
    [
        ("Apr 2019", "(.*)", month(2026, 5), "May 2026"),
        ("April 2019", "(.*)", month(2026, 1), "January 2026"),
        ("Tab of April 2019 (revised)", r"of (\w+ \d{4})", month(2020, 6), "Tab of June 2020 (revised)"),
        ("Q1 2019-20", "(.*)", quarter(2026, 4), "Q4 2026-27"),
        ("2019/20 Q1", "(.*)", quarter(2020, 2), "2020/21 Q2"),
        ("spring", "(.*)", quarter(2020, 2), "spring"),
    ],
)
def test_a_period_is_spelt_as_the_example_spells_it(text: str, found_by: str, period: Any, wanted: str) -> None:
    assert respell(text, found_by, period) == wanted


def test_cs_template_writes_once_and_never_over_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", "marac"]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "Written: marac template.xlsx"
    first = (tmp_path / "marac template.xlsx").read_bytes()
    assert load_workbook("marac template.xlsx").sheetnames == ["Notes", "MARAC data", "Lists"]
    assert main(["template", "marac"]) == 3
    told = capsys.readouterr().err
    assert told == "cs: marac template.xlsx is there already, and nothing was written. Give another file with --to.\n"
    assert (tmp_path / "marac template.xlsx").read_bytes() == first


def test_cs_template_of_a_flat_return_is_a_heading_row_and_prints_the_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "street.csv"
    assert main(["template", "police_street", "--to", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Due: The last working day of the second month after the month." in told
    assert '"Bicycle theft"' in told
    headings = "Crime ID,Month,Reported by,Longitude,Latitude,LSOA code,Crime type,Last outcome category"
    assert path.read_text() == f"{headings}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "cs: there is no source nonsense. Give one of: areas, "),
        (["marac", "--to", "no such folder/x.xlsx"], "cs: there is no folder no such folder. "),
        (["marac", "--to", "marac.csv"], "cs: marac.csv does not end in .xlsx, "),
        (["areas", "--to", "areas.xlsx"], "cs: areas.xlsx does not end in .csv, "),
    ],
)
def test_cs_template_says_what_is_wrong_in_one_line(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", *arguments]) == 3
    said = capsys.readouterr().err
    assert said.startswith(told)
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_list_is_made_without_reference_data_at_hand(tmp_path: Path) -> None:
    """A set of deliveries that brings no wards takes the project's own."""
    workbook = make_workbook(source_named("housing_cases"), Settings(tmp_path, tmp_path), TODAY)
    assert [cell.value for cell in workbook["Lists"]["B"]] == ["Ward", *wards()]
