"""Every byte of public packs, made twice: from a publication, and from one whose protected numbers are canaries.

They must be the same bytes, and no canary may stand in them, whatever a form hides: sheets that nobody sees, caches of
charts, words for those who cannot see, data in scripts, properties of documents.
"""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from disclosure.altered import COMMENT, FIRST, alter
from disclosure.scan import files_of, find_numbers
from openpyxl import load_workbook

from cs_pipeline.disclosure.copy import public_copy
from cs_pipeline.disclosure.protection import Protection
from cs_pipeline.reports.make import Ask, make_packs, write_packs
from cs_pipeline.reports.pack import MARKS
from cs_pipeline.words.settings import PROJECT

FEW = (
    Ask("quarterly", "2021-22-Q3", ("cabinet",)),
    Ask("quarterly", "2021-22-Q3", ("service",), "Communities"),
    Ask("outturn", "2021-22"),
    Ask("ward", "2021-22-Q3", ward="Kimberley"),
)
ALL = (
    *(Ask("quarterly", f"{year}-Q{number}") for year in ("2021-22", "2022-23") for number in (1, 2, 3)),
    Ask("outturn", "2020-21"),
    Ask("business-plan", "2023-26"),
    Ask("ward", "2022-23-Q3"),
)


@dataclass(frozen=True)
class Written:
    """The same packs from the true publication and from the altered one, and the canaries."""

    true: Path
    altered: Path
    canaries: frozenset[float]
    protection: Protection


def write_both(committed: Path, protection: Protection, root: Path, asks: tuple[Ask, ...]) -> Written:
    base, other = root / "true.duckdb", root / "altered.duckdb"
    shutil.copy((committed / "published" / "community_safety.duckdb").resolve(), base)
    base.chmod(0o600)
    with duckdb.connect(str(base)) as connection:
        connection.execute(COMMENT)
    canaries = alter(base, other, protection)
    for path in (base, other):
        numbers = protection.numbers(hidden=False), sorted(canaries)
        with public_copy(path, PROJECT / "sql", *numbers, {}, "Protected.") as copy:
            packs = [pack for ask in asks for pack in make_packs(copy, ask)]
        write_packs(packs, root / path.stem)
    return Written(root / base.stem, root / other.stem, frozenset({*canaries.values(), float(FIRST)}), protection)


@pytest.fixture(scope="module")
def written(committed: Path, with_wards: Protection, tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_both(committed, with_wards, tmp_path_factory.mktemp("bytes"), FEW)


def assert_no_byte_tells(written: Written) -> None:
    true, altered = dict(files_of(written.true)), dict(files_of(written.altered))
    assert true.keys() == altered.keys()
    assert [name for name in true if true[name] != altered[name]] == []
    assert find_numbers(written.altered, written.canaries) == []


def test_no_byte_of_a_public_pack_depends_on_a_protected_number(written: Written) -> None:
    assert len(written.canaries) > 500
    assert_no_byte_tells(written)


@pytest.mark.proof
def test_no_byte_of_any_public_pack_depends_on_one(committed: Path, with_wards: Protection, tmp_path: Path) -> None:
    assert_no_byte_tells(write_both(committed, with_wards, tmp_path, ALL))


@pytest.mark.parametrize("form", [".xlsx", ".docx", ".html", ".csv"])
def test_every_form_shows_the_mark_of_what_is_hidden_and_says_what_it_means(written: Written, form: str) -> None:
    parts = [raw for name, raw in files_of(written.true) if form in name and name.startswith("outturn")]
    assert any(b"[c]" in raw for raw in parts)
    assert any(MARKS["[c]"].encode() in raw for raw in parts)


def test_the_protected_numbers_are_in_what_the_packs_were_made_from(written: Written) -> None:
    with duckdb.connect(str(written.altered.with_suffix(".duckdb")), read_only=True) as altered:
        (least,) = altered.execute("select count(*) from marts.pack_figure where value >= ?", [FIRST]).fetchall()[0]
    assert least > 100


def member(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Rewrites one member of an archive; the first whose name ends so."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    found = next(each for each in parts if each.endswith(name))
    parts[found] = change(parts[found])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, raw in parts.items():
            archive.writestr(each, raw)


def hide_a_sheet(path: Path, said: str) -> None:
    book = load_workbook(path)
    sheet = book.create_sheet("hidden")
    sheet.sheet_state = "veryHidden"
    sheet["Z99"] = int(said)
    book.save(path)


PLACES: dict[str, tuple[str, Callable[[Path, str], None]]] = {
    "a hidden sheet": (".xlsx", hide_a_sheet),
    "the cache of a chart": (
        ".xlsx",
        lambda path, said: member(
            path, "chart1.xml", lambda raw: raw.replace(b"</c:chart>", b"<c:v>%s</c:v></c:chart>" % said.encode())
        ),
    ),
    "alternative text": (
        ".docx",
        lambda path, said: member(
            path, "document.xml", lambda raw: raw.replace(b'descr="', b'descr="%s; ' % f"{int(said):,}".encode(), 1)
        ),
    ),
    "a property of a document": (
        ".docx",
        lambda path, said: member(
            path, "core.xml", lambda raw: raw.replace(b"</dc:title>", said.encode() + b"</dc:title>")
        ),
    ),
    "data in a script": (
        ".html",
        lambda path, said: path.write_text(path.read_text() + f"<script>const n = [{said}]</script>"),
    ),
    "a comment of a page": (".html", lambda path, said: path.write_text(path.read_text() + f"<!-- {said} -->")),
    "a flat file": ("kpi.csv", lambda path, said: path.write_text(path.read_text() + f"x,{said}\n")),
    "another encoding": (".html", lambda path, said: path.write_bytes(path.read_bytes() + said.encode("utf-16-le"))),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_what_is_planted_in_a_form_is_found(written: Written, tmp_path: Path, place: str) -> None:
    ending, plant = PLACES[place]
    shutil.copytree(written.altered, tmp_path / "planted")
    found = sorted((tmp_path / "planted").rglob("*"))
    path = next(each for each in found if "outturn" in each.as_posix() and each.name.endswith(ending))
    plant(path, str(FIRST + 3))
    assert find_numbers(tmp_path / "planted", written.canaries)


def test_what_slips_through_a_file_of_sql_is_found(committed: Path, written: Written, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "sql", tmp_path / "sql")
    broken = tmp_path / "sql" / "public" / "marts.figure.sql"
    whole = broken.read_text()
    broken.write_text(
        whole.replace("open_number(f.indicator_code, f.period_kind, f.period_key, '', f.value)", "f.value")
    )
    assert broken.read_text() != whole
    protection, path = written.protection, written.altered.with_suffix(".duckdb")
    with public_copy(path, tmp_path / "sql", protection.numbers(hidden=False), [], {}, "Protected.") as copy:
        write_packs(make_packs(copy, FEW[0]), tmp_path / "packs", ("html",))
    assert find_numbers(tmp_path / "packs", written.canaries)
