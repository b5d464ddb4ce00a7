"""The page of a ward: its numbers beside the borough's, hidden where they are few."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from cs_pipeline.disclosure.protection import Protection, open_public
from cs_pipeline.reports.make import Ask, make_checked, make_packs
from cs_pipeline.reports.pack import Pack
from cs_pipeline.reports.parts import NoSuchPack
from cs_pipeline.words.settings import PROJECT

Made = tuple[duckdb.DuckDBPyConnection, Protection]


@pytest.fixture(scope="module")
def public(committed: Path, with_wards: Protection) -> Iterator[Made]:
    path = (committed / "published" / "community_safety.duckdb").resolve()
    with (
        duckdb.connect(str(path), read_only=True) as publication,
        open_public(publication, PROJECT / "sql", with_wards) as copy,
    ):
        yield copy, with_wards


@pytest.fixture(scope="module")
def pages(public: Made) -> list[Pack]:
    return make_checked(*public, Ask("ward", "2021-22-Q3"))


def rows_of(pack: Pack) -> dict[str, dict[str, str]]:
    table = next(table for table in pack.tables if table.name == "ward")
    headings = [column.heading for column in table.columns]
    return {row[0].text: dict(zip(headings, [cell.shown for cell in row], strict=True)) for row in table.rows}


def test_every_ward_has_a_page_by_name_and_they_pass_the_audit(pages: list[Pack]) -> None:
    assert len(pages) == 20
    assert [page.title for page in pages] == sorted(page.title for page in pages)
    assert all(page.notice.startswith("Small numbers of people") for page in pages)


def test_what_is_open_of_the_wards_and_of_what_is_placed_in_none_adds_to_the_borough(
    public: Made, pages: list[Pack]
) -> None:
    shown = [rows_of(page)["ComS_011"]["2021/22 Q3: ward"] for page in pages]
    (borough,) = {rows_of(page)["ComS_011"]["2021/22 Q3: borough"] for page in pages}
    (placed_in_none,) = (
        public[0]
        .execute(
            """select value from marts.ward_figure where indicator_code = 'ComS_011' and period_kind = 'quarter'
               and period_key = '2021-22-Q3' and ward_code = 'not placed'"""
        )
        .fetchall()[0]
    )
    assert sum(int(text) for text in shown) + placed_in_none == int(borough.split()[0])


def test_a_count_with_few_a_ward_is_named_and_told_of_the_borough_in_other_packs_alone(pages: list[Pack]) -> None:
    said = {words for page in pages for words in page.sections[0].sentences if words.startswith("Too few")}
    assert len(said) < len(pages)
    assert all("ComS_014, ComS_014a, ComS_014b" in words for words in said)
    assert not any("ComS_014" in rows_of(page) for page in pages)
    cells = [text for page in pages for row in rows_of(page).values() for text in row.values()]
    assert cells.count("[c]") > 20


def test_columns_are_the_quarter_the_same_a_year_before_and_earlier_years(pages: list[Pack]) -> None:
    assert list(rows_of(pages[0])["ComS_011"])[2::2] == [
        "2021/22 Q3: ward", "2020/21 Q3: ward", "2020/21: ward", "2019/20: ward",
    ]  # fmt: skip


def test_one_ward_is_found_by_name_or_code_and_an_unknown_one_is_said(public: Made, pages: list[Pack]) -> None:
    code = pages[3].key.removeprefix("ward-2021-22-Q3-")
    for asked in (code, pages[3].title.split(",")[0].upper()):
        assert [page.key for page in make_packs(public[0], Ask("ward", "2021-22-Q3", ward=asked))] == [pages[3].key]
    with pytest.raises(NoSuchPack, match=r'"Ilkeston" is no ward in which anything was counted for 2021/22 Q3\. Give'):
        make_packs(public[0], Ask("ward", "2021-22-Q3", ward="Ilkeston"))
    with pytest.raises(NoSuchPack, match=r"Nothing of 2010/11 Q1 has been counted by ward\."):
        make_packs(public[0], Ask("ward", "2010-11-Q1"))
