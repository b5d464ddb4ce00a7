"""From broken cells to what people read: one finding for each mistake, its cells merged, and each row's address.

The rules were applied in `judge.py`. A value is quoted only where the source says that its rows are not about people.
"""

from collections.abc import Iterable, Sized
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_pipeline.declare.columns import DOUBTED, SPREADSHEET_ERRORS, Column
from cs_pipeline.declare.source import RowRule, Source, Table
from cs_pipeline.intake.layout import TextTable
from cs_pipeline.intake.reading import QuarantinedRow
from cs_pipeline.intake.schema import BLANK
from cs_pipeline.intake.table import UNCALCULATED
from cs_pipeline.words.findings import Dimension, Finding, Severity
from cs_pipeline.words.harmless import is_harmless

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

REPEATED = "repeated with changes"
TWICE = "more than once"
TOTALS = "totals row"
MONTH_FIRST = "month before day"
ERROR = "spreadsheet error"
MOST_QUOTED = 3
LONGEST_QUOTED = 40


@dataclass
class Mistake:
    """One rule broken on one sheet, in one column or across several."""

    sheet: str
    rule: str
    column: Column | None
    cells: dict[str, None] = field(default_factory=dict)  # addresses, as an ordered set
    headings: dict[str, None] = field(default_factory=dict)
    shown: dict[str, None] = field(default_factory=dict)


def describe(connection: "Connection", source: Source, text: TextTable) -> tuple[list[Finding], list[QuarantinedRow]]:
    """What stands in `broken`, for people: findings by their first cells, and the rows that were not accepted."""
    table = text.table
    columns = {column.name: column for column in table.read_columns}
    rules = {rule.rule: rule for rule in table.rules}
    mistakes: dict[tuple[str, str, str], Mistake] = {}
    rows: dict[tuple[str, int], list[tuple[str, Mistake]]] = {}
    for sheet, number, letter, name, rule, shown in _broken(connection, text):
        if shown in SPREADSHEET_ERRORS:
            rule = f"{ERROR} {shown}"
        across = rule in rules or rule in (REPEATED, TWICE)
        column = None if across else columns[name]
        mistake = mistakes.setdefault((sheet, rule, "" if across else name), Mistake(sheet, rule, column))
        at = text.letters.get((sheet, name), letter or "A")  # A figure's column has no letter of its own.
        mistake.cells[f"{at}{number}"] = None
        mistake.headings[text.headings.get((sheet, at), "")] = None
        if shown is not None:
            mistake.shown[shown] = None
        rows.setdefault((sheet, number), []).append((f"{at}{number}", mistake))
    return (
        [_finding(mistake, rules, source) for mistake in mistakes.values()],
        [_quarantined(table, place, broken, rules) for place, broken in rows.items()],
    )


def _broken(connection: "Connection", text: TextTable) -> list[tuple[str, int, str | None, str, str, str | None]]:
    """Broken cells in the order of the book, the rows and the declaration."""
    sheets = {sheet: place for place, sheet in enumerate(dict.fromkeys(sheet for sheet, _ in text.letters))}
    names = {column.name: place for place, column in enumerate(text.table.read_columns)}
    found = connection.execute("select distinct * from broken").fetchall()
    return sorted(found, key=lambda b: (sheets.get(b[0], 0), b[1], names[b[3]], len(b[2] or ""), b[2] or "", b[4]))


def _finding(mistake: Mistake, rules: dict[str, RowRule], source: Source) -> Finding:
    what, remedy = _words(mistake, rules, source.vocabulary if source.may_quote else None)
    dimension = _dimension(mistake.rule, rules)
    return Finding(
        mistake.rule, what, remedy, Severity.QUARANTINED, dimension, mistake.sheet or None, tuple(mistake.cells)
    )


def _quarantined(
    table: Table, place: tuple[str, int], broken: list[tuple[str, Mistake]], rules: dict[str, RowRule]
) -> QuarantinedRow:
    cells = ", ".join(dict.fromkeys(address for address, _ in broken))
    first = broken[0][1]
    _, remedy = _words(first, rules, None)
    return QuarantinedRow(table.name, *place, cells, first.rule, remedy)


def _words(mistake: Mistake, rules: dict[str, RowRule], known: frozenset[str] | None) -> tuple[str, str]:
    """What is wrong, and what to do about it. Texts are quoted where they hold only words that are `known`."""
    rule, column = mistake.rule, mistake.column
    named = _joined(mistake.headings)
    if rule in rules:
        return rules[rule].what, rules[rule].remedy
    if column is None:
        differing = ", with different contents" if rule == REPEATED else ""
        what = f"the same {named} {_stand(mistake.headings)} in more than one row{differing}"
        return what, "Keep the row that is right and delete the others."
    if rule == TOTALS:
        return "a row of totals stands among the data", "Delete the row; totals are worked out here."
    if rule == MONTH_FIRST:
        what = "another date of the column has its month first, so this one may mean two days"
        return what, "Write every date with its day first, as 14/04/2019, or format the cells as dates."
    wanted = f"where {column.wanted} is needed" + (f" under {named}" if len(mistake.headings) <= MOST_QUOTED else "")
    if rule == BLANK:
        return f"blank {wanted}", column.remedy
    if rule == f"{ERROR} {UNCALCULATED}":
        return (
            f"a formula without its value {wanted}",
            "Open the file in Excel, let it calculate, save it and send that.",
        )
    if rule == f"{ERROR} {DOUBTED}":
        what = "a declared correction expects another value here and was not applied"
        return what, "Look at the cell, then mend or remove the entry in corrections.yml."
    if rule.startswith(ERROR):
        return (
            f"the error {rule.removeprefix(ERROR).strip()} {wanted}",
            "Correct the formula, or type the value itself.",
        )
    unquoted = "another word" if column.allowed else "something else" if column.pattern else "text"
    may_quote = known is not None and all(is_harmless(text, known) for text in list(mistake.shown)[:MOST_QUOTED])
    return f"{_quoted(mistake.shown) if may_quote else unquoted} {wanted}", column.remedy


def _joined(headings: Iterable[str]) -> str:
    """`"Heading", "Item" and "Action code"`."""
    *others, last = [f'"{heading}"' for heading in headings]
    return f"{', '.join(others)} and {last}" if others else last


def _stand(headings: Sized) -> str:
    return "stands" if len(headings) == 1 else "stand"


def _quoted(shown: Iterable[str]) -> str:
    """Up to three texts in quotation marks, each cut to a length that can be read in a line."""
    listed = [" ".join(text.split()) for text in shown]
    cut = [text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…" for text in listed]
    more = f" and {len(cut) - MOST_QUOTED} more" if len(cut) > MOST_QUOTED else ""
    return ", ".join(f'"{text}"' for text in cut[:MOST_QUOTED]) + more


def _dimension(rule: str, rules: dict[str, RowRule]) -> Dimension:
    if rule == BLANK:
        return Dimension.COMPLETENESS
    if rule in rules:
        return Dimension.CONSISTENCY
    return Dimension.UNIQUENESS if rule in (REPEATED, TWICE) else Dimension.VALIDITY


def warn_of_rows(places: list[tuple[str, int]], rule: RowRule, text: TextTable) -> list[Finding]:
    """A warning for each sheet with rows that break a rule which only warns."""
    findings = []
    for sheet in dict.fromkeys(sheet for sheet, _ in text.letters):
        at = text.letters.get((sheet, rule.cells[0]), "A")
        if cells := tuple(f"{at}{row}" for of, row in sorted(places) if of == sheet):
            named = (rule.rule, rule.what, rule.remedy)
            findings.append(Finding(*named, Severity.WARNED, Dimension.CONSISTENCY, sheet or None, cells))
    return findings


def warn_of_repeats(places: list[tuple[str, int]], text: TextTable) -> list[Finding]:
    """A warning for each sheet with rows that stand again elsewhere with other contents; the last one counts."""
    names = [column.name for column in text.table.key_columns]
    sheets = dict.fromkeys(sheet for sheet, _ in text.letters)
    findings = []
    for sheet in sheets:
        letters = [text.letters[sheet, name] for name in names if (sheet, name) in text.letters]
        cells = tuple(f"{at}{row}" for of, row in sorted(places) if of == sheet for at in letters[:1])
        headings = [text.headings[sheet, letter] for letter in letters]
        if cells:
            same = f"the same {_joined(headings)} {_stand(headings)} in another row with different contents"
            what = f"{same}, and the last one was taken"
            remedy = "Delete the row that no longer holds."
            findings.append(
                Finding(REPEATED, what, remedy, Severity.WARNED, Dimension.UNIQUENESS, sheet or None, cells)
            )
    return findings
