"""The three exports from Pentana: read cell by cell, told cell by cell where they are wrong, under any headings.

A workbook and a CSV in either encoding give the same rows, for any quarter and year, in any order of columns.
"""

import csv
import io
import random
from datetime import date
from pathlib import Path
from typing import Any

import good_pentana_actions as actions
import good_pentana_indicators as indicators
import good_pentana_risks as risks
import pytest
import returns
from makers import counts_of, quarantine_of, read, rows_of, save_book

from cs_pipeline.declare.kinds import KINDS
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.notes import plain_note
from cs_pipeline.words.posts import A_PERSON, post_or_person

Rows = list[list[Any]]


def taken(source: str, book: dict[str, Rows], folder: Path) -> Reading:
    return read(source, returns.save(source, book, folder), folder)


def stated(reading: Reading) -> list[tuple[Any, ...]]:
    """(code, measure, period, printed, number) of every cell with something in it, whatever the order of columns."""
    rows = rows_of(reading, "pentana_indicators")
    told = [(r["indicator_code"], r["pi_measure"], r["stated_period"], r["printed"], r["printed_value"]) for r in rows]
    return sorted((row for row in told if row[3] is not None), key=str)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("<p>On&nbsp;track &amp; well.</p><p>Next: May</p>", "On track & well. Next: May"),
        ("<ul><li>New</li><li>Backlog</li></ul>", "New Backlog"),
        ("Up by <b>5</b>% since\r\nMay", "Up by 5% since May"),
        ("a<script>alert(1)</script>b <!-- said to nobody -->", "a b"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("Ask 0115 496 0733 or x.y@broxtowe.gov.uk", "Ask [removed] or [removed]"),
        ("Mrs O'Neil of NG9 1AB wrote", "[removed] of [removed] wrote"),
        ("<br/> &nbsp;", None),
    ],
)
def test_a_note_is_read_as_plain_words_and_leads_to_nobody(typed: str, said: str | None) -> None:
    assert plain_note(typed) == said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Senior Communities Officer", True),
        ("Chief Environmental Health Officer; Licensing Manager", True),
        ("Head of Anti-Social Behaviour Team", True),
        ("J Smith", False),
        ("Jane Smith, Communities Officer", False),
        ("-", False),
    ],
)
def test_a_post_is_kept_and_a_person_is_not(typed: str, kept: bool) -> None:
    assert post_or_person(typed) == (typed if kept else A_PERSON)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("ComS_011 ASB incidents", ("ComS_011", "ASB incidents")),
        ("coms_12D - Closed", ("ComS_012d", "Closed")),
        ("ComS_24: Re-referred, %", ("ComS_024", "Re-referred, %")),
        ("ComS_0110", ("ComS_0110", None)),
        ("HSLocal_06 Rent arrears", ("HSLocal_06", "Rent arrears")),
        ("ASB incidents", None),
        ("A_code_far_too_long_12345", None),
    ],
)
def test_a_code_stands_alone_or_before_its_name(typed: str, read_as: tuple[str, str | None] | None) -> None:
    values = KINDS["coded_name"].read(typed)
    assert (values and (values[0], values[2])) == read_as


# ---------------------------------------------------------------- indicators


def test_a_good_export_of_indicators_is_read_cell_by_cell(tmp_path: Path) -> None:
    reading = taken("pentana_indicators", indicators.good(), tmp_path)
    assert (reading.sentences(), quarantine_of(reading)) == ([], [])
    assert reading.as_at == date(2019, 7, 28)
    assert counts_of(reading) == [("PI Report", 3, 3, 0, {})]
    assert stated(reading) == sorted(
        [
            ("ComS_011", "Value", "Q1 2019/20", "409", 409.0),
            ("ComS_011", "Target", "Q1 2019/20", "500", 500.0),
            ("ComS_011", "Status", "Q1 2019/20", "Green", None),
            ("ComS_011", "Value", "2018/19", "1,612", 1612.0),
            ("ComS_011", "Target", "2018/19", "N/A", None),
            ("ComS_011", "Status", "2018/19", "Data only", None),
            ("ComS_012d", "Value", "Q1 2019/20", "82.00%", 82.0),
            ("ComS_012d", "Target", "Q1 2019/20", "80%", 80.0),
            ("ComS_012d", "Status", "Q1 2019/20", "Green", None),
            ("ComS_012d", "Value", "2018/19", "79%", 79.0),
            ("ComS_012d", "Status", "2018/19", "Data only", None),
            ("ComS_066", "Value", "Q1 2019/20", "?", None),
            ("ComS_066", "Target", "Q1 2019/20", "12", 12.0),
            ("ComS_066", "Status", "Q1 2019/20", "Unknown", None),
            ("ComS_066", "Value", "2018/19", "42", 42.0),
            ("ComS_066", "Status", "2018/19", "Data only", None),
        ],
        key=str,
    )
    (row,) = (r for r in rows_of(reading, "pentana_indicators") if r["cell"] == "C5")
    assert (row["pi_name"], row["latest_note"]) == ("ASB incidents", "Fewer & fewer.")
    assert (row["stated_period_from"], row["stated_period_to"]) == (date(2019, 4, 1), date(2019, 6, 30))


def test_the_later_export_has_code_and_name_in_one_column_and_former_codes_are_known(tmp_path: Path) -> None:
    titles = [["Performance"], ["Generated on: 26 October 2021"], []]
    rows = [["CS_DA03 Re-referred", "14.5%", "Red"], ["ComS_041 - Complaints", 55, "Data only"]]
    book = {"PI Export": [*titles, ["PI Code & Short Name", "Q2 2021/22 Value", "Q2 2021/22 Status"], *rows]}
    reading = taken("pentana_indicators", book, tmp_path)
    assert (reading.sentences(), quarantine_of(reading)) == ([], [])
    typed = [r for r in rows_of(reading, "pentana_indicators") if r["pi_measure"] == "Value"]
    assert [(r["indicator_code"], r["indicator_code_printed"], r["indicator_code_name"]) for r in typed] == [
        ("ComS_024", "CS_DA03 Re-referred", "Re-referred"),
        ("ComS_041", "ComS_041 - Complaints", "Complaints"),
    ]


def test_a_bad_export_of_indicators_is_told_cell_by_cell(tmp_path: Path) -> None:
    book = indicators.good()
    rows = book["PI Report"]
    rows.append(["no code", "Nothing", 1, 2, "Green"])
    rows.append(["ComS_038", "Inspections", "about ten", 2, "Green"])
    rows.append(["ComS_039", "Re-inspections", "Green", 2, "Green"])
    rows.append(["ComS_040", "Warned", 7, 2, "12"])
    rows.append(["ComS_041", "Complaints", 7, 2, "Purple"])
    rows.append(["ComS_042", "Notified", "#REF!", 2, "Green"])
    rows.append([None, "Nobody's", 7, 2, "Green"])
    rows += [["ComS_043", "Inspected", 7, 2, "Green"], ["ComS_043", "Inspected", 8, 2, "Green"]]
    reading = taken("pentana_indicators", book, tmp_path)
    said = reading.sentences()
    assert [row[1] for row in quarantine_of(reading)] == [8, 9, 10, 11, 12, 13, 14, 15, 16]
    code = 'where a code of a performance indicator, alone or before its name, is needed under "PI Code". '
    code += "Write it as Pentana does, for example ComS_011."
    figure = "where a figure, or a mark that says why there is none, is needed under"
    assert said == [
        f'Pentana indicators, file "PI export 2019-20 Q1.xlsx", sheet "PI Report", {words}'
        for words in (
            f'cell A8 — "no code" {code}',
            f'cells C9, E12 — text {figure} "Q1 2019/20 Value" and "Q1 2019/20 Status". '
            "Enter digits, for example 1,500 or 14%, or a dash where there is no figure.",
            "cell C10 — a status stands where a figure is needed. "
            "Check that the columns of the export were not moved against their headings.",
            "cell E11 — a number stands where Pentana's status is needed. "
            "Use one of: Green, Amber, Red, Data only, Unknown.",
            f'cell C13 — the error #REF! {figure} "Q1 2019/20 Value". Correct the formula, or type the value itself.',
            f"cell A14 — blank {code}",
            'cells A15, A16 — the same "PI Code" stands in more than one row, with different contents. '
            "Keep the row that is right and delete the others.",
        )
    ]


# ---------------------------------------------------------------- headings that nobody has seen yet


def invent(rng: random.Random) -> tuple[list[str], Rows]:
    """Headings and rows of an export: quarters, months and years to 2030, in any order."""
    years = sorted(rng.sample(range(2019, 2031), 3))
    periods = [f"Q{rng.randint(1, 4)} {y}/{(y + 1) % 100:02d}" for y in years]
    periods += [f"{y}/{(y + 1) % 100:02d}" for y in rng.sample(years, 2)]
    periods += [f"{rng.choice(['November', 'March', 'Sept'])} {years[0]}"]
    columns = [f"{period} {measure}" for period in periods for measure in ("Value", "Target", "Status")]
    values = {"Value": ["1,204", "17", "82%", "82.00%", "N/A", "?", "-", "0"], "Target": ["90%", "12", "N/A"],
              "Status": ["Green", "Amber", "Red", "Data only", "Unknown"]}  # fmt: skip
    rows = [
        [f"ComS_{number:03d}", "Name – with a dash", *(rng.choice(values[c.rsplit(" ", 1)[1]]) for c in columns)]
        for number in rng.sample(range(1, 99), 6)
    ]
    return columns, rows


def shown(columns: list[str], rows: Rows, rng: random.Random, *, is_joined: bool) -> Rows:
    """The same export otherwise: shuffled columns, more of them, code and name joined or apart."""
    extra = rng.sample(["Managed By", "Short Trend", "Long Trend", "Last Update", "Gauge Format Type"], 3)
    order = [*range(2, 2 + len(columns)), *range(-len(extra), 0)]
    rng.shuffle(order)
    headings = ["PI Code & Short Name"] if is_joined else ["PI Code", "Short Name"]
    wide = [[*row, *("Performance team" for _ in extra)] for row in rows]
    named = ["", "", *columns, *extra]
    laid = [[f"{row[0]} {row[1]}"] if is_joined else row[:2] for row in wide]
    return [
        [*headings, *(named[n] for n in order)],
        *([*label, *(row[n] for n in order)] for label, row in zip(laid, wide, strict=True)),
    ]


def export(table: Rows, form: str, folder: Path) -> Path:
    """In the layout that has the code and the name as the table has them: apart in 2020, joined in 2030."""
    made, sheet = (2030, "PI Export") if table[0][0].endswith("Short Name") else (2020, "PI Report")
    titles: Rows = [["Performance indicators"], [f"Generated on 28 January {made}"], ["Synthetic"]]
    path = folder / f"PI export.{'xlsx' if form == 'xlsx' else 'csv'}"
    if form == "xlsx":
        save_book(path, {sheet: [*titles, [], *table]})
    else:
        written = io.StringIO()
        csv.writer(written).writerows([*titles, *table])
        path.write_bytes(written.getvalue().encode(form))
    return path


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(n, marks=pytest.mark.proof) for n in range(6, 60))])
def test_an_export_under_headings_that_nobody_has_seen_loads_equal(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 - an export to repeat
    columns, rows = invent(rng)
    wanted = sorted(
        (
            (row[0], *reversed(column.rsplit(" ", 1)), text)
            for row in rows
            for column, text in zip(columns, row[2:], strict=True)
        ),
        key=str,
    )
    for number, form in enumerate(("xlsx", "cp1252", "utf-8-sig")):
        folder = tmp_path / str(number)
        folder.mkdir()
        table = shown(columns, rows, rng, is_joined=bool(rng.getrandbits(1)))
        reading = read("pentana_indicators", export(table, form, folder), folder)
        assert (reading.sentences(), quarantine_of(reading)) == ([], [])
        assert [row[:4] for row in stated(reading)] == wanted, form


# ---------------------------------------------------------------- actions and risks


def test_a_good_export_of_actions_is_read_and_a_code_may_stand_twice(tmp_path: Path) -> None:
    reading = taken("pentana_actions", actions.good(), tmp_path)
    assert (reading.sentences(), quarantine_of(reading)) == ([], [])
    told = [
        (r["action_code"], r["action_status"], r["progress_pct"], r["assigned_to"], r["latest_note"])
        for r in rows_of(reading, "pentana_actions")
    ]
    assert told == [
        ("COMS1920_01", "In Progress", 40.0, "Senior Communities Officer", "Draft out. Reply by May."),
        ("COMS1920_02", "Completed", 100.0, "Chief Environmental Health Officer", None),
        ("COMS1920_02", "Assigned", 0.0, None, None),
    ]


def test_a_bad_export_of_actions_is_told_cell_by_cell(tmp_path: Path) -> None:
    book = actions.good()
    due, later = actions.DUE, date(2020, 6, 30)
    book["Actions"] += [
        ["COMS_1", "Plan", "In Progress", "40%", due, due, "Licensing Manager", None],
        ["COMS1920_04", "Plan", "Doing", "40%", due, due, None, None],
        ["COMS1920_05", "Plan", "In Progress", "140%", due, due, None, None],
        ["COMS1920_06", "Plan", "In Progress", "40%", "soon", due, None, None],
        ["COMS1920_07", "Plan", "Completed", "90%", due, due, "Zebedee Quillfeather", None],
        ["COMS1920_08", "Plan", "In Progress", "90%", due, later, None, "Ring 07700 900417"],
    ]
    reading = taken("pentana_actions", book, tmp_path)
    assert [row[1] for row in quarantine_of(reading)] == [8, 9, 10, 11]
    said = "\n".join(reading.sentences())
    for words in (
        'A8', 'Write it as in COMS2324_01.', "C9", "Use one of: Unassigned, Assigned, In Progress", "D10",
        "a percentage from 0 to 100", "E11", "a date, its day first,", "12", "completed and its progress is under 100%",
        "before the day on which it was first due",
    ):  # fmt: skip
        assert words in said, (words, said)
    kept = {r["action_code"]: r for r in rows_of(reading, "pentana_actions")}
    assert kept["COMS1920_07"]["assigned_to"] == A_PERSON
    assert kept["COMS1920_08"]["latest_note"] == "Ring [removed]"


def test_risks_are_read_and_a_bad_one_is_told(tmp_path: Path) -> None:
    book = risks.good()
    reading = taken("pentana_risks", book, tmp_path)
    assert (reading.sentences(), quarantine_of(reading)) == ([], [])
    told = [(r["risk_code"], r["risk_score"], r["risk_status"]) for r in rows_of(reading, "pentana_risks")]
    assert told == [("COMS_R01", 9, "Amber"), ("COMS_R02", 4, "Green"), ("COMS_R03", 16, "Red")]
    book["Risks"] += [
        ["R9", "Flood", 9, "Amber", None],
        ["COMS_R05", "Flood", 26, "Amber", None],
        ["COMS_R06", "Flood", 9, "Amber", "see plan"],
        ["COMS_R02", "No food plan", 6, "Amber", None],
    ]
    reading = taken("pentana_risks", book, tmp_path)
    assert [row[1] for row in quarantine_of(reading)] == [6, 8, 9, 10, 11]
    assert any("a whole number from 1 to 25" in sentence for sentence in reading.sentences())
