"""Small worlds for the tests: a few deliveries of a few rows each, a warehouse of their own, and a hash of its state.

Deliveries are bytes, made once; a world writes them where a supplier would have put them.
"""

import datetime as dt
import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook

from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.lineage import Schema
from cs_pipeline.declare.model import Model
from cs_pipeline.figures import declared
from cs_pipeline.intake.child import Limits
from cs_pipeline.intake.read import read_delivery
from cs_pipeline.intake.seal import Key
from cs_pipeline.operate.night import Listener, Outcome, night
from cs_pipeline.publish import release
from cs_pipeline.samples import book
from cs_pipeline.samples.business_plan import HEADING_ROW, TABLES
from cs_pipeline.samples.police_asb_book import Delivery, Tab, make_book
from cs_pipeline.samples.police_asb_incidents import Incident
from cs_pipeline.samples.police_street import ASB, CONTEXT, FORCES, HEADER
from cs_pipeline.warehouse import build as building
from cs_pipeline.warehouse import tables
from cs_pipeline.warehouse import take as taking
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.settings import PROJECT, Settings

INSIDE = "E01028069"
OUTSIDE = "E01013870"
WARDS = PROJECT / "sources" / "reference" / "wards" / "wards 2023-05-04.csv"
KEY = Key(bytes(range(32)))  # the same in every world, so that hashes can be compared
AREAS_HEADER = "lsoa_code,lsoa_name,ward_code,ward_name,share_of_lsoa_area_in_ward"


def fast_folder() -> Path | None:
    """A folder in memory, where there is one: these tests write thousands of small files and none of them is about
    disks.
    """
    shm = Path("/dev/shm")  # noqa: S108
    return shm if shm.is_dir() and os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > 2 << 30 else None


@contextmanager
def small_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cs-test-", dir=fast_folder()) as name:
        yield Path(name)


# ---------------------------------------------------------------- deliveries, as bytes


def log(number: str, closing: str = "Noise", asb_type: str = "Nuisance", **differs: Any) -> Incident:
    """One incident log; its day stands in its number, `NP-20190405-0007`, unless `at` says otherwise."""
    day = dt.datetime.fromisoformat(number[3:11])
    known = {
        "at": day.replace(hour=14, minute=30),
        "opening": "Noise",
        "qualifiers": "",
        "beat": 3,
        "ward": "Beeston Central",
        "street": "Sample Street",
        "easting": 0,
        "northing": 0,
        "date_form": 0,
        "time_form": 0,
    }
    return Incident(number=number, closing=closing, asb_type=asb_type, **{**known, **differs})


def asb_book(extracted: str, tabs: dict[str, list[Incident]], *, is_revised: bool = False, place: int = 1) -> bytes:
    """A workbook of the force: `extracted` is the day it speaks for, `tabs` the incidents by month (2019-04)."""
    delivery = Delivery(
        place=place,
        file_name="",
        extracted_on=dt.date.fromisoformat(extracted),
        is_revised=is_revised,
        is_illustrative=True,
        tabs=tuple(Tab(dt.date.fromisoformat(f"{month}-01"), tuple(listed)) for month, listed in tabs.items()),
    )
    return saved(make_book(delivery))


def street_csv(
    month: str,
    n_inside: int = 4,
    *,
    n_outside: int = 2,
    n_unplaced: int = 1,
    crime_type: str = ASB,
    force: str = "nottinghamshire",
) -> bytes:
    """A file of the public archive: equal rows in the borough, some outside it and some without a place."""
    rows = [",".join(HEADER)]
    for lsoa, n in ((INSIDE, n_inside), (OUTSIDE, n_outside), ("", n_unplaced)):
        row = ["", month, FORCES[force], FORCES[force], "-1.25", "52.93", "On or near Sample Street"]
        rows += [",".join([*row, lsoa, "", crime_type, "", CONTEXT])] * n
    return ("\r\n".join(rows) + "\r\n").encode()


def areas_csv(*codes: str, ward: str = "Beeston Central") -> bytes:
    rows = [
        AREAS_HEADER,
        *(f"{code},Broxtowe 0{place:02d}A,E05010516,{ward},0.99" for place, code in enumerate(codes)),
    ]
    return ("\n".join(rows) + "\n").encode()


PLAN: dict[str, list[dict[str, str]]] = {
    "Service data": [
        {
            "Section": "Community Safety",
            "PI code": "ComS_011",
            "Name": "ASB incidents",
            "Actual 2019/20": "6",
            "Actual 2020/21": "-",
            "Actual 2021/22": "2,415",
        },
    ],
    "Performance indicators": [
        {
            "Set": "KPI",
            "Objective": "CS1",
            "PI code": "ComS_011",
            "Name": "Reduction in ASB",
            "Achieved 2019/20": "6",
            "Achieved 2020/21": "n/a%",
            "Achieved 2021/22": "2,415",
            "Target 2022/23": "10",
            "Target 2023/24": "10,000*",
            "Target future": "-",
            "Owner": "Head of Service",
        },
    ],
    "Objectives": [{"Objective code": "CS1", "Objective": "Less crime", "Services": "Community Safety; Licensing"}],
    "Actions": [
        {
            "Action code": "COMS2324_01",
            "Action": "Do the thing",
            "Outcome": "Done",
            "Officers": "Head",
            "Due": "March 24",
        }
    ],
    "Budgets": [
        {
            "Heading": "ASB",
            "Item": "Cameras",
            "Action code": "COMS2324_01",
            "Budget 2023/24": "1,000",
            "Budget 2024/25": "-",
            "Budget 2025/26": "-",
        }
    ],
    "Risks": [{"Kind": "Key", "Reference": "1", "Risk": "Not done", "Action codes": "COMS2324_01 COMS2324_09"}],
    "Strategies": [{"Document": "ASB policy", "Renewal": "Updated annually", "Responsible": "Head; Committee"}],
}


def plan_book(as_at: str = "1 April 2023", edition: str = "2023–26", **sheets: list[dict[str, str]] | None) -> bytes:
    """A Business Plan of one row a sheet. `sheets` names others, `Service_data=[…]`; None leaves the sheet out."""
    given = {name.replace("_", " "): rows for name, rows in sheets.items()}
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in TABLES:
        rows = given.get(table.sheet, PLAN[table.sheet])
        if rows is None:
            continue
        sheet = workbook.create_sheet(table.sheet)
        sheet["A1"] = f"Community Safety Business Plan {edition}: {table.sheet}"
        sheet["A2"] = f"As at {as_at}"
        for column, heading in enumerate(table.headings.values(), start=1):
            sheet.cell(HEADING_ROW, column, heading)
            for number, row in enumerate(rows, start=HEADING_ROW + 1):
                if row.get(heading):
                    sheet.cell(number, column, row[heading]).number_format = "@"
    return saved(workbook)


Rows = list[list[Any]]


def book_of(sheets: dict[str, Rows]) -> bytes:
    """A workbook of sheets given as rows of cells."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, place, value)
    return saved(workbook)


def cases(as_at: str, *rows: list[Any], headings: list[str] | None = None, title: str = "ASB cases") -> bytes:
    """A list of Housing cases as at a day (dd/mm/yyyy): reference, received, closed, type, ward."""
    head = headings or ["Reference", "Received", "Closed", "Type", "Ward"]
    return book_of({"Open cases": [[title], [f"List as at {as_at}"], [], head, *rows]})


CRIME_QUERY = "Query: offences by date recorded, Broxtowe district, counting rules 2019/20"


def crime(extracted: str, months: list[str], **counts: list[Any]) -> bytes:
    """An extract of recorded crime: `Robbery_x=[1, 2]` is the row of an offence, its underscores read as spaces."""
    rows = [[name.replace("_", " "), *values] for name, values in counts.items()]
    titles = [["Recorded crime"], [f"Data extracted on {extracted}"], [CRIME_QUERY], []]
    return book_of({"Recorded crime": [*titles, ["Offence", *months], *rows]})


def saved(workbook: Workbook) -> bytes:
    with small_folder() as folder:
        path = folder / "book.xlsx"
        book.save(workbook, path)
        return path.read_bytes()


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


# ---------------------------------------------------------------- a world


@dataclass
class World:
    """A folder of deliveries and a warehouse, with what a person or the night does to them."""

    folder: Path
    sql: Path = PROJECT / "sql"
    package: Path = PROJECT / "cs_pipeline"
    indicators: Path = PROJECT / "cs_pipeline" / "indicators"
    keep_publications: int = 30
    key_file: Path | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(
            sources=self.folder / "sources",
            warehouse=self.folder / "warehouse",
            sql=self.sql,
            package=self.package,
            indicators=self.indicators,
            first_quarter="2018-19-Q1",
            last_quarter="2024-25-Q4",
            keep_publications=self.keep_publications,
            key_file=self.key_file or self.folder / "key",
        )

    def drop(self, source: str, name: str, raw: bytes) -> Path:
        """Puts a file where its supplier would; under a name that is taken, it replaces the file in place."""
        path = self.folder / "sources" / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{name}.tmp")
        part.write_bytes(raw)
        part.replace(path)
        return path

    def decide(self, text: str | None, file: str = "withdrawals.yml") -> None:
        """Writes a file of decisions; None takes it away."""
        path = self.settings.decisions / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")

    def run(self, listener: Listener | None = None) -> Outcome:
        outcome = night(self.settings, listener or Listener())
        self.outcomes.append(outcome)
        return outcome

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows from the build. Only between runs: an open reader locks the next run out."""
        with duckdb.connect(self.settings.build.as_posix(), read_only=True) as connection:
            return connection.execute(sql, list(values)).fetchall()

    def published(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows from the publication that the link points at."""
        path = release.current_publication(self.settings)
        assert path is not None
        with duckdb.connect(path.as_posix(), read_only=True) as connection:
            return connection.execute(sql, list(values)).fetchall()

    def state(self, *, is_timed: bool = False) -> dict[str, str]:
        return state(self.settings, is_timed=is_timed)


def withdrawal(source: str, sha: str, because: str = "Sent by mistake, see the letter.") -> str:
    return f'- source: {source}\n  sha256: "{sha}"\n  because: {because}\n  by: Head of Service\n  on: 2023-05-01\n'


@contextmanager
def new_world(**differs: Any) -> Iterator[World]:
    with small_folder() as folder:
        world = World(folder, **differs)
        world.drop("reference/areas", "areas 2023-05-04.csv", areas_csv(INSIDE, "E01028070"))
        world.drop("reference/wards", "wards 2023-05-04.csv", WARDS.read_bytes())
        (folder / "sources" / "reference" / "populations").mkdir()  # There, so that the project's own are not taken.
        world.settings.key_file.write_text(KEY.secret.hex())
        world.settings.key_file.chmod(0o600)
        yield world


# ---------------------------------------------------------------- its state


# Which figures and conflicts were known and from which moment is what the ledger recorded night by night: deliveries
# that came in another order, or on another day, were known otherwise. So these tables are compared only where the
# nights were the same and the clock was passed in (`is_timed`); of `meta.built` all that is made from them is then left
# out too.
OF_THE_LEDGER = ("meta.figure_history", "marts.figure_version", "meta.conflict_history", "marts.reconciliation")
MADE_OF_THE_LEDGER = """select table_name from meta.lineage
    where from_table in ('meta.figure_history', 'meta.conflict_history')"""


def state(settings: Settings, *, is_timed: bool = False) -> dict[str, str]:
    """Table -> hash over its columns and ordered rows: all of the build, and of both published files; and their
    comments. What follows from the ledger's times is among it only where `is_timed`.
    """
    found = _state_of(settings.build, ("stage", "current", "core", "meta", "marts"), "", is_timed=is_timed)
    for name, path in (
        ("published", settings.publication),
        ("restricted", settings.restricted / "community_safety_restricted.duckdb"),
    ):
        if path.exists():
            found |= _state_of(path.resolve(), ("core", "meta", "marts"), f"{name}:", is_timed=is_timed)
    return found


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The tables that differ between two states, for a message."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _state_of(path: Path, schemas: tuple[str, ...], prefix: str, *, is_timed: bool) -> dict[str, str]:
    with duckdb.connect(path.as_posix(), read_only=True) as connection:
        names = connection.execute(
            """select schema_name || '.' || table_name from duckdb_tables() where list_contains($1, schema_name)
               union all select schema_name || '.' || view_name from duckdb_views() where list_contains($1, schema_name)
               order by 1""",
            [list(schemas)],
        ).fetchall()
        found = {f"{prefix}comments": _hash(connection.execute(COMMENTS).fetchall())}
        for (name,) in names:
            if name != "meta.publication" and (is_timed or name not in OF_THE_LEDGER):
                is_part = name == "meta.built" and not is_timed
                rows = f"where table_name not in ({MADE_OF_THE_LEDGER})" if is_part else ""
                result = connection.execute(f"select * from {name} {rows} order by all")
                columns = tuple((column[0], str(column[1])) for column in result.description or ())
                found[prefix + name] = _hash([columns, *result.fetchall()])
        return found


# The comments of a view's columns are bound late (1.5.5), so only its own is compared.
COMMENTS = """
    select schema_name, table_name, column_name, comment from duckdb_columns() where not internal and schema_name <>
    'current' union all select schema_name, table_name, '', comment from duckdb_tables() where not internal
    union all select schema_name, view_name, '', comment from duckdb_views() where not internal
    order by all"""


def _hash(rows: list[tuple[Any, ...]]) -> str:
    return hashlib.sha256("\n".join(map(repr, rows)).encode()).hexdigest()


# ---------------------------------------------------------------- the same, faster


class ReaderHere:
    """Stands in for the reading process: reads in this one, and each delivery only once for the same reference data.

    What a reading is follows from the bytes, the name and the reference data alone; `tests/intake` holds that.
    """

    kept: dict[tuple[Any, ...], tuple[Any, dict[str, bytes]]] = {}  # noqa: RUF012 (shared by all on purpose)

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits

    def begin(self, function: Any, *args: Any) -> None:
        """Nothing is read ahead."""

    def __enter__(self) -> "ReaderHere":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def call(self, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        if function is not read_delivery:
            return function(*args, **named)
        source, _, file_name, delivery_key, asked = args
        looked_up = tuple(sorted((name, sha256(parquet.read_bytes())) for name, parquet in asked.reference.items()))
        key = (source, delivery_key, file_name, looked_up, asked.key, repr(asked.corrections))
        if key not in self.kept:
            reading = function(*args)
            self.kept[key] = (reading, {table: at.read_bytes() for table, at in reading.rows.items()})
        reading, rows = self.kept[key]
        placed = {}
        for table, raw in rows.items():
            placed[table] = asked.rows_to / f"{delivery_key}.{table}.parquet"
            placed[table].write_bytes(raw)
        return replace(reading, rows=placed)


def longer(*values: Any) -> Any:
    """A case of a test that is left to make proof."""
    return pytest.param(*values, marks=pytest.mark.proof)


def hurry(monkeypatch: pytest.MonkeyPatch, *, reconciles: bool = False) -> None:
    """Makes a night cheap: one thread, reads here, parses and follows the SQL and the definitions once, builds and
    publishes without the comments, and makes what lists conflicts and what packs read only where a test asks for it.
    """
    monkeypatch.setattr(duckdb, "connect", _connect_in_one_thread)
    monkeypatch.setattr(building, "columns_behind", _behind_once)
    for module, name in OF_COMMENTS:
        monkeypatch.setattr(module, name, lambda *_: {})
    monkeypatch.setattr(taking, "Reader", ReaderHere)
    monkeypatch.setattr(release, "copy_tables", _copy_bare)
    read = _plan_read_once if reconciles else _plan_without_the_list
    monkeypatch.setattr(Plan, "read", classmethod(read))
    monkeypatch.setattr(declared, "read_indicators", _indicators_read_once)


OF_COMMENTS = {
    (module, name): getattr(module, name)
    for module, name in ((building, "describe"), (building, "comment_on"), (tables, "comment_on"))
}


def write_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes the comments after all, in a night that was made cheap."""
    for (module, name), function in OF_COMMENTS.items():
        monkeypatch.setattr(module, name, function)


_connect = duckdb.connect


def _connect_in_one_thread(*args: Any, **named: Any) -> duckdb.DuckDBPyConnection:
    """For tables of five rows, threads only wait for one another."""
    return _connect(*args, **{**named, "config": {"threads": 1}})


def _copy_bare(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> None:
    for schema in sorted({name.split(".")[0] for name in tables}):
        connection.execute(f"create schema if not exists publication.{schema}")
    for name in tables:
        connection.execute(f"create table publication.{name} as from {name}")


_followed: dict[str, dict[str, list[tuple[str, str]]]] = {}
_follow = building.columns_behind


def _behind_once(model: Model, schema: Schema) -> dict[str, list[tuple[str, str]]]:
    key = f"{model.name}\n{model.text}\n{sorted((s, sorted(tables.items())) for s, tables in schema.items())}"
    if key not in _followed:
        _followed[key] = _follow(model, schema)
    return _followed[key]


def remember_in(path: Path) -> None:
    """Leaves what was read and followed so far for another process."""
    path.write_bytes(pickle.dumps((_followed, ReaderHere.kept)))


def recall_from(path: Path) -> None:
    followed, kept = pickle.loads(path.read_bytes())  # noqa: S301 (our own process wrote it)
    _followed.update(followed)
    ReaderHere.kept.update(kept)


_definitions: dict[Path, tuple[Any, tuple[Indicator, ...]]] = {}
_read_indicators = declared.read_indicators


def _indicators_read_once(folder: Path, *judged_by: Any) -> tuple[Indicator, ...]:
    mark = (judged_by, [(p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.glob("*.yml"))])
    if _definitions.get(folder, ((), ()))[0] != mark:
        _definitions[folder] = (mark, _read_indicators(folder, *judged_by))
    return _definitions[folder][1]


_plans: dict[Path, tuple[str, Plan]] = {}
_read_plan = Plan.read.__func__  # type: ignore[attr-defined]


def _plan_read_once(cls: type[Plan], sql: Path) -> Plan:
    mark = "".join(f"{path}{path.stat().st_mtime_ns}{path.stat().st_size}" for path in sorted(sql.rglob("*.sql")))
    if _plans.get(sql, ("",))[0] != mark:
        _plans[sql] = (mark, _read_plan(cls, sql))
    return _plans[sql][1]


# What lists the conflicts, and what packs read; conflicts that hold a figure are found all the same.
LISTED = (
    "marts.plan_value", "marts.plan_ambition", "marts.conflict", "marts.conflict_decided", "marts.reconciliation",
    "marts.pack_place", "marts.pack_figure", "marts.figure_change", "marts.figure_limit", "marts.figure_outlook",
    "marts.published_number", "marts.ward_quarter", "marts.ward_figure",
)  # fmt: skip


def _plan_without_the_list(cls: type[Plan], sql: Path) -> Plan:
    plan = _plan_read_once(cls, sql)
    models = tuple(model for model in plan.models if model.name not in LISTED)
    return replace(plan, models=models, claims=tuple(claim for claim in plan.claims if claim.table not in LISTED))


def copy_sql(to: Path) -> Path:
    """The project's models and claims in a folder of one's own, to change them."""
    shutil.copytree(PROJECT / "sql", to)
    return to
