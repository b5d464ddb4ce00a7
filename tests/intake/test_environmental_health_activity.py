"""Environmental Health's return of its activity: a good one cell by cell, and a bad one with every sentence."""

from datetime import date
from pathlib import Path

import makers
import returns
from good_environmental_health_activity import COUNT_HEADINGS, FILE, activity
from makers import Rows, counts_of, quarantine_of, rows_of

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.reading import Reading
from cs_pipeline.sources.shapes.activity_counts import ACTIVITIES, OF_A_WHOLE
from cs_pipeline.words.findings import Severity

SOURCE = "environmental_health_activity"
UNREADABLE, BLANK = "not what the column holds", "no value where one is needed"
AT = f'Environmental Health activity, file "{FILE}", sheet '
COUNTS, REQUESTS = f'{AT}"Monthly counts", cell', f'{AT}"H&S requests", cell'
WORD = "where one of the listed words is needed under"
COUNT = "a whole number of at least 0 is needed under"
DAY, ENTER_DAY = "a date, its day first, is needed under", "Enter the day as 14/04/2019, or format the cell as a date."
CORRECT = "Correct the date that is wrong."
TOTALS = "a row of totals stands among the data. Delete the row; totals are worked out here."
USE_ACTIVITY = (
    f"Use one of: {', '.join([*ACTIVITIES][:6])} and 2 more. If it is a new spelling, add it to the aliases of "
    "health_activity_name."
)
VISITS = "Health and safety intervention visits"


def read(book: dict[str, Rows], folder: Path) -> Reading:
    return makers.read(SOURCE, returns.save(SOURCE, book, folder), folder)


def accepts_whole(reading: Reading) -> None:
    assert (reading.sentences(), quarantine_of(reading), reading.may_be_kept) == ([], [], True)


def test_the_counts_are_read_cell_by_cell(tmp_path: Path) -> None:
    rows: Rows = [
        ["Pollution complaints (including noise)", 38, None, "1,041", None, 0, None, 1079],
        [],
        ["h&s intervention VISITS", 2, 3, 0, 0, 4, 4],
        ["Total", 40, 3],
        ["Note: COVID-19 is left out"],
    ]
    reading = read(activity(rows, [["Nil"]], headings=[*COUNT_HEADINGS, "Year to date"]), tmp_path)
    accepts_whole(reading)
    assert reading.as_at == date(2019, 7, 15)
    ignored = {"note under the table": 1, "totals row": 1}
    assert counts_of(reading) == [("Monthly counts", 4, 2, 0, ignored), ("H&S requests", 1, 1, 0, {})]
    typed = rows_of(reading, "environmental_health_counts")
    told = [
        (r["cell"], r["health_activity_name"], r["health_activity_month"], r["figure_role"], r["n_health_activity"])
        for r in typed
    ]
    assert told == [
        ("B6", "Pollution complaints", "2019-04", "number", 38),
        ("C6", "Pollution complaints", "2019-04", "of", None),
        ("D6", "Pollution complaints", "2019-05", "number", 1041),
        ("E6", "Pollution complaints", "2019-05", "of", None),
        ("F6", "Pollution complaints", "2019-06", "number", 0),
        ("G6", "Pollution complaints", "2019-06", "of", None),
        ("B8", VISITS, "2019-04", "number", 2),
        ("C8", VISITS, "2019-04", "of", 3),
        ("D8", VISITS, "2019-05", "number", 0),
        ("E8", VISITS, "2019-05", "of", 0),
        ("F8", VISITS, "2019-06", "number", 4),
        ("G8", VISITS, "2019-06", "of", 4),
    ]
    assert (typed[0]["health_activity_month_from"], typed[0]["health_activity_month_to"]) == (
        date(2019, 4, 1),
        date(2019, 4, 30),
    )


def test_every_activity_is_read_under_every_spelling(tmp_path: Path) -> None:
    for spelling in range(3):
        names = [(name, *spellings)[min(spelling, len(spellings))] for name, spellings in ACTIVITIES.items()]
        rows = [[said, 0, 1 if name in OF_A_WHOLE else None] for name, said in zip(ACTIVITIES, names, strict=True)]
        reading = read(
            activity(rows, [["None"]], headings=["Activity", "April 2019 number", "April 2019 of"]), tmp_path
        )
        accepts_whole(reading)
        assert [r["health_activity_name"] for r in rows_of(reading, "environmental_health_counts")][::2] == [
            *ACTIVITIES
        ]


def test_months_that_are_not_over_may_stand_blank(tmp_path: Path) -> None:
    headings = ["Activity", "Jun 2019 number", "Jun 2019 of", "Jul 2019 number", "Jul 2019 of"]
    rows = [["Caravan sites inspected", 1, 2], ["Pollution complaints", 3]]
    reading = read(activity(rows, [["None"]], headings=headings), tmp_path)
    accepts_whole(reading)
    typed = rows_of(reading, "environmental_health_counts")
    assert [r["n_health_activity"] for r in typed] == [1, 2, None, None, 3, None, None, None]


def test_requests_are_read_row_by_row_and_equal_ones_are_several(tmp_path: Path) -> None:
    eighth = ["RIDDOR", date(2019, 4, 8), "Y", "09/04/2019"]
    rows: Rows = [
        ["complaints", "06/04/2019", "No", 43567],
        [],
        eighth,
        eighth,
        ["Request for service", 43628, "n", None],
        ["Total", 4],
        ["Source: the case system"],
    ]
    reading = read(activity([["Pollution complaints", 1, None, 2, None, 3, None]], rows), tmp_path)
    accepts_whole(reading)
    assert counts_of(reading)[1] == ("H&S requests", 6, 4, 0, {"note under the table": 1, "totals row": 1})
    typed = rows_of(reading, "health_and_safety_requests")
    told = [(r["hs_request_kind"], r["requested_on"], r["urgent"], r["first_response_on"]) for r in typed]
    eighth_read = ("Accident notification", date(2019, 4, 8), "Yes", date(2019, 4, 9))
    assert told == [
        ("Complaint", date(2019, 4, 6), "No", date(2019, 4, 12)),
        eighth_read,
        eighth_read,
        ("Service request", date(2019, 6, 12), "No", None),
    ]
    assert {(r["return_quarter"], r["return_quarter_from"]) for r in typed} == {("Q1 2019/20", date(2019, 4, 1))}


def bad() -> dict[str, Rows]:
    return activity(
        [
            ["Infectious diseases", 1, None, 1, None, 1, None],
            [None, 1, None, 1, None, 1, None],
            ["Health and safety inspections", "two", None, -1, None, 1.5, None],
            ["Licensing and registration actions", "#REF!", None, "=B1", None, 20, None],
            ["Traveller encampments", 1, None, None, None, 0, None],
            ["Pollution complaints", 40, 60, 41, None, 42, None],
            ["Caravan sites inspected", 3, 2, 1, None, 1, 1],
            ["H&S inspections", 1, None, 1, None, 1, None],
            ["Traveller encampments on Council land", 1, None, 1, None, 1, None],
            ["Of which on Council owned land", 1, None, 1, None, 2, None],
            ["H&S intervention visits", 1, 1, 1, 1, 2, 2],
            ["Overall", 1, 1, 1, 1, 1, 1],
        ],
        [
            ["Enquiry", "08/04/2019", "No", None],
            ["Complaint", "04/13/2019", "No", None],
            ["Complaint", "05/04/2019", "Perhaps", "later"],
            ["Complaint", None, "No", None],
            ["Accident", date(2019, 4, 8), None, None],
            ["Accident", date(2019, 7, 1), "Yes", date(2019, 7, 2)],
            ["Accident", date(2019, 4, 8), "Yes", date(2019, 4, 5)],
            ["Accident", date(2019, 4, 8), "Yes", date(2019, 7, 16)],
            ["Accident", date(2019, 4, 8), "Yes", date(2019, 7, 15)],
            ["Sum of all", 9],
        ],
    )  # fmt: skip


def bad_months() -> dict[str, Rows]:
    """A month that was not over, and columns of a month without their other half."""
    headings = ["Activity", "Jun 2019 number", "May 2019 of", "Jul 2019 number"]
    return activity(
        [["Pollution complaints", 4, None, 5], ["Caravan sites inspected", 4, 4, None]], [["None"]], headings=headings
    )


def test_a_bad_return_is_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read(bad(), tmp_path)
    assert reading.sentences() == [
        f'{COUNTS} A6 — another word {WORD} "Activity". {USE_ACTIVITY}',
        f'{COUNTS} A7 — blank {WORD} "Activity". {USE_ACTIVITY}',
        f'{COUNTS}s B8, D8, F8 — text where {COUNT} "Apr 2019 number", "May 2019 number" and "Jun 2019 number". '
        "Enter digits only, for example 9.",
        f'{COUNTS} B9 — the error #REF! where {COUNT} "Apr 2019 number". '
        "Correct the formula, or type the value itself.",
        f'{COUNTS} D9 — a formula without its value where {COUNT} "May 2019 number". '
        "Open the file in Excel, let it calculate, save it and send that.",
        f"{COUNTS}s D10, E12 — a month that is over has no number. Enter it, and 0 where there was nothing.",
        f"{COUNTS} C11 — the activity has no number that it is of, and one stands here. Leave the cell blank.",
        f"{COUNTS} B12 — more was done than was planned or due. "
        "Correct the number that is wrong; what was not planned or due does not count.",
        f'{COUNTS}s A14, A15 — the same "Activity" stands in more than one row. '
        "Keep the row that is right and delete the others.",
        f"{COUNTS} A17 — {TOTALS}",
        f'{REQUESTS} A6 — another word {WORD} "Kind". Use one of: Complaint, Service request, Accident notification, '
        "None. If it is a new spelling, add it to the aliases of hs_request_kind.",
        f"{REQUESTS}s B6, B8 — another date of the column has its month first, so this one may mean two days. "
        "Write every date with its day first, as 14/04/2019, or format the cells as dates.",
        f'{REQUESTS} B7 — text where {DAY} "Received". {ENTER_DAY}',
        f'{REQUESTS} C8 — another word {WORD} "Urgent". '
        "Use one of: Yes, No. If it is a new spelling, add it to the aliases of urgent.",
        f'{REQUESTS} D8 — text where {DAY} "First response". {ENTER_DAY}',
        f"{REQUESTS}s B9, C9, B10, C10 — a request stands without the day it was received, or without whether it was "
        "urgent. Fill both in, or write None in the quarter where there was nothing.",
        f"{REQUESTS} B11 — the day of receipt does not lie in the quarter of the return. "
        "Check that the day stands before the month, or put it into the return of its quarter.",
        f"{REQUESTS}s B12, D12 — the first response is earlier than the request. {CORRECT}",
        f"{REQUESTS}s B13, D13 — a day lies after the day of the return. {CORRECT}",
        f"{REQUESTS} A15 — {TOTALS}",
    ]
    assert counts_of(reading) == [("Monthly counts", 12, 2, 10, {}), ("H&S requests", 10, 1, 9, {})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (6, "A6", UNREADABLE),
        (7, "A7", BLANK),
        (8, "B8, D8, F8", UNREADABLE),
        (9, "B9, D9", "spreadsheet error #REF!"),
        (10, "D10", "no number for a month"),
        (11, "C11", "whole of nothing"),
        (12, "B12, E12", "more than the whole"),
        (14, "A14", "more than once"),
        (15, "A15", "more than once"),
        (17, "A17", "totals row"),
        (6, "A6, B6", UNREADABLE),
        (7, "B7", UNREADABLE),
        (8, "B8, C8, D8", "month before day"),
        (9, "B9, C9", "request without day or urgency"),
        (10, "B10, C10", "request without day or urgency"),
        (11, "B11", "received outside the quarter"),
        (12, "B12, D12", "answered before received"),
        (13, "B13, D13", "day after the return"),
        (15, "A15", "totals row"),
    ]
    assert {r["row_number"] for r in rows_of(reading, "environmental_health_counts")} == {13, 16}
    assert {r["row_number"] for r in rows_of(reading, "health_and_safety_requests")} == {14}
    assert [text for text in ("Enquiry", "Perhaps", "later", "two") if f'"{text}"' in repr(reading)] == []


def test_months_that_cannot_be_told_are_not_taken(tmp_path: Path) -> None:
    reading = read(bad_months(), tmp_path)
    assert reading.sentences() == [
        f"{COUNTS} D6 — the month was not over on the day of the return. "
        "Leave the cell blank; the month comes with the next return.",
        f"{COUNTS}s B7, C7 — of the number and what it is of only one has a column. Send both columns of the month.",
    ]
    assert counts_of(reading) == [("Monthly counts", 2, 0, 2, {}), ("H&S requests", 1, 1, 0, {})]


def test_a_return_without_a_row_of_requests_is_refused(tmp_path: Path) -> None:
    reading = read(activity([["Pollution complaints", 1, None, 2, None, 3, None]], []), tmp_path)
    assert reading.is_refused
    assert "no row stands under its headings" in reading.sentences()[0]


def test_every_declared_rule_is_broken_here(tmp_path: Path) -> None:
    found = [finding for book in (bad(), bad_months()) for finding in read(book, tmp_path).findings]
    rules = {rule.rule for table in source_named(SOURCE).tables for rule in table.rules}
    assert {f.rule: f.severity for f in found if f.rule in rules} == dict.fromkeys(rules, Severity.QUARANTINED)
