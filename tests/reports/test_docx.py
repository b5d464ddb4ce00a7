"""A pack as a Word document says what the pack says, in styles, headings and tables that Word knows as such."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Read
from docx.enum.section import WD_ORIENT
from reports.hostile_texts import HOSTILE
from reports.office import pages_of, to_pdf
from reports.packs import make_pack
from reports.read_back import rows_of, tables_in

from cs_pipeline.reports.docx import write_docx
from cs_pipeline.reports.pack import SHAPES, Cell, Column, Pack, Section, Table, clean, figure

TYPED = (
    *HOSTILE,
    "<w:br/>",
    "{ PAGE }",
    "👮🏽‍♀️",
    "nul \x00, bell \x07, half \ud83d, none \uffff",
    "a\ttab\nand a line",
)


@pytest.fixture
def written(tmp_path: Path) -> Read:
    return write(make_pack(), tmp_path)


def write(pack: Pack, folder: Path) -> Read:
    write_docx(pack, folder / "pack.docx")
    return Document(str(folder / "pack.docx"))


def with_tables(*tables: Table) -> Pack:
    return replace(make_pack(), sections=(Section("All", tables=tables),))


def said_by(table: Table) -> list[list[str]]:
    """The headings and what every cell shows, a status behind its shape."""
    shapes = [SHAPES if column.kind == "status" else {} for column in table.columns]
    rows = [
        [
            f"{known[cell.text]} {cell.shown}" if cell.text in known else cell.shown
            for cell, known in zip(row, shapes, strict=True)
        ]
        for row in table.rows
    ]
    return [[column.heading for column in table.columns], *rows]


def read_all(document: Read) -> list[list[list[str]]]:
    return [rows_of(table) for table in document.tables]


def test_every_cell_reads_back_as_the_pack_shows_it(written: Read) -> None:
    assert read_all(written) == [said_by(table) for table in tables_in(make_pack())]


def test_every_sentence_stands_in_its_order_under_a_style_that_word_knows(written: Read) -> None:
    pack = make_pack()
    table, chart = next(pack.tables), next(pack.charts)
    assert [(paragraph.style.name, paragraph.text) for paragraph in written.paragraphs if paragraph.style] == [
        ("Title", pack.title),
        ("Subtitle", pack.subtitle),
        ("Normal", "The figures are as they stood on 10 February 2022."),
        ("Heading 1", "What matters"),
        *(("List Bullet", item) for item in pack.sections[0].listed),
        ("Heading 1", "Critical success indicators"),
        ("Normal", "Two of three are on record."),
        ("Caption", table.title),
        ("Heading 2", "Histories"),
        ("Caption", chart.title),
        ("Chart", ""),
        ("Caption", chart.data.title),
        ("Heading 1", "What is late"),
        ("Caption", "Late returns"),
        ("Normal", "None is late."),
        ("Heading 1", "Shorthand"),
        *(("List Bullet", f"{mark} {words}") for mark, words in pack.marks.items()),
    ]


def test_the_same_pack_gives_the_same_bytes_a_year_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_docx(make_pack(), tmp_path / "now.docx")
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 366 * 86_400)
    write_docx(make_pack(), tmp_path / "later.docx")
    assert (tmp_path / "now.docx").read_bytes() == (tmp_path / "later.docx").read_bytes()
    with ZipFile(tmp_path / "now.docx") as entries:
        assert {entry.date_time for entry in entries.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    write_docx(make_pack(), tmp_path / "here.docx")
    code = (
        "import sys; from pathlib import Path; from reports.packs import make_pack; "
        "from cs_pipeline.reports.docx import write_docx; write_docx(make_pack(), Path(sys.argv[1]))"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, tmp_path / "there.docx"], check=True, timeout=60, env=env)
    assert (tmp_path / "here.docx").read_bytes() == (tmp_path / "there.docx").read_bytes()


def test_whatever_is_typed_stays_text(tmp_path: Path) -> None:
    script = "<script>alert(1)</script>"
    columns = (Column("a", "A"), Column("b", "B", "number"), Column("c", script, "status"))
    sections = tuple(
        Section(
            said,
            (said,),
            (said,),
            (Table("t", said, columns, ((Cell(said), Cell(said, marks=("[p]",)), Cell(said)),)),),
        )
        for said in TYPED
    )
    pack = clean(replace(make_pack(), title=TYPED[0], subtitle="x" * 300, notice=script, sections=sections))
    document = write(pack, tmp_path)
    assert read_all(document) == [said_by(table) for table in pack.tables]
    body = [paragraph.text for paragraph in document.paragraphs[3:-2]]  # Without the title and the shorthand.
    assert body == [section.title for section in pack.sections for _ in range(4)]
    assert document.sections[0].header.paragraphs[0].text == script
    assert document.element.body.xpath(".//w:hyperlink | .//w:fldSimple | .//w:instrText | .//w:br") == []


def test_headings_of_a_table_stand_again_on_the_next_page_and_no_row_is_split(written: Read) -> None:
    for table in written.tables:
        first, *others = table._tbl.tr_lst
        assert first.xpath("./w:trPr/w:tblHeader")
        assert [row for row in others if row.xpath("./w:trPr/w:tblHeader")] == []
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in (first, *others))


def with_long_rows(n_letters: int) -> Pack:
    """A row of one line, and two that are longer than a page."""
    columns = (Column("a", "A"), Column("b", "B"))
    words, letters = Cell("xxxx " * (n_letters // 5)), Cell("x" * n_letters)
    rows = ((Cell("short"), Cell("y")), (words, words), (Cell("long"), letters))
    return with_tables(Table("long", "Long", columns, rows))


def test_a_row_longer_than_a_page_may_be_split_and_need_not_keep_with_the_next(tmp_path: Path) -> None:
    rows = write(with_long_rows(5_000), tmp_path).tables[0]._tbl.tr_lst
    assert [len(row.xpath("./w:trPr/w:cantSplit")) for row in rows] == [1, 1, 0, 0]
    assert [row for row in rows[1:] if row.xpath(".//w:keepNext")] == []


def test_a_short_table_keeps_together_and_a_long_one_does_not(tmp_path: Path) -> None:
    table = next(make_pack().tables)
    short, long = write(with_tables(table, replace(table, rows=table.rows * 30)), tmp_path).tables
    kept = [[bool(row.xpath(".//w:keepNext")) for row in read._tbl.tr_lst[1:]] for read in (short, long)]
    assert kept == [[True, True, False], [False] * 90]


def test_only_a_first_column_of_headings_is_called_one(written: Read) -> None:
    looks = [table._tbl.tblPr.xpath("./w:tblLook/@w:firstColumn") for table in written.tables]
    assert looks == [["1" if table.row_heading == 0 else "0"] for table in tables_in(make_pack())]
    headings = [row.cells[1].paragraphs[0] for row in written.tables[0].rows][1:]
    assert [heading.style.name for heading in headings if heading.style] == ["Table Row Heading"] * 3


def test_a_look_comes_from_a_style_alone(written: Read) -> None:
    assert {table.style.name for table in written.tables if table.style} == {"Pack Table"}
    looks = ("w:b", "w:sz", "w:color", "w:rFonts", "w:jc", "w:shd", "w:tcBorders", "w:spacing")
    assert [look for look in looks if written.element.body.xpath(f".//{look}")] == []


def test_every_style_that_is_named_is_there_once(written: Read) -> None:
    known = written.styles.element.xpath("./w:style/@w:styleId")
    parts = (written.element, written.sections[0].header._element, written.sections[0].footer._element)
    named = {name for part in parts for name in part.xpath(".//w:pStyle/@w:val | .//w:rStyle/@w:val")}
    assert len(known) == len(set(known))
    assert named <= set(known)


def test_every_picture_says_what_it_shows(written: Read) -> None:
    pack = make_pack()
    lines = [cell.line.words for table in pack.tables for row in table.rows for cell in row if cell.line]
    drawn = [words for words in lines if words != "no figure yet"]
    assert written.element.body.xpath(".//wp:docPr/@descr") == [*drawn, *(chart.words for chart in pack.charts)]
    numbers = written.element.body.xpath(".//wp:docPr/@id")
    assert len(numbers) == len(set(numbers)) == 3


def test_a_line_keeps_within_its_cell_and_equal_ones_are_stored_once(tmp_path: Path) -> None:
    table = next(make_pack().tables)
    document = write(with_tables(replace(table, rows=table.rows[:1] * 4)), tmp_path)
    for cell in document.tables[0].columns[5].cells[1:]:
        assert cell.width is not None
        assert 0 < int(cell._tc.xpath(".//wp:extent/@cx")[0]) < cell.width
    assert len(document.part.package.image_parts) == 1


def test_columns_are_fixed_and_keep_within_the_page(tmp_path: Path) -> None:
    crowded = [
        tuple(Column(f"c{place}", f"Heading {place}", width=share) for place, share in enumerate(shares))
        for shares in ([5] * 24, range(1, 25))
    ]
    rows = (tuple(Cell("Communities") for _ in range(24)),)
    for table in (next(make_pack().tables), *(Table("many", "Many", columns, rows) for columns in crowded)):
        document = write(with_tables(table), tmp_path)
        read, page = document.tables[0], document.sections[0]
        grid = [int(width) for width in read._tbl.tblGrid.xpath("./w:gridCol/@w:w")]
        cells = [[int(width) for width in row.xpath("./w:tc/w:tcPr/w:tcW/@w:w")] for row in read._tbl.tr_lst]
        assert read._tbl.tblPr.xpath("./w:tblLayout/@w:type") == ["fixed"]
        assert cells == [grid] * len(read.rows)
        assert min(grid) > 300
        assert sum(grid) * 635 <= page.page_width - page.left_margin - page.right_margin


def test_a_code_is_not_broken_where_a_long_title_wants_room(tmp_path: Path) -> None:
    columns = (Column("code", "Code", "code", 3), Column("title", "Indicator", width=200))
    table = Table(
        "t", "T", columns, ((Cell("ComS_012d"), Cell("Incidents of anti-social behaviour " * 9)),), row_heading=1
    )
    code = write(with_tables(table), tmp_path).tables[0].rows[1].cells[0]
    assert code.width.mm - 3 > 17.65  # 5.56 em by the metrics of Arial, at 9 points; 3 mm are the cell's edges.


def test_the_paper_is_turned_only_for_a_table_that_needs_it(tmp_path: Path, written: Read) -> None:
    columns = tuple(Column(f"c{place}", "Quarter", "number") for place in range(10))
    wide = Table("wide", "Wide", columns, (tuple(figure(1_234, "number", ("[p]",)) for _ in columns),))
    turned = write(with_tables(next(make_pack().tables), wide), tmp_path).sections[0]
    upright = written.sections[0]
    assert (upright.orientation, turned.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert [round(side.mm) for side in (upright.page_width, upright.page_height)] == [210, 297]
    assert [round(side.mm) for side in (turned.page_width, turned.page_height)] == [297, 210]


def test_the_header_says_who_may_read_it_and_the_footer_numbers_the_page(written: Read) -> None:
    page = written.sections[0]
    assert [paragraph.text for paragraph in page.header.paragraphs] == [make_pack().notice]
    footer = page.footer.paragraphs[0]
    assert footer.text == f"{make_pack().title}\tPage  of "
    assert footer._p.xpath("./w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]


def test_the_document_knows_its_title_its_language_and_when_it_was_cut(tmp_path: Path) -> None:
    pack = make_pack()
    elsewhere = replace(pack, cut_at=pack.cut_at.astimezone(timezone(timedelta(hours=9))))
    properties = write(elsewhere, tmp_path).core_properties
    assert (properties.title, properties.subject, properties.language) == (pack.title, pack.subtitle, "en-GB")
    assert properties.author == properties.last_modified_by == "Community safety team"
    assert properties.created == properties.modified == datetime.fromisoformat("2022-02-10T09:30:00Z")


def test_libreoffice_prints_it_with_the_notice_on_every_page(tmp_path: Path) -> None:
    pack = make_pack()
    table = next(pack.tables)
    longer = Section("All", tables=(replace(table, rows=table.rows * 30),))
    write_docx(replace(pack, sections=(*pack.sections, longer)), tmp_path / "pack.docx")
    pages = pages_of(to_pdf(tmp_path / "pack.docx", tmp_path))
    assert len(pages) > 3
    assert [pack.notice in page for page in pages] == [True] * len(pages)
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert [page for page in pages if "ComS_011" in page and not ("Indicator" in page and "◆ red" in page)] == []


@pytest.mark.proof
def test_libreoffice_prints_long_rows_to_their_end(tmp_path: Path) -> None:
    write_docx(with_long_rows(40_000), tmp_path / "long.docx")
    pages = pages_of(to_pdf(tmp_path / "long.docx", tmp_path))
    assert sum(page.count("x") for page in pages) == 2 * 32_000 + 40_000
