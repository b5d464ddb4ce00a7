"""What the two tables of Environmental Health's return share: their layout, what they leave out, a rule in short."""

from datetime import date

from cs_pipeline.declare.source import Ignore, Layout, RowRule

IGNORES = (
    Ignore(rule="totals row", when="regexp_matches(row_text, '^(grand |sub-?)?total', 'i')"),
    Ignore(rule="note under the table", when="regexp_matches(row_text, '^(source|notes?)\\b', 'i')"),
)


def one_sheet(sheet: str) -> tuple[Layout, ...]:
    return (Layout(since=date(2019, 4, 1), sheets=sheet, because="The return as it is made since April 2019."),)


def rule(name: str, broken_when: str, cells: str, what: str, remedy: str) -> RowRule:
    return RowRule(rule=name, broken_when=broken_when, cells=tuple(cells.split()), what=what, remedy=remedy)
