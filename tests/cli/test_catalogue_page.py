"""The catalogue: the committed page is what the declarations give, all of them stand on it, and texts are escaped."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cs_pipeline.cli.main import main
from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import AsAt, Ignore, Layout, RowRule, Source, Table
from cs_pipeline.operate.catalogue import make_page
from cs_pipeline.operate.page import tag
from cs_pipeline.words.settings import PROJECT

PAGE = PROJECT / "sources" / "catalogue.html"
EMPTY_TAGS = {"meta"}
EVERY = pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.name)


class Reader(HTMLParser):
    """The page as a browser reads it: its tags in balance, its texts by section."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {"": ""}
        self.section = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attributes)))
        if name == "section":
            self.section = str(dict(attributes)["id"])
        if name not in EMPTY_TAGS:
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name
        if name == "section":
            self.section = ""

    def handle_data(self, text: str) -> None:
        self.texts[self.section] = self.texts.get(self.section, "") + text


@pytest.fixture(scope="module")
def page() -> Reader:
    return Reader(make_page(all_sources()))


def test_the_committed_page_is_what_the_declarations_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == make_page(all_sources()), "Run cs catalogue and commit the page."


@EVERY
def test_all_of_a_source_is_on_the_page(source: Source, page: Reader) -> None:
    said = page.texts[source.name]
    wanted = [source.title, source.owner, source.due, source.as_at.example, f"{source.keep_years} years"]
    wanted += [source.description, source.licence or ""]
    for table in source.tables:
        wanted += [f"stage.{table.name}", table.one_row, *table.not_stored, *table.key]
        wanted += [layout.because for layout in table.layouts]
        wanted += [ignore.rule[1:] for ignore in table.ignores]
        for rule in table.rules:
            wanted += [rule.rule[1:], rule.what, rule.remedy]
        for column in table.read_columns:
            headings = {heading for layout in table.layouts for heading in layout.headings_of(column)}
            wanted += [column.description, *headings, *column.allowed, *column.aliases, *column.words]
            wanted += [name for name, _, _ in column.outputs]
    assert [text for text in wanted if text not in said] == []


def test_the_index_leads_to_every_source(page: Reader) -> None:
    links = [attributes["href"] for name, attributes in page.tags if name == "a"]
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {f"#{source.name}" for source in all_sources()} <= set(links)
    assert {str(link).removeprefix("#") for link in links} <= ids
    assert all(source.owner in page.texts[""] and source.due in page.texts[""] for source in all_sources())


def test_the_page_stands_alone_and_its_tables_have_headers(page: Reader) -> None:
    names = [name for name, _ in page.tags]
    assert not {"script", "link", "img", "iframe", "form", "b", "i"} & set(names)
    assert all(str(attributes["href"]).startswith("#") for name, attributes in page.tags if name == "a")
    assert "url(" not in page.texts[""] and "@import" not in page.texts[""]  # noqa: PT018  one thing: no address
    assert page.tags[0] == ("html", {"lang": "en-GB"})
    assert names.count("caption") == names.count("table") > len(all_sources())
    assert {attributes["scope"] for name, attributes in page.tags if name == "th"} == {"col", "row"}
    assert page.open == []


def test_a_text_is_escaped_wherever_it_stands() -> None:
    sharp = "<b title=\"x\">&amp; 'sharp' texts</b>"
    column = Column(name="what", description=sharp, headings=(sharp,), allowed=(sharp, "&"), aliases={"<": sharp})
    rule = RowRule(rule=sharp, broken_when="true", cells=("what",), what=sharp, remedy=sharp)
    table = Table(
        name="odd",
        one_row=sharp,
        key=("what",),
        columns=(column, column.model_copy(update={"name": "who", "example": sharp, "allowed": (), "words": (sharp,)})),
        layouts=(Layout(since=date(2020, 4, 1), because=sharp, sheets=re.escape(sharp), sheet_example=sharp),),
        ignores=(Ignore(rule=sharp, when="true"),),
        rules=(rule,),
        not_stored=(sharp,),
    )
    as_at = AsAt(place="title", found_by="(.*)", example=sharp)
    texts = {"title": sharp, "description": sharp, "owner": sharp, "due": sharp, "licence": sharp}
    reader = Reader(make_page([Source(name="odd", as_at=as_at, tables=(table,), **texts)]))
    assert {name for name, _ in reader.tags} == {name for name, _ in Reader(make_page(all_sources())).tags}
    assert reader.texts["odd"].count(sharp[1:]) >= 18
    assert reader.open == []
    assert tag("td", "<&>", title='"') == '<td title="&quot;">&lt;&amp;&gt;</td>'


def test_the_same_declarations_give_the_same_page_in_any_order() -> None:
    assert make_page(all_sources()) == make_page(reversed(all_sources()))


def test_cs_catalogue_writes_the_page_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "page.html"
    for _ in range(2):
        assert main(["catalogue", "--to", str(to)]) == 0
        assert capsys.readouterr().out == f"Written: {to}\n"
    assert to.read_text(encoding="utf-8") == make_page(all_sources())
    assert main(["catalogue", "--to", str(tmp_path / "nowhere" / "page.html")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
