"""The catalogue: every source, column and rule on one page, made from the declarations and from nothing else.

The same declarations give the same bytes, so that the committed page can be proved to be in step.
"""

from collections.abc import Iterable, Iterator

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import Layout, RowRule, Source, Table
from cs_pipeline.operate.page import Html, facts, join, lines, page, table, tag
from cs_pipeline.operate.present import named_sheets
from cs_pipeline.operate.said import (
    ABOUT_PEOPLE,
    COUNTS_ONLY,
    FORMS,
    PLACES,
    quote,
    say_required,
    say_wanted,
)
from cs_pipeline.words.days import say_day

TITLE = "Catalogue of returns"
INTRODUCTION = (
    "Everything that is taken in, column by column: what each supplier sends, what must stand in it, and what happens "
    "to a row that breaks a rule.",
    "A cell that does not hold what is wanted sends its row to quarantine, with the cell, the rule and the remedy; the "
    "other rows are taken. Of columns that are not named here nothing is stored.",
)
HASHED = "Of references only keyed hashes are stored."
SEALED = "Deliveries are kept sealed."
KINDS = {"varchar": "text", "bigint": "whole number", "double": "number", "date": "date", "time": "time of day"}


def make_page(sources: Iterable[Source]) -> Html:
    """Returns first, reference data after them, by title."""
    ordered = sorted(sources, key=lambda source: (source.is_reference, source.title))
    made = join(
        "Made from the declarations in ", tag("code", "cs_pipeline/sources"), " by ", tag("code", "cs catalogue"), "."
    )
    return page(
        TITLE,
        tag("header", tag("h1", TITLE), *(tag("p", text) for text in INTRODUCTION), tag("p", made)),
        tag("nav", _index(ordered), id="index", aria_label="Index"),
        tag("main", *(join("\n", _source(source)) for source in ordered)),
    )


def _index(sources: list[Source]) -> Html:
    rows = (
        (
            tag("a", source.title, href=f"#{source.name}"),
            source.description,
            source.owner,
            source.due,
            ABOUT_PEOPLE[source.sensitivity],
        )
        for source in sources
    )
    return table(f"The {len(sources)} sources", ("Source", "What it is", "Owner", "When it is due", "People"), rows)


def _source(source: Source) -> Html:
    return tag(
        "section",
        tag("h2", source.title, id=f"{source.name}-title"),
        tag("p", source.description),
        facts(_known(source)),
        *(_table(source, of_source) for of_source in source.tables),
        tag("p", tag("a", "Back to the index", href="#index"), class_="back"),
        id=source.name,
        aria_labelledby=f"{source.name}-title",
    )


def _known(source: Source) -> tuple[tuple[str, str], ...]:
    is_hashed = any(column.is_hashed for of_source in source.tables for column in of_source.columns)
    said = ((HASHED, is_hashed), (SEALED, source.needs_key), (COUNTS_ONLY, source.counts_only))
    people = [f"{ABOUT_PEOPLE[source.sensitivity]}.", *(sentence for sentence, holds in said if holds)]
    day = {"title": "In the rows above the headings", "file name": "In the file's name"}[source.as_at.place]
    return (
        ("Name", tag("code", source.name)),
        ("Owner", source.owner),
        ("When it is due", source.due),
        ("Form", FORMS[source.form]),
        ("Arrives in", tag("code", f"sources/{source.arrives_in}/")),
        ("The day it speaks for", f"{day}, as in {quote((source.as_at.example,))}"),
        ("People", lines(people)),
        ("Kept for", f"{source.keep_years} years"),
        ("Looks up", lines(tag("a", name, href=f"#{name}") for name in source.reads)),
        (
            "Sheets left out",
            source.other_sheets.replace("?", "").replace("|", ", ") if source.has_sheets else "",
        ),
        ("Licence", source.licence or ""),
    )


# ---------------------------------------------------------------- one table of a source


def _table(source: Source, of_source: Table) -> Html:
    known = (
        ("One row", f"One row for each {of_source.one_row}."),
        ("Key", _say_key(of_source)),
        ("Its quarter", join("By the date in ", tag("code", of_source.time), ".") if of_source.time else ""),
        ("Left out by rule", lines(ignore.rule[0].upper() + ignore.rule[1:] for ignore in of_source.ignores)),
        ("Not stored", quote(of_source.not_stored, "and") if of_source.not_stored else ""),
    )
    name = f"stage.{of_source.name}"
    columns = ("Heading", "What it means", "What is wanted", "Required", "Stored as")
    rules = ("Rule", "A row breaks it where", "What to do", "Then")
    parts = [
        tag("h3", "Table ", tag("code", name)),
        facts(known),
        table(f"Columns of {name}", columns, _columns(of_source), "columns"),
        table(f"Layouts of {name}", ("Since", "Sheets", "Because"), _layouts(source, of_source)),
    ]
    if of_source.rules:
        parts.append(table(f"Rules of {name}", rules, map(_rule, of_source.rules)))
    return join(*parts)


def _say_key(of_source: Table) -> str:
    names = _named(of_source.key)
    if of_source.many_per_key:
        said = [join("A later delivery replaces all rows with the same ", names, ".")]
    else:
        same = "the last one is taken" if of_source.repeats == "last" else "all go to quarantine"
        said = [join("A later delivery replaces the row with the same ", names, ".")]
        said.append(join(f"Of rows of one delivery that share it and differ, {same}."))
    if of_source.once:
        said.append(join("No two rows of one delivery may have the same ", _named(of_source.once), "."))
    return lines(said)


def _named(names: tuple[str, ...]) -> Html:
    *others, last = (tag("code", name) for name in names)
    return join(*(join(name, ", ") for name in others[:-1]), *others[-1:], " and " if others else "", last)


def _layouts(source: Source, of_source: Table) -> Iterator[tuple[str, ...]]:
    for layout in of_source.layouts:
        names = tuple(named_sheets(layout))
        like = "like " if layout.sheet_example and len(names) == 1 and layout.sheet_example != layout.sheets else ""
        sheets = f"{like}{quote(names, 'and')}" if source.has_sheets else "none"
        yield say_day(layout.since), sheets, layout.because


def _rule(rule: RowRule) -> tuple[str, ...]:
    then = "The row is taken, with a warning." if rule.warns else "The row goes to quarantine."
    return rule.rule[0].upper() + rule.rule[1:], rule.what, rule.remedy, then


# ---------------------------------------------------------------- one column


def _columns(of_source: Table) -> Iterator[tuple[str, ...]]:
    for column in of_source.columns:
        yield _headings(column, of_source.layouts), *_meaning(column)
    if cells := of_source.cells:
        for column in cells.columns:
            where = "cells" if column is cells.figure else "headings"
            yield f"(the {where} of figures, headed as in {quote((cells.example,))})", *_meaning(column)


def _headings(column: Column, layouts: tuple[Layout, ...]) -> Html:
    """The headings of each layout; once, where they are the same in all."""
    if column.place != "heading":
        return join(f"({PLACES[column.place]})")
    spelt = {layout.since: quote(layout.headings_of(column)) for layout in layouts}
    if len(set(spelt.values())) == 1:
        return join(spelt[layouts[0].since])
    return lines(f"since {say_day(since)}: {said}" for since, said in spelt.items())


def _meaning(column: Column) -> tuple[str, ...]:
    stored = [join(tag("code", name), f" {KINDS.get(sql, sql)}") for name, sql, _ in column.outputs]
    if column.is_hashed:
        stored = [join(tag("code", column.name), " keyed hash only")]
    return column.description, _wanted(column), say_required(column), lines(stored)


def _wanted(column: Column) -> Html:
    """What is wanted, with every word that is allowed and every spelling that is understood for one."""
    said: list[str] = [f"{say_wanted(column)}{':' if column.allowed else ''}"]
    if column.allowed:
        said = [join(said[0], " ", "; ".join(column.allowed))]
    elif column.example and column.example not in said[0]:
        said.append(f"Example: {column.example}")
    if column.aliases:
        also = (f"{seen} for {meant}" for seen, meant in column.aliases.items())
        said.append(f"Also understood: {'; '.join(also)}")
    return join(said[0], *(tag("span", more, class_="quiet") for more in said[1:]))
