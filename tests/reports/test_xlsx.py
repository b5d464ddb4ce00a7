"""The workbook says what the pack says, keeps to the rules for accessible spreadsheets, and is the same each time."""

import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from reports.hostile_texts import HOSTILE
from reports.packs import ASB, CLOSED, make_pack
from reports.read_back import sheet_titled, shown_by_excel, table_of

from cs_pipeline.reports.pack import Cell, Chart, Column, Line, Pack, Point, Section, Table, clean, figure
from cs_pipeline.reports.sheets import make_sheets
from cs_pipeline.reports.xlsx import write_xlsx
from cs_pipeline.reports.xlsx_cells import number_format
from cs_pipeline.words.settings import PROJECT

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")  # openpyxl, when it reads them

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "pack.xlsx"
    write_xlsx(clean(make_pack()), path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Workbook]:
    with path.open("rb") as file:
        yield load_workbook(file)


def test_every_cell_of_every_table_shows_what_the_pack_says(book: Workbook) -> None:
    pack = make_pack()
    tables = [table for table in pack.tables if table.rows]
    for table in [*tables, *(replace(chart.data, title=chart.title) for chart in pack.charts)]:
        _, *rows = table_of(sheet_titled(book, table.title))
        width = len(table.columns)
        assert [[shown_by_excel(cell) for cell in row[:width]] for row in rows] == [
            [c.shown for c in row] for row in table.rows
        ]


def test_words_and_marks_are_in_the_workbook(book: Workbook) -> None:
    pack = make_pack()
    matters, *_ = pack.sections
    assert [row[0].value for row in table_of(book["What matters"])] == ["Text", *matters.listed]
    assert [[cell.value for cell in row] for row in table_of(book["Notes"])[1:]] == [
        list(m) for m in pack.marks.items()
    ]
    assert "Two of three are on record." in [row[0].value for row in book["CSI CS1"].iter_rows()]
    assert shown_by_excel(table_of(book["Late"])[1][0]) == "None is late."
    cover = [row[0].value for row in book["Cover"].iter_rows()]
    assert cover[0] == pack.title
    assert {pack.subtitle, pack.notice, "The figures are as they stood on 10 February 2022."} < set(cover)


def test_numbers_stay_numbers_beside_their_marks(book: Workbook) -> None:
    _, asb, closed, _ = table_of(sheet_titled(book, next(make_pack().tables).title))
    assert (asb[2].value, closed[2].value) == (523, 84.6)
    assert '" [b] [p]"' in asb[2].number_format


@pytest.mark.parametrize(
    ("text", "number", "marks", "expected"),
    [
        ("523", 523.0, ("[b]", "[p]"), '#,##0" [b] [p]"_m'),
        ("2,415", 2415.0, (), "#,##0_m"),
        ("2021", 2021.0, (), "0_m"),
        ("84.6%", 84.6, (), '0.0"%"_m'),
        ("£10,000", 10000.0, (), '"£"#,##0_m'),
        ("-5", -5.0, (), '#,##0;"-"#,##0_m'),
        ("£-5", -5.0, (), '#,##0;"£-"#,##0_m'),
        ("+3.2 points", 3.2, (), '"+"0.0" points"_m'),
        ("about 5", 5.4, (), '"about "#,##0_m'),
        ("9", 5.0, (), None),
        ("5", -5.0, (), None),
        ("1 of 3", 1.0, (), None),
        ('5"', 5.0, (), None),
        ("", 5.0, (), None),
        ("[x]", None, (), None),
    ],
)
def test_a_number_that_excel_could_not_show_as_printed_is_text(
    text: str, number: float | None, marks: tuple[str, ...], expected: str | None
) -> None:
    assert number_format(Cell(text, number, marks)) == expected


def test_digits_stay_in_line_beside_marks_of_different_length() -> None:
    assert number_format(Cell("5", 5.0, ("[p]",)), " [b] [p]") == '#,##0" [p]"_ _[_p_]_m'


def test_a_status_shows_its_shape_before_its_word(book: Workbook) -> None:
    cells = [row[4] for row in table_of(sheet_titled(book, next(make_pack().tables).title))[1:]]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        ("red", '"◆ "@'),
        ("green", '"● "@'),
        ("unknown", '"? "@'),
    ]


# ---------------------------------------------------------------- small lines and charts


def test_a_small_line_is_drawn_from_its_history_and_not_across_a_break(path: Path, book: Workbook) -> None:
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(f"xl/worksheets/sheet{book.sheetnames.index('CSI CS1') + 1}.xml").decode()
    drawn = dict(re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", sheet))
    values = {cell: [row[0].value for row in book["Histories"][where.split("!")[1]]] for where, cell in drawn.items()}
    assert list(values.values()) == [[565, 576, None, 714, 715, 523], [81.2, None, 79.0, 82.5, 84.6]]
    assert 'displayEmptyCellsAs="gap"' in sheet


def test_histories_hold_every_point_of_every_small_line_once(book: Workbook) -> None:
    periods = [row[1].value for row in table_of(book["Histories"])[1:]]
    expected = [point.label for line in (ASB, CLOSED) for point in line.points]
    assert [period for period in periods if period != "break"] == expected
    assert periods.count("break") == 1


def series(path: Path) -> dict[str, list[float | None]]:
    """Name of each series of the first chart -> its values, period by period."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("xl/charts/chart1.xml"))  # noqa: S314 - written just now
    assert root.find(f".//{CHART}dispBlanksAs") is None  # Excel's default is a gap.
    found = {}
    for each in root.iter(f"{CHART}ser"):
        cache = each.find(f"{CHART}val//{CHART}numCache")
        assert cache is not None
        count = int(cache.find(f"{CHART}ptCount").get("val"))  # type: ignore[union-attr, arg-type]
        held = {int(point.get("idx")): float(point[0].text) for point in cache.iter(f"{CHART}pt")}  # type: ignore[arg-type]
        found[each.find(f"{CHART}tx//{CHART}v").text] = [held.get(place) for place in range(count)]  # type: ignore[union-attr]
    return found  # type: ignore[return-value]


def test_a_chart_has_a_series_for_each_run_and_joins_no_break(path: Path) -> None:
    assert series(path) == {
        "2020/21 Q3 to 2020/21 Q4": [565, 576, None, None, None],
        "2021/22 Q1 to 2021/22 Q3": [None, None, 714, 715, 523],
        "Target": [500] * 5,
        "Lower limit": [None, None, 310.2, 310.2, 310.2],
        "Centre": [None, None, 650.7, 650.7, 650.7],
        "Upper limit": [None, None, 991.1, 991.1, 991.1],
    }


def test_a_line_without_a_break_is_drawn_from_its_values_with_gaps(tmp_path: Path) -> None:
    chart = Chart("closed", "Cases closed", CLOSED.words, CLOSED)
    write_xlsx(replace(make_pack(), sections=(Section("Charts", charts=(chart,)),)), tmp_path / "pack.xlsx")
    assert series(tmp_path / "pack.xlsx") == {"Value": [81.2, None, 79.0, 82.5, 84.6]}
    with (tmp_path / "pack.xlsx").open("rb") as file:
        book = load_workbook(file)
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Closed"]
    assert not [row[0].value for row in book["Cover"].iter_rows() if "small line" in row[0].value]


def test_a_chart_of_nothing_is_its_table_alone(tmp_path: Path) -> None:
    none = Line("number", (Point("2021/22 Q1", None, 1),))
    chart = Chart("none", "Nothing yet", none.words, none)
    write_xlsx(replace(make_pack(), sections=(Section("Charts", charts=(chart,)),)), tmp_path / "pack.xlsx")
    with zipfile.ZipFile(tmp_path / "pack.xlsx") as archive:
        assert not [name for name in archive.namelist() if "chart" in name]


def test_a_chart_says_in_its_alternative_text_what_it_shows(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml"))  # noqa: S314 - written just now
    assert [each.get("descr") for each in root.iter(f"{DRAWING}cNvPr")] == [ASB.words]


# ---------------------------------------------------------------- rules for accessible spreadsheets


def test_each_sheet_holds_one_table_without_gaps_or_merged_cells(book: Workbook) -> None:
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert len(sheet.tables) == (0 if sheet.title == "Cover" else 1)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert all(any(value is not None for value in row) for row in rows), sheet.title
        assert sheet.sheet_view.selection[0].activeCell == "A1"
        assert sheet.sheet_state == "visible"


def test_a_table_has_its_headings_in_its_first_row(book: Workbook) -> None:
    table = next(make_pack().tables)
    headings, *_ = table_of(sheet_titled(book, table.title))
    assert [cell.value for cell in headings] == [column.heading for column in table.columns]
    for sheet in book.worksheets[1:]:
        (held,) = sheet.tables.values()
        assert held.headerRowCount == 1
        assert [column.name for column in held.tableColumns] == [cell.value for cell in table_of(sheet)[0]]
    names = [name.casefold() for sheet in book for name in sheet.tables]
    assert len(set(names)) == len(names)


def test_contents_link_to_every_sheet(book: Workbook) -> None:
    linked = {cell.hyperlink.location for row in book["Contents"] for cell in row if cell.hyperlink}
    assert linked == {f"'{name}'!A1" for name in book.sheetnames[2:]}
    titles = [row[1].value for row in table_of(book["Contents"])[1:]]
    assert titles == [book[name]["A1"].value for name in book.sheetnames[2:]]


def test_the_notice_stands_on_every_sheet_and_every_printed_page(book: Workbook) -> None:
    notice = make_pack().notice
    for sheet in book:
        assert sheet.oddHeader.left.text == notice
        assert notice in [row[0].value for row in sheet.iter_rows(max_row=4)]
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert re.sub(r"&\[(\w)\w*\]", r"&\1", sheet.oddFooter.right.text) == "Page &P of &N"
    repeated = {sheet.title: sheet.print_title_rows for sheet in book.worksheets[2:]}
    assert repeated["CSI CS1"] == "$6:$6"
    assert all(repeated.values())


def test_properties_come_from_the_pack_and_not_from_a_clock(book: Workbook) -> None:
    pack, held = make_pack(), book.properties
    assert (held.title, held.subject, held.creator) == (pack.title, pack.subtitle, "Community safety team")
    assert held.created == held.modified == pack.cut_at.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("csi_cs1", "CSI_CS1"), ["CSI CS1", "CSI CS1 2"]),
        (("history", "Contents"), ["History 2", "Contents 2"]),
        (("a" * 40, "a" * 31), ["A" + "a" * 30, "A" + "a" * 28 + " 2"]),
        (("What's late: [2021/22]?", "'"), ["What s late 2021 22", "Sheet"]),
    ],
)
def test_names_of_sheets_are_unique_and_allowed(names: tuple[str, ...], expected: list[str]) -> None:
    table = Table("", "Title", (Column("a", "A"),), ((Cell("x"),),))
    tables = tuple(replace(table, name=name) for name in names)
    _, *sheets = make_sheets(replace(make_pack(), sections=(Section("Part", tables=tables),)))
    assert [sheet.label for sheet in sheets] == expected


def test_long_sentences_and_lists_have_a_sheet_and_short_ones_stand_above_the_table() -> None:
    table = Table("t", "Title", (Column("a", "A"),), ((Cell("x"),),))
    short, long = Section("S", ("Short.",), tables=(table,)), Section("L", ("Long. " * 40,), tables=(table,), level=3)
    sheets = make_sheets(replace(make_pack(), sections=(short, long)))
    assert [(sheet.label, sheet.above[1:]) for sheet in sheets] == [
        ("Notes", ()),
        ("T", ("S", "Short.")),
        ("L", ()),
        ("T 2", ("S: L",)),
    ]


# ---------------------------------------------------------------- the same bytes, hostile text, another reader


def test_a_second_workbook_of_a_process_has_the_same_bytes(path: Path, tmp_path: Path) -> None:
    """XlsxWriter took its options out of the dictionary that it was given, so only the first workbook had them."""
    write_xlsx(clean(make_pack()), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_another_process_writes_the_same_bytes(path: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from reports.packs import make_pack; "
        "from cs_pipeline.reports.pack import clean; from cs_pipeline.reports.xlsx import write_xlsx; "
        "write_xlsx(clean(make_pack()), Path(sys.argv[1]))"
    )
    paths = os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])
    other = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "again.xlsx")], env=other, check=True)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def hostile_pack() -> Pack:
    """Every hostile text as a cell, a sentence of its section, and a title; the first ones as name of a row as well."""
    columns = (Column("text", "Text"), Column("value", "Value", "number"), Column("line", "Line", "line"))
    rows = tuple((Cell(text), figure(5, "number", ("[p]",)), Cell(text, line=ASB)) for text in HOSTILE)
    sections = tuple(
        Section(
            text,
            sentences=(text,),
            listed=(text,),
            tables=(Table(f"t{number}", text, columns, rows[:2]),),
            charts=(Chart(f"c{number}", text, text, ASB),),
        )
        for number, text in enumerate(HOSTILE)
    )
    pack = make_pack()
    all_of_them = Section("All", tables=(Table("all", "All", columns, rows),))
    odd = {"title": "=1+1 & R&G", "subtitle": "[x](y) $$z$$", "notice": "Team R&G: &P [x](y) $$z$$"}
    return clean(replace(pack, sections=(all_of_them, *sections), **odd))


def kept(text: str) -> str:
    """What Excel holds of a text: 32,767 UTF-16 units at most."""
    units = text.encode("utf-16-le")
    return text if len(units) <= 65_534 else units[:65_532].decode("utf-16-le", "ignore") + "…"


def test_text_stays_text_whatever_it_looks_like(tmp_path: Path) -> None:
    pack, path = hostile_pack(), tmp_path / "hostile.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_xlsx(pack, path)
    with path.open("rb") as file:
        book = load_workbook(file)
    rows = table_of(book["All"])[1:]
    expected = [[kept(cell.shown) for cell in row] for row in next(pack.tables).rows]
    assert [[shown_by_excel(cell) for cell in row] for row in rows] == expected
    for number, title in enumerate(table.title for table in list(pack.tables)[1:]):
        assert book[f"T{number}"]["A1"].value == kept(title)
        assert book[f"C{number}"]["A1"].value == kept(title)
    assert book["Cover"]["A1"].value == pack.title
    assert book["All"].oddHeader.left.text == "Team R&& G: &&P [x](y) $$z$$"
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    assert sum("<hyperlink " in sheet for sheet in sheets) == 1
    assert "_x005F_x0041_" in texts  # Else Excel shows A.


def test_a_long_notice_is_cut_to_what_a_header_holds(tmp_path: Path) -> None:
    for place, notice in enumerate(("For the board only. " * 30, "&" * 300, "🙂" * 300, "&G " * 200)):
        path = tmp_path / f"{place}.xlsx"
        write_xlsx(replace(make_pack(), notice=notice.strip()), path)
        with path.open("rb") as file:
            sheet = load_workbook(file)["Contents"]
        assert sheet["A2"].value == notice.strip()
        assert sheet.oddHeader.left.text.endswith("…")


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler")
def test_libreoffice_prints_it_with_marks_shapes_and_the_notice_on_every_page(path: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "pack.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = printed.split("\f")[:-1]
    assert len(pages) == 8
    for page, number in zip_longest(pages, range(1, 9)):
        assert page.lstrip().startswith(make_pack().notice)
        assert f"Page {number} of 8" in page
    assert all(
        words in printed for words in ("523 [b] [p]", "84.6% [p]", "◆ red", "● green", "? unknown", "None is late.")
    )
    assert "2020/21 Q4 576; break" not in printed
