"""Workbooks and CSV files as texts: every value keeps its row and its column, and none is lost or made up."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.flat import read_flat
from cs_pipeline.intake.table import Sheet, as_text, clean
from cs_pipeline.words.findings import Refused

STYLES = """<styleSheet xmlns="{main}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="1"><font/></fonts>
<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/>
<xf numFmtId="9"/></cellXfs></styleSheet>""".replace("{main}", hostile.MAIN)


def sheets_of(content: bytes, folder: Path) -> list[Sheet]:
    path = folder / "q1.xlsx"
    path.write_bytes(content)
    return read_book(path).sheets


def rows_of(inside: str, folder: Path, **more: str) -> list[tuple[int, list[str | None]]]:
    return sheets_of(hostile.one_sheet(inside, **more), folder)[0].rows


def refusal(content: bytes, folder: Path) -> str:
    with pytest.raises(Refused) as refused:
        sheets_of(content, folder)
    return f"{refused.value.rule}: {refused.value.finding().sentence('Police ASB', 'q1.xlsx')}"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", None),
        (" Beeston\xa0\u200b ", "General", "Beeston"),
        ("\ufeff \u2009", "General", None),
        ("two_x000D_\nlines", "General", "two\nlines"),
        ("00123", "General", "00123"),
        (True, "General", "TRUE"),
        (43922, "General", "43922"),
        (43922.0, "General", "43922"),
        (100, "General", "100"),
        (-0.0, "General", "0"),
        (0.1 + 0.2, "General", "0.3"),
        (2.9999999999999996, "General", "3"),
        (1234567.891, "#,##0.00", "1234567.891"),
        (1e-7, "General", "0.0000001"),
        (1e21, "General", "1000000000000000000000"),
        (12345678901234567890, "0", "12345678901234567890"),
        (0.82, "0%", "82%"),
        (0.8235, "0%", "82.35%"),
        (0.07, "0.00%", "7%"),
        (1, "0%", "100%"),
        (7, '0" %"', "7"),
        (7, r"0\%", "7"),
        (datetime.fromisoformat("2020-04-01"), "General", "2020-04-01"),
        (datetime.fromisoformat("2020-04-01T23:49:59.999"), "General", "2020-04-01 23:50:00"),
        (date(2020, 4, 1), "General", "2020-04-01"),
        (time(23, 50), "General", "23:50:00"),
        (time(23, 49, 59, 999000), "General", "23:50:00"),
        (timedelta(hours=25, minutes=30), "[h]:mm", "25:30:00"),
        (timedelta(minutes=-90), "[h]:mm", "-01:30:00"),
    ],
)
def test_a_value_is_the_text_that_says_what_it_is(value: object, number_format: str, text: str | None) -> None:
    assert as_text(value, number_format) == text


@given(st.floats(-9e307, 9e307))
def test_a_number_keeps_what_excel_can_show_and_has_no_exponent(value: float) -> None:
    text = as_text(value)
    assert text is not None
    assert "e" not in text.lower()
    assert float(text) == pytest.approx(value, rel=1e-14, abs=0)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert once is None or clean(once) == once or "_x00" in text


def test_a_workbook_reads_as_its_cells_stand(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Police ASB"],
        [],
        ["Ward", None, "Seen"],
        ["Beeston North ", None, datetime.fromisoformat("2020-04-01T23:50")],
    ]
    assert sheets_of(hostile.saved(rows), tmp_path) == [
        Sheet(
            "Mar",
            [
                (1, ["Police ASB"]),
                (3, ["Ward", None, "Seen"]),
                (4, ["Beeston North", None, "2020-04-01 23:50:00"]),
            ],
        )
    ]


@pytest.mark.parametrize(
    ("dimension", "claim"),
    [("", "none"), ('<dimension ref="A1"/>', "too small"), ('<dimension ref="C3:D9"/>', "elsewhere")],
)
def test_a_dimension_that_lies_hides_no_row(dimension: str, claim: str, tmp_path: Path) -> None:
    rows = '<row r="2"><c r="B2"><v>7</v></c></row><row r="30"><c r="E30"><v>8</v></c></row>'
    assert rows_of(f"{dimension}<sheetData>{rows}</sheetData>", tmp_path) == [
        (2, [None, "7"]),
        (30, [None, None, None, None, "8"]),
    ], claim


def test_cells_without_addresses_are_counted_along(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c><c/><c><f>A1</f></c></row><row r="4"><c/><c/><c/><c><v>2</v></c></row>'
    assert rows_of(f"<sheetData>{rows}</sheetData>", tmp_path) == [
        (1, ["1", None, "#UNCALCULATED"]),
        (4, [None, None, None, "2"]),
    ]


def test_cells_out_of_order_in_a_row_are_all_read(tmp_path: Path) -> None:
    inside = '<sheetData><row r="1"><c r="D1"><v>4</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    assert rows_of(inside, tmp_path) == [(1, [None, "2", None, "4"])]


def test_rows_out_of_order_are_refused_as_openpyxl_would_drop_them(tmp_path: Path) -> None:
    rows = '<row r="3"><c r="A3"><v>3</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    assert refusal(hostile.one_sheet(f"<sheetData>{rows}</sheetData>"), tmp_path) == (
        'unreadable: Police ASB, file "q1.xlsx", sheet "Mar" — cannot be read as a workbook. '
        "Open it in Excel, save it under a new name and send that."
    )


def test_a_formula_without_its_value_is_not_a_blank(tmp_path: Path) -> None:
    cells = (
        '<c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>NA()</f><v>#N/A</v></c>'
        '<c r="F1"><f t="shared" si="0"/></c>'
        '<c r="G1" t="inlineStr"><is><r><rPr><family val="2"/></rPr><t>rich</t></r></is></c>'
        '<c r="H1"><f>0</f><v>0</v></c>'
    )
    (row,) = rows_of(f'<sheetData><row r="1">{cells}</row></sheetData>', tmp_path)
    lost = "#UNCALCULATED"
    assert row == (1, [lost, lost, "2", None, "#N/A", lost, "rich", "0"])


def test_a_zero_left_for_excel_to_calculate_is_no_figure(tmp_path: Path) -> None:
    cells = '<c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><v>0</v></c>'
    inside = f'<sheetData><row r="1">{cells}</row></sheetData>'
    after = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
    assert rows_of(inside, tmp_path, after=after) == [(1, ["#UNCALCULATED", "2", "0"])]


def test_what_openpyxl_writes_as_a_formula_is_uncalculated(tmp_path: Path) -> None:
    assert sheets_of(hostile.saved([["Ward", 4], ["Total", "=B1"]]), tmp_path)[0].rows[1] == (
        2,
        ["Total", "#UNCALCULATED"],
    )


@pytest.mark.parametrize(("settings", "day"), [("", "2020-04-01"), ('<workbookPr date1904="1"/>', "2024-04-02")])
def test_a_date_counts_from_its_own_workbooks_first_day(settings: str, day: str, tmp_path: Path) -> None:
    cells = (
        '<c r="A1" s="1"><v>43922</v></c><c r="B1" s="1"><v>43922.993055555555</v></c>'
        '<c r="C1"><v>43922</v></c><c r="D1" s="2"><v>0.82</v></c>'
    )
    parts = hostile.parts_of({"Mar": f'<sheetData><row r="1">{cells}</row></sheetData>'}, workbook=settings)
    parts["xl/styles.xml"] = hostile.HEAD + STYLES
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
    style = f'<Override PartName="/xl/styles.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", style)
    assert sheets_of(hostile.zipped(parts), tmp_path)[0].rows == [(1, [day, f"{day} 23:50:00", "43922", "82%"])]


def test_hidden_things_are_read_and_named(tmp_path: Path) -> None:
    inside = (
        '<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>4</v></c></row><row r="3" hidden="1"><c r="A3"><v>5</v></c></row>'
        '<row r="5" hidden="true"><c r="A5"><v>6</v></c></row><row r="1048576" hidden="1"/></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    )
    parts = hostile.parts_of({"Mar": inside, "Old": "<sheetData><row><c><v>9</v></c></row></sheetData>"})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="Old"', 'name="Old" state="veryHidden"')
    shown, hidden = sheets_of(hostile.zipped(parts), tmp_path)
    assert [number for number, _ in shown.rows] == [1, 2, 3, 5]
    assert shown.notes == [
        ("hidden rows", ("2:3", "5:5")),
        ("hidden columns", ("B:C",)),
        ("merged cells", ("A1:A2",)),
    ]
    assert (shown.hidden, hidden.hidden, hidden.rows) == (False, True, [(1, ["9"])])


def test_sheets_of_the_same_name_and_odd_names_are_all_read(tmp_path: Path) -> None:
    parts = hostile.parts_of({"Mar": "<sheetData/>", "Q1 &amp; Q2 – “draft”": "<sheetData/>", "Apr": "<sheetData/>"})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="Apr"', 'name="Mar"')
    assert [sheet.name for sheet in sheets_of(hostile.zipped(parts), tmp_path)] == [
        "Mar",
        "Q1 & Q2 – “draft”",
        "Mar",
    ]


def test_a_chart_sheet_is_passed_over(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([1])
    chart = BarChart()
    chart.add_data(Reference(sheet, 1, 1))
    book.create_chartsheet("Chart", 0).add_chart(chart)
    book.save(tmp_path / "q1.xlsx")
    assert read_book(tmp_path / "q1.xlsx").sheets == [Sheet("Sheet", [(1, ["1"])])]


def test_prefixed_tags_read_alike(tmp_path: Path) -> None:
    plain = '<row r="1"><c r="A1"><f>1</f></c><c r="B1"><v>2</v></c></row>'
    rows = re.sub("<(/?)", r"<\1x:", plain)
    data = f"<x:sheetData>{rows}</x:sheetData>"
    whole = f'<x:worksheet xmlns:x="{hostile.MAIN}">{data}</x:worksheet>'
    assert rows_of(whole, tmp_path) == [(1, ["#UNCALCULATED", "2"])]


@pytest.mark.parametrize(
    ("row", "address"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ('<row r="200001"><c r="A200001" t="inlineStr"><is><t>x</t></is></c></row>', "A200001"),
        ('<row r="9"><c r="A9"><v>1</v></c><c r="GS9"><f>1</f></c></row>', "GS9"),
    ],
)
def test_a_far_cell_is_refused_by_its_address(row: str, address: str, tmp_path: Path) -> None:
    content = hostile.one_sheet(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{row}</sheetData>')
    assert refusal(content, tmp_path) == (
        f'far_cell: Police ASB, file "q1.xlsx", sheet "Mar", cell {address} — something stands far outside a table, '
        "beyond row 200,000 or column GR. Delete it, or send a table as large as this as CSV."
    )


def test_cells_at_the_edge_and_empty_ones_beyond_it_are_no_matter(tmp_path: Path) -> None:
    inside = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"/></row>'
        '<row r="200000"><c r="A200000"><v>2</v></c></row>'
        '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    )
    assert rows_of(inside, tmp_path) == [(1, ["1"]), (200_000, ["2"])]
    wide = '<sheetData><row r="1"><c r="GR1"><v>1</v></c><c r="XFD1" s="0"/></row></sheetData>'
    assert rows_of(wide, tmp_path) == [(1, [None] * 199 + ["1"])]


def test_a_wide_sheet_is_scanned_across_blocks(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>{"x" * 400}</v></c>'
        f'<c r="C{n}"><f>A{n}</f></c></row>'
        for n in range(1, 6001)
    )
    read = rows_of(f"<sheetData>{rows}</sheetData>", tmp_path)
    assert [number for number, _ in read] == list(range(1, 6001))
    assert {texts[2] for _, texts in read} == {"#UNCALCULATED"}


def test_entities_are_refused_also_where_nothing_was_identified(tmp_path: Path) -> None:
    assert refusal(hostile.with_entities(), tmp_path).startswith("entities: ")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (hostile.one_sheet("<sheetData><row"), "cut short"),
        (
            hostile.one_sheet('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>'),
            "no such string",
        ),
        (
            hostile.one_sheet('<sheetData><row r="1"><c r="1A"><v>9</v></c></row></sheetData>'),
            "no such address",
        ),
        (hostile.one_sheet('<sheetData><!-- <row r="1"> --></sheetData>'), "comment"),
        (hostile.without("xl/worksheets/sheet1.xml"), "a sheet is missing"),
        (b"PK\x03\x04", "no archive"),
    ],
)
def test_what_openpyxl_cannot_read_or_would_leave_out_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    assert refusal(content, tmp_path).startswith("unreadable: "), why


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"Ward,Count\r\nBeeston,4\r\n", [(1, ["Ward", "Count"]), (2, ["Beeston", "4"])]),
        (b"\xef\xbb\xbfWard;Rate\nBeeston;4,5\n", [(1, ["Ward", "Rate"]), (2, ["Beeston", "4,5"])]),
        (b"Ward\tCount\nBeeston, North\t4\n", [(1, ["Ward", "Count"]), (2, ["Beeston, North", "4"])]),
        (b"sep=;\r\nWard;Count\r\n", [(1, ["Ward", "Count"])]),
        (b"Cost \xa3,\x93n/a\x94\n", [(1, ["Cost £", "“n/a”"])]),
        (
            b'Note,n\n"two\nlines, ""so""",1\nlast,2',
            [(1, ["Note", "n"]), (2, ['two\nlines, "so"', "1"]), (3, ["last", "2"])],
        ),
        (
            b"Title, of, it\n\na;b;c\n1;2;3\n4;5\n6;7;8;9\n",
            [
                (1, ["Title, of, it"]),
                (3, ["a", "b", "c"]),
                (4, ["1", "2", "3"]),
                (5, ["4", "5"]),
                (6, ["6", "7", "8", "9"]),
            ],
        ),
        (b"a,b\r1,2\r", [(1, ["a", "b"]), (2, ["1", "2"])]),
        (b"a,b\n,\n \xa0,2,,\n", [(1, ["a", "b"]), (3, [None, "2"])]),
        (b"Ward\nBeeston\n", [(1, ["Ward"]), (2, ["Beeston"])]),
    ],
)
def test_a_csv_reads_as_a_spreadsheet_shows_it(content: bytes, rows: list[Any], tmp_path: Path) -> None:
    path = tmp_path / "q1.csv"
    path.write_bytes(content)
    (sheet,) = read_flat(path).sheets
    assert (sheet.name, sheet.rows) == ("", rows)


QUOTES = 'Close every " that opens a cell, write "" for one inside it, or export the file again.'


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b'a,b\n1,2\n3,"4\n5,6\n', f"has quotation marks that do not match in row 3. {QUOTES}"),
        (b'a,b\n1,"2" x\n', f"has quotation marks that do not match in row 2. {QUOTES}"),
        (
            b"a,b\n\x81,\x8d\n",
            "is written in an encoding that is neither UTF-8 nor Windows-1252. "
            'Save it in Excel as "CSV UTF-8" and send that.',
        ),
        (
            b"a,b\n1,\0\n",
            "is named .csv but holds bytes that are no text. Export it again as CSV UTF-8 and send that.",
        ),
    ],
)
def test_a_csv_that_cannot_be_read_is_refused_in_its_own_words(content: bytes, sentences: str, tmp_path: Path) -> None:
    path = tmp_path / "q1.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_flat(path)
    assert refused.value.finding().sentence("Police ASB", "q1.csv") == f'Police ASB, file "q1.csv" — {sentences}'
