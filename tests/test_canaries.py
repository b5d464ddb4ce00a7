"""Personal data stops at the door: names, references and telephone numbers planted in bad files of every source leave
no trace anywhere.

Looked through afterwards, byte by byte and table by table: ledger, build, publications, quarantine, archive, Dagster's
storage, what the run printed, temporary folders. Only the archive and the returned copy of a source that is not about
people may hold them.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import pytest
from openpyxl import load_workbook
from worlds import small_folder

from cs_pipeline.declare.registry import all_sources, source_named
from cs_pipeline.disclosure.register import Printed, register_rows, write_register
from cs_pipeline.intake.seal import MAGIC
from cs_pipeline.words.settings import PROJECT

SOURCES = [source.name for source in all_sources() if not source.is_reference]
FIRST = ("Zebedee", "Ottoline", "Perpetua", "Xanthe")
LAST = ("Quillfeather", "Marchbanks", "Oyelaran", "Abernethy-Poole", "Wrigglesworth")
NAMES = (
    *(f"{first} {last}" for first in FIRST for last in LAST[:3]),
    *(f"{last.upper()}, {first}" for first, last in zip(FIRST, LAST, strict=False)),
    "Mrs O Pelletier", "Wrigglesworth", "Abernethypoole", "Oyelaran P.",
)  # fmt: skip
REFERENCES = (
    "QX/2021/008817", "VLN-0099812", "REF 77120045", "MZ4481973", "S/18812/21", "HZ-77-21904", "QQ123456C",
    "4857773456", "OCC-2100-77812", "WK0077123", "EX/20/99817", "HSX-2020-99817", "PX-99817", "NX-20200401-99817",
    "22*771288", "12/CR/99817", "Case 9981726", "U77-81920", "NG17 9QZ", "DE79 4XX",
)  # fmt: skip
PHONES = (
    "07700 900417", "0115 496 0733", "07700900982", "+44 7700 900155", "(0115) 4960521", "07700-900-336",
    "00447700900271", "0115 4960 812", "447700900664", "07700 900 118",
)  # fmt: skip
N_FILES = 3
CANARIES = (*NAMES, *REFERENCES, *PHONES)
assert len(CANARIES) == 50  # each planted in cells of every source, and in headings, names or sheets of some


# The plan is a public document: its sentences are taken as they are printed, so nothing in them is out of place.
FREE_TEXTS = {
    heading
    for table in source_named("business_plan").tables
    for column in table.read_columns
    if column.kind == "text" and not column.allowed and not column.pattern
    for heading in column.headings
}


def base_of(source: str) -> Path:
    return made_here() if source_named(source).made_here else sorted((PROJECT / "sources" / source).iterdir())[0]


@cache
def made_here() -> Path:
    """A register of published numbers, of which none is committed."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder)
    pack, day = "quarterly-2022-23-Q1-members", date(2022, 8, 15)
    shown = [Printed(f"ComS_{number:03d}", "quarter", "2022-23-Q1", "12", "number") for number in range(60)]
    return write_register(folder, pack, day, register_rows(pack, day, datetime(2022, 8, 14, tzinfo=UTC), shown))


def planted(source: str) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes): canaries in cells of every file, in headings, sheets and file names of some."""
    path = base_of(source)
    for place in range(N_FILES):
        listed = [CANARIES[(place * 9 + step * 7) % len(CANARIES)] for step in range(len(CANARIES))]
        canary = listed[0]
        spoil = spoil_csv if path.suffix == ".csv" else spoil_book
        raw = spoil(path, source, listed, place)
        stem = path.stem if place % 3 else f"{path.stem} {canary.replace('/', ' ')}"
        yield f"{stem} {place}{path.suffix}" if path.suffix == ".xlsx" else f"{stem}-{place}.csv", raw


def spoil_csv(path: Path, source: str, listed: list[str], place: int) -> bytes:
    canary, other = listed[0].replace(",", ""), listed[1].replace(",", "")
    is_street = source == "police_street"
    heading, *rows = path.read_text().splitlines()[:60]
    for number, text in enumerate(listed):
        cells = rows[number].split(",")
        cells[((1, 7, 9) if is_street else (1, 5, 6))[number % 3]] = text.replace(",", "")
        rows[number] = ",".join(cells)
    if place % 4 == 0:
        heading, rows = heading + f",{other}", [f"{row},{canary}" for row in rows]
    if place % 4 == 1:
        heading = heading.replace("Crime type" if is_street else "unit", canary)
    return "\r\n".join([heading, *rows, ""]).encode()


def spoil_book(path: Path, source: str, listed: list[str], place: int) -> bytes:
    """In declared cells; then in turn in a column of their own, in place of a heading, on a sheet of their own."""
    canary, other, *_ = listed
    book = load_workbook(path)
    known = {h for t in source_named(source).tables for c in t.read_columns for h in c.headings}
    known |= {h for t in source_named(source).tables for lay in t.layouts for hs in lay.renamed.values() for h in hs}
    for sheet in book.worksheets:
        at = next((row for row in sheet.iter_rows(max_row=12) if len({c.value for c in row} & known) > 1), None)
        if at is None:
            continue
        first, last, width = at[0].row + 1, min(at[0].row + 8, sheet.max_row), sheet.max_column
        public = {cell.column for cell in at if cell.value in FREE_TEXTS}
        cells = [
            cell
            for row in sheet.iter_rows(min_row=first, max_row=last)
            for cell in row
            if not is_merged(cell) and cell.column not in public
        ]
        for number, cell in enumerate(cells):
            if number % 3 == place % 3:
                cell.value = listed[number // 3 % len(listed)]
        if place % 4 == 0:
            sheet.cell(at[0].row, width + 1, other)
            sheet.cell(first, width + 1, canary)
        if place % 4 == 1:
            sheet.cell(first, width + 2, canary)
        if place % 4 == 2:
            next(cell for cell in at if cell.value in known).value = canary
        sheet.cell(1, 1).value = f"{sheet.cell(1, 1).value} {other}"
        if place == 3:
            sheet.title = as_title(canary)
    if place % 2:
        book.create_sheet(as_title(other))["B2"] = canary
    book.properties.creator = canary
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def as_title(canary: str) -> str:
    return canary.replace("/", " ").replace("*", " ")[:31]


def is_merged(cell: object) -> bool:
    return type(cell).__name__ == "MergedCell"


def traces(raw: bytes) -> set[str]:
    """Canaries in bytes, as written, in UTF-16, or in either as JSON escapes them; without regard to case."""
    seen = raw.lower()
    return {canary for canary, forms in forms_of().items() if any(form in seen for form in forms)}


@cache
def forms_of() -> dict[str, set[bytes]]:
    """Each canary in all the ways in which it may stand somewhere, most of which are the same."""
    return {
        canary: {
            form.lower()
            for form in (canary.encode(), canary.encode("utf-16-le"), escaped(canary), as_title(canary).encode())
        }
        for canary in CANARIES
    }


def escaped(canary: str) -> bytes:
    return json.dumps(canary)[1:-1].encode()


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what a database or a workbook packs away in it."""
    raw = path.read_bytes()
    yield raw
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            yield from (book.read(part) + part.encode() for part in book.namelist())
    if path.suffix == ".duckdb" and not path.is_symlink():
        with duckdb.connect(path.as_posix(), read_only=True) as connection:
            tables = connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables() where not internal"
            ).fetchall()
            for (table,) in tables:
                yield repr(connection.execute(f"from {table}").fetchall()).encode()


def found_under(folder: Path, may_hold: Callable[[list[str]], bool] = lambda _: False) -> dict[str, set[str]]:
    """Place -> canaries, in names and contents of all that lies in a folder, but for what may hold them."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and may_hold(name.split("/")):
            continue
        here = traces(name.encode())
        if path.is_file():
            for raw in contents(path):
                here |= traces(raw)
        if here:
            found[name] = here
    return found


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, str]]:
    """(warehouse, temporary folder, what was printed) after the command took all the planted files in."""
    with small_folder() as folder:
        sources, warehouse, temporary = folder / "sources", folder / "warehouse", folder / "tmp"
        shutil.copytree(PROJECT / "sources" / "reference", sources / "reference")
        temporary.mkdir()
        checked = []
        for source in SOURCES:
            (sources / source).mkdir()
            for name, raw in planted(source):
                (sources / source / name).write_bytes(raw)
            checked.append(sorted((sources / source).iterdir())[0])
        environment = os.environ | {"TMPDIR": str(temporary), "CS_KEY_FILE": str(folder / "key")}
        where = ["--sources", str(sources), "--warehouse", str(warehouse)]
        done = [ask(environment, "run", *where), ask(environment, "status", where[2], where[3])]
        done += [ask(environment, "check", str(path), *where) for path in checked[::4]]
        yield warehouse, temporary, "\n".join(done)


def ask(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "cs_pipeline", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, cwd=PROJECT)
    assert "Traceback" not in done.stderr, done.stderr
    said = done.stdout + done.stderr
    # A person who names a file on the command line may be told its name again.
    return said.replace(arguments[1], "") if arguments[0] == "check" else said


def test_what_is_printed_tells_of_nobody(aftermath: tuple[Path, Path, str]) -> None:
    _, _, printed = aftermath
    assert {line for line in printed.splitlines() if traces(line.encode())} == set()
    assert "personal data in column" in printed
    assert "accepted" in printed


def test_nothing_in_the_warehouse_tells_of_anybody(aftermath: tuple[Path, Path, str]) -> None:
    warehouse, temporary, _ = aftermath
    kept = {source.name for source in all_sources() if source.may_quote}
    with duckdb.connect(str(warehouse / "ledger.duckdb"), read_only=True) as ledger:
        plain = {sha for (sha,) in ledger.execute(
            "select sha256 from delivery where is_kept and list_contains(?, source_name)", [sorted(kept)]
        ).fetchall()}  # fmt: skip

    def is_exception(place: list[str]) -> bool:
        is_returned = place[0] == "quarantine" and source_named(place[1]).sensitivity != "person_sensitive"
        return is_returned or (place[0] == "archive" and place[-1] in plain)

    assert found_under(warehouse, is_exception) | found_under(temporary) == {}


def test_returned_copies_about_people_hold_only_declared_columns(aftermath: tuple[Path, Path, str]) -> None:
    """A misplaced name in a declared cell is shown back to its own supplier; headings and columns of others are not."""
    warehouse, _, _ = aftermath
    for name in ("marac", "asb_panel", "enforcement_register"):
        for path in (warehouse / "quarantine" / name).glob("*.xlsx"):
            assert load_workbook(path).sheetnames == ["Findings"]
            assert set().union(*map(traces, contents(path))) == set(), path.name
    for path in (warehouse / "quarantine" / "housing_cases").glob("*.xlsx"):
        book = load_workbook(path)
        assert all(traces(sheet.title.encode()) == set() for sheet in book.worksheets)
        assert traces((book.properties.creator or "").encode()) == set()


def test_the_archive_of_returns_about_people_is_sealed(aftermath: tuple[Path, Path, str]) -> None:
    warehouse, _, _ = aftermath
    with duckdb.connect(str(warehouse / "ledger.duckdb"), read_only=True) as ledger:
        rows = ledger.execute("select source_name, sha256, is_kept from delivery").fetchall()
    assert {source for source, _, _ in rows} >= set(SOURCES)
    for source, sha, is_kept in rows:
        path = warehouse / "archive" / sha[:2] / sha
        assert path.exists() == is_kept, source
        if is_kept and not source_named(source).may_quote:
            assert path.read_bytes().startswith(MAGIC)
    away = {source for source, _, is_kept in rows if not is_kept}
    assert away == {source.name for source in all_sources() if source.counts_only}


def test_every_place_that_is_looked_through_can_show_a_trace(tmp_path: Path) -> None:
    """The search itself finds a canary in a database, a workbook, JSON, UTF-16 and a file's name."""
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        connection.execute("create table t as select ? as c from range(5000)", [CANARIES[0]])
    book = load_workbook(base_of("marac"))
    book.worksheets[0]["A1"] = CANARIES[24]
    book.save(tmp_path / "b.xlsx")
    (tmp_path / "c.json").write_text(json.dumps({"name": CANARIES[20]}))
    (tmp_path / "d.bin").write_bytes(CANARIES[13].encode("utf-16-le"))
    (tmp_path / f"{CANARIES[40]}.txt").write_text("")
    found = found_under(tmp_path)
    assert set().union(*found.values()) >= {CANARIES[n] for n in (0, 13, 20, 24, 40)}
    assert len(found) == 5
