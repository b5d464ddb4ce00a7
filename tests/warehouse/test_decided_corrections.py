"""Corrections by decision: one cell of one delivery, by its address or its key, guarded by the value it replaces; and
the copies that go back to suppliers.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from worlds import World, asb_book, book_of, cases, crime, differing, hurry, log, new_world, plan_book, sha256

from cs_pipeline.declare.entries import BrokenDecision
from cs_pipeline.operate.night import forget_build, has_work

QUARTER = ["Apr 2019", "May 2019", "Jun 2019"]
EXTRACT = crime("14/07/2019", QUARTER, Personal_robbery=[1, 2, 33], Business_robbery=[0, 0, 1])
LATER = crime("14/10/2019", ["Jul 2019"], Personal_robbery=[4])
LIST = cases(
    "05/07/2019",
    ["HSG-2019-0001", "01/04/2019", "02/03/2019", "Noise", "Beeston West"],
    ["HSG-2019-0002", "02/04/2019", None, "Noise", "Beeston West"],
)
WHO = "  because: The force wrote to us on 3 August.\n  by: Head of Service\n  on: 2019-08-05\n"


def by_cell(raw: bytes, cell: str, old: str, new: str, source: str = "police_crime") -> str:
    return f'- source: {source}\n  sha256: "{sha256(raw)}"\n  cell: {cell}\n  old: {old}\n  new: {new}\n{WHO}'


def by_key(raw: bytes, key: str, column: str, old: str, new: str, source: str = "police_crime") -> str:
    named = f"  key: {{{key}}}\n  column: {column}\n"
    return f'- source: {source}\n  sha256: "{sha256(raw)[:12]}"\n{named}  old: {old}\n  new: {new}\n{WHO}'


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as world:
        world.drop("police_crime", "crime Q1.xlsx", EXTRACT)
        world.drop("police_crime", "crime Q2.xlsx", LATER)
        yield world


def robberies(world: World) -> list[tuple[str, int]]:
    return world.ask(
        "select recorded_month, n_recorded from current.police_crime where offence_name = 'Personal robbery' order by 1"
    )


@pytest.mark.parametrize(
    "correction",
    [
        by_cell(EXTRACT, "d6", '"33"', "3"),
        pytest.param(
            by_key(EXTRACT, "offence_name: personal Robbery, recorded_month: Jun 2019", "n_recorded", "33", "3"),
            marks=pytest.mark.proof,
        ),
    ],
)
def test_a_correction_changes_one_cell_and_reads_one_delivery_again(world: World, correction: str) -> None:
    world.run()
    assert robberies(world) == [("2019-04", 1), ("2019-05", 2), ("2019-06", 33), ("2019-07", 4)]
    world.decide(correction, "corrections.yml")
    assert has_work(world.settings)
    outcome = world.run()
    assert [taken.delivery.file_name for taken in outcome.taken] == ["crime Q1.xlsx"]
    assert outcome.notes == []
    assert robberies(world) == [("2019-04", 1), ("2019-05", 2), ("2019-06", 3), ("2019-07", 4)]
    assert world.ask("select corrected_cell, column_name, decided_by, decided_on::varchar from meta.correction") == [
        ("D6", "n_recorded", "Head of Service", "2019-08-05")
    ]
    before = world.state()
    forget_build(world.settings)
    world.run()
    assert differing(before, world.state()) == []
    world.decide(None, "corrections.yml")
    world.run()
    assert robberies(world)[2] == ("2019-06", 33)
    assert world.ask("from meta.correction") == []


def test_a_correction_whose_old_value_is_gone_is_not_applied_and_its_row_is_not_trusted(world: World) -> None:
    world.decide(by_cell(EXTRACT, "D6", "34", "3"), "corrections.yml")
    outcome = world.run()
    assert [s for taken in outcome.taken for s in taken.reading.sentences()] == [
        'Police crime, file "crime Q1.xlsx", sheet "Recorded crime", cell D6 — a declared correction expects another '
        "value here and was not applied. Look at the cell, then mend or remove the entry in corrections.yml."
    ]
    assert robberies(world) == [("2019-07", 4)]
    assert world.ask("select count(*) from current.police_crime where offence_name = 'Business robbery'") == [(3,)]


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (by_cell(EXTRACT, "Z99", "33", "3"), "cell Z99 — no cell of a table is what a declared correction points at"),
        (by_key(EXTRACT, "offence_name: Personal robbery", "n_recorded", "33", "3"), "3 cells are what a declared"),
    ],
)
def test_a_correction_that_does_not_find_one_cell_says_so_and_changes_nothing(
    world: World, correction: str, said: str
) -> None:
    world.decide(correction, "corrections.yml")
    outcome = world.run()
    assert any(said in sentence for taken in outcome.taken for sentence in taken.reading.sentences())
    assert robberies(world)[2] == ("2019-06", 33)


@pytest.mark.proof
def test_a_date_is_corrected_in_whatever_form_it_is_told(world: World) -> None:
    world.drop("housing_cases", "list.xlsx", LIST)
    world.decide(by_cell(LIST, "C5", "2019-03-02", "02/05/2019", "housing_cases"), "corrections.yml")
    world.run()
    assert world.ask("select max(closed_on)::varchar, count(*) from current.housing_cases") == [("2019-05-02", 2)]


@pytest.mark.proof
def test_a_value_is_corrected_to_blank(world: World) -> None:
    world.drop("housing_cases", "list.xlsx", LIST)
    world.decide(by_cell(LIST, "C5", "02/03/2019", "", "housing_cases"), "corrections.yml")
    world.run()
    assert world.ask("select count(closed_on), count(*) from current.housing_cases") == [(0, 2)]


def test_a_correction_of_a_delivery_that_never_came_is_said(world: World) -> None:
    world.decide(by_cell(LIST, "C5", "1", "2", "housing_cases"), "corrections.yml")
    assert world.run().notes == [
        f"Decisions, file corrections.yml — no delivery of housing_cases has the hash {sha256(LIST)}. "
        "It applies as soon as such a delivery arrives; otherwise correct the hash."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (by_cell(EXTRACT, "D6", "33", "3").replace("  cell: D6\n", ""), "cell is missing"),
        (by_cell(EXTRACT, "D6", "33", "3").replace("  old: 33\n", ""), "old is missing"),
        (by_cell(EXTRACT, "6D", "33", "3"), "cell is missing or not as it must be"),
        (by_cell(EXTRACT, "D6", "33", "3").replace("because", "why"), "because, why is missing"),
    ],
)
def test_a_correction_that_is_not_whole_stops_the_run_with_its_line(world: World, text: str, said: str) -> None:
    world.decide(by_cell(EXTRACT, "C6", "2", "2") + text, "corrections.yml")
    with pytest.raises(BrokenDecision, match=rf"corrections.yml, line 9 — .*{said}"):
        world.run()


# ---------------------------------------------------------------- copies for suppliers


def returned(world: World, source: str) -> list[Path]:
    return sorted((world.settings.quarantine / source).glob("*"))


def test_the_supplier_s_own_workbook_comes_back_with_its_cells_marked(world: World) -> None:
    raw = crime("14/07/2019", QUARTER, Personal_robbery=["one", 2, 3], Robbery=[1, 1, 1])
    world.drop("police_crime", "crime June.xlsx", raw)
    outcome = world.run()
    (path,) = returned(world, "police_crime")
    assert path.name == f"crime June {sha256(raw)[:12]}.xlsx"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    book = load_workbook(path)
    assert book.sheetnames == ["Findings", "Recorded crime"]
    said = [row[1:] for row in book["Findings"].iter_rows(min_row=5, values_only=True)]
    assert [row[:3] for row in said] == [("The rows", "Recorded crime", "B6"), ("The rows", "Recorded crime", "A7")]
    assert said[0][3:] == (
        '"one" where a whole number of at least 0 is needed under "Apr 2019".',
        "Enter digits only, for example 9.",
    )
    assert said[1][3] == '"Robbery" where one of the listed words is needed under "Offence".'
    cell = book["Recorded crime"]["B6"]
    assert cell.comment is not None
    assert cell.comment.text.startswith("Finding 1: ")
    assert cell.fill.fgColor.rgb == "FFFFE699"
    assert book["Recorded crime"]["C6"].comment is None
    assert book["Recorded crime"]["C6"].value == 2
    assert outcome.exit_code == 0


@pytest.mark.proof
def test_a_copy_goes_when_there_is_nothing_left_to_say(world: World) -> None:
    world.run()
    assert returned(world, "police_crime") == []
    world.decide(by_cell(EXTRACT, "D6", "34", "3"), "corrections.yml")
    world.run()
    assert len(returned(world, "police_crime")) == 1
    world.decide(None, "corrections.yml")
    world.run()
    assert returned(world, "police_crime") == []


def test_of_a_list_of_cases_only_declared_columns_come_back_and_no_reference(world: World) -> None:
    headings = ["Reference", "Received", "Closed", "Type", "Ward", "Tenant"]
    bad = ["HSG-2019-0009", "01/04/2019", "02/03/2019", "Noise", "Beeston West", "Zebedee Quillfeather"]
    raw = cases("05/07/2019", bad, headings=headings, title="ASB cases for Ottoline Marchbanks")
    world.drop("housing_cases", "list.xlsx", raw)
    world.run()
    (path,) = returned(world, "housing_cases")
    sheet = load_workbook(path)["Open cases"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] == [
        [None, "Received", "Closed", "Type", "Ward", None],
        [None, "01/04/2019", "02/03/2019", "Noise", "Beeston West", None],
    ]
    assert sheet["A1"].value is None
    assert sheet["A2"].value == "List as at 05/07/2019"
    assert "closed before it was received" in sheet["B5"].comment.text


def test_a_workbook_with_merged_headings_comes_back_with_its_sheets(world: World) -> None:
    tabs = {"2021-04": [log("NP-20210430-0001", "Noise")], "2021-05": [log("NP-20210430-0001", "Begging")]}
    raw = asb_book("2021-07-14", tabs)  # the layout with groups of headings over several columns
    world.drop("police_asb", "ASB Broxtowe 2021-22 Q1.xlsx", raw)
    world.run()
    (path,) = returned(world, "police_asb")
    book = load_workbook(path)
    assert len(book.sheetnames) > 2
    assert any(sheet.merged_cells.ranges for sheet in book)


def test_a_sensitive_source_gets_the_list_alone(world: World) -> None:
    titles = [["South Nottinghamshire MARAC"], ["Quarter: Q1 2019/20"], ["Return made on 19/07/2019"]]
    raw = book_of({"MARAC data": [*titles, ["Meeting date", "Area", "Cases discussed"], ["01/05/2019", "Broxtowe", 3]]})
    world.drop("marac", "return.xlsx", raw)
    world.run()
    (path,) = returned(world, "marac")
    assert load_workbook(path).sheetnames == ["Findings"]


@pytest.mark.proof
def test_a_file_that_no_one_can_open_comes_back_as_its_list(world: World) -> None:
    world.drop("police_crime", "scan.xlsx", b"%PDF-1.4")
    world.drop("business_plan", "plan.xlsx", plan_book()[:900])
    world.run()
    for source in ("police_crime", "business_plan"):
        (path,) = returned(world, source)
        assert load_workbook(path).sheetnames == ["Findings"]
    (said,) = (row[4] for row in load_workbook(path)["Findings"].iter_rows(min_row=5, values_only=True))
    assert said.startswith("is damaged or only part of a workbook")
