"""A council's year for the tests of figures over time: the returns of 2021/22, and what people do between the nights.

Every move has a moment of its own, passed in as `CS_NOW`, so that a history can be lived again. Returns are made from
plain numbers, so that a test knows what each figure must be.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ruamel.yaml import YAML
from worlds import World, asb_book, book_of, copy_sql, hurry, log, new_world, sha256, small_folder, withdrawal

from cs_pipeline.declare import definition_files
from cs_pipeline.declare.decisions import Restatement
from cs_pipeline.figures.issue import Cut, cut_issue, restate
from cs_pipeline.operate import night as nights
from cs_pipeline.operate.night import Outcome
from cs_pipeline.publish import release
from cs_pipeline.publish.release import open_publication
from cs_pipeline.sources.marac import AGENCIES
from cs_pipeline.warehouse import build as building
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.periods import Period, quarters
from cs_pipeline.words.settings import PROJECT, Settings

DEFINITIONS = PROJECT / "cs_pipeline" / "indicators"
DAY = timedelta(days=1)
QUARTERS = quarters("2021-22-Q1", "2021-22-Q4")
YEAR = "2021-22"
MONTHS = [date(2021 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)]
ROBBERY, SHOPS = "Personal robbery", "Business robbery"  # ComS_009 counts the two
HATE, DOMESTIC, ALL_CRIME = "Hate crimes and incidents", "Domestic abuse crimes and incidents", "All crime"
OFFENCES = (ALL_CRIME, ROBBERY, SHOPS, HATE, DOMESTIC)
FIRST_ROW = 6  # of the returns made here, under titles and headings

Numbers = dict[tuple[str, int], int]  # offence and month of the year, from 0 for April -> how many


# ---------------------------------------------------------------- returns


def robberies(numbers: Numbers, months: Iterable[int]) -> int:
    """ComS_009, counted from the numbers that an extract is made of."""
    return sum(number_of(numbers, offence, month) for month in months for offence in (ROBBERY, SHOPS))


def number_of(numbers: Numbers, offence: str, month: int) -> int:
    usual = 30 if offence == ALL_CRIME else 2 + (OFFENCES.index(offence) * 3 + month * 2) % 7
    return numbers.get((offence, month), usual)


@cache
def _crime(as_at: date, months: tuple[int, ...], numbers: frozenset[tuple[tuple[str, int], int]]) -> bytes:
    head = ["Offence category", *(f"{MONTHS[month]:%B %Y}" for month in months)]
    rows = [[name, *(number_of(dict(numbers), name, month) for month in months)] for name in OFFENCES]
    titles = [
        ["Recorded crime"],
        [f"Data extracted on {as_at:%d/%m/%Y}"],
        ["Query: offences by date recorded, Broxtowe district, counting rules 2019/20"],
        [],
    ]
    return book_of({"Monthly counts": [*titles, head, *rows]})


def crime_extract(as_at: date, months: Iterable[int], numbers: Numbers | None = None) -> bytes:
    """The force's counts of some months of the year as it knows them on a day."""
    return _crime(as_at, tuple(months), frozenset((numbers or {}).items()))


def crime_cell(offence: str, place: int) -> str:
    """The cell of an offence in the extract's first, second, … month."""
    return f"{chr(ord('B') + place)}{FIRST_ROW + OFFENCES.index(offence)}"


@cache
def marac_return(quarter: Period, as_at: date, n_cases: int, n_repeats: int) -> bytes:
    """The return of a quarter with one meeting; the borough's repeats stand in cell D7."""
    head = ["Date of meeting", "Area", "Cases discussed", "Repeat cases", *AGENCIES.values(), "Children in household"]
    head += ["Racially minoritised victims", "LGBT+ victims", "Disabled victims", "Male victims"]
    head += ["Victims aged 16-17", "Persons causing harm aged 17 or under"]
    rows = []
    for area, more in (("South Notts", 10), ("Broxtowe", 0)):
        n = n_cases + more
        rows.append([quarter.first + 20 * DAY, area, n, n_repeats + more, n, *[0] * (len(AGENCIES) - 1), n, *[0] * 6])
    number, year = quarter.name.split(" ")[1], quarter.name.split(" ")[0]
    titles = [["South Nottinghamshire MARAC"], [f"Quarter: {number} {year}"], [f"Return made on {as_at:%d/%m/%Y}"], []]
    return book_of({"MARAC data": [*titles, head, *rows]})


MARAC_REPEATS = "D7"


@cache
def asb_return(quarter: Period, as_at: date, closings: tuple[tuple[str, ...], ...]) -> bytes:
    """A workbook of a quarter's months, a log for each closing code of a month."""
    months = [month for month in MONTHS if quarter.first <= month <= quarter.last]
    tabs = {
        f"{month:%Y-%m}": [log(f"NP-{month + day * DAY:%Y%m%d}-{day + 1:04d}", code) for day, code in enumerate(codes)]
        for month, codes in zip(months, closings, strict=True)
    }
    return asb_book(as_at.isoformat(), tabs)


CASE_WORDS = {
    "housing_cases": ("HSG-2019-", "Open cases", "Noise"),
    "communities_cases": ("CS-", "Cases", "Neighbour dispute"),
}
Case = tuple[date, date | None]  # received, closed


@cache
def case_list(source: str, as_at: date, cases: tuple[Case, ...]) -> bytes:
    """A service's list; each case keeps its place, and so its reference."""
    prefix, sheet, about = CASE_WORDS[source]
    rows = [
        [f"{prefix}{number:04d}", received, closed if closed and closed <= as_at else None, about, "Beeston West"]
        for number, (received, closed) in enumerate(cases, 1)
        if received <= as_at
    ]
    head = ["Reference", "Received", "Closed", "Type", "Ward"]
    return book_of({sheet: [["ASB cases"], [f"List as at {as_at:%d/%m/%Y}"], [], head, *rows]})


@cache
def agenda(as_at: date, times: tuple[Case, ...]) -> bytes:
    """The panel's agenda: since when each individual was discussed, and until when."""
    rows = [[f"P-{number:04d}", first, removed] for number, (first, removed) in enumerate(times, 1)]
    titles = [["Panel on anti-social behaviour"], [f"Agenda as at {as_at:%d/%m/%Y}"], []]
    return book_of({"Agenda": [*titles, ["Panel reference", "First discussed", "Removed"], *rows]})


# ---------------------------------------------------------------- less of the warehouse, and faster

READ_HERE = ("figure", "figure_version", "issued_figure", "restatement", "restatement_waiting")


def few_models(to: Path, *more: str) -> Path:
    """A folder of SQL with what figures are made of and `more` marts, and of the claims only those that hold figures
    back.
    """
    plan = Plan.read(copy_sql(to))
    kept = plan.needed_by("meta.period_on_record")
    for name in (*(f"marts.{name}" for name in (*READ_HERE, *more)), *(t for m in plan.measures for t in m.depends_on)):
        kept |= plan.needed_by(name)
    for model in plan.models:
        if model.name not in kept and model.path.is_file():
            model.path.unlink()
    for kind in plan.kinds:
        if not kind.holds:
            kind.path.unlink()
    for claim in plan.claims:
        if claim.severity != "hold" or claim.table not in kept:
            claim.path.unlink()
    return to


_loaded: dict[str, Any] = {}
_load = definition_files._loaded


def _loaded_once(path: Path) -> Any:
    text = path.read_text()
    if text not in _loaded:
        _loaded[text] = _load(path)
    return _loaded[text]


def hurry_more(monkeypatch: pytest.MonkeyPatch, *, reconciles: bool = False) -> None:
    """`hurry`, and: no comments on what SQL files make, no restricted copy, the records looked at once a build, each
    text of a definition read once.
    """
    hurry(monkeypatch, reconciles=reconciles)
    make_tables, write = nights.make_tables, release._write
    monkeypatch.setattr(definition_files, "_loaded", _loaded_once)

    def make_once(connection: duckdb.DuckDBPyConnection) -> None:
        made = "select count(*) from duckdb_tables() where schema_name = 'meta' and table_name = 'figure_history'"
        if connection.execute(made).fetchall() == [(0,)]:
            make_tables(connection)

    def write_open(connection: duckdb.DuckDBPyConnection, path: Path, *rest: Any) -> None:
        if "restricted" not in path.name:
            write(connection, path, *rest)

    monkeypatch.setattr(building, "comment_on", lambda *_: None)
    monkeypatch.setattr(building, "describe", lambda *_: {})
    monkeypatch.setattr(nights, "make_tables", make_once)
    monkeypatch.setattr(release, "_write", write_open)


@contextmanager
def own_world(sql: Path | None = None) -> Iterator[World]:
    """A world with definitions of its own, to be edited: the project's, a file for each indicator."""
    with new_world() as world:
        world.indicators = world.folder / "indicators"
        shutil.copytree(DEFINITIONS / "site", world.indicators / "site")
        for code, text in _entries().items():
            (world.indicators / f"{code}.yml").write_text(text)
        world.sql = sql or world.sql
        yield world


@contextmanager
def copy_of(world: World) -> Iterator[World]:
    """A world as another is now, to go on from there."""
    with small_folder() as folder:
        shutil.copytree(world.folder, folder / "world", symlinks=True)
        copied = folder / "world"
        yield World(copied, sql=world.sql, indicators=copied / "indicators", key_file=copied / "key")


@cache
def _entries() -> dict[str, str]:
    """Code -> its entry, as the project's files write it."""
    entries = [entry for path in DEFINITIONS.glob("*.yml") for entry in path.read_text().split("\n- ")[1:]]
    return {entry.split()[1]: f"- {entry}\n" for entry in entries}


# ---------------------------------------------------------------- what people do


def edit(folder: Path, code: str, change: Callable[[Any], None]) -> None:
    """Changes what the file of an indicator says."""
    path = folder / f"{code}.yml"
    (entry,) = deepcopy(_loaded_once(path))
    change(entry)
    yaml = YAML()
    yaml.width = 120
    with path.open("w") as file:
        yaml.dump([entry], file)


def new_definition(since: str, **says: Any) -> Callable[[Any], None]:
    """An edit that adds a definition from a quarter on; it says what the one before it says, but for what is given."""

    def change(entry: Any) -> None:
        last = {key: value for key, value in entry["definitions"][-1].items() if key not in ("until", "comparable")}
        reason = f"Since {since} it is counted otherwise."
        entry["definitions"].append({**last, "since": since, "because": reason, **says})

    return change


@dataclass
class Timeline:
    """A world and its clock."""

    world: World
    monkeypatch: pytest.MonkeyPatch
    now: datetime = datetime(2021, 7, 20, 18, tzinfo=UTC)
    withdrawn: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pass_hours(0)

    @property
    def settings(self) -> Settings:
        return self.world.settings

    def pass_hours(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        self.monkeypatch.setenv("CS_NOW", self.now.isoformat())

    def night(self) -> Outcome:
        """The run at two in the next morning."""
        self.now = self.now.replace(hour=2, minute=0) + DAY
        self.pass_hours(0)
        outcome = self.world.run()
        assert outcome.exit_code < 2, outcome.verdict
        self.pass_hours(7)
        return outcome

    def withdraw(self, source: str, raw: bytes) -> None:
        self.withdrawn[sha256(raw)] = withdrawal(source, sha256(raw)[:12])
        self._decide()

    def take_back(self, raw: bytes) -> None:
        del self.withdrawn[sha256(raw)]
        self._decide()

    def correct(self, source: str, raw: bytes, cell: str, old: int, new: int) -> None:
        """A correction of one cell by decision."""
        which = f'- source: {source}\n  sha256: "{sha256(raw)}"\n  cell: {cell}\n  old: {old}\n  new: {new}\n'
        who = "  because: The sender wrote to us.\n  by: Head of Service\n  on: 2021-08-05\n"
        self.corrected[f"{sha256(raw)} {cell}"] = which + who
        self._decide()

    def leave_uncorrected(self, raw: bytes, cell: str) -> None:
        del self.corrected[f"{sha256(raw)} {cell}"]
        self._decide()

    def _decide(self) -> None:
        self.world.decide("".join(self.withdrawn.values()) or None, "withdrawals.yml")
        self.world.decide("".join(self.corrected.values()) or None, "corrections.yml")

    def issue(self, period: str, to: str = "Members Matters") -> Cut:
        self.pass_hours(1)
        with open_publication(self.settings) as publication:
            return cut_issue(self.settings, publication, period, to, self.now.date())

    def restate(
        self,
        code: str,
        *periods: str,
        because: str = "The sender corrected its return.",
        agreed_by: str = "Head of Communities",
    ) -> list[Restatement]:
        self.pass_hours(1)
        with open_publication(self.settings) as publication:
            return restate(self.settings, publication, code, periods, because, agreed_by, self.now.date(), self.now)

    def waiting(self) -> list[tuple[str, str, str]]:
        """(indicator, kind, period) of all that waits to be restated."""
        return self.world.published(
            "select indicator_code, period_kind, period_key from marts.restatement_waiting order by all"
        )

    def figure(self, code: str, period: str, kind: str = "quarter") -> tuple[Any, ...] | None:
        """(value, why there is none, how it stands, whether it waits) as published."""
        rows = self.world.published(
            """select value, missing_reason, figure_state, is_waiting from marts.figure
               where indicator_code = ? and period_key = ? and period_kind = ?""",
            code,
            period,
            kind,
        )
        return rows[0] if rows else None
