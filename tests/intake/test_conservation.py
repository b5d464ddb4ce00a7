"""No row is lost: what a second, plain reader counts on a sheet is what was accepted, quarantined and ignored.

Workbooks of every source are made of good rows, blank ones, totals, notes, spoilt cells and rows beside the table;
`make test` tries 200 of them, `make proof` 2,000.
"""

import csv
import re
from collections import Counter
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import makers
import pytest
import returns
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import Rows
from openpyxl import load_workbook
from returns import FILES, Book

from cs_pipeline.declare.registry import all_sources, source_named
from cs_pipeline.intake.reading import Reading

SEED = 20261125
# Books of each source in `make test`, by how long one takes.
BOOKS = {
    "business_plan": 4,
    "marac": 14,
    "police_asb": 12,
    "housing_cases": 14,
    "police_crime": 14,
    "environmental_health_cases": 14,
    "enforcement_register": 14,
    "communities_cases": 14,
    "asb_panel": 14,
    "environmental_health_activity": 12,
    "food_safety": 12,
    "licensing": 14,
    "residents_survey": 12,
    "pentana_indicators": 12,
    "pentana_actions": 12,
    "pentana_risks": 12,
}
PROOF = 10  # times as many in `make proof`
STREET_FILE = FILES["police_street"]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
KINDS = ["good"] * 6 + ["spoilt"] * 4 + ["short", "blank", "spaces", "total", "note", "words", "beside"]
SPOILT = (
    None, "", " ", "#N/A", "#REF!", "=A1", "Nonsense", "0", 1.5, -3, 43_560, "04/13/2019", "05/04/2019", "2.5%", True,
    date(2031, 1, 2), datetime(2019, 4, 3, 23, 50), "a text of many words that stands where none should", "\u200b",  # noqa: DTZ001
)  # fmt: skip
TOTALS = ("Total", "grand total", "Sub-total week 2", "TOTALS", "Overall", "Sum", "All cases", "Nontotal", "Totalled")
NOTES = ("Source: command and control", "Note", "Notes: none", "Sources", "Noted")


# ---------------------------------------------------------------- workbooks


def make_book(source: str, random: Random) -> tuple[Book, dict[str, int], bool]:
    """A delivery, the place of the heading row of each sheet that has one, and whether persons stand in it."""
    book = {name: [list(row) for row in rows] for name, rows in returns.good(source).items()}
    guarded = source_named(source).counts_only
    has_persons = guarded and random.random() < 0.3
    at: dict[str, int] = {}
    for name, rows in book.items():
        width = max(map(len, rows))
        at[name] = returns.heading_at(source, rows)
        good = rows[at[name] + 1 :]
        del rows[at[name] + 2 :]  # The first good row stays, so that the table is not empty.
        rows += [_row(random, good, width, guarded) for _ in range(random.randrange(10))]
        random.shuffle(good)
    more = {"Notes": [["One"], [], ["Two"]], "Sheet9": [[1, 2], [], [3, None, 4]], "Empty": [[], [" "]]}
    book |= {name: rows for name, rows in more.items() if random.random() < 0.3}
    if has_persons:
        rows = random.choice(list(book.values()))
        rows.append([None] * 27 + ["Jane Citizen"])
        has_persons = rows is not book.get("Notes")
    return book, at, has_persons


def _row(random: Random, good: Rows, width: int, guarded: bool) -> list[Any]:
    kind, row = random.choice(KINDS), list(random.choice(good))
    if kind == "spoilt":
        for _ in range(random.randrange(1, 4)):
            row[random.randrange(len(row))] = random.choice(SPOILT)
    if kind == "short":
        del row[random.randrange(1, len(row) + 1) :]
    return {
        "blank": [],
        "spaces": [" ", None, "\xa0", "\u2003"],
        "total": [random.choice(TOTALS), None, 9],
        "note": [None] * random.randrange(2) + [random.choice(NOTES)],
        "words": ["Nonsense"],
        "beside": [None] * (width + random.randrange(3)) + ["Total" if guarded else "beside the table"],
    }.get(kind, row)


def count_rows(path: Path, at: dict[str, int]) -> dict[str, int]:
    """By openpyxl's ordinary reader: rows under the heading with any text in them; of other sheets all such rows."""
    counts = {}
    for sheet in load_workbook(path):
        rows = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        under = rows[at[sheet.title] + 1 :] if sheet.title in at else rows
        counts[sheet.title] = sum(any(re.search(r"[^\s\xa0\u2003\u200b]", text) for text in row) for row in under)
    return {name: count for name, count in counts.items() if count}


def typed_rows(reading: Reading) -> Counter[str]:
    """How many rows of each sheet were typed; one with several figures is one."""
    counts: Counter[str] = Counter()
    for path in reading.rows.values():
        query = f"select sheet_name, count(distinct row_number) from read_parquet('{path}') group by 1"
        counts.update(dict(duckdb.execute(query).fetchall()))
    return counts


def check_books(source: str, seeds: range) -> None:
    for seed in seeds:
        book, at, has_persons = make_book(source, Random(f"{SEED} {source} {seed}"))  # noqa: S311 - rows, not secrets
        with TemporaryDirectory() as folder:
            path = returns.save(source, book, Path(folder))
            reading = makers.read(source, path, Path(folder))
            counted = count_rows(path, at)
            if has_persons:
                (sentence,) = reading.sentences()
                rows = sum(counted.values())
                assert reading.n_turned_away == rows, (source, seed)
                assert f"refused, {rows} row{'' if rows == 1 else 's'}, personal data in column AB;" in sentence
                assert (reading.may_be_kept, reading.counts, reading.rows, reading.quarantined) == (False, [], {}, [])
                continue
            assert not reading.is_refused, (source, seed, reading.sentences())
            assert {sheet: read for sheet, read, *_ in makers.counts_of(reading)} == counted, (source, seed)
            accepted = {c.sheet: c.accepted for c in reading.counts if c.accepted}
            quarantined = {c.sheet: c.quarantined for c in reading.counts if c.quarantined}
            assert accepted == typed_rows(reading), (source, seed)
            assert quarantined == Counter(row.sheet for row in reading.quarantined), (source, seed)
            assert len({(row.sheet, row.row_number) for row in reading.quarantined}) == len(reading.quarantined)


@pytest.mark.parametrize("source", BOOKS)
def test_every_row_of_a_workbook_is_accounted_for(source: str) -> None:
    check_books(source, range(BOOKS[source]))


@pytest.mark.proof
@pytest.mark.parametrize("source", BOOKS)
def test_every_row_of_many_workbooks_is_accounted_for(source: str) -> None:
    check_books(source, range(PROOF * BOOKS[source]))


def test_there_are_two_hundred_workbooks_of_all_kinds() -> None:
    workbooks = {source.name for source in all_sources() if source.has_sheets}
    assert (set(BOOKS), sum(BOOKS.values()), PROOF * sum(BOOKS.values())) == (workbooks, 200, 2000)
    made = [make_book(source, Random(f"{SEED} {source} {seed}")) for source in BOOKS for seed in range(BOOKS[source])]  # noqa: S311
    assert sum(has_persons for *_, has_persons in made) > 10


# ---------------------------------------------------------------- street files


@st.composite
def street_lines(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["row"] * 8 + ["blank", "commas", "short", "long"]))
    if kind in ("blank", "commas"):
        return "" if kind == "blank" else " ,,,\xa0,,,,,,,,"
    line = makers.street(
        draw(st.sampled_from(["Anti-social behaviour", "Burglary", "Nonsense", ""])),
        draw(st.sampled_from([makers.INSIDE, makers.OUTSIDE, "", "E01"])),
        month=draw(st.sampled_from(["2024-02", "2024-02", "2024-03", "Feb"])),
        location=draw(st.sampled_from(["On or near High Street", '"The Drive, Park Lane"', '"two\nlines"'])),
    )
    return line.rsplit(",", 4)[0] if kind == "short" else line + ",x" if kind == "long" else line


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.lists(street_lines(), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_record_of_a_street_file_is_accounted_for(lines: list[str], end: str) -> None:
    check_street(lines, end)


@pytest.mark.proof
@settings(max_examples=1000, deadline=None, suppress_health_check=SLOW)
@given(st.lists(street_lines(), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_record_of_many_street_files_is_accounted_for(lines: list[str], end: str) -> None:
    check_street(lines, end)


def check_street(lines: list[str], end: str) -> None:
    text = end.join([makers.STREET_HEADER, makers.street(), *lines, ""])
    records = [row for row in csv.reader(StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / STREET_FILE
        path.write_bytes(text.encode())
        reading = makers.read("police_street", path, Path(folder))
        ((_, read, accepted, quarantined, ignored),) = makers.counts_of(reading)
        assert read == len(records) - 1 == accepted + quarantined + sum(ignored.values())
        assert (accepted, quarantined) == (len(makers.rows_of(reading, "police_street")), len(reading.quarantined))
