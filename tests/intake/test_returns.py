"""A good delivery and a bad one of each of the seven returns: typed rows, every sentence, every row not accepted."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import makers
import pytest
import returns
from makers import KEY, Rows, counts_of, quarantine_of, rows_of
from returns import FILES, REFERENCES, SHEETS, Book, case, meeting

from cs_pipeline.declare.columns import SPREADSHEET_ERRORS, plain
from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.findings import Severity

CASE_LISTS = tuple(SHEETS)
SEVEN = ("police_crime", "marac", *CASE_LISTS, "asb_panel", "enforcement_register")
ABOUT_PEOPLE = SEVEN[1:]
UNREADABLE, BLANK = "not what the column holds", "no value where one is needed"
DAY = "a date, its day first, is needed under"
ENTER_DAY = "Enter the day as 14/04/2019, or format the cell as a date."
DAY_FIRST = "Check that the day stands before the month,"
MONTH_FIRST = (
    "another date of the column has its month first, so this one may mean two days. "
    "Write every date with its day first, as 14/04/2019, or format the cells as dates."
)
TOTALS = "a row of totals stands among the data. Delete the row; totals are worked out here."
CORRECT = "Correct the formula, or type the value itself."
CORRECT_DATE = "Correct the date that is wrong."
CORRECT_NUMBER = "Correct the number that is wrong."
CALCULATE = "Open the file in Excel, let it calculate, save it and send that."
COUNT = "a whole number of at least 0 is needed under"
DIGITS = "Enter digits only, for example 9."
REFERENCE = "a reference with a number in it is needed under"
AS_THE_SYSTEM = "Write the reference as the case system does."
KEEP = "Keep the row that is right and delete the others."
TWICE = "stands in more than one row"
WORD = "where one of the listed words is needed under"
OFFENCES = (
    "Use one of: Violence with injury, Violence without injury, Stalking and harassment, Sexual offences, Personal "
    "robbery, Business robbery and 17 more. If it is a new spelling, add it to the aliases of offence_name."
)
ACTIONS = (
    "Use one of: Acceptable Behaviour Contract, Community Protection Notice warning letter, Community Protection "
    "Notice, Injunction, Public Spaces Protection Order, Community Trigger request and 1 more. If it is a new "
    "spelling, add it to the aliases of enforcement_type."
)
WARDS = (
    "Use one of: Attenborough & Chilwell East, Awsworth, Cossall & Trowell, Beeston Central, Beeston North, Beeston "
    "Rylands, Beeston West and 14 more. If it is a new spelling, add it to the aliases of ward_name."
)
HASH = re.compile(r"[0-9a-f]{32}")


def read(source: str, book: Book, folder: Path) -> Reading:
    return makers.read(source, returns.save(source, book, folder), folder)


def accepts_whole(reading: Reading) -> None:
    assert (reading.sentences(), quarantine_of(reading), reading.may_be_kept) == ([], [], True)


def place(source: str, sheet: str) -> str:
    return f'{source_named(source).title}, file "{FILES[source]}", sheet "{sheet}", cell'


# ---------------------------------------------------------------- police_crime


def test_a_good_extract_of_recorded_crime_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows: Rows = [
        ["Robbery - personal", 4, "1,006", 5, 15],
        [],
        ["theft of a  VEHICLE", 9, 0, 2, 11],
        ["Total recorded crime", 567, 610, 583, 1760],
        [],
        ["Domestic abuse", 50, 68, 59],
        ["Source: the force's own system"],
        ["Notes on counting"],
    ]
    reading = read("police_crime", returns.crime(rows), tmp_path)
    accepts_whole(reading)
    assert reading.as_at == date(2019, 7, 14)
    assert counts_of(reading) == [("Recorded crime", 6, 4, 0, {"note under the table": 2})]
    typed = rows_of(reading, "police_crime")
    assert [(r["cell"], r["offence_name"], r["recorded_month"], r["n_recorded"]) for r in typed] == [
        ("B7", "Personal robbery", "2019-04", 4),
        ("C7", "Personal robbery", "2019-05", 1006),
        ("D7", "Personal robbery", "2019-06", 5),
        ("B9", "Theft of a vehicle", "2019-04", 9),
        ("C9", "Theft of a vehicle", "2019-05", 0),
        ("D9", "Theft of a vehicle", "2019-06", 2),
        ("B10", "All crime", "2019-04", 567),
        ("C10", "All crime", "2019-05", 610),
        ("D10", "All crime", "2019-06", 583),
        ("B12", "Domestic abuse crimes and incidents", "2019-04", 50),
        ("C12", "Domestic abuse crimes and incidents", "2019-05", 68),
        ("D12", "Domestic abuse crimes and incidents", "2019-06", 59),
    ]
    assert {r["extract_query"] for r in typed} == {returns.QUERY}
    assert (typed[0]["recorded_month_from"], typed[0]["recorded_month_to"]) == (date(2019, 4, 1), date(2019, 4, 30))


def test_the_later_extract_of_recorded_crime_is_read_under_its_own_headings(tmp_path: Path) -> None:
    book = returns.crime(
        [["34B", "Personal robbery", 1, 3, 1, 5], [None, "Hate crime", 6, 10, 7, 23]],
        returns.CRIME_HEADINGS_2,
        sheet="Monthly counts",
        extracted="14/10/2021",
        query="crimes by date committed, Broxtowe borough, counting rules 2021/22",
        above=[["Offence", None, "Months"]],
    )
    book["Monthly counts"][6][4] = datetime(2021, 9, 1)  # noqa: DTZ001 - a spreadsheet's date has no zone.
    reading = read("police_crime", book, tmp_path)
    accepts_whole(reading)
    assert counts_of(reading) == [("Monthly counts", 2, 2, 0, {})]
    assert [
        (r["cell"], r["offence_name"], r["recorded_month"], r["n_recorded"]) for r in rows_of(reading, "police_crime")
    ] == [
        ("C8", "Personal robbery", "2021-07", 1),
        ("D8", "Personal robbery", "2021-08", 3),
        ("E8", "Personal robbery", "2021-09", 1),
        ("C9", "Hate crimes and incidents", "2021-07", 6),
        ("D9", "Hate crimes and incidents", "2021-08", 10),
        ("E9", "Hate crimes and incidents", "2021-09", 7),
    ]


def bad_crime() -> Book:
    return returns.crime(
        [
            ["Violence with injury", 118, 110, 108, 336],
            [None, 1, 2, 3, 6],
            ["Violence", 1, 2, 3, 6],
            ["Shoplifting", "missing", 51, None, 51],
            ["Bicycle theft", 1.5, "5%", -3, 4],
            ["Robbery - personal", "#N/A", "=1+1", 5, 9],
            ["Total recorded crime", 1, 2, 3],
            ["Other theft", 1, 2, 3, 6],
            ["Other theft", 1, 2, 3, 6],
            ["Hate crime", 7, 7, 10, 24],
            ["Hate crimes and incidents", 7, 7, 11, 25],
            ["Total", 10, 20, 30, 60],
            ["Overall", 10, 20, 30, 60],
            [],
            ["Source: the force's own system"],
        ]
    )


def test_a_bad_extract_of_recorded_crime_is_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read("police_crime", bad_crime(), tmp_path)
    at = place("police_crime", "Recorded crime")
    assert reading.sentences() == [
        f'{at} A8 — blank {WORD} "Offence". {OFFENCES}',
        f'{at} A9 — "Violence" {WORD} "Offence". {OFFENCES}',
        f'{at}s B10, B11, C11, D11 — "missing", "1.5", "5%" and 1 more where {COUNT} '
        f'"Apr 2019", "May 2019" and "Jun 2019". {DIGITS}',
        f'{at} D10 — blank where {COUNT} "Jun 2019". {DIGITS}',
        f'{at} B12 — the error #N/A where {COUNT} "Apr 2019". {CORRECT}',
        f'{at} C12 — a formula without its value where {COUNT} "May 2019". {CALCULATE}',
        f'{at}s A14, A15, A16, A17 — the same "Offence" {TWICE}. {KEEP}',
        f"{at}s A18, A19 — {TOTALS}",
    ]
    assert counts_of(reading) == [("Recorded crime", 14, 2, 11, {"note under the table": 1})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (8, "A8", BLANK),
        (9, "A9", UNREADABLE),
        (10, "B10, D10", UNREADABLE),
        (11, "B11, C11, D11", UNREADABLE),
        (12, "B12, C12", "spreadsheet error #N/A"),
        (14, "A14", "more than once"),
        (15, "A15", "more than once"),
        (16, "A16", "more than once"),
        (17, "A17", "more than once"),
        (18, "A18", "totals row"),
        (19, "A19", "totals row"),
    ]
    assert {r["row_number"] for r in rows_of(reading, "police_crime")} == {7, 13}


def test_a_month_that_was_not_over_is_not_taken(tmp_path: Path) -> None:
    reading = read("police_crime", returns.crime([["Shoplifting", 1, 2, 3]], extracted="30/06/2019"), tmp_path)
    assert reading.sentences() == [
        f"{place('police_crime', 'Recorded crime')} D7 — the month was not over on the day on which the data was "
        "extracted. Leave the month out; it comes with the next extract."
    ]
    assert counts_of(reading) == [("Recorded crime", 1, 0, 1, {})]


@pytest.mark.parametrize(
    ("query", "is_read"),
    [
        ("crimes by date committed, Broxtowe borough, counting rules 2021/22", True),
        ("Shoplifting by P. C. Citizen", False),
    ],
)
def test_a_query_is_stored_only_where_it_is_one(query: str, is_read: bool, tmp_path: Path) -> None:
    reading = read("police_crime", returns.crime([["Shoplifting", 1, 2, 3]], query=query), tmp_path)
    assert (reading.n_accepted, "Citizen" in repr(reading)) == (int(is_read), False)
    assert bool(reading.sentences()) is not is_read


# ---------------------------------------------------------------- marac

NO_AGENCIES = {f"n_referred_by_{key}": 0 for key in returns.AGENCIES}
SUBGROUPS = ("victims_minoritised", "victims_lgbt", "victims_disabled", "victims_male", "victims_16_17")


@pytest.mark.parametrize(
    ("headings", "quarter", "made", "days"),
    [
        (returns.MARAC_HEADINGS, "Q1 2019/20", "19/07/2019", ("02/04/2019", 43571, "30/04/2019")),
        (returns.MARAC_HEADINGS_2, "Q2 2021/22", "19/10/2021", ("06/07/2021", 44397, "03/08/2021")),
    ],
)
def test_a_good_return_of_meetings_is_accepted_whole(
    headings: list[str], quarter: str, made: str, days: tuple[Any, ...], tmp_path: Path
) -> None:
    whole = {"cases": 14, "repeats": 14, "referred_by_police": 12, "children": 22}
    rows = [
        meeting(days[0], "south notts", **whole),
        meeting(days[0], victims_lgbt=5, children=0),
        [],
        meeting(days[1], "Whole MARAC", **whole),
        meeting(days[1], cases=0, repeats=0, referred_by_police=0, referred_by_idva=0, harming_17_or_under=0),
        meeting(days[2], children="1,007"),
        ["Total", None, *range(23)],
        [],
        ["Note: a repeat is a case that came back within twelve months."],
    ]
    reading = read("marac", returns.marac(rows, headings, quarter=quarter, made=made), tmp_path)
    accepts_whole(reading)
    assert counts_of(reading) == [("MARAC data", 7, 5, 0, {"totals row": 1, "note under the table": 1})]
    typed = rows_of(reading, "marac")
    told = [(r["row_number"], r["marac_area"], r["n_cases"], r["n_repeats"], r["n_children"]) for r in typed]
    assert told == [
        (7, "South Nottinghamshire", 14, 14, 22),
        (8, "Broxtowe", 5, 1, 0),
        (10, "South Nottinghamshire", 14, 14, 22),
        (11, "Broxtowe", 0, 0, 7),
        (12, "Broxtowe", 5, 1, 1007),
    ]
    first = typed[1]
    assert {**NO_AGENCIES, "n_referred_by_police": 3, "n_referred_by_idva": 2}.items() <= first.items()
    assert [first[f"n_{group}"] for group in (*SUBGROUPS, "harming_17_or_under")] == [0, 5, 0, 0, 0, 1]
    assert (first["return_quarter"], first["return_quarter_from"].month % 3) == (quarter, 1)
    assert [(r["meeting_on"] - typed[0]["meeting_on"]).days for r in typed] == [0, 0, 14, 14, 28]


def bad_marac() -> Book:
    too_many = dict.fromkeys((*SUBGROUPS, "harming_17_or_under"), 6)
    return returns.marac(
        [
            meeting(date(2019, 4, 2)),
            meeting(date(2019, 7, 2)),
            meeting("04/16/2019", repeats=0),
            meeting("05/04/2019"),
            meeting(None, cases=None),
            meeting(date(2019, 4, 30), "Gedling"),
            meeting(date(2019, 5, 14), cases="five", children="7%", victims_male=1.5),
            meeting(date(2019, 5, 14), "Whole MARAC", cases="#REF!", referred_by_idva="=SUM(A1)", referred_by_mash=-1),
            meeting(date(2019, 5, 28), repeats=6),
            meeting(date(2019, 5, 29), **too_many),
            meeting(date(2019, 6, 11), "South Notts", cases=4, referred_by_idva=1),
            meeting(date(2019, 6, 11)),
            meeting(date(2019, 6, 25), referred_by_police=4),
            meeting(date(2019, 6, 26)),
            meeting(date(2019, 6, 26)),
            ["Overall", "Broxtowe", *range(23)],
            [None, "Total", *range(23)],
            ["Grand total", None, *range(23)],
            ["Note: a repeat came back within twelve months."],
        ]
    )


def test_a_bad_return_of_meetings_is_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read("marac", bad_marac(), tmp_path)
    at = place("marac", "MARAC data")
    area = "Use one of: South Nottinghamshire, Broxtowe. If it is a new spelling, add it to the aliases of marac_area."
    larger = f"a part of the cases is larger than the cases discussed. {CORRECT_NUMBER}"
    assert reading.sentences() == [
        f"{at} A8 — the meeting does not lie in the quarter of the return. "
        f"{DAY_FIRST} or put it into the return of its quarter.",
        f'{at} A9 — text where {DAY} "Meeting date". {ENTER_DAY}',
        f"{at} A10 — {MONTH_FIRST}",
        f'{at} A11 — blank where {DAY} "Meeting date". {ENTER_DAY}',
        f'{at} C11 — blank where {COUNT} "Cases discussed". {DIGITS}',
        f'{at} B12 — another word {WORD} "Area". {area}',
        f'{at} C13 — text where {COUNT} "Cases discussed". {DIGITS}',
        f'{at} S13 — text where {COUNT} "Children in household". {DIGITS}',
        f'{at} W13 — text where {COUNT} "Male victims". {DIGITS}',
        f'{at} C14 — the error #REF! where {COUNT} "Cases discussed". {CORRECT}',
        f'{at} F14 — a formula without its value where {COUNT} "IDVA". {CALCULATE}',
        f'{at} Q14 — text where {COUNT} "MASH". {DIGITS}',
        f"{at}s C15, D15 — there are more repeat cases than cases discussed. {CORRECT_NUMBER}",
        *(f"{at}s C16, {letter}16 — {larger}" for letter in "YXVUWT"),
        f"{at}s C18, D18, S18 — Broxtowe has more than the whole of South Nottinghamshire at the same meeting. "
        "Correct the number that is wrong; the whole counts Broxtowe too.",
        f'{at}s A20, B20, A21, B21 — the same "Meeting date" and "Area" stand in more than one row. {KEEP}',
        f"{at} A22 — {TOTALS}",
        f"{at} C19 — the referrals of the agencies do not add to the cases discussed. "
        "Check the referrals; the row was taken all the same.",
    ]
    assert counts_of(reading) == [("MARAC data", 19, 3, 13, {"totals row": 2, "note under the table": 1})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (8, "A8", "meeting outside its quarter"),
        (9, "A9", UNREADABLE),
        (10, "A10", "month before day"),
        (11, "A11, C11", BLANK),
        (12, "B12", UNREADABLE),
        (13, "C13, S13, W13", UNREADABLE),
        (14, "C14, F14, Q14", "spreadsheet error #REF!"),
        (15, "C15, D15", "more repeats than cases"),
        (16, "C16, T16, U16, V16, W16, X16, Y16", "more harming 17 or under than cases"),
        (18, "C18, D18, S18", "part larger than the whole"),
        (20, "A20, B20", "more than once"),
        (21, "A21, B21", "more than once"),
        (22, "A22", "totals row"),
    ]
    # Agencies that do not add are a warning: row 19 is taken.
    assert [r["row_number"] for r in rows_of(reading, "marac")] == [7, 17, 19]


# ---------------------------------------------------------------- lists of cases


def types_of(source: str) -> tuple[str, ...]:
    return next(column for column in source_named(source).tables[0].columns if column.name == "case_type").allowed


@pytest.mark.parametrize("source", CASE_LISTS)
def test_a_good_list_of_cases_is_accepted_whole(source: str, tmp_path: Path) -> None:
    number, (kind, *_, last) = REFERENCES[source].format, types_of(source)
    rows = [
        case(number(1), date(2019, 4, 3), closed="03/05/2019", case_type=kind),
        case(number(2), "04/04/2019", case_type=f" {last.upper()}", ward="watnall and nuthall west"),
        [],
        case(number(3), 43560, closed=43619, reopened="10/06/2019", case_type=None, ward=None),
        case(number(3), 43560, closed=43619, reopened="10/06/2019", case_type=None, ward=None),
        ["Total", 4],
        ["Sub-totals", 4],
    ]
    again = re.sub(r"\W", " ", number(1)).lower()
    book = returns.cases({SHEETS[source]: rows})
    if source == "housing_cases":
        book |= returns.cases({"Closed cases": [case(number(4), date(2018, 12, 3), closed=43588, case_type=kind)]})
    reading = read(source, book, tmp_path)
    accepts_whole(reading)
    closed = [("Closed cases", 1, 1, 0, {})] if source == "housing_cases" else []
    assert counts_of(reading) == [*closed, (SHEETS[source], 6, 4, 0, {"totals row": 2})]
    assert reading.as_at == date(2019, 7, 5)
    told = [list(r.values())[3:] for r in rows_of(reading, source) if r["sheet_name"] != "Closed cases"]
    keys = [row[0] for row in told]
    assert [tuple(row) for row in told] == [
        (keys[0], date(2019, 4, 3), date(2019, 5, 3), None, kind, "Bramcote"),
        (keys[1], date(2019, 4, 4), None, None, last, "Watnall & Nuthall West"),
        (keys[2], date(2019, 4, 5), date(2019, 6, 3), date(2019, 6, 10), None, None),
        (keys[2], date(2019, 4, 5), date(2019, 6, 3), date(2019, 6, 10), None, None),
    ]
    assert all(HASH.fullmatch(key) for key in keys)
    assert (len(set(keys)), keys[2] == keys[3]) == (3, True)
    assert keys[0] == KEY.hash_reference(source, "".join(filter(str.isalnum, number(1).casefold())))
    other = read(source, returns.cases({SHEETS[source]: [case(again, 43560, case_type=None)]}), tmp_path)
    assert rows_of(other, source)[0]["case_key"] == keys[0]


@pytest.mark.parametrize("source", CASE_LISTS)
@pytest.mark.parametrize("spelling", [0, 1, 2, 3])
def test_a_list_is_read_under_every_heading_that_was_seen(source: str, spelling: int, tmp_path: Path) -> None:
    columns = source_named(source).tables[0].columns
    headings = [c.headings[spelling % len(c.headings)] for c in columns]
    row = case(REFERENCES[source].format(1), date(2019, 4, 3), closed=date(2019, 5, 3), case_type=types_of(source)[0])
    reading = read(source, returns.cases({SHEETS[source]: [row]}, headings), tmp_path)
    accepts_whole(reading)
    (typed,) = rows_of(reading, source)
    assert (typed["received_on"], typed["closed_on"], typed["ward_name"]) == (row[1], row[2], "Bramcote")


def test_a_list_without_reopened_cases_has_no_column_for_them(tmp_path: Path) -> None:
    headings = ["Ref No", "Date received", "Date closed", "Category", "ward_name"]
    book = returns.cases({"Cases": [["CS-0412", date(2019, 4, 3), None, "Drugs", "Kimberley"]]}, headings)
    reading = read("communities_cases", book, tmp_path)
    accepts_whole(reading)
    (typed,) = rows_of(reading, "communities_cases")
    assert (typed["reopened_on"], typed["case_type"], typed["ward_name"]) == (None, "Drugs", "Kimberley")


def bad_cases(source: str) -> Book:
    number, kind = REFERENCES[source].format, types_of(source)[0]
    third = date(2019, 4, 3)

    def row(reference: object, received: object, **differs: Any) -> list[Any]:
        named = number(reference) if isinstance(reference, int) else reference
        return case(named, received, **({"case_type": kind} | differs))

    again = re.sub(r"\W", " ", number(11)).lower()
    rows = [
        row(1, third),
        row(None, third),
        row("Jane Citizen", third),
        row(2, "soon"),
        row(3, None),
        row(4, third, case_type="Jane Citizen", ward="Sherwood"),
        row(5, third, closed="#VALUE!", ward="=A1"),
        row(6, date(2019, 7, 6)),
        row(7, third, closed=date(2019, 4, 2)),
        row(8, third, closed=date(2019, 7, 6)),
        row(9, third, closed=date(2019, 4, 4), reopened=date(2019, 7, 6)),
        row(10, third, reopened=date(2019, 4, 2)),
        row(11, third),
        row(again, third, ward="Kimberley"),
        row(12, "03/04/2019"),
        row(13, "04/13/2019"),
        ["All cases", 16],
        ["Jane Citizen total", 16],
        ["Sum of cases: 16"],
        ["TOTAL", 16],
        ["Totals for the quarter", 16],
    ]
    return returns.cases({SHEETS[source]: rows})


@pytest.mark.parametrize("source", CASE_LISTS)
def test_a_bad_list_of_cases_is_told_cell_by_cell(source: str, tmp_path: Path) -> None:
    reading = read(source, bad_cases(source), tmp_path)
    at, kinds = place(source, SHEETS[source]), types_of(source)
    more = f" and {len(kinds) - 6} more" if len(kinds) > 6 else ""
    listed = f"Use one of: {', '.join(kinds[:6])}{more}. If it is a new spelling, add it to the aliases of case_type."
    ward = "where one of the wards of the borough is needed"
    assert reading.sentences() == [
        f'{at} A6 — blank where {REFERENCE} "Case reference". {AS_THE_SYSTEM}',
        f'{at}s A7, A21, A22 — text where {REFERENCE} "Case reference". {AS_THE_SYSTEM}',
        f'{at}s B8, B20, B21, B22 — text where {DAY} "Received". {ENTER_DAY}',
        f'{at} B9 — blank where {DAY} "Received". {ENTER_DAY}',
        f'{at} E10 — another word {WORD} "Type". {listed}',
        f'{at} F10 — another word {ward} under "Ward". {WARDS}',
        f'{at} C11 — the error #VALUE! where {DAY} "Closed". {CORRECT}',
        f'{at} F11 — a formula without its value {ward} under "Ward". {CALCULATE}',
        f"{at} B12 — the case was received after the day that the list speaks for. {DAY_FIRST} and correct the date.",
        f"{at}s B13, C13 — the case was closed before it was received. {CORRECT_DATE}",
        f"{at} C14 — the case was closed after the day that the list speaks for. {DAY_FIRST} and correct the date.",
        f"{at} D15 — the case was opened again after the day that the list speaks for. "
        f"{DAY_FIRST} and correct the date.",
        f"{at}s B16, D16 — the case was opened again before it was received. {CORRECT_DATE}",
        f'{at}s A17, A18 — the same "Case reference" {TWICE}, with different contents. {KEEP}',
        f"{at} B19 — {MONTH_FIRST}",
        f"{at} A23 — {TOTALS}",
    ]
    assert counts_of(reading) == [(SHEETS[source], 21, 1, 18, {"totals row": 2})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (6, "A6", BLANK),
        (7, "A7", UNREADABLE),
        (8, "B8", UNREADABLE),
        (9, "B9", BLANK),
        (10, "E10, F10", UNREADABLE),
        (11, "C11, F11", "spreadsheet error #VALUE!"),
        (12, "B12", "received after the list"),
        (13, "B13, C13", "closed before it was received"),
        (14, "C14", "closed after the list"),
        (15, "D15", "opened again after the list"),
        (16, "B16, D16", "opened again before it was received"),
        (17, "A17", "repeated with changes"),
        (18, "A18", "repeated with changes"),
        (19, "B19", "month before day"),
        (20, "B20", UNREADABLE),
        (21, "A21, B21", UNREADABLE),
        (22, "A22, B22", UNREADABLE),
        (23, "A23", "totals row"),
    ]
    assert [r["row_number"] for r in rows_of(reading, source)] == [5]


# ---------------------------------------------------------------- asb_panel


def test_a_good_agenda_of_the_panel_is_accepted_whole(tmp_path: Path) -> None:
    rows = [
        ["P-0017", "09/05/2018", None],
        ["P-0020", date(2018, 10, 10), 43593],
        [],
        ["p 0020", 43628, None],
        ["P-0020", date(2018, 10, 10), "08/05/2019"],
        ["Total", 4],
    ]
    reading = read("asb_panel", returns.panel(rows, ["Panel ref", "Date first discussed", "Date removed"]), tmp_path)
    accepts_whole(reading)
    assert counts_of(reading) == [("Agenda", 5, 4, 0, {"totals row": 1})]
    typed = rows_of(reading, "asb_panel")
    assert [(r["row_number"], r["first_discussed_on"], r["removed_on"]) for r in typed] == [
        (5, date(2018, 5, 9), None),
        (6, date(2018, 10, 10), date(2019, 5, 8)),
        (8, date(2019, 6, 12), None),
        (9, date(2018, 10, 10), date(2019, 5, 8)),
    ]
    keys = [r["panel_person_key"] for r in typed]
    assert keys == [KEY.hash_reference("asb_panel", "p0017"), *[KEY.hash_reference("asb_panel", "p0020")] * 3]
    assert all(HASH.fullmatch(key) for key in keys)


def bad_panel() -> Book:
    tenth = date(2019, 4, 10)
    return returns.panel(
        [
            ["P-0001", tenth, None],
            [None, tenth, None],
            ["Jane Citizen", tenth, None],
            ["P-0002", None, None],
            ["P-0003", "10.04.2019", "n/a"],
            ["P-0004", "#NAME?", "=A1"],
            ["P-0005", tenth, date(2019, 4, 9)],
            ["P-0006", date(2019, 7, 6), None],
            ["P-0007", tenth, date(2019, 7, 6)],
            ["P-0008", tenth, None],
            ["p 0008", tenth, date(2019, 6, 12)],
            ["P-0009", tenth, "06/13/2019"],
            ["P-0010", tenth, "05/06/2019"],
            ["On the agenda", 12],
            ["Sub-total", 12],
        ]
    )


def test_a_bad_agenda_of_the_panel_is_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read("asb_panel", bad_panel(), tmp_path)
    at = place("asb_panel", "Agenda")
    assert reading.sentences() == [
        f'{at} A6 — blank where {REFERENCE} "Panel reference". {AS_THE_SYSTEM}',
        f'{at}s A7, A18 — text where {REFERENCE} "Panel reference". {AS_THE_SYSTEM}',
        f'{at} B8 — blank where {DAY} "First discussed". {ENTER_DAY}',
        f'{at}s B9, B18 — text where {DAY} "First discussed". {ENTER_DAY}',
        f'{at}s C9, C16 — text where {DAY} "Removed". {ENTER_DAY}',
        f'{at} B10 — the error #NAME? where {DAY} "First discussed". {CORRECT}',
        f'{at} C10 — a formula without its value where {DAY} "Removed". {CALCULATE}',
        f"{at}s B11, C11 — the individual was removed before being first discussed. {CORRECT_DATE}",
        f"{at}s B12, C12, B13, C13 — a date lies after the day that the agenda speaks for. "
        f"{DAY_FIRST} and correct the date.",
        f'{at}s A14, B14, A15, B15 — the same "Panel reference" and "First discussed" stand in more than one row, '
        f"with different contents. {KEEP}",
        f"{at} C17 — {MONTH_FIRST}",
    ]
    assert counts_of(reading) == [("Agenda", 15, 1, 13, {"totals row": 1})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (6, "A6", BLANK),
        (7, "A7", UNREADABLE),
        (8, "B8", BLANK),
        (9, "B9, C9", UNREADABLE),
        (10, "B10, C10", "spreadsheet error #NAME?"),
        (11, "B11, C11", "removed before discussed"),
        (12, "B12, C12", "after the agenda"),
        (13, "B13, C13", "after the agenda"),
        (14, "A14, B14", "repeated with changes"),
        (15, "A15, B15", "repeated with changes"),
        (16, "C16", UNREADABLE),
        (17, "C17", "month before day"),
        (18, "A18, B18", UNREADABLE),
    ]
    assert [r["row_number"] for r in rows_of(reading, "asb_panel")] == [5]


# ---------------------------------------------------------------- enforcement_register


def test_a_good_register_is_accepted_whole_and_equal_entries_are_several(tmp_path: Path) -> None:
    q1: Rows = [
        ["CPN warning", "Council", date(2019, 4, 11)],
        ["abc", "broxtowe borough council", "02/05/2019"],
        [],
        ["ASB case review", "Nottinghamshire Police", 43640],
        ["ASB case review", "Nottinghamshire Police", 43640],
        ["Total", 4],
    ]
    book = returns.register({"Q1 2019-20": q1}, ["Action", "Issuer", "Date issued"], "08/10/2019")
    book |= returns.register({"q2 2019-20": [["Nil return"]]}, as_at="08/10/2019")
    reading = read("enforcement_register", book, tmp_path)
    accepts_whole(reading)
    assert counts_of(reading) == [("Q1 2019-20", 5, 4, 0, {"totals row": 1}), ("q2 2019-20", 1, 1, 0, {})]
    typed = rows_of(reading, "enforcement_register")
    assert [(r["register_quarter_from"], r["enforcement_type"], r["issued_by"], r["issued_on"]) for r in typed] == [
        (date(2019, 4, 1), "Community Protection Notice warning letter", "Council", date(2019, 4, 11)),
        (date(2019, 4, 1), "Acceptable Behaviour Contract", "Council", date(2019, 5, 2)),
        (date(2019, 4, 1), "Community Trigger request", "Police", date(2019, 6, 24)),
        (date(2019, 4, 1), "Community Trigger request", "Police", date(2019, 6, 24)),
        (date(2019, 7, 1), "None", None, None),
    ]


def bad_register() -> Book:
    eleventh = date(2019, 4, 11)
    q1 = [
        ["CPN", "Council", eleventh],
        [None, "Council", eleventh],
        ["Closure order", "Council", eleventh],
        ["CPN", "Housing", "soon"],
        ["CPN", "#N/A", "=A1"],
        ["CPN", None, eleventh],
        ["CPN", "Council", None],
        ["CPN", "Council", date(2019, 3, 31)],
        ["None"],
        ["Nil", None, date(2019, 7, 1)],
        ["Entries in all", 9],
        ["Total", 9],
    ]
    fifth = ["CPN", "Police", date(2019, 7, 5)]
    return returns.register({"Q1 2019-20": q1, "Q2 2019-20": [["CPN", "Police", date(2019, 7, 6)], fifth, fifth]})


def test_a_bad_register_is_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read("enforcement_register", bad_register(), tmp_path)
    at = place("enforcement_register", "Q1 2019-20")
    issuer = "Use one of: Council, Police. If it is a new spelling, add it to the aliases of issued_by."
    assert reading.sentences() == [
        f'{at} A6 — blank {WORD} "Type". {ACTIONS}',
        f'{at}s A7, A15 — another word {WORD} "Type". {ACTIONS}',
        f'{at}s B8, B15 — another word {WORD} "Issued by". {issuer}',
        f'{at} C8 — text where {DAY} "Date". {ENTER_DAY}',
        f'{at} B9 — the error #N/A {WORD} "Issued by". {CORRECT}',
        f'{at} C9 — a formula without its value where {DAY} "Date". {CALCULATE}',
        f"{at}s B10, C10, B11, C11 — an entry stands without its issuer or its date. "
        "Fill both in, or write None in the quarter where there was nothing.",
        f"{at}s C12, C14 — the date does not lie in the quarter of the tab. "
        f"{DAY_FIRST} or move the entry to the tab of its quarter.",
        f"{place('enforcement_register', 'Q2 2019-20')} C5 — the date lies after the day that the register speaks for. "
        "Correct the date.",
    ]
    assert counts_of(reading) == [("Q1 2019-20", 12, 2, 9, {"totals row": 1}), ("Q2 2019-20", 3, 2, 1, {})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (6, "A6", BLANK),
        (7, "A7", UNREADABLE),
        (8, "B8, C8", UNREADABLE),
        (9, "B9, C9", "spreadsheet error #N/A"),
        (10, "B10, C10", "entry without issuer or date"),
        (11, "B11, C11", "entry without issuer or date"),
        (12, "C12", "date outside the tab's quarter"),
        (14, "C14", "date outside the tab's quarter"),
        (15, "A15, B15", UNREADABLE),
        (5, "C5", "date after the register"),
    ]
    assert [r["row_number"] for r in rows_of(reading, "enforcement_register")] == [5, 13, 6, 7]


# ---------------------------------------------------------------- all seven


def bad(source: str) -> list[Book]:
    if source in CASE_LISTS:
        return [bad_cases(source)]
    early = returns.crime([["Shoplifting", 1, 2, 3]], extracted="30/06/2019")
    return {
        "police_crime": [bad_crime(), early],
        "marac": [bad_marac()],
        "asb_panel": [bad_panel()],
        "enforcement_register": [bad_register()],
    }[source]


@pytest.mark.parametrize("source", SEVEN)
def test_every_declared_rule_is_broken_here(source: str, tmp_path: Path) -> None:
    found = [finding for book in bad(source) for finding in read(source, book, tmp_path).findings]
    rules = {rule.rule: rule.warns for table in source_named(source).tables for rule in table.rules}
    told = {finding.rule: finding.severity for finding in found if finding.rule in rules}
    assert told == {rule: Severity.WARNED if warns else Severity.QUARANTINED for rule, warns in rules.items()}


def texts_of(source: str, book: Book) -> set[str]:
    """Every text under the headings that is no word of the declaration, and no error that a spreadsheet shows."""
    declared = {plain(word) for word in _words(source)}
    found: set[str] = set()
    for rows in book.values():
        at = max(n for n, row in enumerate(rows[:8]) if row and plain(str(row[-1])) in declared)
        found |= {cell for row in rows[at + 1 :] for cell in row if isinstance(cell, str)}
    return {cell for cell in found - SPREADSHEET_ERRORS if plain(cell) not in declared}


def _words(source: str) -> list[str]:
    (table,) = source_named(source).tables
    said = [word for c in table.columns for word in (*c.headings, *c.allowed, *c.aliases, *c.aliases.values())]
    return said + [
        heading for layout in table.layouts for spellings in layout.renamed.values() for heading in spellings
    ]


@pytest.mark.parametrize("source", ABOUT_PEOPLE)
def test_nothing_that_is_told_of_people_holds_what_a_cell_holds(source: str, tmp_path: Path) -> None:
    (book,) = bad(source)
    told = repr(read(source, book, tmp_path))
    texts = texts_of(source, book)
    assert len(texts) > 4
    assert [text for text in texts if text in told] == []


@pytest.mark.parametrize(
    ("source", "heading", "written", "quoted"),
    [
        ("communities_cases", "Ward", "Wards", '; the nearest is "Wards"'),
        ("communities_cases", "Ward", "Wardle", "; the nearest stands in this cell"),
        ("communities_cases", "Ward", "Edward", "; the nearest stands in this cell"),
        ("housing_cases", "Received", "Date receivd", '; the nearest is "Date receivd"'),
        ("environmental_health_cases", "Case reference", "Case refs", '; the nearest is "Case refs"'),
        ("asb_panel", "Removed", "Remover", '; the nearest is "Remover"'),
        ("asb_panel", "Removed", "Ray Moved", "; the nearest stands in this cell"),
        ("asb_panel", "Removed", "Jo Citizen", ""),
    ],
)
def test_the_nearest_heading_is_quoted_only_where_it_cannot_be_a_name(
    source: str, heading: str, written: str, quoted: str, tmp_path: Path
) -> None:
    book = returns.good(source)
    sheet, rows = next(iter(book.items()))
    rows[3] = [written if text == heading else text for text in rows[3]]
    cell = f", cell {'ABCDEF'[rows[3].index(written)]}4" if quoted else ""
    reading = read(source, book, tmp_path)
    assert reading.sentences() == [
        f'{source_named(source).title}, file "{FILES[source]}", sheet "{sheet}"{cell} — there is no column '
        f'"{heading}"{quoted}. Head the column "{heading}", or add the new heading to the source\'s layouts.'
    ]
    assert (reading.is_refused, reading.counts, reading.rows) == (True, [], {})
