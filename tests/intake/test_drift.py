"""Suppliers change their files: what means the same loads the same, and all else is refused or quarantined.

Each change is made to a good delivery as rows of cells. None may load wrong in silence. `make test` tries 234 of them
over all sources, `make proof` every one.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice, zip_longest
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import makers
import pytest
import returns
from makers import Rows
from returns import FILES, Book

from cs_pipeline.declare.columns import Column, plain
from cs_pipeline.declare.registry import source_named
from cs_pipeline.declare.source import Layout, Source, Table
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.days import parse_date
from cs_pipeline.words.findings import Severity

SEED = 15  # with which every kind of harmful change stands among the 234
HARMLESS, HARMFUL = 4, 8  # changes of each source in `make test`
SERIAL_ZERO = date(1899, 12, 30)
TITLES: Rows = [["Community Safety Partnership"], [None, "Official"], ["For the partnership's analysts only"]]


@dataclass(frozen=True)
class Drift:
    """One changed delivery. `nearest` is the heading that a refusal must name, where one is near."""

    kind: str
    what: str
    book: Book
    nearest: str | None = None


@dataclass(frozen=True)
class Part:
    """One table's sheet in a book: its rows, the place of its heading row, and each column's place in a row."""

    table: Table
    layout: Layout
    sheet: str
    rows: Rows
    at: int

    @property
    def places(self) -> dict[str, int]:
        known = {plain(h): c.name for c in self.table.columns for h in self.layout.headings_of(c)}
        headings = enumerate(self.rows[self.at])
        return {known[plain(h)]: place for place, h in headings if isinstance(h, str) and plain(h) in known}

    @property
    def figures(self) -> list[int]:
        cells = self.table.cells
        headings = enumerate(self.rows[self.at])
        return [n for n, h in headings if cells and isinstance(h, str) and re.fullmatch(cells.heading, h, re.I)]

    def places_of(self, column: str) -> list[int]:
        cells = self.table.cells
        if cells and column == cells.figure.name:
            return self.figures
        return [self.places[column]] if column in self.places else []

    @property
    def body(self) -> Rows:
        return self.rows[self.at + 1 :]


def parts_of(source: Source, book: Book, day: date) -> list[Part]:
    found = []
    for table in source.tables:
        layout = table.layout_at(day)
        known = {plain(h) for column in table.columns for h in layout.headings_of(column)}
        for sheet, rows in book.items():
            if re.fullmatch(layout.sheets, sheet, re.IGNORECASE):
                scores = [sum(isinstance(h, str) and plain(h) in known for h in row) for row in rows]
                found.append(Part(table, layout, sheet, rows, scores.index(max(scores))))
    return found


class Drifts:
    """Every change of a source's good delivery, kind by kind; a copy of the delivery is changed each time."""

    def __init__(self, name: str, day: date, random: Random) -> None:
        self.source, self.day, self.random = source_named(name), day, random
        self.is_book = self.source.has_sheets

    def copy(self) -> tuple[Book, list[Part]]:
        book = {name: [list(row) for row in rows] for name, rows in returns.good(self.source.name).items()}
        return book, parts_of(self.source, book, self.day)

    def columns(self) -> list[tuple[str, Column]]:
        """(table, column) of every column under a heading of its own."""
        return [(t.name, c) for t in self.source.tables for c in t.columns if c.place == "heading"]

    def changed(self, kind: str, what: str, change: Callable[[Part], None], nearest: str | None = None) -> Drift:
        """The delivery with each of its sheets changed."""
        book, parts = self.copy()
        for part in parts:
            change(part)
        return Drift(kind, what, book, nearest)

    def in_column(self, kind: str, what: str, name: tuple[str, str], change: Callable[[Any], Any]) -> Drift | None:
        """The delivery with every value of one column changed; None where no value changes."""
        book, parts = self.copy()
        before = deepcopy(book)
        for part in parts:
            if part.table.name == name[0]:
                for place in part.places_of(name[1]):
                    for row in part.body:
                        if place < len(row) and row[place] is not None:
                            row[place] = change(row[place])
        return Drift(kind, f"{what} in {name[1]}", book) if book != before else None

    # ---------------------------------------------------------------- harmless

    def harmless(self) -> dict[str, list[Drift]]:
        return {
            "other headings": [*self.other_headings()],
            "moved columns": [*self.moved_columns()],
            "blanks": [*self.blanks()],
            "titles": [*self.titles()],
            "spelt headings": [*self.spelt_headings()],
            "words": [*self.spelt_words(), *self.other_words()],
            "ignored rows": [*self.ignored_rows()],
            "dates": [*self.dates_otherwise()],
            "numbers": [*self.numbers_as_text()],
            "more columns": [*self.more_columns()],
        }

    def other_headings(self) -> Iterator[Drift]:
        for table, column in self.columns():
            layouts = next(t for t in self.source.tables if t.name == table)
            for heading in layouts.layout_at(self.day).headings_of(column):

                def rename(part: Part, heading: str = heading, at: tuple[str, str] = (table, column.name)) -> None:
                    if part.table.name == at[0] and at[1] in part.places:
                        part.rows[part.at][part.places[at[1]]] = heading

                drift = self.changed("another heading", f'"{heading}" for {column.name}', rename)
                if drift.book != returns.good(self.source.name):
                    yield drift

    def moved_columns(self) -> Iterator[Drift]:
        for what in ("reversed", "the first one last", "shuffled", "shuffled again"):

            def move(part: Part, what: str = what) -> None:
                width = max(map(len, part.rows))
                order = list(range(width))
                if what == "reversed":
                    order.reverse()
                elif what == "the first one last":
                    order.append(order.pop(0))
                else:
                    self.random.shuffle(order)
                for n in range(part.at, len(part.rows)):
                    padded = part.rows[n] + [None] * (width - len(part.rows[n]))
                    part.rows[n] = [padded[place] for place in order]

            yield self.changed("moved columns", what, move)

    def blanks(self) -> Iterator[Drift]:
        for what in ("under the headings", "among the rows", "at the end", "of spaces"):

            def insert(part: Part, what: str = what) -> None:
                at = {"under the headings": part.at + 1, "at the end": len(part.rows)}.get(what, len(part.rows) - 1)
                part.rows[at:at] = [[]] * 2 if what != "of spaces" else [[" ", None, "\xa0"]]

            yield self.changed("blank rows", what, insert)
        for what in ("first", "second", "last"):

            def widen(part: Part, what: str = what) -> None:
                for row in part.rows[part.at :]:
                    row.insert({"first": 0, "second": 1, "last": len(row)}[what], None)

            yield self.changed("blank column", what, widen)

    def titles(self) -> Iterator[Drift]:
        for n in (1, 2, 3):
            yield self.changed("title rows", f"{n} at the top", lambda part, n=n: _insert(part.rows, 0, TITLES[:n]))
        yield self.changed("title rows", "over the headings", lambda part: _insert(part.rows, part.at, TITLES[:1]))

    def spelt_headings(self) -> Iterator[Drift]:
        for what, change in SPELLINGS.items():

            def spell(part: Part, change: Callable[[str], str] = change) -> None:
                row = part.rows[part.at]
                part.rows[part.at] = [change(h) if isinstance(h, str) else h for h in row]

            yield self.changed("spelt headings", what, spell)
        for what, mark in (("a colon", "{}:"), ("a star", "{} *"), ("dots", "{}…")):

            def add(part: Part, mark: str = mark) -> None:
                for place in part.places.values():
                    part.rows[part.at][place] = mark.format(part.rows[part.at][place])

            yield self.changed("spelt headings", what, add)

    def spelt_words(self) -> Iterator[Drift]:
        for table, column in self.columns():
            if column.allowed or column.looked_up_in:
                for what, change in SPELLINGS.items():
                    drift = self.in_column("spelt words", what, (table, column.name), lambda v, c=change: c(str(v)))
                    yield from [drift] if drift else []

    def other_words(self) -> Iterator[Drift]:
        for table, column in self.columns():
            for seen, meant in column.aliases.items():

                def replace(value: Any, seen: str = seen, meant: str = meant, column: Column = column) -> Any:
                    stands = column.aliases.get(str(value), str(value))
                    return seen if stands == meant else value

                drift = self.in_column("another word", f'"{seen}"', (table, column.name), replace)
                yield from [drift] if drift else []

    def ignored_rows(self) -> Iterator[Drift]:
        rows: Rows = []
        rules = {ignore.rule for table in self.source.tables for ignore in table.ignores}
        if "totals row" in rules:
            rows += [["Total", 4], ["GRAND TOTAL", None, 4], ["Sub-total", 2], ["Total for the quarter:", 4]]
        if "note under the table" in rules:
            rows += [["Source: the system, as it stood"], ["Note: see the guidance"], ["Notes"]]
        if self.source.name == "police_street":
            outside = deepcopy(returns.good("police_street")[""][1])
            outside[7] = "E01013870"
            rows += [outside, [*outside[:7], None, *outside[8:]], ["Total", 3]]
        for row in rows:
            what = str(row[0] or "a row outside the borough")
            yield self.changed("ignored row", what, lambda part, row=row: part.rows.extend([[], row]))
        for name in ("Notes", "Cover", "read me") if self.is_book else ():
            book, _ = self.copy()
            yield Drift("sheet of notes", name, {name: [["What the columns mean"], ["Type", "see above"]], **book})

    def dates_otherwise(self) -> Iterator[Drift]:
        for table, column in self.columns():
            for what, form in DATES.items() if column.kind == "date" else ():
                drift = self.in_column("date", what, (table, column.name), lambda v, f=form: f(day_of(v)))
                yield from [drift] if drift else []

    def numbers_as_text(self) -> Iterator[Drift]:
        for table in self.source.tables:
            for column in table.read_columns:
                if column.kind == "whole":
                    for what, form in (("as text", "{}"), ("with spaces", " {}\xa0"), ("with commas", "{:,}")):
                        name = (table.name, column.name)
                        drift = self.in_column("number", what, name, lambda v, f=form: f.format(v))
                        yield from [drift] if drift else []

    def more_columns(self) -> Iterator[Drift]:
        for what in ("Number", "Quarter"):
            yield self.changed("one more column", what, lambda part, what=what: _append(part, what, 3))

    # ---------------------------------------------------------------- harmful

    def harmful(self) -> dict[str, list[Drift]]:
        types = [*self.of_another_type()]
        return {
            "renamed": [*self.renamed()],
            "dropped": [*self.dropped()],
            "doubled": [*self.doubled()],
            "totals": [*self.totals()],
            "American dates": [*self.american_dates()],
            "numbers": [drift for drift in types if drift.kind in NUMBERS],
            "types": [drift for drift in types if drift.kind not in NUMBERS],
            "sheets and titles": [*self.renamed_sheets(), *self.lost_titles()],
        }

    def in_headings(
        self, kind: str, change: Callable[[Part, int], None], new: str = "{}", *, optional: bool = False
    ) -> Iterator[Drift]:
        """Each declared column in its turn; those that may be absent only where `optional`."""
        for table, column in self.columns():
            if column.may_be_absent and not optional:
                continue
            book, parts = self.copy()
            parts = [part for part in parts if part.table.name == table]
            heading = parts[0].rows[parts[0].at][parts[0].places[column.name]]
            for part in parts:
                change(part, part.places[column.name])
            yield Drift(kind, f'"{heading}"', book, new.format(heading) if new != "{}" else None)

    def renamed(self) -> Iterator[Drift]:
        for new in ("{} (new)", "New {}", "{} 2"):

            def rename(part: Part, place: int, new: str = new) -> None:
                part.rows[part.at][place] = new.format(part.rows[part.at][place])

            yield from self.in_headings("renamed column", rename, new)

    def dropped(self) -> Iterator[Drift]:
        def drop(part: Part, place: int) -> None:
            for row in part.rows[part.at :]:
                del row[place : place + 1]

        yield from self.in_headings("dropped column", drop)

    def doubled(self) -> Iterator[Drift]:
        def double(part: Part, place: int) -> None:
            width = max(map(len, part.rows))
            for n in range(part.at, len(part.rows)):
                row = part.rows[n] + [None] * (width - len(part.rows[n]))
                part.rows[n] = [*row, row[place]]

        yield from self.in_headings("doubled column", double, optional=True)

    def totals(self) -> Iterator[Drift]:
        """Rows of totals under the others, labelled as no rule of the source ignores."""
        rules = {ignore.rule for table in self.source.tables for ignore in table.ignores}
        labels = ["Overall total", "Sum", "All", "Borough total", "Overall", "Running total", "Sum of all:"]
        labels += [] if "totals row" in rules else ["Total", "Grand total", "Sub-total", "TOTALS:", "Subtotal"]
        for label in labels if self.source.name != "police_street" else ():  # It ignores what has no LSOA.
            book, parts = self.copy()
            for part in parts:
                changed = deepcopy(book)
                changed[part.sheet].append(_added(part, label))
                yield Drift("totals row", f'"{label}" on {part.sheet}', changed)
        if self.source.name == "business_plan":
            for label in ("Total", "Sub-total", "Grand total"):
                book, _ = self.copy()
                book["Budgets"].append(["Revenue", label, None, "£6,000"])
                yield Drift("totals row", f'"{label}" as an item', book)

    def of_another_type(self) -> Iterator[Drift]:
        for table in self.source.tables:
            for column in table.read_columns:
                for what in WRONG.get(column.kind, ()) if column.place == "heading" else ():
                    wrong = WRONG[column.kind][what]
                    drift = self.in_column(what, "", (table.name, column.name), wrong)
                    yield from [drift] if drift else []
                if column.place == "heading" and (column.allowed or column.looked_up_in or column.pattern):
                    drift = self.in_column("another word", "", (table.name, column.name), lambda v: f"{v} or so")
                    yield from [drift] if drift else []
                if column.place == "heading" and column.required:
                    drift = self.in_column("blank", "", (table.name, column.name), lambda v: None)
                    yield from [drift] if drift else []

    def american_dates(self) -> Iterator[Drift]:
        for table, column in self.columns():
            if column.kind == "date":
                name = (table, column.name)
                drift = self.in_column("American date", "", name, lambda v: f"{day_of(v):%m/%d/%Y}")
                yield from [drift] if drift else []

    def renamed_sheets(self) -> Iterator[Drift]:
        if not self.is_book:
            return
        book, parts = self.copy()
        for new in ("{} (new)", "Sheet1"):
            renamed = {new.format(name) if n == 0 else name: rows for n, (name, rows) in enumerate(book.items())}
            yield Drift("renamed sheet", new.format(parts[0].sheet), deepcopy(renamed))

    def lost_titles(self) -> Iterator[Drift]:
        if self.is_book:
            lose = _lose_titles
            yield self.changed("lost titles", "all", lose)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "lower case": str.lower,
    "spaces around": lambda text: f"  {text} ",
    "two spaces": lambda text: text.replace(" ", "  "),
    "line feeds": lambda text: text.replace(" ", "\n"),
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
}
DATES: dict[str, Callable[[date], Any]] = {
    "as text": lambda day: f"{day:%d/%m/%Y}",
    "short": lambda day: f"{day.day}/{day.month}/{day:%y}",
    "ISO": lambda day: day.isoformat(),
    "in words": lambda day: f"{day.day} {day:%B %Y}",
    "with a weekday": lambda day: f"{day:%a %d %b %Y}",
    "a serial number": lambda day: (day - SERIAL_ZERO).days,
    "a date": lambda day: day,
    "with a time": lambda day: datetime(day.year, day.month, day.day),  # noqa: DTZ001 - as a spreadsheet has it.
}
# What a column of a kind cannot hold, by what a person would call it.
WRONG: dict[str, dict[str, Callable[[Any], Any]]] = {
    "whole": {
        "number as words": lambda _: "twelve",
        "text for number": lambda value: f"about {value}",
        "percentage": lambda value: f"{value}%",
        "decimal for whole": lambda value: value + 0.5,
        "error": lambda _: "#DIV/0!",
    },
    "decimal": {
        "number as words": lambda _: "minus one",
        "text for number": lambda value: f"{value} degrees",
        "decimal comma": lambda value: str(value).replace(".", ","),
        "error": lambda _: "#N/A",
    },
    "date": {
        "date as words": lambda _: "early in April",
        "day and month only": lambda value: f"{day_of(value):%d %B}",
        "error": lambda _: "#VALUE!",
    },
    "month": {"date as words": lambda _: "last month", "American date": lambda _: "02/01/2024"},
    "time": {"text for number": lambda _: "in the evening"},
    "reference": {"text for number": lambda _: "no reference"},
    "pi_code": {"text for number": lambda _: "ASB incidents"},
    "period": {"date as words": lambda _: "soon"},
    "figure": {"number as words": lambda _: "about ten", "error": lambda _: "#REF!"},
    "coded_name": {"text for number": lambda _: "ASB incidents", "error": lambda _: "#NAME?"},
    "percent": {"number as words": lambda _: "half", "text for number": lambda value: f"about {value}"},
}


MUST_BE_TRIED = {
    "another heading", "moved columns", "blank rows", "blank column", "title rows", "spelt headings", "spelt words",
    "ignored row", "renamed column", "dropped column", "doubled column", "totals row", "American date",
    "number as words", "text for number", "percentage", "decimal for whole", "date as words", "blank", "another word",
    "renamed sheet", "lost titles",
}  # fmt: skip
NUMBERS = {kind for of in ("whole", "decimal", "figure") for kind in WRONG[of]} - {"error"}


def day_of(value: Any) -> date:
    if isinstance(value, int):
        return SERIAL_ZERO + timedelta(days=value)
    day = value if isinstance(value, date) else parse_date(str(value))
    assert day is not None
    return day


def _insert(rows: Rows, at: int, more: Rows) -> None:
    rows[at:at] = deepcopy(more)


def _append(part: Part, heading: str, value: Any) -> None:
    width = max(map(len, part.rows))
    for n in range(part.at, len(part.rows)):
        if part.rows[n]:
            part.rows[n] += [None] * (width - len(part.rows[n])) + [heading if n == part.at else value]


def _added(part: Part, label: str) -> list[Any]:
    """The label under the first heading, and under each other one the sum of its numbers, where it has any."""
    width = max(map(len, part.rows))
    columns = [[row[n] for row in part.body if n < len(row)] for n in range(width)]
    sums = [sum(v for v in column if isinstance(v, int)) or None for column in columns]
    return [label, *sums[1:]] if any(sums[1:]) else [label, len(part.body)]


def _lose_titles(part: Part) -> None:
    del part.rows[: part.at]


# ---------------------------------------------------------------- what they load


def rows_of(reading: Reading) -> Counter[tuple[Any, ...]]:
    """The accepted rows of every table, without the delivery, the sheet, the row's number and the cell, and without
    what is kept as it was printed, beside what it was read as.
    """
    rows: Counter[tuple[Any, ...]] = Counter()
    with duckdb.connect() as connection:
        for table, path in reading.rows.items():
            query = f"select * exclude (delivery_key, sheet_name, row_number) from read_parquet('{path}')"
            found = connection.execute(query)
            printed = {"cell", "indicator_code_printed", "stated_period"}
            kept = [n for n, column in enumerate(found.description) if column[0] not in printed]
            rows.update((table, *(row[n] for n in kept)) for row in found.fetchall())
    return rows


@dataclass
class Tried:
    """A change with what came of it, held against what the good delivery loads."""

    source: str
    drift: Drift
    reading: Reading
    rows: Counter[tuple[Any, ...]]
    good: Counter[tuple[Any, ...]]

    @property
    def is_equal(self) -> bool:
        return self.rows == self.good and not self.is_told

    @property
    def is_told(self) -> bool:
        """Whether the delivery was refused or a row quarantined, with a sentence for it."""
        return any(finding.severity is not Severity.WARNED for finding in self.reading.findings)

    @property
    def is_silent(self) -> bool:
        """Whether a row was loaded that the good delivery has not, or one left out without a word."""
        return bool(self.rows - self.good) or (self.rows != self.good and not self.reading.findings)

    @property
    def names_the_nearest(self) -> bool:
        nearest = self.drift.nearest
        return nearest is None or any(f'; the nearest is "{nearest}"' in text for text in self.reading.sentences())

    def __str__(self) -> str:
        return f"{self.source}: {self.drift.kind}, {self.drift.what}: {self.reading.sentences()}"


def try_out(source: str, folder: Path, most: tuple[int, int] | None) -> tuple[list[Tried], list[Tried]]:
    """The harmless and the harmful changes of a source: so many of each, every kind in its turn, or all of them."""
    good = makers.read(source, returns.save(source, returns.good(source), folder), folder)
    rows, random = rows_of(good), Random(f"{SEED} {source}")  # noqa: S311 - drifts, not secrets
    assert good.as_at is not None
    assert good.sentences() == []
    drifts = Drifts(source, good.as_at, random)
    tried = []
    harmless, harmful = drifts.harmless(), drifts.harmful()
    for kinds, n in zip((harmless, harmful), most or (None, None), strict=True):
        listed = [random.sample(of_a_kind, len(of_a_kind)) for of_a_kind in kinds.values()]
        if kinds is harmless:
            random.shuffle(listed)
        in_turn = (drift for drift in chain.from_iterable(zip_longest(*listed)) if drift)
        tried.append([_try(source, drift, rows, folder) for drift in islice(in_turn, n)])
    return tried[0], tried[1]


def _try(source: str, drift: Drift, good: Counter[tuple[Any, ...]], folder: Path) -> Tried:
    reading = makers.read(source, returns.save(source, drift.book, folder), folder)
    return Tried(source, drift, reading, rows_of(reading), good)


def check(sources: list[str], folder: Path, most: tuple[int, int] | None) -> tuple[str, set[str]]:
    """Tries the changes out and asserts that none went wrong; returns the rates in a sentence, and the kinds tried."""
    tried = [try_out(source, folder, most) for source in sources]
    harmless, harmful = ([one for pair in tried for one in pair[side]] for side in (0, 1))
    unequal = [str(one) for one in harmless if not one.is_equal]
    untold = [str(one) for one in harmful if not (one.is_told and one.names_the_nearest)]
    silent = [str(one) for one in harmless + harmful if one.is_silent]
    rates = (
        f"Drift: {len(harmless) - len(unequal)} of {len(harmless)} harmless changes loaded equal; "
        f"{len(harmful) - len(untold)} of {len(harmful)} harmful ones were refused or quarantined, "
        f"{len(silent)} loaded wrong in silence"
    )
    assert (unequal, untold, silent) == ([], [], []), rates
    return rates, {one.drift.kind for one in harmless + harmful}


def test_drift_is_loaded_equal_or_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rates, kinds = check(list(FILES), tmp_path, (HARMLESS, HARMFUL))
    assert rates.startswith(f"Drift: {HARMLESS * len(FILES)} of {HARMLESS * len(FILES)} harmless")
    assert len(FILES) * (HARMLESS + HARMFUL) >= 200
    assert kinds >= MUST_BE_TRIED
    with capsys.disabled():
        print(f"\n{rates}", file=sys.stderr, flush=True)


@pytest.mark.proof
@pytest.mark.parametrize("source", FILES)
def test_every_drift_is_loaded_equal_or_told(source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rates, _ = check([source], tmp_path, None)
    with capsys.disabled():
        print(f"\n{source}: {rates}", file=sys.stderr, flush=True)


@pytest.mark.parametrize("heading", ["April", "2019-04", "Q1 2019/20"])
def test_a_month_headed_otherwise_is_told_and_no_other_is_lost(heading: str, tmp_path: Path) -> None:
    """Its column is not read then, which a warning says with what to do; the other months are taken."""
    book = returns.good("police_crime")
    book["Recorded crime"][5][1] = heading
    reading = makers.read("police_crime", returns.save("police_crime", book, tmp_path), tmp_path)
    (sentence,) = reading.sentences()
    assert sentence.startswith(
        f'Police crime, file "{FILES["police_crime"]}", sheet "Recorded crime", cell B6 — a column headed with a '
        "period was not read, for its heading is not written as the others are. Head it as in "
    )
    months = {row["recorded_month"] for row in makers.rows_of(reading, "police_crime")}
    assert (months, reading.n_accepted) == ({"2019-05", "2019-06"}, 3)
