"""Licensing's return: a good one of either layout cell by cell, and a bad one with every sentence."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

import makers
import pytest
import returns
from good_licensing import FILE, HEADINGS, MONTHS, good, returned, to_2021
from makers import Rows, counts_of, quarantine_of, rows_of

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.reading import Reading
from cs_pipeline.sources.shapes.licence_families import ACTIVITIES, FAMILIES
from cs_pipeline.words.findings import Severity

SOURCE = "licensing"
UNREADABLE, BLANK = "not what the column holds", "no value where one is needed"
AT = f'Licensing, file "{FILE}", sheet '
ACTIVITY, IN_FORCE = f'{AT}"Monthly activity", cell', f'{AT}"In force at 31 March", cell'
PROMPTS = ("Pro-active", "Reactive")
TWO_ROWS = "From April 2021 send two rows, Pro-active and Reactive, under How prompted."
WORD = "word where one of the listed words is needed under"
NUMBER, DIGITS = "where a whole number of at least 0 is needed under", "Enter digits only, for example 9."


def read(book: dict[str, Rows], folder: Path) -> Reading:
    return makers.read(SOURCE, returns.save(SOURCE, book, folder), folder)


def accepts_whole(reading: Reading) -> None:
    assert (reading.sentences(), quarantine_of(reading), reading.may_be_kept) == ([], [], True)


def told(reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (
            r["cell"],
            r["licence_family_name"],
            r["licensing_activity_name"],
            r["how_prompted"],
            r["licensing_month"],
            r["n_licensing"],
        )
        for r in rows_of(reading, "licensing_activity")
    ]


def in_force(reading: Reading) -> list[tuple[Any, ...]]:
    rows = rows_of(reading, "licensing_stock")
    return [(r["cell"], r["licence_family_name"], r["in_force_on"], r["n_in_force"]) for r in rows]


def test_the_good_return_is_read_cell_by_cell(tmp_path: Path) -> None:
    reading = read(good(), tmp_path)
    accepts_whole(reading)
    assert reading.as_at == date(2021, 7, 10)
    assert counts_of(reading) == [("In force at 31 March", 2, 2, 0, {}), ("Monthly activity", 6, 6, 0, {})]
    premises = "Licensing Act 2003 premises"
    expected = [
        (premises, "Received", None, (4, 5, 6)),
        (premises, "Inspected", "Pro-active", (3, 0, 1)),
        (premises, "Inspected", "Reactive", (0, 1, 0)),
        ("Street trading", "Issued", None, (2, 1, 3)),
        ("Street trading", "Issued within 14 days", None, (2, 1, 2)),
        ("Temporary event notices", "Notices dealt with", None, (20, 31, 1044)),
    ]
    months = ("2021-04", "2021-05", "2021-06")
    assert told(reading) == [
        (f"{letter}{row}", family, activity, prompted, month, n)
        for row, (family, activity, prompted, numbers) in enumerate(expected, 5)
        for letter, month, n in zip("DEF", months, numbers, strict=True)
    ]
    first = rows_of(reading, "licensing_activity")[0]
    assert (first["licensing_month_from"], first["licensing_month_to"]) == (date(2021, 4, 1), date(2021, 4, 30))
    assert in_force(reading) == [
        ("B5", "Scrap metal", date(2020, 3, 31), 22),
        ("C5", "Scrap metal", date(2021, 3, 31), 20),
        ("B6", "Personal licences", date(2020, 3, 31), 1561),
        ("C6", "Personal licences", date(2021, 3, 31), 1580),
    ]


def test_the_layout_to_april_2021_does_not_tell_inspections_apart(tmp_path: Path) -> None:
    rows: Rows = [
        ["gambling", "INSPECTIONS", 2, "1,041", 0, 1043],
        [],
        ["Street trading", "Granted", 1, 0, 2, 3],
        ["Total", None, 3, 1041, 2],
        ["Note: within 14 days is of a full application"],
    ]
    months = [datetime(2019, 4, 1), datetime(2019, 5, 1), "June 2019"]  # noqa: DTZ001
    headings = ["Licence type", "Activity", *months, "Total"]
    reading = read(to_2021(rows, [["Scrap metal", 24], ["Total licences", 24]], headings), tmp_path)
    accepts_whole(reading)
    ignored = {"note under the table": 1, "totals row": 1}
    assert counts_of(reading) == [
        ("Licences in force", 2, 1, 0, {"totals row": 1}),
        ("Licensing activity", 4, 2, 0, ignored),
    ]
    assert told(reading) == [
        ("C5", "Gambling Act 2005", "Inspected", None, "2019-04", 2),
        ("D5", "Gambling Act 2005", "Inspected", None, "2019-05", 1041),
        ("E5", "Gambling Act 2005", "Inspected", None, "2019-06", 0),
        ("C7", "Street trading", "Issued", None, "2019-04", 1),
        ("D7", "Street trading", "Issued", None, "2019-05", 0),
        ("E7", "Street trading", "Issued", None, "2019-06", 2),
    ]
    assert in_force(reading) == [("B5", "Scrap metal", date(2019, 3, 31), 24)]


@pytest.mark.parametrize("spelling", [0, 1, 2])
def test_every_family_and_activity_is_read_under_every_spelling(spelling: int, tmp_path: Path) -> None:
    def say(listed: dict[str, tuple[str, ...]], name: str) -> str:
        return (name, *listed[name])[min(spelling, len(listed[name]))]

    rows: Rows = [[say(FAMILIES, family), say(ACTIVITIES, "Received"), 1] for family in FAMILIES]
    for activity in [*list(ACTIVITIES)[2:], "Inspected"]:
        family = "Temporary event notices" if "Notices" in activity else "Street trading"
        rows.append([say(FAMILIES, family), say(ACTIVITIES, activity), 0])
    reading = read(to_2021(rows, [["Gambling", 1]], ["Licence type", "Activity", "April 2019"]), tmp_path)
    accepts_whole(reading)
    typed = rows_of(reading, "licensing_activity")
    assert {r["licence_family_name"] for r in typed} == set(FAMILIES)
    assert {r["licensing_activity_name"] for r in typed} == set(ACTIVITIES)


def test_months_that_are_not_over_may_stand_blank(tmp_path: Path) -> None:
    reading = read(
        returned([["Scrap metal", "Issued", None, 1, None]], headings=[*HEADINGS[:3], "Jun 2021", "Jul 2021"]), tmp_path
    )
    accepts_whole(reading)
    assert [r["n_licensing"] for r in rows_of(reading, "licensing_activity")] == [1, None]


def test_months_before_april_2021_may_be_put_right_in_the_new_layout(tmp_path: Path) -> None:
    """In one row, as they were first told, so that the new number replaces the old one; the others stay blank."""
    rows: Rows = [
        ["Gambling", "Inspected", None, 2],
        ["Gambling", "Inspected", "Pro-active", None, 1],
        ["Gambling", "Inspected", "Reactive", None, 0],
    ]
    reading = read(returned(rows, headings=[*HEADINGS[:3], "March 2021", "April 2021"]), tmp_path)
    accepts_whole(reading)
    assert [(*row[3:5], row[5]) for row in told(reading) if row[5] is not None] == [
        (None, "2021-03", 2),
        ("Pro-active", "2021-04", 1),
        ("Reactive", "2021-04", 0),
    ]


def bad() -> dict[str, Rows]:
    return returned(
        [
            ["Sex establishments", "Issued", None, 1, 1, 1],
            [None, "Issued", None, 1, 1, 1],
            ["Scrap metal", "Looked at", None, 1, 1, 1],
            ["Scrap metal", None, None, 1, 1, 1],
            ["Scrap metal", "Inspected", "By chance", 1, 1, 1],
            ["Scrap metal", "Refused", None, "two", -1, 1.5],
            ["Scrap metal", "Received", None, "#REF!", "=A1", 1],
            ["TENs", "Issued", None, 1, 1, 1],
            ["Personal licences", "Inspected", "Reactive", 0, 0, 0],
            ["Street trading", "Issued", "Reactive", 4, 4, 4],
            ["Street trading", "Inspected", None, 1, 0, 2],
            ["Gambling", "Issued", None, 1, None, 2],
            ["Animal welfare", "Granted", None, 3, 3, 3],
            ["Animal welfare", "Granted within 14 days", None, 3, 4, 0],
            ["PH operators", "Refused", None, 1, 1, 1],
            ["Private hire operators", "Refused", None, 1, 1, 1],
            ["Overall", None, None, 1, 1, 1],
            ["Gambling", "Refused", None, 0, 0, 0],
        ],
        [
            ["Sex establishments", 1, 1],
            ["Scrap metal", None, "many"],
            ["Temporary event notices", 1, 1],
            ["Street trading", 19, 20],
            ["Street trading consents", 19, 20],
            ["Gambling", 112, 109],
        ],
    )


def bad_days() -> dict[str, Rows]:
    """A month and a 31 March that were not over, and months before inspections were told apart."""
    book = returned(
        [["Gambling", "Issued", None, 4, 5], ["Gambling", "Inspected", "Pro-active", 1, None]],
        headings=[*HEADINGS[:3], "Mar 2021", "Jul 2021"],
    )
    book["In force at 31 March"][3:] = [["Family of licences", "31 March 2022"], ["Scrap metal", 19], ["Gambling", 107]]
    return book


def use(words: Collection[str], name: str) -> str:
    more = f" and {len(words) - 6} more" if len(words) > 6 else ""
    return f"Use one of: {', '.join([*words][:6])}{more}. If it is a new spelling, add it to the aliases of {name}."


def test_a_bad_return_is_told_cell_by_cell(tmp_path: Path) -> None:
    reading = read(bad(), tmp_path)
    use_family, use_activity = use(FAMILIES, "licence_family_name"), use(ACTIVITIES, "licensing_activity_name")
    assert reading.sentences() == [
        f'{IN_FORCE} A5 — another {WORD} "Family of licences". {use_family}',
        f'{IN_FORCE} B6 — blank {NUMBER} "31 March 2020". {DIGITS}',
        f'{IN_FORCE} C6 — "many" {NUMBER} "31 March 2021". {DIGITS}',
        f"{IN_FORCE} A7 — a notice is no licence, so none is in force. Delete the row.",
        f'{IN_FORCE}s A8, A9 — the same "Family of licences" stands in more than one row. '
        "Keep the row that is right and delete the others.",
        f'{ACTIVITY} A5 — another {WORD} "Family". {use_family}',
        f'{ACTIVITY} A6 — blank {WORD[5:]} "Family". {use_family}',
        f'{ACTIVITY} B7 — another {WORD} "What was done". {use_activity}',
        f'{ACTIVITY} B8 — blank {WORD[5:]} "What was done". {use_activity}',
        f'{ACTIVITY} C9 — another {WORD} "How prompted". {use(PROMPTS, "how_prompted")}',
        f'{ACTIVITY}s D10, E10, F10 — "two", "-1", "1.5" {NUMBER} "Apr 2021", "May 2021" and "Jun 2021". {DIGITS}',
        f'{ACTIVITY} D11 — the error #REF! {NUMBER} "Apr 2021". Correct the formula, or type the value itself.',
        f'{ACTIVITY} E11 — a formula without its value {NUMBER} "May 2021". '
        "Open the file in Excel, let it calculate, save it and send that.",
        f"{ACTIVITY}s A12, B12, A13, B13 — the family of licences has no such activity. "
        "Delete the row, or name the family or the activity that is meant.",
        f"{ACTIVITY} C14 — how it was prompted is told of inspections only. Leave the cell blank.",
        f"{ACTIVITY} B15 — what prompted the inspections is not told. {TWO_ROWS}",
        f"{ACTIVITY} E16 — a month that is over has no number. Enter it, and 0 where there was nothing.",
        f"{ACTIVITY} E18 — more were issued within 14 days than were issued. Correct the number that is wrong.",
        f'{ACTIVITY}s A19, B19, C19, A20, B20, C20 — the same "Family", "What was done" and "How prompted" stand in '
        "more than one row. Keep the row that is right and delete the others.",
        f"{ACTIVITY} A21 — a row of totals stands among the data. Delete the row; totals are worked out here.",
    ]
    assert counts_of(reading) == [("In force at 31 March", 6, 1, 5, {}), ("Monthly activity", 18, 2, 16, {})]
    assert [(number, cells, rule) for _, number, cells, rule in quarantine_of(reading)] == [
        (5, "A5", UNREADABLE),
        (6, "B6, C6", BLANK),
        (7, "A7", "notices in force"),
        (8, "A8", "more than once"),
        (9, "A9", "more than once"),
        (5, "A5", UNREADABLE),
        (6, "A6", BLANK),
        (7, "B7", UNREADABLE),
        (8, "B8", BLANK),
        (9, "C9", UNREADABLE),
        (10, "D10, E10, F10", UNREADABLE),
        (11, "D11, E11", "spreadsheet error #REF!"),
        (12, "A12, B12", "activity of another family"),
        (13, "A13, B13", "activity of another family"),
        (14, "C14", "prompt of no inspection"),
        (15, "B15", "inspection without its prompt"),
        (16, "E16", "no number for a month"),
        (18, "E18", "more in time than issued"),
        (19, "A19, B19, C19", "more than once"),
        (20, "A20, B20, C20", "more than once"),
        (21, "A21", "totals row"),
    ]
    assert {r["row_number"] for r in rows_of(reading, "licensing_activity")} == {17, 22}
    assert {r["row_number"] for r in rows_of(reading, "licensing_stock")} == {10}


def test_days_and_months_that_cannot_be_told_are_not_taken(tmp_path: Path) -> None:
    reading = read(bad_days(), tmp_path)
    assert reading.sentences() == [
        f"{IN_FORCE}s B5, B6 — the day lies after that of the return. "
        "Delete the column; it comes with the return made after the day.",
        f"{ACTIVITY} E5 — the month was not over on the day of the return. "
        "Leave the cell blank; the month comes with the next return.",
        f"{ACTIVITY} C6 — inspections before April 2021 are not told apart by what prompted them. "
        "Send those months in one row, with this cell blank.",
    ]
    assert (reading.n_accepted, reading.n_quarantined) == (0, 4)


def test_a_return_without_the_column_of_prompts_loads_no_inspection(tmp_path: Path) -> None:
    rows: Rows = [["Scrap metal", "Issued", 1, 2, 3], ["Scrap metal", "Inspected", 1, 0, 0]]
    reading = read(returned(rows, headings=["Family", "What was done", *MONTHS]), tmp_path)
    assert reading.sentences() == [f"{ACTIVITY} B6 — what prompted the inspections is not told. {TWO_ROWS}"]
    assert {row[2] for row in told(reading)} == {"Issued"}


@pytest.mark.parametrize("sheet", ["Monthly activity", "In force at 31 March"])
def test_a_return_without_one_of_its_sheets_is_refused(sheet: str, tmp_path: Path) -> None:
    reading = read({name: rows for name, rows in good().items() if name != sheet}, tmp_path)
    assert reading.is_refused
    assert f'there is no sheet named "{sheet}" that holds rows' in reading.sentences()[0]


def test_every_declared_rule_is_broken_here(tmp_path: Path) -> None:
    found = [finding for book in (bad(), bad_days()) for finding in read(book, tmp_path).findings]
    rules = {rule.rule for table in source_named(SOURCE).tables for rule in table.rules}
    assert {f.rule: f.severity for f in found if f.rule in rules} == dict.fromkeys(rules, Severity.QUARANTINED)
