"""What many returns share: rows that are left out by rule, one layout since 2019, and a rule in short."""

from datetime import date

from cs_pipeline.declare.source import Ignore, Layout, RowRule

TOTALS_ROW = Ignore(rule="totals row", when="regexp_matches(row_text, '^(grand |sub-?)?total', 'i')")
NOTE_ROW = Ignore(rule="note under the table", when="regexp_matches(row_text, '^(source|notes?)\\b', 'i')")


def one_sheet(sheet: str) -> tuple[Layout, ...]:
    return (Layout(since=date(2019, 4, 1), sheets=sheet, because="The return as it is made since April 2019."),)


def rule(name: str, broken_when: str, cells: str, what: str, remedy: str) -> RowRule:
    """`cells` are the names of columns, parted by blanks."""
    return RowRule(rule=name, broken_when=broken_when, cells=tuple(cells.split()), what=what, remedy=remedy)
