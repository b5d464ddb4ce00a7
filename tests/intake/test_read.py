"""A good delivery and a bad one of each source: every sentence, every count and every row that was not accepted."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import makers
import pytest
from makers import ASB_HEADINGS, ASB_HEADINGS_2, counts_of, log, log_2, quarantine_of, read, rows_of, street, tab

ASB_FILE, STREET_FILE, PLAN_FILE = "ASB 2019-20 Q1.xlsx", "2024-02-nottinghamshire-street.csv", "Plan.xlsx"
ASB = f'Police ASB, file "{ASB_FILE}"'
STREET = f'Police street data, file "{STREET_FILE}"'
PLAN = f'Business Plan, file "{PLAN_FILE}"'

WARDS = (
    "Use one of: Attenborough & Chilwell East, Awsworth, Cossall & Trowell, Beeston Central, Beeston North, Beeston "
    "Rylands, Beeston West and 14 more. If it is a new spelling, add it to the aliases of"
)
TYPES = (
    "Use one of: Abandoned vehicle, Vehicle nuisance, Rowdy or inconsiderate behaviour, Nuisance neighbours, "
    "Littering/drugs paraphernalia, Animal problems and 10 more. If it is a new spelling, add it to the aliases of"
)
CRIMES = (
    "Use one of: Anti-social behaviour, Bicycle theft, Burglary, Criminal damage and arson, Drugs, Other crime and 8 "
    "more. If it is a new spelling, add it to the aliases of crime_type."
)
CALCULATE = "Open the file in Excel, let it calculate, save it and send that."
CORRECT = "Correct the formula, or type the value itself."
FIGURE = "a figure, or a mark that says why there is none,"
AGAIN = (
    "stands in another row with different contents, and the last one was taken. Delete the row that no longer holds."
)
UNREADABLE, BLANK = "not what the column holds", "no value where one is needed"
FIRST = date(2019, 4, 1)


# ---------------------------------------------------------------- police_asb


def test_a_good_workbook_of_incidents_is_accepted_whole(tmp_path: Path) -> None:
    april = [
        log("NP-20190401-0001", FIRST),
        log("NP-20190402-0002", "02/04/2019", closing=None, time="0915"),
        [],
        ["Total week 1", 2],
        log("NP-20190430-0003", 43585, time=time(23, 59), closing="NOISE ", asb_type="nuisance"),
        ["Total", 3],
    ]
    may = [
        log("NP-20190430-0003", date(2019, 4, 30), time="23:59"),
        log("NP-20190501-0004", date(2019, 5, 1)),
        ["Grand total", 2],
    ]
    sheets = {"Notes": [["One"], [], ["Two"]], "April 2019": tab(april), "May 2019 (revised)": tab(may)}
    makers.save_book(tmp_path / ASB_FILE, sheets)
    reading = read("police_asb", tmp_path / ASB_FILE, tmp_path)
    assert (reading.as_at, reading.sentences(), quarantine_of(reading)) == (date(2019, 7, 14), [], [])
    assert counts_of(reading) == [
        ("Notes", 2, 0, 0, {"sheet of notes": 2}),
        ("April 2019", 5, 3, 0, {"totals row": 2}),
        ("May 2019 (revised)", 3, 2, 0, {"totals row": 1}),
    ]
    rows = rows_of(reading, "police_asb")
    told = [(r["row_number"], r["occurred_on"], r["occurred_at"], r["closing_type"]) for r in rows]
    assert told == [
        (5, FIRST, time(23, 50), "Noise"),
        (6, date(2019, 4, 2), time(9, 15), None),
        (9, date(2019, 4, 30), time(23, 59), "Noise"),
        (5, date(2019, 4, 30), time(23, 59), "Noise"),
        (6, date(2019, 5, 1), time(23, 50), "Noise"),
    ]
    assert {r["tab_month"] for r in rows} == {"April 2019", "May 2019"}


def bad_asb(path: Path) -> None:
    april = [
        log("NP-20190401-0001", FIRST),
        log(None, FIRST),  # type: ignore[arg-type]
        log("NP-20190401-0003", "04/13/2019"),
        log("NP-20190401-0004", "soon"),
        log("NP-20190401-0005", "04/05/2019"),
        log("20190401-6", FIRST),
        log("NP-20190401-0007", FIRST, closing="Noyse"),
        log("NP-20190401-0008", FIRST, qualifiers="#N/A"),
        log("NP-20190401-0009", FIRST, time="25:00"),
        log("NP-20190401-0010", FIRST, beat_code="=A1&B1"),
        [*log("NP-20190401-0011", FIRST, beat_name="=A1&B1"), "stray"],
        log("NP-20190401-0012", None, opening="Noyse"),
        log("NP-20190401-0013", FIRST, ward="=A1", closing="#REF!"),
        log("NP-20190401-0014", FIRST),
        log("NP-20190401-0015", date(2019, 5, 4)),
        log("NP-20190401-0016", FIRST, ward="Jane Citizen"),
        log("NP-20190401-0017", FIRST, qualifiers="Youth; Jane Citizen", beat_code="Jane"),
        ["All incidents", 10],
        [],
        ["Sub-total", 9],
        ["TOTAL", 10],
    ]
    may = [log("NP-20190401-0014", FIRST, closing="Trespass"), log("NP-20190501-0014", date(2019, 5, 1))]
    june = [
        log("NP-20190601-0001", date(2019, 6, 1)),
        log("NP-20190630-0001", date(2019, 6, 30)),
        log("NP-20190601-0001", date(2019, 6, 1), ward="Attenborough and Chilwell East"),
    ]
    sheets = {
        "April 2019": tab(april),
        "May 2019": tab(may, [*ASB_HEADINGS, "Officer"]),
        "Jun 2019": tab(june),
        "Jane Citizen": [["Jane Citizen"], [], ["1 High Street"]],
        "cover": [["Anti-social behaviour"]],
    }
    book = makers.save_book(path, sheets)
    book["Jun 2019"].row_dimensions[6].hidden = True
    book.save(path)


def test_a_bad_workbook_of_incidents_is_told_cell_by_cell_and_quotes_nobody(tmp_path: Path) -> None:
    bad_asb(tmp_path / ASB_FILE)
    reading = read("police_asb", tmp_path / ASB_FILE, tmp_path)
    april = f'{ASB}, sheet "April 2019", cell'
    number = 'a text such as NP-20190401-0012 is needed under "Incident No". Write it as in NP-20190401-0012.'
    day = 'where a date, its day first, is needed under "Date". '
    day += "Enter the day as 14/04/2019, or format the cell as a date."
    word, ward = "where one of the listed words is needed under", "one of the wards of the borough"
    qualifier = "a text such as Alcohol; Youth"
    assert reading.sentences() == [
        f'{ASB}, sheet "sheet 4" — the sheet belongs to no table of this return; its 2 rows were not taken. '
        "Name the sheet as the others are named, or delete it.",
        f"{april} A6 — blank where {number}",
        f"{april}s B7, B8, B22 — text {day}",
        f"{april} B9 — another date of the column has its month first, so this one may mean two days. "
        "Write every date with its day first, as 14/04/2019, or format the cells as dates.",
        f"{april}s A10, A22 — something else where {number}",
        f'{april} E11 — another word {word} "Closing Code". {TYPES} closing_type.',
        f'{april} G12 — the error #N/A where {qualifier} is needed under "Qualifiers". {CORRECT}',
        f'{april} C13 — text where a time of day is needed under "Time". '
        "Enter the time as 23:50, or format the cell as a time.",
        f'{april} H14 — a formula without its value where a text such as ZB01 is needed under "Beat Code". {CALCULATE}',
        f"{april} B16 — blank {day}",
        f'{april} D16 — another word {word} "Opening Code". {TYPES} opening_type.',
        f'{april} E17 — the error #REF! {word} "Closing Code". {CORRECT}',
        f'{april} K17 — a formula without its value where {ward} is needed under "Ward". {CALCULATE}',
        f"{april} B19 — the date does not lie in the month of the tab. "
        "Check that the day stands before the month, or move the incident to the tab of its month.",
        f'{april} K20 — another word where {ward} is needed under "Ward". {WARDS} ward_name.',
        f'{april} G21 — something else where {qualifier} is needed under "Qualifiers". '
        "Write it as in Alcohol; Youth, or leave the cell blank.",
        f'{april} H21 — something else where a text such as ZB01 is needed under "Beat Code". '
        "Write it as in ZB01, or leave the cell blank.",
        f"{april} O15 — values stand under no heading and were not stored. "
        "Check that the row has not slipped; give the column a heading if it is wanted.",
        f'{ASB}, sheet "May 2019", cell O4 — a column is not declared and not stored. '
        "Nothing needs doing; if it is wanted, declare it in the source's file.",
        f'{ASB}, sheet "Jun 2019", row 6 — hidden rows hold values, and they were counted. '
        "Show the rows and delete those that should not count.",
        f'{april} A18 — the same "Incident No" {AGAIN}',
        f'{ASB}, sheet "May 2019", cell A5 — the same "Incident No" {AGAIN}',
        f'{ASB}, sheet "Jun 2019", cells A5, A7 — the same "Incident No" {AGAIN}',
    ]
    assert counts_of(reading) == [
        ("sheet 4", 2, 0, 2, {}),
        ("cover", 1, 0, 0, {"sheet of notes": 1}),
        ("April 2019", 20, 3, 15, {"totals row": 2}),
        ("Jun 2019", 3, 3, 0, {}),
        ("May 2019", 2, 2, 0, {}),
    ]
    assert quarantine_of(reading) == [
        ("sheet 4", 1, "1:1", "unknown sheet"),
        ("sheet 4", 3, "3:3", "unknown sheet"),
        ("April 2019", 6, "A6", BLANK),
        ("April 2019", 7, "B7", UNREADABLE),
        ("April 2019", 8, "B8", UNREADABLE),
        ("April 2019", 9, "B9", "month before day"),
        ("April 2019", 10, "A10", UNREADABLE),
        ("April 2019", 11, "E11", UNREADABLE),
        ("April 2019", 12, "G12", "spreadsheet error #N/A"),
        ("April 2019", 13, "C13", UNREADABLE),
        ("April 2019", 14, "H14", "spreadsheet error #UNCALCULATED"),
        ("April 2019", 16, "B16, D16", BLANK),
        ("April 2019", 17, "E17, K17", "spreadsheet error #REF!"),
        ("April 2019", 19, "B19", "date outside the tab's month"),
        ("April 2019", 20, "K20", UNREADABLE),
        ("April 2019", 21, "G21, H21", UNREADABLE),
        ("April 2019", 22, "A22, B22", UNREADABLE),
    ]
    kept = repr(reading)
    assert not any(value in kept for value in ("Noyse", "20190401-6", "soon", "stray", "Jane", "Officer"))


def one_tab(headings: list[str] = ASB_HEADINGS, row: list[Any] | None = None, **more: Any) -> dict[str, makers.Rows]:
    return {"April 2019": tab([row or log("NP-20190401-0001", FIRST)], headings, **more)}


def swapped(headings: list[str], old: str, new: str) -> list[str]:
    return [new if heading == old else heading for heading in headings]


NO_NUMBER = 'Head the column "Incident No", or add the new heading to the source\'s layouts.'
DAY = 'Write it there once, as in "Data extracted on 14/07/2019".'
ROW_2 = log_2("NP-20210401-0001", date(2021, 4, 1))


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        (
            one_tab(swapped(ASB_HEADINGS, "Incident No", "Incident Nr")),
            ', sheet "April 2019", cell A4 — there is no column "Incident No"; '
            f'the nearest is "Incident Nr". {NO_NUMBER}',
        ),
        (
            one_tab(swapped(ASB_HEADINGS, "Ward", "X")),
            ', sheet "April 2019" — there is no column "Ward". '
            'Head the column "Ward", or add the new heading to the source\'s layouts.',
        ),
        (
            one_tab(swapped(ASB_HEADINGS, "Street", "date")),
            ', sheet "April 2019", cells B4, L4 — two columns are headed "Date". '
            "Keep the one that counts and delete the other.",
        ),
        (
            {"April 2019": [["Data extracted on 14/07/2019"], log("NP-20190401-0001", FIRST)]},
            ', sheet "April 2019" — none of its rows holds the headings of this return. '
            'Send the sheet with its heading row, which starts "Incident No".',
        ),
        (one_tab(extracted=None), f" — the day it speaks for does not stand in its title rows. {DAY}"),
        (
            one_tab() | {"May 2019": tab([], extracted="15/07/2019")},
            f" — 2 different days stand in its title rows: 14/07/2019 and 15/07/2019. {DAY}",
        ),
        (
            {"Apr": tab([log("NP-20190401-0001", FIRST)])},
            ' — there is no sheet named like "April 2019" that holds rows. '
            "Send the whole workbook, its sheets named as before.",
        ),
        (
            {"April 2019": tab([])},
            ', sheet "April 2019" — no row stands under its headings. Send it with its rows.',
        ),
        (
            one_tab(ASB_HEADINGS_2, log_2("NP-20190401-0001", FIRST)),
            ', sheet "April 2019", cell A4 — there is no column "Incident No"; '
            f'the nearest is "Incident Number". {NO_NUMBER}',
        ),
        (
            one_tab(swapped(ASB_HEADINGS_2, "Initial Type", "Initial"), ROW_2, extracted="14/07/2021"),
            ', sheet "April 2019", cell E4 — there is no column "Initial Type"; the nearest is "Initial". '
            'Head the column "Initial Type", or add the new heading to the source\'s layouts.',
        ),
    ],
)
def test_a_workbook_that_cannot_be_laid_out_is_refused_in_its_own_words(
    sheets: dict[str, makers.Rows], sentence: str, tmp_path: Path
) -> None:
    makers.save_book(tmp_path / ASB_FILE, sheets)
    reading = read("police_asb", tmp_path / ASB_FILE, tmp_path)
    assert reading.sentences() == [ASB + sentence]
    assert (reading.is_refused, reading.counts, reading.quarantined, reading.rows) == (True, [], [], {})


@pytest.mark.parametrize("group_row", [[], [["Incident", None, None, "Classification"]]])
def test_the_later_layout_is_read_under_its_merged_groups(group_row: makers.Rows, tmp_path: Path) -> None:
    path = tmp_path / ASB_FILE
    sheets = {"April 2021": tab([ROW_2], ASB_HEADINGS_2, "14/07/2021", group_row)}
    book = makers.save_book(path, sheets)
    if group_row:
        book["April 2021"].merge_cells("A4:C4")
        book.save(path)
    reading = read("police_asb", path, tmp_path)
    assert (reading.sentences(), counts_of(reading)) == ([], [("April 2021", 1, 1, 0, {})])
    (row,) = rows_of(reading, "police_asb")
    assert (row["asb_type"], row["beat_code"], row["occurred_on"]) == ("Nuisance", "ZB01", date(2021, 4, 1))


def test_an_empty_tab_beside_a_full_one_is_no_matter(tmp_path: Path) -> None:
    makers.save_book(tmp_path / ASB_FILE, {"May 2019": tab([]), **one_tab()})
    reading = read("police_asb", tmp_path / ASB_FILE, tmp_path)
    assert (reading.sentences(), counts_of(reading)) == ([], [("April 2019", 1, 1, 0, {})])


def test_a_date_after_the_extract_is_quarantined(tmp_path: Path) -> None:
    sheets = {
        "July 2019": tab([log("NP-20190715-0001", date(2019, 7, 15)), log("NP-20190714-0001", date(2019, 7, 14))])
    }
    makers.save_book(tmp_path / ASB_FILE, sheets)
    reading = read("police_asb", tmp_path / ASB_FILE, tmp_path)
    assert reading.sentences() == [
        f'{ASB}, sheet "July 2019", cell B5 — the date lies after the day on which the data was extracted. '
        "Ask the force for the right date of the incident."
    ]
    assert counts_of(reading) == [("July 2019", 2, 1, 1, {})]


# ---------------------------------------------------------------- police_street


def csv_of(*lines: str, header: str = makers.STREET_HEADER, end: str = "\n") -> str:
    return end.join([header, *lines]) + end


GOOD_LINES = [
    street(),
    street(),
    street("Burglary"),
    street(lsoa=""),
    street(lsoa=makers.OUTSIDE),
    street("Drugs", makers.ALSO_INSIDE, location='"On or near\nThe Drive, Park – Lane"'),
    street("drugs", outcome=" Under review "),
    street(month="Feb 2024"),
]
IGNORED = {"no LSOA, so not known to lie in the borough": 1, "outside the borough": 1}


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("LF", csv_of(*GOOD_LINES).encode()),
        ("CRLF", csv_of(*GOOD_LINES, end="\r\n").encode()),
        ("BOM", csv_of(*GOOD_LINES).encode("utf-8-sig")),
        ("cp1252", csv_of(*GOOD_LINES).encode("cp1252")),
        ("no last line end", csv_of(*GOOD_LINES).strip().encode()),
    ],
)
def test_a_good_street_file_is_accepted_in_every_form(form: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / STREET_FILE).write_bytes(content)
    reading = read("police_street", tmp_path / STREET_FILE, tmp_path)
    assert (reading.as_at, reading.sentences(), quarantine_of(reading)) == (date(2024, 2, 29), [], []), form
    assert counts_of(reading) == [("", 8, 6, 0, IGNORED)]
    rows = rows_of(reading, "police_street")
    assert [(r["row_number"], r["crime_type"], r["last_outcome"]) for r in rows] == [
        (2, "Anti-social behaviour", None),
        (3, "Anti-social behaviour", None),
        (4, "Burglary", None),
        (7, "Drugs", None),
        (8, "Drugs", "Under review"),
        (9, "Anti-social behaviour", None),
    ]
    assert (rows[0]["longitude"], rows[0]["month_from"]) == (-1.214, date(2024, 2, 1))
    assert {r["month"] for r in rows} == {"2024-02"}


BAD_LINES = [
    street(),
    street(lsoa="E0102806"),
    street(month="2024-03"),
    street(month="Feb"),
    street("Anti-social behavior"),
    street("Burglary", crime_id="123"),
    street(longitude="52.9", latitude="-1.2"),
    street(longitude="#N/A"),
    street().rsplit(",", 4)[0],
    street() + ",extra",
    street(reported_by=""),
    "",
    ",,,,,,,,,,,",
    street(outcome="#REF!"),
    *[street(f"Crime {n}") for n in range(3)],
    f"Total of the area,16,,,,,,{makers.INSIDE},,,,",
]


def test_a_bad_street_file_is_told_cell_by_cell(tmp_path: Path) -> None:
    (tmp_path / STREET_FILE).write_text(csv_of(*BAD_LINES))
    reading = read("police_street", tmp_path / STREET_FILE, tmp_path)
    word = 'where one of the listed words is needed under "Crime type".'
    degrees = "Enter digits and at most one point, for example 52.93."
    hexadecimal = "an identifier of 64 hexadecimal digits"
    assert reading.sentences() == [
        f'{STREET}, cell H3 — something else where a text such as E01028069 is needed under "LSOA code". '
        "Write it as in E01028069, or leave the cell blank.",
        f"{STREET}, cell B4 — the month is not the month in the file's name. "
        "Ask for the file of that month, or correct the name of this one.",
        f'{STREET}, cell B5 — "Feb" where a month is needed under "Month". '
        "Write the year and the month, for example 2024-02.",
        f'{STREET}, cells J6, J16, J17, J18 — "Anti-social behavior", "Crime 0", "Crime 1" and 1 more {word} {CRIMES}',
        f'{STREET}, cell A7 — "123" where {hexadecimal} is needed under "Crime ID". '
        f"Give {hexadecimal}, or leave the cell blank.",
        f'{STREET}, cell E8 — "52.9" where a number from -9 to 2 is needed under "Longitude". {degrees}',
        f'{STREET}, cell F8 — "-1.2" where a number from 49 to 61 is needed under "Latitude". {degrees}',
        f'{STREET}, cell E9 — the error #N/A where a number from -9 to 2 is needed under "Longitude". {CORRECT}',
        f"{STREET}, cell J10 — blank {word} {CRIMES}",
        f'{STREET}, cell C12 — blank where a text is needed under "Reported by". Fill the cell in.',
        f'{STREET}, cell K15 — the error #REF! where a text is needed under "Last outcome category". {CORRECT}',
        f"{STREET}, cell A19 — a row of totals stands among the data. Delete the row; totals are worked out here.",
        f"{STREET}, cell M11 — values stand under no heading and were not stored. "
        "Check that the row has not slipped; give the column a heading if it is wanted.",
    ]
    assert counts_of(reading) == [("", 16, 2, 14, {})]
    assert quarantine_of(reading) == [
        ("", 3, "H3", UNREADABLE),
        ("", 4, "B4", "month of another file"),
        ("", 5, "B5", UNREADABLE),
        ("", 6, "J6", UNREADABLE),
        ("", 7, "A7", UNREADABLE),
        ("", 8, "E8, F8", UNREADABLE),
        ("", 9, "E9", "spreadsheet error #N/A"),
        ("", 10, "J10", BLANK),
        ("", 12, "C12", BLANK),
        ("", 15, "K15", "spreadsheet error #REF!"),
        ("", 16, "J16", UNREADABLE),
        ("", 17, "J17", UNREADABLE),
        ("", 18, "J18", UNREADABLE),
        ("", 19, "A19", "totals row"),
    ]


CRIME_TYPE = 'Head the column "Crime type", or add the new heading to the source\'s layouts.'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            STREET_FILE,
            csv_of(street(), header=makers.STREET_HEADER.replace("Crime type", "Crime types")),
            f', cell J1 — there is no column "Crime type"; the nearest is "Crime types". {CRIME_TYPE}',
        ),
        (
            STREET_FILE,
            csv_of(street(), header=makers.STREET_HEADER.replace("Context", "Month")),
            ', cells B1, L1 — two columns are headed "Month". Keep the one that counts and delete the other.',
        ),
        (
            STREET_FILE,
            csv_of(street(), street(), header=street()),
            " — none of its rows holds the headings of this return. "
            'Send the sheet with its heading row, which starts "Crime ID".',
        ),
        (STREET_FILE, csv_of(), " — no row stands under its headings. Send it with its rows."),
        (STREET_FILE, "\n\n", " — no row stands under its headings. Send it with its rows."),
        (
            "street.csv",
            csv_of(street()),
            " — the day it speaks for does not stand in its file name. "
            'Write it there once, as in "2024-02-nottinghamshire-street.csv".',
        ),
        (
            STREET_FILE,
            csv_of(street(location='"On or near')),
            " — has quotation marks that do not match in row 2. "
            'Close every " that opens a cell, write "" for one inside it, or export the file again.',
        ),
    ],
)
def test_a_street_file_that_cannot_be_laid_out_is_refused(
    name: str, content: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    reading = read("police_street", tmp_path / name, tmp_path)
    assert reading.sentences() == [f'Police street data, file "{name}"{sentence}']
    assert (reading.is_refused, reading.counts, reading.rows) == (True, [], {})


@pytest.mark.parametrize(("heading", "named"), [("Crime category", ': "Crime category"'), ("Jane Citizen", "")])
def test_an_undeclared_column_is_named_where_its_words_are_known(heading: str, named: str, tmp_path: Path) -> None:
    (tmp_path / STREET_FILE).write_text(csv_of(street() + ",x", header=f"{makers.STREET_HEADER},{heading}"))
    reading = read("police_street", tmp_path / STREET_FILE, tmp_path)
    assert reading.sentences() == [
        f"{STREET}, cell M1 — a column is not declared and not stored{named}. "
        "Nothing needs doing; if it is wanted, declare it in the source's file."
    ]
    assert counts_of(reading) == [("", 1, 1, 0, {})]


# ---------------------------------------------------------------- business_plan

PLAN_COUNTS = [
    ("Service data", 2, 2, 0, {}),
    ("Performance indicators", 1, 1, 0, {}),
    ("Objectives", 1, 1, 0, {}),
    ("Actions", 1, 1, 0, {}),
    ("Budgets", 1, 1, 0, {}),
    ("Risks", 1, 1, 0, {}),
    ("Strategies", 1, 1, 0, {}),
]


def test_a_good_plan_is_read_as_printed(tmp_path: Path) -> None:
    makers.save_book(tmp_path / PLAN_FILE, makers.plan())
    reading = read("business_plan", tmp_path / PLAN_FILE, tmp_path)
    assert (reading.as_at, reading.sentences(), quarantine_of(reading)) == (date(2023, 4, 1), [], [])
    assert counts_of(reading) == PLAN_COUNTS
    told = [
        (r["cell"], r["indicator_code"], r["indicator_code_printed"], r["printed"], r["printed_value"])
        for r in rows_of(reading, "plan_service_data")
    ]
    assert told == [
        ("E5", "ComS_011", "ComS_011", "1,500", 1500.0),
        ("F5", "ComS_011", "ComS_011", "2,881", 2881.0),
        ("E6", "ComS_024", "ComS_24", "n/a%", None),
        ("F6", "ComS_024", "ComS_24", "-", None),
    ]
    target = rows_of(reading, "plan_performance_indicators")[1]
    assert (target["stated_period"], target["printed_value"], target["printed_footnote"]) == ("future", 10000.0, "*")
    (strategy,) = rows_of(reading, "plan_strategies")
    assert (strategy["renewal"], strategy["renewal_from"]) == ("Updated annually", None)


def bad_plan() -> dict[str, makers.Rows]:
    plan = makers.plan()
    service = plan["Service data"]
    service[5][4] = "12 34"
    service += [
        ["Community safety", "ASB", "ComS_11", "ASB incidents", "1,501", "2,881"],
        ["Community safety", "ASB", "COMS2324_01", "An action", "1", "2"],
        ["Community safety", None, "ComS_031", None, "1", "#N/A"],
        ["Community safety", None, "ComS_032", "A name", "=1+1", "rather more than anybody would ever write in a cell"],
    ]
    plan["Performance indicators"][4][:2] = ["CPI", "Objective 1"]
    plan["Actions"][4][5] = "soon"
    plan["Actions"].append(["COMS2324_1", "Another action"])
    plan["Budgets"].append(["Revenue", "Cameras", "COMS2324_01", "£7,000"])
    plan["Strategies"][4][1] = "often"
    return plan


def test_a_bad_plan_is_told_cell_by_cell(tmp_path: Path) -> None:
    book = makers.save_book(tmp_path / PLAN_FILE, bad_plan())
    book["Service data"].merge_cells("A5:A6")
    book.save(tmp_path / PLAN_FILE)
    reading = read("business_plan", tmp_path / PLAN_FILE, tmp_path)
    service, indicators = f'{PLAN}, sheet "Service data", cell', f'{PLAN}, sheet "Performance indicators", cell'
    delete = "in more than one row, with different contents. Keep the row that is right and delete the others."
    years = '"Actual 2019/20" and "Actual 2020/21"'
    period = "Write a month, quarter or year, for example March 2024, Q3 2023/24 or 2023/24."
    assert reading.sentences() == [
        f'{service}s C5, C7 — the same "Code" stands {delete}',
        f'{service} A6 — blank where a text is needed under "Section". Fill the cell in.',
        f"{service}s E6, F10 — text where {FIGURE} is needed under {years}. "
        "Enter digits, for example 1,500 or 14%, or a dash where there is no figure.",
        f'{service} C8 — text where a code of a performance indicator is needed under "Code". '
        "Write it as Pentana does, for example ComS_011.",
        f'{service} D9 — blank where a text is needed under "Name". Fill the cell in.',
        f'{service} F9 — the error #N/A where {FIGURE} is needed under "Actual 2020/21". {CORRECT}',
        f'{service} E10 — a formula without its value where {FIGURE} is needed under "Actual 2019/20". {CALCULATE}',
        f'{indicators} A5 — another word where one of the listed words is needed under "Set". '
        "Use one of: CSI, KPI, MPI. If it is a new spelling, add it to the aliases of indicator_set.",
        f'{indicators} B5 — "Objective 1" where a text such as CS1 is needed under "Objective". '
        "Write it as in CS1, or leave the cell blank.",
        f'{PLAN}, sheet "Actions", cell F5 — text where a month, quarter or year is needed under "Due". {period}',
        f'{PLAN}, sheet "Actions", cell A6 — something else where a text such as COMS2324_01 is needed '
        'under "Action code". Write it as in COMS2324_01.',
        f'{PLAN}, sheet "Budgets", cells A5, B5, C5, A6, B6, C6 — the same "Heading", "Item" and "Action code" stand '
        f"{delete}",
        f'{PLAN}, sheet "Strategies", cell B5 — text where a month, quarter or year is needed '
        f'under "Renewal". {period}',
        f"{service}s A5:A6 — cells are merged, and only the first of them was read. "
        "Unmerge them and write the value in every row.",
    ]
    changed = {"Service data": (6, 0, 6), "Performance indicators": (1, 0, 1), "Actions": (2, 0, 2)}
    changed |= {"Budgets": (2, 0, 2), "Strategies": (1, 0, 1)}
    assert counts_of(reading) == [(c[0], *changed.get(c[0], c[1:4]), {}) for c in PLAN_COUNTS]
    assert quarantine_of(reading) == [
        ("Service data", 5, "C5", "repeated with changes"),
        ("Service data", 6, "A6, E6", BLANK),
        ("Service data", 7, "C7", "repeated with changes"),
        ("Service data", 8, "C8", UNREADABLE),
        ("Service data", 9, "D9, F9", BLANK),
        ("Service data", 10, "E10, F10", "spreadsheet error #UNCALCULATED"),
        ("Performance indicators", 5, "A5, B5", UNREADABLE),
        ("Actions", 5, "F5", UNREADABLE),
        ("Actions", 6, "A6", UNREADABLE),
        ("Budgets", 5, "A5, B5, C5", "repeated with changes"),
        ("Budgets", 6, "A6, B6, C6", "repeated with changes"),
        ("Strategies", 5, "B5", UNREADABLE),
    ]


def test_a_row_printed_twice_alike_is_accepted_twice(tmp_path: Path) -> None:
    plan = makers.plan()
    plan["Service data"].append(list(plan["Service data"][4]))
    makers.save_book(tmp_path / PLAN_FILE, plan)
    reading = read("business_plan", tmp_path / PLAN_FILE, tmp_path)
    assert (reading.sentences(), counts_of(reading)[0]) == ([], ("Service data", 3, 3, 0, {}))


def without_a_sheet(plan: dict[str, makers.Rows]) -> None:
    del plan["Risks"]


def with_a_sheet_renamed(plan: dict[str, makers.Rows]) -> None:
    plan["Risk"] = plan.pop("Risks")


def with_a_year_twice(plan: dict[str, makers.Rows]) -> None:
    plan["Service data"][3][5] = "Actual 2019/20"


def without_measures(plan: dict[str, makers.Rows]) -> None:
    plan["Budgets"][3][3] = "2023/24"


def without_an_edition(plan: dict[str, makers.Rows]) -> None:
    plan["Risks"][0] = ["The plan"]


def with_an_empty_table(plan: dict[str, makers.Rows]) -> None:
    del plan["Strategies"][4:]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            without_a_sheet,
            ' — there is no sheet named "Risks" that holds rows. Send the whole workbook, its sheets named as before.',
        ),
        (
            with_a_sheet_renamed,
            ' — there is no sheet named "Risks" that holds rows; the nearest is "Risk". '
            "Send the whole workbook, its sheets named as before.",
        ),
        (
            with_a_year_twice,
            ', sheet "Service data", cells E4, F4 — two columns are headed "Actual 2019/20". '
            "Keep the one that counts and delete the other, or correct its year.",
        ),
        (
            without_measures,
            ', sheet "Budgets" — no column is headed with a measure and a year. Head each, as in "Budget 2021/22".',
        ),
        (
            without_an_edition,
            ', sheet "Risks" — no edition stands in the title rows above the headings. '
            'Write it there, as in "Business Plan 2023–26".',
        ),
        (with_an_empty_table, ', sheet "Strategies" — no row stands under its headings. Send it with its rows.'),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(
    spoil: Callable[[dict[str, makers.Rows]], None], sentence: str, tmp_path: Path
) -> None:
    plan = makers.plan()
    spoil(plan)
    makers.save_book(tmp_path / PLAN_FILE, plan)
    reading = read("business_plan", tmp_path / PLAN_FILE, tmp_path)
    assert reading.sentences() == [PLAN + sentence]
    assert (reading.is_refused, reading.counts, reading.rows) == (True, [], {})
