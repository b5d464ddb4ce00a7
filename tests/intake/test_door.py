"""The door: a return of counts with a column about persons is turned away whole, and nothing of it is told or kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import makers
import pytest
import returns
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from returns import Book
from worlds import longer

from cs_pipeline.declare.registry import all_sources, source_named
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.door import TurnedAway, turn_away_people
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.findings import column_letter
from cs_pipeline.words.harmless import is_harmless
from cs_pipeline.words.settings import PROJECT

GUARDED = tuple(source.name for source in all_sources() if source.counts_only)
EARLY = ("marac", "police_crime", "enforcement_register")
OF_MANY_CASES = [name if name in EARLY else longer(name) for name in GUARDED]  # for tests that try many
REMEDY = "Send counts only: delete what is about persons, and the file from the folder."
FIRST_HEADINGS = {
    rows[returns.heading_at(source, rows)][0] for source in GUARDED for rows in returns.good(source).values()
}

HEADINGS = [
    "Name", "Full name", "Victim name", "Name of victim", "first_name", "Forenames", "Surname", "SURNAME", "Sur-name",
    "Initials", "DOB", "D.O.B.", "Date of birth", "Year of birth", "Born", "Address", "Home address", "Street",
    "Postcode", "Post code", "House no", "House name", "UPRN", "Telephone", "Telephone number", "Phone", "Tel",
    "Tel no", "Mobile", "E-mail", "Email address", "Contact", "Case reference", "Case ref", "Ref", "Reference",
    "References",
    "Case no", "Crime number", "Incident No", "Occurrence number", "ID", "URN", "NHS number", "NHS No.", "NI number",
    "NINO", "National Insurance number", "National Insurance", "Narrative", "Comments", "Comment", "Notes", "Details",
    "Case details", "Description", "Circumstances", "Summary", "Background", "Remarks", "Free text", "Victim",
    "Perpetrator", "Suspects", "The tenant", "Client", "Jane Citizen", "Citizen", "Key worker", "Age", "Gender",
    "Ethnicity", "Occupation", "School", "GP surgery", "Partner", "Alias",
]  # fmt: skip
VALUES: list[Any] = [
    "Jane Citizen", "CITIZEN, J.", "J. Citizen", "Mrs A Nother", "O'Neill", "de Souza", "JC", "J.C.", "Jo Li", "F", "M",
    "female 34", "Citizen-Smith",
    "0115 496 0123", "01154960123", "07700 900123", "+44 7700 900123", "+447700900123", "1154960123",
    "NG9 1AB", "NG91AB", "ng9 1ab", "flat at NG9 1AB", "AB 12 34 56 C", "QQ123456A", "943 476 5919", 9434765919,
    "jane@example.org", "EH/19/00123", "HSG-2019-0045", "P-0031", "NP-20190401-0012", "19/0001234", "CR123456",
    "02/01/1980", date(1980, 1, 2), "1980-01-02", "2nd January 1980", "2 Jan 80", "January 2, 1980", "2/1/80",
    "02.01.1980", "29/02/2008", date(2014, 12, 31), "31-12-2014", "seen 02/01/1954", "31/12/1999 00:00",
    "1 High Street, Beeston", "12 Acacia Avenue", "the neighbour at number 12 was seen again",
    "Victim moved to Derby after the last meeting and asked for no contact", "x" * 201, "see file 4711 / Citizen",
]  # fmt: skip
# Names that differ from a word of ours by a letter: Jane and Jan, Wright and right, Marsh and March.
LIKE_WORDS = (
    "Bates", "Banks", "Black", "Booth", "Frost", "Gates", "Gray", "Hall", "Jane", "Jean", "Mark", "Marsh", "Mary",
    "Pearson", "Rowe", "Theo", "Weeks", "Woods", "Wright", "Yates",
)  # fmt: skip
HARMLESS: list[tuple[str | None, list[Any]]] = [
    ("Total", [15, 111]),
    ("Grand total", [15, None]),
    ("Change on last year", ["5%", "-3%"]),
    ("Change on last year", [0.05, -0.125]),
    ("% change", ["+5.2%", "n/a"]),
    ("% change", ["#DIV/0!", "#N/A"]),
    ("Difference", ["=B8-C8", "#REF!"]),
    ("Previous year", [11, "1,200"]),
    ("Same quarter last year", [11, "12,345"]),
    ("Year to date", [15, 1234567]),
    ("Number of cases", [1, 2]),
    ("Number of victims", [0, 12]),
    ("No. of offenders", [0, 12]),
    ("No.", [1, 2]),
    ("Number", [1, 2]),
    ("Rank", [1, 2]),
    ("Rate per 1,000", [1.5, 2.25]),
    ("Rate per 1,000 population", ["1.50", "-"]),
    ("Repeat rate", ["14%", "[c]"]),
    ("Difference", [1, -2]),
    ("Target", [100, "95%"]),
    ("Detected", [3, 4]),
    ("Positive outcomes", [1, 0]),
    ("Outcome rate", ["5%", "6.1%"]),
    ("Female victims", [4, 2]),
    ("Adult male victims", [4, 2]),
    ("High risk", [4, 2]),
    ("Referrals refused", [0, 1]),
    ("Trend", ["▲", "▼"]),
    ("Trend", ["up", "down"]),
    ("Status", ["Provisional", "final"]),
    ("Served", ["Yes", "No"]),
    ("Served", ["Y", "n/a"]),
    ("Rate", ["[c]", "[x]"]),
    ("Quarter", ["Q1 2019/20", "2019/20 Q1"]),
    ("Financial year", ["2019/20", "2019/20"]),
    ("Month", ["Apr 2019", "May 2019"]),
    ("Last updated", ["14/07/2019", date(2019, 7, 14)]),
    ("Expiry date", ["11/10/2019", "2019-10-11"]),
    ("Cost", ["£1,200", "£85.50"]),
    (None, [15, 111]),
    (None, ["Total", None]),
    (None, ["12/04/2019", "-"]),
]


def with_column(source: str, book: Book, heading: Any, values: list[Any], above: Any = None) -> str:
    """One more column on the first sheet, right of all others; its letter."""
    rows = next(iter(book.values()))
    at, width = returns.heading_at(source, rows), max(map(len, rows))
    column = {at - 1: above, at: heading}
    column |= {at + 1 + n: values[n % len(values)] for n in range(len(rows) - at - 1)}
    for n, value in column.items():
        if value is not None:
            rows[n] = [*rows[n], *[None] * (width - len(rows[n])), value]
    return column_letter(width + 1)


def n_rows(book: Book) -> int:
    """Rows with something in them: under the headings, or all of a sheet without any."""
    count = 0
    for rows in book.values():
        starts = [n + 1 for n, row in enumerate(rows) if row and row[0] in FIRST_HEADINGS]
        count += sum(any(cell is not None for cell in row) for row in rows[starts[0] if starts else 0 :])
    return count


def read(source: str, book: Book, folder: Path, spoil: Callable[[Workbook], None] | None = None) -> Reading:
    path = returns.save(source, book, folder)
    if spoil:
        workbook = load_workbook(path)
        spoil(workbook)
        workbook.save(path)
    return makers.read(source, path, folder)


def is_turned_away(reading: Reading, source: str, rows: int, column: str, *planted: Any) -> None:
    """Refused with its one sentence, which names neither file, sheet, heading nor value; nothing else is in it."""
    counted = "1 row" if rows == 1 else f"{rows} rows"
    title = source_named(source).title
    assert reading.sentences() == [
        f"{title} — refused, {counted}, personal data in {column}; nothing of the file was kept. {REMEDY}"
    ]
    assert (reading.may_be_kept, reading.n_turned_away, reading.is_refused) == (False, rows, True)
    assert (reading.counts, reading.quarantined, reading.rows, reading.corrected) == ([], [], {}, [])
    told = repr(reading)
    assert not [text for text in planted if len(str(text)) > 4 and str(text) in told.replace(title, "")]


# ---------------------------------------------------------------- what is turned away


@pytest.mark.parametrize("source", OF_MANY_CASES)
def test_a_heading_about_persons_turns_the_delivery_away_whatever_stands_under_it(source: str, tmp_path: Path) -> None:
    for n, heading in enumerate(HEADINGS):
        book = returns.good(source)
        letter = with_column(source, book, heading, [1, 2] if n % 2 else [None])
        reading = read(source, book, tmp_path)
        assert not reading.may_be_kept, heading
        is_turned_away(reading, source, n_rows(book), f"column {letter}", heading)
    assert not list(tmp_path.glob("delivery*"))


@pytest.mark.parametrize("source", OF_MANY_CASES)
@pytest.mark.parametrize("heading", ["Number", None])
def test_a_value_about_somebody_turns_the_delivery_away_whatever_heads_it(
    source: str, heading: str | None, tmp_path: Path
) -> None:
    for value in VALUES:
        book = returns.good(source)
        letter = with_column(source, book, heading, [value] if heading is None else [1, value])
        reading = read(source, book, tmp_path)
        assert not reading.may_be_kept, value
        is_turned_away(reading, source, n_rows(book), f"column {letter}", value)


@pytest.mark.parametrize("source", OF_MANY_CASES)
def test_a_name_that_is_like_a_word_turns_the_delivery_away(source: str, tmp_path: Path) -> None:
    for name in LIKE_WORDS:
        book = returns.good(source)
        letter = with_column(source, book, "Number", [1, name])
        is_turned_away(read(source, book, tmp_path), source, n_rows(book), f"column {letter}", name)


@pytest.mark.parametrize("source", GUARDED)
def test_a_value_about_somebody_in_the_last_of_many_rows_is_found(source: str, tmp_path: Path) -> None:
    book = returns.good(source)
    next(iter(book.values())).extend([[]] * 30 + [[None] * 30 + ["Jane Citizen"]])
    is_turned_away(read(source, book, tmp_path), source, n_rows(book), "column AE", "Jane Citizen")


PERSONS: makers.Rows = [["Jane Citizen", "02/01/1980"], ["J. Nother", "03/01/1980"]]


@pytest.mark.parametrize("source", OF_MANY_CASES)
@pytest.mark.parametrize("name", ["Sheet9", "Jane Citizen", "Q3 2019-20"])
@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_persons_on_another_sheet_turn_the_delivery_away(source: str, name: str, state: str, tmp_path: Path) -> None:
    for rows in (PERSONS, [["Name", "DOB"], *PERSONS], [["List"], [], ["Surname", "Born"], [1, 2]]):
        book = returns.good(source) | {name: rows}

        def hide(workbook: Workbook) -> None:
            workbook[name].sheet_state = state

        reading = read(source, book, tmp_path, hide)
        is_turned_away(reading, source, n_rows(book), "columns A and B", name, "Jane Citizen")


@pytest.mark.parametrize("source", GUARDED)
def test_a_hidden_column_or_row_is_looked_at_too(source: str, tmp_path: Path) -> None:
    book = returns.good(source)
    letter = with_column(source, book, "Period", ["Jane Citizen", 1])
    sheet = next(iter(book))

    def hide(workbook: Workbook) -> None:
        workbook[sheet].column_dimensions[letter].hidden = True
        workbook[sheet].row_dimensions[returns.heading_at(source, book[sheet]) + 2].hidden = True

    is_turned_away(read(source, book, tmp_path, hide), source, n_rows(book), f"column {letter}", "Jane Citizen")


@pytest.mark.parametrize("source", GUARDED)
def test_persons_under_a_merged_heading_turn_the_delivery_away(source: str, tmp_path: Path) -> None:
    """Merged over two columns, the last declared heading is text in the first only."""
    book = returns.good(source)
    letter = with_column(source, book, None, ["Jane Citizen", 2])
    sheet = next(iter(book))
    at = returns.heading_at(source, book[sheet]) + 1

    def merge(workbook: Workbook) -> None:
        before = column_letter(len(book[sheet][at - 1]))
        workbook[sheet].merge_cells(f"{before}{at}:{letter}{at}")

    is_turned_away(read(source, book, tmp_path, merge), source, n_rows(book), f"column {letter}", "Jane Citizen")


@pytest.mark.parametrize("source", GUARDED)
def test_several_columns_are_all_named_by_letter(source: str, tmp_path: Path) -> None:
    book = returns.good(source)
    letters = [with_column(source, book, heading, [1]) for heading in ("Surname", "Period", "DOB", "Address")]
    named = f"columns {letters[0]}, {letters[2]} and {letters[3]}"
    is_turned_away(read(source, book, tmp_path), source, n_rows(book), named, "Surname", "Address")


@pytest.mark.parametrize("source", GUARDED)
def test_a_list_of_persons_above_the_table_turns_the_delivery_away(source: str, tmp_path: Path) -> None:
    book = returns.good(source)
    rows = next(iter(book.values()))
    rows[2:2] = [["Surname", "Date of birth"], *PERSONS, []]
    is_turned_away(read(source, book, tmp_path), source, n_rows(book), "columns A and B", "Jane Citizen", "Surname")


@pytest.mark.parametrize("source", GUARDED)
def test_a_list_of_persons_among_the_notes_turns_the_delivery_away(source: str, tmp_path: Path) -> None:
    book = returns.good(source) | {"Notes": [["About this return"], ["First name", "Surname"], ["Jane", "Citizen"]]}
    is_turned_away(read(source, book, tmp_path), source, n_rows(book), "columns A and B", "Jane", "Surname")


@pytest.mark.parametrize("source", GUARDED)
@pytest.mark.parametrize("value", ["0115 496 0123", "NG9 1AB", "943 476 5919", "jane@example.org", "Mrs Citizen"])
def test_what_can_only_be_somebodys_is_found_in_a_declared_column_too(source: str, value: str, tmp_path: Path) -> None:
    book = returns.good(source)
    rows = next(iter(book.values()))
    rows[-1] = [*rows[-1][:1], value, *rows[-1][2:]]
    is_turned_away(read(source, book, tmp_path), source, n_rows(book), "column B", value)


def test_one_row_is_one_row(tmp_path: Path) -> None:
    book = returns.crime([["Shoplifting", 1, 2, 3, 6, "Jane Citizen"]])
    is_turned_away(read("police_crime", book, tmp_path), "police_crime", 1, "column F", "Jane Citizen")


# ---------------------------------------------------------------- what passes


@pytest.mark.parametrize("source", GUARDED)
def test_one_more_column_of_figures_passes(source: str, tmp_path: Path) -> None:
    alarms = []
    together = returns.good(source)
    for heading, values in HARMLESS:
        book = returns.good(source)
        with_column(source, book, heading, values)
        with_column(source, together, heading, values)
        try:
            turn_away_people(read_book(returns.save(source, book, tmp_path)), source_named(source))
        except TurnedAway:
            alarms.append((heading, values))
    assert alarms == []
    plain, reading = (read(source, book, tmp_path) for book in (returns.good(source), together))
    assert (reading.n_accepted, reading.n_quarantined) == (plain.n_accepted, plain.n_quarantined)
    assert (plain.n_quarantined, reading.may_be_kept) == (0, True)


def test_the_forces_own_columns_pass(tmp_path: Path) -> None:
    book = returns.good("police_crime")
    source = "police_crime"
    for heading, values in (("Home Office class", ["8N", "105A", None]), ("Change on last year", ["up 5", "none"])):
        with_column(source, book, heading, values)
    reading = read("police_crime", book, tmp_path)
    assert (reading.sentences(), reading.may_be_kept) == ([], True)


@pytest.mark.parametrize("source", GUARDED)
def test_sentences_on_a_sheet_of_notes_and_in_the_titles_pass(source: str, tmp_path: Path) -> None:
    notes = [
        ["Prepared by the analysts of the force, 0115 496 0123"],
        ["Name", "what it means"],
        ["Offence", "see above"],
    ]
    book = returns.good(source) | {"Notes": notes}
    next(iter(book.values())).insert(2, ["Prepared by J. Citizen, analysis unit", None, "jane@example.org"])
    reading = read(source, book, tmp_path)
    assert (reading.sentences(), reading.may_be_kept) == ([], True)


def test_there_is_a_door_before_every_return_of_counts_about_people() -> None:
    assert {"marac", "police_crime", "enforcement_register", "environmental_health_activity"} <= set(GUARDED)


@pytest.mark.parametrize("source", GUARDED)
def test_every_committed_sample_passes_the_door(source: str) -> None:
    paths = sorted((PROJECT / "sources" / source).glob("*.xlsx"))
    assert paths
    for path in paths:
        turn_away_people(read_book(path), source_named(source))


@pytest.mark.parametrize("source", GUARDED)
def test_a_name_that_is_like_a_word_is_quoted_nowhere(source: str) -> None:
    known = source_named(source).vocabulary
    assert [name for name in LIKE_WORDS if is_harmless(name, known)] == []


# ---------------------------------------------------------------- what still slips through


def test_a_comment_on_a_cell_turns_the_delivery_away(tmp_path: Path) -> None:
    def comment(workbook: Workbook) -> None:
        workbook["MARAC data"]["C7"].comment = Comment("Jane Citizen came back", "J. Citizen")

    assert not read("marac", returns.good("marac"), tmp_path, comment).may_be_kept


def test_the_records_behind_a_pivot_table_turn_the_delivery_away(tmp_path: Path) -> None:
    path = returns.save("marac", returns.good("marac"), tmp_path)
    records = '<pivotCacheRecords><r><s v="Jane Citizen"/><s v="02/01/1980"/></r></pivotCacheRecords>'
    with ZipFile(path, "a") as package:
        package.writestr("xl/pivotCache/pivotCacheRecords1.xml", records)
    assert not makers.read("marac", path, tmp_path).may_be_kept
