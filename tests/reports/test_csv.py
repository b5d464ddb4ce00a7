"""The CSV files hold what the pack says as plain numbers, marks and text, and no file that the pack no longer has."""

import csv
import re
from dataclasses import replace
from pathlib import Path

from reports.hostile_texts import HOSTILE
from reports.packs import ASB, make_pack

from cs_pipeline.reports.csv import write_csv
from cs_pipeline.reports.pack import Cell, Column, Section, Table, clean, figure


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_cell_comes_back_as_number_marks_or_words(tmp_path: Path) -> None:
    pack = make_pack()
    write_csv(pack, tmp_path)
    for table in [*pack.tables, *(chart.data for chart in pack.charts)]:
        rows = read(tmp_path / f"{table.name}.csv")
        assert len(rows) == len(table.rows)
        for said, row in zip(rows, table.rows, strict=True):
            for column, cell in zip(table.columns, row, strict=True):
                held = said[column.name]
                assert held == cell.text if cell.number is None else float(held) == cell.number
                assert said.get(f"{column.name}_marks", "") == " ".join(cell.marks)


def test_numbers_are_plain_and_marks_have_a_column_where_there_are_any(tmp_path: Path) -> None:
    write_csv(make_pack(), tmp_path)
    text = (tmp_path / "csi_cs1.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfindicator_code,indicator_title,value,value_marks,target,target_marks,status,")
    assert text.count(b"\r\n") == text.count(b"\n") == 4
    _, closed, held = read(tmp_path / "csi_cs1.csv")
    assert (closed["value"], closed["value_marks"], closed["target"], closed["target_marks"]) == (
        "84.6",
        "[p]",
        "82",
        "",
    )
    assert (held["value"], held["value_marks"], held["target"]) == ("", "[h]", "1200")
    assert read(tmp_path / "csi_cs1.csv")[0]["history"] == ASB.words


def test_a_table_without_rows_has_its_headings(tmp_path: Path) -> None:
    write_csv(make_pack(), tmp_path)
    assert (tmp_path / "late.csv").read_text(encoding="utf-8-sig") == "source,due\n"


def test_sentences_hold_what_is_said_in_words(tmp_path: Path) -> None:
    pack = make_pack()
    write_csv(pack, tmp_path)
    said = [(row["section"], row["text"]) for row in read(tmp_path / "sentences.csv")]
    assert (pack.title, pack.notice) in said
    assert (pack.title, "The figures are as they stood on 10 February 2022.") in said
    expected = [(part.title, text) for part in pack.sections for text in (*part.sentences, *part.listed)]
    assert [each for each in said if each in expected] == expected
    assert ("Marks", "[e] estimated") not in said
    assert [text[:3] for section, text in said if section == "Marks"] == list(pack.marks)


def test_files_that_the_pack_no_longer_has_are_removed(tmp_path: Path) -> None:
    first = write_csv(make_pack(), tmp_path)
    (tmp_path / "notes.txt").write_text("Not ours")
    fewer = replace(make_pack(), sections=make_pack().sections[:2])
    second = write_csv(fewer, tmp_path)
    assert {path.name for path in first} - {path.name for path in second} == {"late.csv", "chart_coms_011.csv"}
    assert sorted(tmp_path.iterdir()) == sorted([*second, tmp_path / "notes.txt"])


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    written = write_csv(make_pack(), tmp_path / "once")
    again = write_csv(make_pack(), tmp_path / "twice")
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]


def test_no_text_can_be_taken_for_a_formula(tmp_path: Path) -> None:
    columns = (Column("text", "Text"), Column("value", "Value", "number"))
    rows = tuple((Cell(text), figure(-5, "number")) for text in HOSTILE)
    section = Section("=A1", listed=HOSTILE, tables=(Table("hostile", "Hostile", columns, rows),))
    pack = clean(replace(make_pack(), sections=(section,)))
    write_csv(pack, tmp_path)
    held = [row["text"] for row in read(tmp_path / "hostile.csv")]
    texts = [row[0].text for row in next(pack.tables).rows]
    assert [re.sub("^'(?=[=+@-])", "", text) for text in held] == texts
    assert not [text for text in held if text[0] in "=+-@"]
    assert {row["value"] for row in read(tmp_path / "hostile.csv")} == {"-5"}
    words = read(tmp_path / "sentences.csv")
    assert not [row for row in words if row["section"][0] in "=+-@" or row["text"][0] in "=+-@"]
