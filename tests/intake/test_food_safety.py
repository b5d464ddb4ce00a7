"""A good workbook of the food safety programme and a bad one: typed rows, every sentence, every row not accepted."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import makers
import returns
from good_food_safety import FILE, good, programme, requests
from makers import KEY, Rows, counts_of, quarantine_of, rows_of

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.findings import Severity

Book = dict[str, Rows]

SOURCE = source_named("food_safety")
UNREADABLE, BLANK = "not what the column holds", "no value where one is needed"
TAB = f'Food safety, file "{FILE}", sheet "Q1 2019-20", cell'
SHEET = f'Food safety, file "{FILE}", sheet "Requests", cell'
DAY = "a date, its day first, is needed under"
ENTER_DAY = "Enter the day as 14/04/2019, or format the cell as a date."
DAY_FIRST = "Check that the day stands before the month"
WORD = "where one of the listed words is needed under"
CATEGORIES = "Use one of: A, B, C, D, E, None. If it is a new spelling, add it to the aliases of listed_category."
KINDS = "Use one of: Complaints, Service requests. If it is a new spelling, add it to the aliases of request_kind."
COUNT = "a whole number of at least 0 is needed under"
DIGITS = "Enter digits only, for example 9."
TOTALS = "a row of totals stands among the data. Delete the row; totals are worked out here."
CORRECT = "Correct the formula, or type the value itself."
CALCULATE = "Open the file in Excel, let it calculate, save it and send that."


def read(book: Book, folder: Path) -> Reading:
    return makers.read("food_safety", returns.save("food_safety", book, folder), folder)


def premises(reading: Reading) -> list[tuple[Any, ...]]:
    names = (
        "sheet_name",
        "row_number",
        "listed_category",
        "inspection_due_on",
        "inspected_on",
        "reinspected_on",
        "warned_on",
    )
    return [tuple(row[name] for name in names) for row in rows_of(reading, "food_premises")]


def counted(reading: Reading) -> list[tuple[Any, ...]]:
    names = ("cell", "request_kind", "requested_month", "n_food_requests")
    return [tuple(row[name] for name in names) for row in rows_of(reading, "food_requests")]


def test_a_good_workbook_is_read_cell_by_cell(tmp_path: Path) -> None:
    book = good()
    book["Q1 2019-20"] += [[], ["Total", 5]]
    book["q3 2019-20"] = [*book["Q1 2019-20"][:4], [None, "None in the quarter"]]
    reading = read(book, tmp_path)
    assert (reading.sentences(), quarantine_of(reading), reading.may_be_kept) == ([], [], True)
    assert reading.as_at == date(2019, 10, 8)
    tabs = [("Q1 2019-20", 6, 5, 0, {"totals row": 1}), ("Q2 2019-20", 1, 1, 0, {}), ("q3 2019-20", 1, 1, 0, {})]
    assert counts_of(reading) == [*tabs, ("Requests", 2, 2, 0, {})]
    april, june = date(2019, 4, 18), date(2019, 6, 3)
    assert premises(reading) == [
        ("Q1 2019-20", 5, "A", date(2019, 4, 15), april, date(2019, 5, 20), april),
        ("Q1 2019-20", 6, "C", date(2019, 5, 22), date(2019, 5, 29), None, date(2019, 6, 13)),
        ("Q1 2019-20", 7, "E", june, None, None, None),
        ("Q1 2019-20", 8, "D", None, date(2019, 6, 27), date(2019, 7, 30), None),
        ("Q1 2019-20", 9, "A", None, None, None, date(2019, 6, 17)),
        ("Q2 2019-20", 5, "E", june, date(2019, 7, 16), None, None),
        ("q3 2019-20", 5, "None", None, None, None, None),
    ]
    quarters = {row["sheet_name"]: row["programme_quarter_from"] for row in rows_of(reading, "food_premises")}
    assert list(quarters.values()) == [date(2019, 4, 1), date(2019, 7, 1), date(2019, 10, 1)]
    assert counted(reading) == [
        ("B5", "Complaints", "2019-04", 7),
        ("C5", "Complaints", "2019-05", 9),
        ("D5", "Complaints", "2019-06", 11),
        ("B6", "Service requests", "2019-04", 0),
        ("C6", "Service requests", "2019-05", 4),
        ("D6", "Service requests", "2019-06", 6),
    ]


def test_a_premises_is_known_by_the_keyed_hash_of_its_reference_however_it_is_spelt(tmp_path: Path) -> None:
    book = good()
    book["Q1 2019-20"][8][0] = "fb 0101"
    keys = [row["premises_key"] for row in rows_of(read(book, tmp_path), "food_premises")]
    assert keys[0] == keys[4] == KEY.hash_reference("food_safety", "fb0101")
    assert keys[2] == keys[5] == KEY.hash_reference("food_safety", "fb0103")
    assert len(set(keys)) == 4


def test_the_later_headings_and_months_as_dates_are_read_as_the_first(tmp_path: Path) -> None:
    book, first = good(), premises(read(good(), tmp_path))
    for tab in ("Q1 2019-20", "Q2 2019-20"):
        book[tab][3] = [column.headings[-1] for column in SOURCE.tables[0].columns[1:]]
    book |= requests(
        [["Food complaints", 7, 9], ["Requests for service", "1,004", 4], ["Total", 1011, 13]],
        ["Request", datetime(2019, 4, 1), "September 2019"],  # noqa: DTZ001 - a spreadsheet's date has no zone.
    )
    reading = read(book, tmp_path)
    assert reading.sentences() == []
    assert premises(reading) == first
    assert counted(reading) == [
        ("B5", "Complaints", "2019-04", 7),
        ("C5", "Complaints", "2019-09", 9),
        ("B6", "Service requests", "2019-04", 1004),
        ("C6", "Service requests", "2019-09", 4),
    ]


# ---------------------------------------------------------------- what is not accepted


def bad() -> Book:
    due, done = date(2019, 4, 15), date(2019, 4, 18)
    q1: Rows = [
        ["FB-0101", "A", due, done],
        [None, "A", due, done],
        ["FB-0102", "B", None, None],
        ["FB-0103", "Nil", due],
        ["FB-0104", "5", due, done],
        ["FB-0105", None, due, done],
        ["The Corner Shop", "A", due, done],
        ["FB-0106", "A", "soon", "#REF!", "=A1", "n/a"],
        ["FB-0107", "A", date(2019, 7, 1)],
        ["FB-0108", "A", date(2019, 3, 29)],
        ["FB-0109", "A", date(2019, 3, 29), done],
        ["FB-0110", "A", due, date(2019, 7, 1)],
        ["FB-0111", "A", due, done, date(2019, 4, 17)],
        ["FB-0112", "A", None, None, None, date(2019, 3, 29)],
        ["FB-0113", "A", due, done, date(2019, 10, 9)],
        ["FB-0114", "A", due, done],
        ["fb 0114", "A", None, done, None, date(2019, 6, 17)],
        ["FB-0115", "A", "04/16/2019"],
        ["FB-0116", "A", "05/04/2019"],
        ["All premises", None, 19],
        ["Total", 19],
    ]
    counts = [
        ["Complaints", 7, "9%", -1, 27],
        [None, 1, 2, 3, 6],
        ["Enquiries", 1, 2, 3, 6],
        ["Service requests", "#N/A", "=1", None, 10],
        ["All", 1, 2, 3, 6],
    ]
    return programme({"Q1 2019-20": q1}) | requests(counts)


def early() -> Book:
    return programme({"Q1 2019-20": [["FB-0101", "A", date(2019, 4, 15)]]}, as_at="30/06/2019")


def test_a_bad_workbook_is_told_cell_by_cell_and_never_says_what_a_cell_holds(tmp_path: Path) -> None:
    reading = read(bad(), tmp_path)
    assert reading.sentences() == [
        f"{TAB}s A6, C6, A7, C7 — a row stands without its premises or without any date. "
        "Fill them in, or write None in the quarter where there was nothing.",
        f"{TAB} B8 — a row says that there was nothing, and holds a premises or a date. "
        "Give the risk category, or leave the rest of the row blank.",
        f'{TAB} B9 — another word {WORD} "Risk category". {CATEGORIES}',
        f'{TAB}s B10, B24 — blank {WORD} "Risk category". {CATEGORIES}',
        f'{TAB}s A11, A24 — text where a reference with a number in it is needed under "Premises reference". '
        "Write the reference as the case system does.",
        f'{TAB}s C12, C22, C24 — text where {DAY} "Due". {ENTER_DAY}',
        f'{TAB} D12 — the error #REF! where {DAY} "Inspected". {CORRECT}',
        f'{TAB} E12 — a formula without its value where {DAY} "Re-inspected". {CALCULATE}',
        f'{TAB} F12 — text where {DAY} "Written warning". {ENTER_DAY}',
        f"{TAB} C13 — the premises is due after the quarter of the tab. "
        "Put it into the tab of that quarter; where it was inspected ahead of its time, leave the due date blank.",
        f"{TAB} C14 — the premises was due before the quarter of the tab, and was not inspected in it. "
        "Leave the row in the tab of the quarter in which it was due; it stands here once it is inspected.",
        f"{TAB} D16 — the inspection does not lie in the quarter of the tab. "
        f"{DAY_FIRST}, or put the inspection into the tab of its quarter, with the day on which it was due.",
        f"{TAB}s D17, E17, F17, D18, E18, F18 — a re-inspection or a warning lies before the inspection, "
        "or before the quarter of the tab. Correct the date that is wrong.",
        f"{TAB}s C19, D19, E19, F19 — a date lies after the day that the programme speaks for. "
        f"{DAY_FIRST}, and correct the date.",
        f"{TAB}s A20, D20, A21, D21 — the premises stands as inspected on the same day in more than one row. "
        "Keep the inspection in one row; a second warning stands in a row with its own date and no other.",
        f"{TAB} C23 — another date of the column has its month first, so this one may mean two days. "
        "Write every date with its day first, as 14/04/2019, or format the cells as dates.",
        f'{SHEET}s C5, D5 — text where {COUNT} "May 2019" and "Jun 2019". {DIGITS}',
        f'{SHEET} A6 — blank {WORD} "Received". {KINDS}',
        f'{SHEET} A7 — another word {WORD} "Received". {KINDS}',
        f'{SHEET} B8 — the error #N/A where {COUNT} "Apr 2019". {CORRECT}',
        f'{SHEET} C8 — a formula without its value where {COUNT} "May 2019". {CALCULATE}',
        f'{SHEET} D8 — blank where {COUNT} "Jun 2019". {DIGITS}',
        f"{SHEET} A9 — {TOTALS}",
    ]
    assert counts_of(reading) == [("Q1 2019-20", 21, 2, 18, {"totals row": 1}), ("Requests", 5, 0, 5, {})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (6, "A6, C6", "row without premises or date"),
        (7, "A7, C7", "row without premises or date"),
        (8, "B8", "nothing beside something"),
        (9, "B9", UNREADABLE),
        (10, "B10", BLANK),
        (11, "A11", UNREADABLE),
        (12, "C12, D12, E12, F12", UNREADABLE),
        (13, "C13", "due after the tab's quarter"),
        (14, "C14", "due earlier and not inspected"),
        (16, "D16", "inspected outside the tab's quarter"),
        (17, "D17, E17, F17", "followed up before the inspection"),
        (18, "D18, E18, F18", "followed up before the inspection"),
        (19, "C19, D19, E19, F19", "date after the programme"),
        (20, "A20, D20", "inspected twice on a day"),
        (21, "A21, D21", "inspected twice on a day"),
        (22, "C22", UNREADABLE),
        (23, "C23", "month before day"),
        (24, "A24, B24, C24", UNREADABLE),
        (5, "C5, D5", UNREADABLE),
        (6, "A6", BLANK),
        (7, "A7", UNREADABLE),
        (8, "B8, C8, D8", "spreadsheet error #N/A"),
        (9, "A9", "totals row"),
    ]
    assert [row[1] for row in premises(reading)] == [5, 15]
    told = repr(reading).casefold()
    assert [text for text in ("fb-01", "fb 01", "corner", "soon", "enquiries") if text in told] == []


def test_a_month_that_was_not_over_and_a_kind_counted_twice_are_not_taken(tmp_path: Path) -> None:
    assert read(early(), tmp_path).sentences() == [
        f"{SHEET}s D5, D6 — the month was not over on the day that the programme speaks for. "
        "Leave the month out; it comes with the next workbook."
    ]
    twice = requests([["Complaints", 7, 9, 11], ["Food complaints", 7, 9, 11]])
    assert read(good() | twice, tmp_path).sentences() == [
        f'{SHEET}s A5, A6 — the same "Received" stands in more than one row. '
        "Keep the row that is right and delete the others."
    ]


def test_every_declared_rule_is_broken_here(tmp_path: Path) -> None:
    found = [finding for book in (bad(), early()) for finding in read(book, tmp_path).findings]
    rules = {rule.rule for table in SOURCE.tables for rule in table.rules}
    told = {finding.rule: finding.severity for finding in found if finding.rule in rules}
    assert told == dict.fromkeys(rules, Severity.QUARANTINED)


def test_a_workbook_without_its_requests_is_refused(tmp_path: Path) -> None:
    book = good()
    del book["Requests"]
    assert read(book, tmp_path).sentences() == [
        f'Food safety, file "{FILE}" — there is no sheet named "Requests" that holds rows. '
        "Send the whole workbook, its sheets named as before."
    ]
