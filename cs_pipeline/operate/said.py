"""A declaration in the words of those who fill a return in: shared by the templates and the catalogue.

What a message about one wrong cell says is worded in `declare/columns.py` and `intake/describe.py`.
"""

import re

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table

PLACES = {
    "sheet name": "the sheet's name",
    "title": "the rows above the headings",
    "file name": "the file's name",
}
FORMS = {"workbook": "Workbook (.xlsx)", "flat": "CSV file", "either": "Workbook (.xlsx) or CSV file"}
ABOUT_PEOPLE = {
    "not_people": "Not about people",
    "person_ordinary": "About people",
    "person_sensitive": "About people, and sensitive",
}
COUNTS_ONLY = (
    "Counts only. Nothing about any person may stand anywhere in it: no name, address, birthday, telephone number, "
    "case reference or comment. A return with a column that looks like one is refused whole, and nothing of it is kept."
)
DECLARED_ONLY = "Leave out whatever else is known of people, such as names and addresses; it would not be stored."
EXAMPLES = {
    "whole": "9",
    "decimal": "52.93",
    "date": "14/04/2019",
    "time": "23:50",
    "period": "Q3 2023/24",
    "month": "2024-02",
    "figure": "1,500",
    "percent": "60%",
    "post": "Licensing Manager",
    "coded_name": "ComS_011",
}


def quote(words: tuple[str, ...], last: str = "or") -> str:
    """`"Ref No", "Reference" or "Case ref"`."""
    *others, end = [f'"{word}"' for word in words]
    return f"{', '.join(others)} {last} {end}" if others else end


def say_wanted(column: Column, with_words: bool = False) -> str:
    """What must stand there, as the head of a sentence: `A whole number of at least 0`."""
    said = column.wanted.rstrip(",")
    if with_words and column.allowed:
        said = f"{said}: {quote(column.allowed)}"
    said += f", or {quote(column.words)}" if column.words else ""
    return said[0].upper() + said[1:]


def say_required(column: Column) -> str:
    if column.may_be_absent:
        return "No, and the column may be left out"
    return "Yes" if column.required else "No"


def say_heading(column: Column, layout: Layout) -> str:
    """The heading that a column has in a layout, or where else its text stands."""
    if column.place != "heading":
        return f"({PLACES[column.place]})"
    return next(iter(layout.headings_of(column)), "(the headings of figures)")


def example_of(column: Column, layout: Layout) -> str:
    """What may stand there; blank where words of any kind may."""
    if column.place == "sheet name":
        return layout.sheet_example or layout.sheets
    if column.example:
        return title_text(column) if column.place == "title" else column.example
    if column.allowed or column.looked_up_in:
        return next(iter(column.allowed), "")
    example = EXAMPLES.get(column.kind, "")
    if column.at_least is None or column.at_most is None or column.read(example):
        return example
    return f"{(column.at_least + column.at_most) / 2:g}"


def title_text(column: Column) -> str:
    """The example of a text in the title rows, with the words before it by which it is found: `Query: offences by…`."""
    example, found_by = column.example or "", column.found_by or ""
    lead = found_by.split("(")[0].lstrip("^")
    return example if re.search(found_by, example, re.IGNORECASE) else f"{lead}{example}"


def placeholder(as_at: AsAt) -> str:
    """The example of the day's place with letters for the day: `Data extracted on dd/mm/yyyy`."""
    found = re.search(as_at.found_by, as_at.example, re.IGNORECASE)
    if found is None:
        return as_at.example
    day = found[1]
    shape = "dd/mm/yyyy" if "/" in day else "yyyy-mm-dd"[: len(day)] if re.fullmatch(r"[\d-]+", day) else "d Month yyyy"
    return as_at.example[: found.start(1)] + shape + as_at.example[found.end(1) :]


def say_rule(rule: RowRule) -> str:
    """`A row is not accepted where the case was closed before it was received. Correct the date that is wrong.`"""
    costs = "A row gets a warning" if rule.warns else "A row is not accepted"
    return f"{costs} where {rule.what}. {rule.remedy}"


def list_notes(source: Source) -> list[str]:
    """What whoever fills a return in must know before the columns, a paragraph each."""
    notes = [source.description]
    notes += [f"Answers for it: {source.owner}."] if source.owner != "not stated" else []
    notes.append(f"Due: {source.due}.")
    if source.as_at.place == "title":
        written = f'Write the day that the return speaks for above the headings, once: "{placeholder(source.as_at)}".'
        others = any(column.place == "title" for table in source.tables for column in table.columns)
        notes.append(written + (" The other shaded cells are examples; put them right." if others else ""))
    else:
        notes.append(f'The day that it speaks for stands in the file\'s name: "{placeholder(source.as_at)}".')
    if tabs := {t.layouts[-1].sheet_example for t in source.tables for c in t.columns if c.place == "sheet name"}:
        notes.append(f"Copy the sheet for each further one, and name it as in {quote(tuple(filter(None, tabs)))}.")
    if source.has_sheets and any(c.allowed or c.looked_up_in for t in source.tables for c in t.columns):
        notes.append('The words to choose from stand on the sheet "Lists".')
    if source.counts_only:
        notes.append(COUNTS_ONLY)
    elif not source.may_quote:
        notes.append(DECLARED_ONLY)
    left_out = tuple(dict.fromkeys(heading for table in source.tables for heading in table.not_stored))
    notes += [f"May stand in it and is not stored: {quote(left_out, 'and')}."] if left_out else []
    return notes


NOTE_HEADINGS = ("Heading", "What it means", "Must it be filled in?", "What is wanted", "Example")


def list_columns(source: Source, table: Table) -> list[tuple[str, ...]]:
    """A row of `NOTE_HEADINGS` for each column of the newest layout, as a person fills it in.

    A flat return has no sheet of lists, so the words that are allowed stand here. No example is given that would be
    read as the day for which the return speaks.
    """
    layout = table.layouts[-1]
    headed = [(say_heading(column, layout), column, example_of(column, layout)) for column in table.columns]
    if table.cells:
        figure = table.cells.figure
        headed.append((f"{table.cells.example} and others", figure, example_of(figure, layout)))
    with_words, day = source.form == "flat", source.as_at.found_by
    return [
        (
            heading,
            column.description,
            say_required(column),
            say_wanted(column, with_words),
            "" if re.search(day, example, re.IGNORECASE) else example,
        )
        for heading, column, example in headed
    ]
