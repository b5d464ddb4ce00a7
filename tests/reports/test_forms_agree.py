"""All forms of a real pack say the same, whatever stands in it; the same publication gives the same bytes."""

import random
import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import duckdb
import pytest
from conftest import run_cs
from playwright.sync_api import Page
from reports.browser import find_violations, page
from reports.hostile_texts import HOSTILE
from reports.packs import make_pack
from reports.read_back import read_csv, read_docx, read_html, read_xlsx, say, say_csv

from cs_pipeline.reports.make import Ask, make_packs, write_pack
from cs_pipeline.reports.pack import Cell, Column, Pack, Section, Table, clean

__all__ = ["page"]  # A fixture.

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")  # openpyxl, when it reads them
ASKED = {
    "gmt": Ask("quarterly", "2022-23-Q3", ("gmt",)),
    "service": Ask("quarterly", "2022-23-Q3", ("service",), "Communities"),
    "outturn": Ask("outturn", "2021-22"),
    "business-plan": Ask("business-plan", "2023-26"),
}


@pytest.fixture(scope="module")
def publication(committed: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(committed / "published" / "community_safety.duckdb"), read_only=True) as connection:
        yield connection


def compare(pack: Pack, folder: Path) -> int:
    """Writes every form, reads it back, and compares each cell; returns how many cells were compared."""
    expected = say(pack)
    assert read_xlsx(write_pack(pack, folder, "xlsx"), pack) == expected
    assert read_html(write_pack(pack, folder, "html")) == expected
    assert read_docx(write_pack(pack, folder, "docx")) == expected
    assert read_csv(write_pack(pack, folder, "csv"), pack) == say_csv(pack)
    return sum(len(row) for rows in expected for row in rows)


@pytest.mark.parametrize("name", ASKED)
def test_every_cell_of_a_real_pack_reads_back_from_every_form(
    publication: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    (pack,) = make_packs(publication, ASKED[name])
    assert compare(pack, tmp_path) > 500
    assert pack.notice.startswith("For use inside the council only")


PARTS = (
    *"=+-@<>&\"'{}%\x00\x07\x0b\x1b\t\n\ufffe\ud800\u202e\u2028",
    *("$$", "]]>", "_x000D_", "<br>", "<!--", "&#0;", "http://", "|cmd", "!A1"),
)


def make_hostile(seed: int = 7) -> list[str]:
    """1,000 texts: the known ones that fit a cell, and others of what formulas, markup and controls are made of."""
    chance = random.Random(seed)  # noqa: S311 - texts, not secrets
    words = [text for text in HOSTILE if len(text) < 32_000]
    while len(words) < 1_000:
        pieces = [chance.choice([*PARTS, *string.ascii_letters]) for _ in range(chance.randint(1, 9))]
        words.append("".join(pieces))
    return words


def test_a_thousand_hostile_texts_come_out_as_text_in_every_form(tmp_path: Path) -> None:
    rows = tuple((Cell(f"row {number}"), Cell(text)) for number, text in enumerate(make_hostile()))
    assert len(rows) == 1_000
    table = Table("hostile", "Hostile texts", (Column("row", "Row"), Column("text", "Text", width=30)), rows)
    pack = clean(replace(make_pack(), sections=(Section("Texts", tables=(table,)),)))
    assert compare(pack, tmp_path) == 2_000


def test_the_same_publication_gives_the_same_bytes(committed: Path, tmp_path: Path) -> None:
    """In another process, another time zone and another order of hashing."""
    for folder, zone, seed in (("one", "Europe/London", "1"), ("two", "Asia/Tokyo", "2")):
        done = run_cs("report", "outturn", "2021-22", "--warehouse", str(committed), "--to", str(tmp_path / folder),
                      TZ=zone, PYTHONHASHSEED=seed)  # fmt: skip
        assert done.returncode == 0, done.stderr
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one == two
    assert len(one) > 20


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("service", "dark"),
        pytest.param("service", "light", marks=pytest.mark.proof),
        *(pytest.param("outturn", scheme, marks=pytest.mark.proof) for scheme in ("light", "dark")),
        *(pytest.param(name, "light", marks=pytest.mark.proof) for name in ("gmt", "business-plan")),
    ],
)
def test_axe_finds_nothing_on_the_fullest_packs(
    publication: duckdb.DuckDBPyConnection, tmp_path: Path, page: Page, name: str, scheme: Literal["light", "dark"]
) -> None:
    (pack,) = make_packs(publication, ASKED[name])
    assert find_violations(page, write_pack(pack, tmp_path, "html"), scheme) == []
