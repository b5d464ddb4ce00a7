"""The page: it says what the pack says, whatever stands in it, and a browser finds nothing against it."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page
from reports.browser import find_violations, page, print_page
from reports.hostile_texts import HOSTILE
from reports.packs import make_pack
from reports.read_back import heard, say, tables_of_page

from cs_pipeline.reports.html import write_html
from cs_pipeline.reports.pack import Pack, clean
from cs_pipeline.reports.palette import DARK, LIGHT

__all__ = ["page"]  # A fixture.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(make_pack(), tmp_path)


def write(pack: Pack, folder: Path) -> Path:
    write_html(pack, folder / "pack.html")
    return folder / "pack.html"


def read(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_text("utf-8"))


def test_the_page_says_every_cell_of_the_pack_in_order(path: Path) -> None:
    assert tables_of_page(read(path)) == say(make_pack())


def test_the_page_says_every_title_sentence_and_mark(path: Path) -> None:
    pack, document = make_pack(), read(path)
    main = heard(document.find(".//main"))
    for section in pack.sections:
        for text in (section.title, *section.sentences, *section.listed, *(table.title for table in section.tables)):
            assert text in main
    assert "None is late." in main
    assert [heard(each) for each in document.iter("figcaption")] == [chart.title for chart in pack.charts]
    assert [each.get("aria-label") for each in document.xpath("//figure//svg")] == [
        chart.words for chart in pack.charts
    ]
    assert {heard(dt): heard(dt.getnext()) for dt in document.iter("dt")} == pack.marks
    assert pack.notice in heard(document.find(".//header"))


def test_a_status_has_its_word_and_its_shape(path: Path) -> None:
    found = [(" ".join(each.text_content().split()), heard(each)) for each in read(path).find_class("rated")]
    assert found == [("◆ red", "red"), ("● green", "green"), ("? unknown", "unknown")]


def test_a_history_is_drawn_for_the_eye_and_said_once_for_the_ear(path: Path) -> None:
    cells = [cell for cell in read(path).find_class("line") if cell.tag == "td"]
    assert [len(cell.xpath(".//svg")) for cell in cells] == [1, 1, 0]
    assert all(cell.xpath("count(.//svg[not(ancestor::*[@aria-hidden='true'])])") == 0 for cell in cells)


def test_every_link_leads_to_one_place_of_the_page(path: Path) -> None:
    document = read(path)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = document.xpath("//a/@href")
    assert len(links) > 5
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert set(" ".join(document.xpath("//@aria-labelledby")).split()) <= set(ids)


def test_rows_and_columns_have_headings(path: Path) -> None:
    [table, data] = read(path).iter("table")
    assert heard(table.xpath("tbody/tr[1]/th[@scope='row']")[0]) == "ASB incidents (police)"
    assert [heard(each) for each in table.xpath("thead//th[@scope='col']")][:3] == ["Code", "Indicator", "Quarter"]
    assert heard(data.xpath("tbody/tr[1]/th[@scope='row']")[0]) == "2020/21 Q3"


@pytest.mark.parametrize("says", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_that_looks_like_markup_is_text(tmp_path: Path, says: str) -> None:
    """In every place of the pack that holds words; the elements of the page are those of a harmless one."""
    pack, harmless = (clean(_say_everywhere(text)) for text in (says, "plain"))
    document, plain = read(write(pack, tmp_path)), read(write(harmless, tmp_path))
    assert [(each.tag, sorted(each.keys())) for each in document.iter()] == [
        (each.tag, sorted(each.keys())) for each in plain.iter()
    ]
    assert tables_of_page(document) == say(pack)
    for place in ("//h1", "//title", "//figcaption", "//caption", "//main//h2", "//thead//th", "//main//li"):
        assert clean(says) in heard(document.xpath(place)[0])
    assert document.xpath("//figure//svg/@aria-label") == [clean(says)]


def test_a_notice_cannot_end_the_style(tmp_path: Path) -> None:
    document = read(write(replace(make_pack(), notice='</style><b>"; } body { color: red'), tmp_path))
    [style] = document.iter("style")
    assert "</" not in style.text
    assert 'content: "\\3c \\2f style\\3e \\3c b\\3e \\22 \\3b  \\7d  body \\7b  color\\3a  red"' in style.text


def test_the_page_needs_no_network_and_no_script(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.findall(r"https?:|//[a-z]|@import|url\((?!#)", text)
    document = read(path)
    assert not document.xpath("//script|//link|//img|//iframe|//@src|//@*[starts-with(name(), 'on')]")


def test_the_same_pack_gives_the_same_bytes_in_another_process(path: Path) -> None:
    written = "import sys; from pathlib import Path; from cs_pipeline.reports.html import write_html\n"
    written += "from reports.packs import make_pack; write_html(make_pack(), Path(sys.argv[1]))"
    again = path.with_name("again.html")
    given = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "PYTHONPATH": os.pathsep.join([*sys.path, "tests"]),
    }
    subprocess.run([sys.executable, "-c", written, str(again)], env=given, check=True)
    assert again.read_bytes() == path.read_bytes()


ON_PAPER = ("ink", "faint", "link", "green", "amber", "red", "target", "limit")
ON_SHADE = ("ink", "faint")
DRAWN = ("series", "target", "limit", "link", "line", "ink")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_stands_out_from_what_it_is_on(path: Path, scheme: str) -> None:
    """From the style as it is written: text 4.5:1, a line or a shape 3:1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    colours = _colours(path)[scheme]
    texts = {(text, "paper") for text in ON_PAPER} | {(text, on) for text in ON_SHADE for on in ("shade", "band")}
    lines = {(line, "paper") for line in DRAWN} | {(line, "band") for line in ("series", "target", "limit")}
    assert not {pair for pair in texts if _contrast(*(colours[name] for name in pair)) < 4.5}
    assert not {pair for pair in lines if _contrast(*(colours[name] for name in pair)) < 3}


def test_the_style_names_every_colour_it_uses_and_uses_every_colour_it_names(path: Path) -> None:
    used = set(re.findall(r"var\(--([a-z]+)\)", path.read_text("utf-8"))) - {"width"}
    assert used == set(LIGHT) == set(DARK)
    assert _colours(path) == {"light": LIGHT, "dark": DARK}


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page: Page, path: Path, scheme: str, width: int) -> None:
    assert find_violations(page, path, scheme, width) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<p style="color: #999; background: #fff">Grey on white.</p>', "color-contrast"),
        ("<h5>Too deep</h5>", "heading-order"),
    ],
)
def test_axe_finds_what_is_planted(page: Page, path: Path, planted: str, rule: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace("</main>", f"{planted}</main>"), "utf-8")
    assert rule in [name for name, _ in find_violations(page, path)]


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_the_page_is_as_wide_as_the_screen(page: Page, path: Path, width: int) -> None:
    """What is wider scrolls in a region of its own."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_asks_for_nothing(page: Page, path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]


def test_every_printed_page_has_the_notice_and_its_number(page: Page, tmp_path: Path) -> None:
    pack = make_pack()
    section = pack.sections[1]
    rows = section.tables[0].rows * 12
    longer = replace(section, tables=(replace(section.tables[0], rows=rows),))
    pdf = print_page(page, write(replace(pack, sections=(longer, *pack.sections)), tmp_path), tmp_path / "pack.pdf")
    try:
        read_pdf = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True)
    except FileNotFoundError:
        pytest.skip("no pdftotext: what stands on a printed page is not read back")
    pages = read_pdf.stdout.split("\f")[:-1]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert text.split("\n")[0].strip() == pack.notice
        assert f"Page {number} of {len(pages)}" in text
    assert sum(text.count("ComS_012d") for text in pages) == 13


def _say_everywhere(says: str) -> Pack:
    """A pack in which every name and every word that the page prints is the one text."""
    pack = make_pack(says)
    what, indicators, histories, late = pack.sections
    [table], [chart] = indicators.tables, histories.charts
    columns = tuple(replace(column, heading=says) for column in table.columns)
    indicators = replace(
        indicators, title=says, sentences=(says,), tables=(replace(table, title=says, columns=columns),)
    )
    histories = replace(histories, charts=(replace(chart, title=says, words=says),))
    late = replace(late, tables=(replace(late.tables[0], title=says, empty=says),))
    sections = (replace(what, title=says), indicators, histories, late)
    return replace(pack, title=says, subtitle=says, notice=says, sections=sections)


def _colours(path: Path) -> dict[str, dict[str, str]]:
    found = re.findall(r":root \{[^}]*--paper[^}]*\}", path.read_text("utf-8"))
    assert len(found) == 2
    return dict(zip(("light", "dark"), (dict(re.findall(r"--([a-z]+): (#\w+)", each)) for each in found), strict=True))


def _contrast(one: str, other: str) -> float:
    """The formula of WCAG 2.2: relative luminance of the lighter and of the darker, each with 0.05."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
