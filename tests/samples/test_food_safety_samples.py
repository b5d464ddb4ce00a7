"""The committed workbooks of the food safety programme: the seed writes them, and they add to what the plan prints.

Read with openpyxl and counted here, so that neither the generator nor the pipeline's reader is believed.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_samples import assert_same_files, read_date

from cs_pipeline.declare.columns import plain
from cs_pipeline.samples.food_safety import write_food_safety
from cs_pipeline.sources.food_safety import SOURCE
from cs_pipeline.words.periods import Period, parse_period, quarter_of, year_of

FOLDER = Path(__file__).resolve().parents[2] / "sources" / "food_safety"
# By the year it starts in: inspections, re-inspections, premises warned, requests; in time, in per cent of those due.
PRINTED = {2019: (709, 50, 407, 172), 2020: (35, 12, 90, 377), 2021: (1072, 13, 1000, 238)}
SHARES = {2019: (98, 96), 2020: (5, 1), 2021: (95, 85)}
PREMISES, REQUESTS = SOURCE.tables
EVENTS = ("inspection_due_on", "inspected_on", "reinspected_on", "warned_on")


@dataclass(frozen=True)
class Workbook:
    """One delivery: the day it speaks for, its sheets as they are, the rows of each tab, the counts of each month."""

    name: str
    as_at: dt.date
    sheets: dict[str, list[tuple[Any, ...]]]
    tabs: dict[Period, list[dict[str, Any]]]
    requests: dict[tuple[str, dt.date], int]


@cache
def read_folder(folder: Path) -> list[Workbook]:
    """By the day for which each speaks."""
    return sorted((read_book(path) for path in folder.glob("*.xlsx")), key=lambda book: book.as_at)


def read_book(path: Path) -> Workbook:
    book = load_workbook(path, read_only=True)
    sheets = {sheet.title: list(sheet.values) for sheet in book.worksheets}
    book.close()
    days = {read_date(str(rows[1][0]).removeprefix("Programme as at ")) for n, rows in sheets.items() if n != "Notes"}
    tabs = {
        quarter: list(read_tab(rows)) for n, rows in sheets.items() if (quarter := parse_period(n.replace("-", "/")))
    }
    (as_at,) = days
    return Workbook(path.name, as_at, sheets, tabs, dict(read_requests(sheets["Requests"])))


def read_tab(rows: list[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Under the declared names, days read; KeyError for a heading that is not declared."""
    named = {plain(heading): column for column in PREMISES.columns for heading in column.headings}
    top = next(place for place, row in enumerate(rows) if plain(str(row[0])) in named)
    names = [named[plain(str(heading))].name for heading in rows[top]]
    for row in rows[top + 1 :]:
        if row[0] not in (None, "Total"):
            cells = dict(zip(names, row, strict=True))
            yield cells | {name: cells[name] and read_date(cells[name]) for name in EVENTS}


def read_requests(rows: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[str, dt.date], int]]:
    headings, *counted = (row for row in rows[4:] if row[0])
    for kind, *counts in counted[:2]:
        for heading, count in zip(headings[1:-1], counts, strict=False):
            first = heading.date() if isinstance(heading, dt.datetime) else parse_period(heading).first
            yield (REQUESTS.columns[0].read(kind)[0], first), count


def latest_tabs(books: list[Workbook]) -> dict[Period, list[dict[str, Any]]]:
    return {quarter: rows for book in books for quarter, rows in book.tabs.items()}


def band(row: dict[str, Any]) -> str:
    (category,) = PREMISES.columns[2].read(row["listed_category"])
    return "high" if category in "ABC" else "low"


def count(books: list[Workbook]) -> dict[int, tuple[int, ...]]:
    inspected, again, requests = Counter[int](), Counter[int](), Counter[int]()
    warned = defaultdict(set)
    for row in (row for rows in latest_tabs(books).values() for row in rows):
        for name, found in (("inspected_on", inspected), ("reinspected_on", again)):
            found[year_of(row[name]).first.year if row[name] else 0] += 1
        if row["warned_on"]:
            warned[year_of(row["warned_on"]).first.year].add(row["premises_key"])
    for (_, first), n in {key: n for book in books for key, n in book.requests.items()}.items():
        requests[year_of(first).first.year] += n
    return {year: (inspected[year], again[year], len(warned[year]), requests[year]) for year in PRINTED}


def count_in_time(books: list[Workbook]) -> dict[int, tuple[int, ...]]:
    due, done = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for quarter, rows in latest_tabs(books).items():
        for row in rows:
            if row["inspection_due_on"] and row["inspection_due_on"] >= quarter.first:
                key = year_of(quarter.first).first.year, band(row)
                due[key] += 1
                done[key] += bool(row["inspected_on"] and row["inspected_on"] <= quarter.last)
    return {year: tuple(round(100 * done[year, of] / due[year, of]) for of in ("high", "low")) for year in PRINTED}


# ---------------------------------------------------------------- what is committed


def test_the_workbooks_are_those_written_from_the_seed(tmp_path: Path) -> None:
    paths = write_food_safety(tmp_path)
    assert_same_files(tmp_path, FOLDER)
    assert [path.name for path in paths] == [book.name for book in read_folder(FOLDER)]
    assert len(paths) == 15


def test_each_year_adds_to_what_the_plan_prints() -> None:
    assert count(read_folder(FOLDER)) == PRINTED
    assert count_in_time(read_folder(FOLDER)) == SHARES


def test_the_backlog_of_2021_22_was_due_the_year_before() -> None:
    late = [
        row["inspection_due_on"]
        for quarter, rows in latest_tabs(read_folder(FOLDER)).items()
        for row in rows
        if quarter.key.startswith("2021") and row["inspection_due_on"] and row["inspection_due_on"] < quarter.first
    ]
    assert len(late) == 428
    assert sum(year_of(day).first.year == 2020 for day in late) > 350


@pytest.mark.proof
def test_another_seed_gives_other_premises_and_the_same_totals(tmp_path: Path) -> None:
    write_food_safety(tmp_path, seed=7)
    others = read_folder(tmp_path)
    assert latest_tabs(others) != latest_tabs(read_folder(FOLDER))
    assert (count(others), count_in_time(others)) == (PRINTED, SHARES)


@pytest.mark.proof
def test_a_scale_of_three_triples_every_total(tmp_path: Path) -> None:
    write_food_safety(tmp_path, scale=3)
    books = read_folder(tmp_path)
    assert count(books) == {year: tuple(3 * n for n in numbers) for year, numbers in PRINTED.items()}
    assert count_in_time(books) == SHARES


# ---------------------------------------------------------------- what every workbook keeps


def test_a_workbook_holds_every_quarter_and_month_of_its_year_so_far() -> None:
    for book in read_folder(FOLDER):
        last = max(book.tabs)
        assert book.name == f"Food safety programme {last.key.replace('-Q', ' Q')}.xlsx"
        assert 6 <= (book.as_at - last.last).days <= 10
        assert len(book.tabs) == int(last.key[-1]) == len(book.requests) // 6
        assert {year_of(quarter.first) for quarter in book.tabs} == {year_of(last.first)}
        assert max(first for _, first in book.requests) <= last.last


def test_every_row_keeps_the_declared_rules() -> None:
    seen = Counter[str]()
    for book in read_folder(FOLDER):
        for quarter, rows in book.tabs.items():
            done = [(row["premises_key"], row["inspected_on"]) for row in rows if row["inspected_on"]]
            due = [row["premises_key"] for row in rows if row["inspection_due_on"]]
            assert len(set(done)) == len(done)
            assert len(set(due)) == len(due)
            for row in rows:
                on, inspected = row["inspection_due_on"], row["inspected_on"]
                assert re.fullmatch(r"FB-\d{4}", row["premises_key"])
                assert max(day for name in EVENTS if (day := row[name])) <= max(book.tabs).last
                assert inspected is None or quarter_of(inspected) == quarter
                assert on is None or on <= quarter.last
                assert on is None or on >= quarter.first or inspected
                after = [row[name] for name in EVENTS[2:] if row[name]]
                assert all(day >= (inspected or quarter.first) for day in after)
                seen[row["listed_category"]] += 1
    assert len(seen) == 15, "every category in three spellings"


def test_later_workbooks_put_earlier_tabs_and_months_right() -> None:
    """Besides what only follows in a later quarter: inspections not yet entered, requests not yet counted."""
    books = read_folder(FOLDER)
    final = latest_tabs(books)
    requests = {key: n for book in books for key, n in book.requests.items()}
    not_entered = {q.key for book in books for q, rows in book.tabs.items() if done(rows) < done(final[q])}
    assert not_entered == {"2019-20-Q2", "2021-22-Q1"}
    assert all(done(rows) <= done(final[quarter]) for book in books for quarter, rows in book.tabs.items())
    not_counted = {quarter_of(key[1]).key for book in books for key, n in book.requests.items() if n < requests[key]}
    assert not_counted == {"2020-21-Q1", "2021-22-Q3"}


def done(rows: list[dict[str, Any]]) -> int:
    return sum(row["inspected_on"] is not None for row in rows)


def test_every_sheet_says_it_is_synthetic_and_nothing_looks_like_a_person() -> None:
    for book in read_folder(FOLDER):
        kind = "Synthetic and illustrative sample" if " 2022-23 " in book.name else "Synthetic sample"
        for name, rows in book.sheets.items():
            assert f"{kind}: no real premises, person or place" in " ".join(str(row[0]) for row in rows[:3])
            texts = [str(cell) for row in rows for cell in row if cell]
            assert not [text for text in texts if re.search(r"\d{7}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", text)]
            if name not in ("Notes", "Requests"):
                n_rows = sum(bool(row[0]) for row in rows[4:]) - 2  # the headings and the total
                assert rows[-1][:2] == ("Total", n_rows)


@pytest.mark.parametrize("form", [dt.datetime, str, int])
def test_days_are_typed_as_dates_as_text_and_as_serial_numbers(form: type) -> None:
    cells = [cell for book in read_folder(FOLDER) for row in book.sheets.get("Q2 2019-20", []) for cell in row[2:]]
    assert any(isinstance(cell, form) for cell in cells if cell not in (None, "Due"))
