"""The contract of each declared table as pandera has it, and that distinct texts may stand for all rows of a column."""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import makers
import pandas as pd
import pandera.pandas as pa
import pytest
import returns
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.registry import all_sources, table_named
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.flat import read_flat
from cs_pipeline.intake.judge import look_up
from cs_pipeline.intake.layout import lay_out
from cs_pipeline.intake.schema import BLANK, UNREADABLE, failing, text_schema
from cs_pipeline.words.settings import PROJECT

TABLES = [table.name for source in all_sources() for table in source.tables]
KEPT = {source.name: PROJECT / "sources" / source.arrives_in for source in all_sources()}

# Texts that no column of a kind may hold; a free text may hold anything but a spreadsheet's error.
WRONG = {
    "text": ["#N/A"],
    "whole": ["1.5", "x", "٥", "99999999999999999999", "#N/A"],
    "decimal": ["1,5", "x", "٥", "1e999", "nan", "#DIV/0!"],
    "date": ["04/13/2019", "soon", "#VALUE!"],
    "time": ["25:00", "noon", "#REF!"],
    "period": ["soon", "2010-11", "#NAME?"],
    "month": ["2024-13", "0000-01", "٢٠٢٤-٠١", "#NUM!"],
    "reference": ["no number", "EH/19/00123 and EH/19/00124 together", "#N/A"],
    "pi_code": ["COMS2324_01", "11", "#NULL!"],
    "figure": ["12 34", "about ten", "#UNCALCULATED"],
    "coded_name": ["ASB incidents", "11", "#NULL!"],
    "percent": ["half", "0.6", "#DIV/0!"],
    "post": ["#N/A"],
    "note": ["#REF!"],
}


@cache
def declared(table_name: str) -> tuple[Source, Table]:
    """A table as it is judged: the words that it looks up are those of the reference data."""
    source, table = table_named(table_name)
    with duckdb.connect() as connection:
        connection.execute(f"create view wards as from read_csv('{makers.WARDS}', header = true)")
        return source, look_up(connection, table)


def frame_of(table_name: str, folder: Path) -> pd.DataFrame:
    """The text of a good delivery of a table, as it is judged, without the rows that a declared rule ignores."""
    source, table = table_named(table_name)
    if source.form == "flat":
        kept = sorted(KEPT[source.name].glob("*.csv"))
        path = kept[0] if kept else returns.save(source.name, returns.good(source.name), folder)
        book = read_flat(path)
    else:
        path = returns.save(source.name, returns.good(source.name), folder)
        book = read_book(path)
    text = next(text for text in lay_out(book, source, path.name).tables if text.table is table)
    names = [column.name for column in table.read_columns]
    return pd.DataFrame([row[3:-1] for row in text.rows], columns=names, dtype="str")


def broken_rows(table: Table, frame: pd.DataFrame) -> set[tuple[str, int, str]]:
    """(column, row, rule) of every cell that breaks the whole frame's schema."""
    try:
        text_schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        rules = [BLANK if check == "not_nullable" else check for check in cases["check"]]
        return {(c, int(i), r) for c, i, r in zip(cases["column"], cases["index"], rules, strict=True)}
    return set()


def broken_by_distinct_texts(table: Table, frame: pd.DataFrame) -> set[tuple[str, int, str]]:
    texts = {name: [None if pd.isna(text) else text for text in frame[name]] for name in frame}
    broken = failing(table, {name: list(dict.fromkeys(known)) for name, known in texts.items()})
    return {
        (name, row, broken[name, text])
        for name, known in texts.items()
        for row, text in enumerate(known)
        if (name, text) in broken
    }


@pytest.mark.parametrize("table_name", TABLES)
def test_the_schema_takes_the_text_of_a_good_delivery(table_name: str, tmp_path: Path) -> None:
    _, table = declared(table_name)
    frame = frame_of(table_name, tmp_path)
    assert len(frame) > 0
    assert broken_rows(table, frame) == set()


@pytest.mark.parametrize("table_name", TABLES)
def test_the_schema_finds_every_planted_text_and_blank(table_name: str, tmp_path: Path) -> None:
    """One wrong text in each column at once, as often as there are wrong texts for any column."""
    _, table = declared(table_name)
    good = frame_of(table_name, tmp_path)
    planted: dict[str, list[tuple[str | None, str]]] = {}
    for column in table.read_columns:
        planted[column.name] = [(text, UNREADABLE) for text in wrong_for(column)]
        planted[column.name] += [(None, BLANK)] if column.required else []
    for turn in range(max(map(len, planted.values()))):
        now = {name: texts[turn] for name, texts in planted.items() if turn < len(texts)}
        frame = good.copy()
        for name, (text, _) in now.items():
            frame.loc[0, name] = text
        assert broken_rows(table, frame) == {(name, 0, rule) for name, (_, rule) in now.items()}, now
    for column in table.read_columns:
        if not column.required:
            good.loc[0, column.name] = None
    assert broken_rows(table, good) == set()


def wrong_for(column: Column) -> list[str]:
    wrong = list(WRONG[column.kind])
    wrong += ["no such word"] if column.allowed or column.looked_up_in or column.pattern else []
    wrong += [str(column.at_least - 1)] if column.at_least is not None else []
    wrong += [str(column.at_most + 1)] if column.at_most is not None else []
    return wrong


def test_the_schema_refuses_what_is_no_text_and_what_is_not_declared(tmp_path: Path) -> None:
    table = table_named("wards")[1]
    frame = frame_of("wards", tmp_path)
    with pytest.raises(pa.errors.SchemaErrors, match="to have type"):
        text_schema(table).validate(frame.assign(first_listed=2015), lazy=True)
    with pytest.raises(pa.errors.SchemaErrors, match="not in"):
        text_schema(table).validate(frame.assign(officer="x"), lazy=True)


def cells_of(column: Column) -> st.SearchStrategy[str | None]:
    right: list[Any] = {
        "text": ["x"],
        "whole": ["7", "1,000"],
        "decimal": ["0.5", "-1"],
        "date": ["01/04/2019"],
        "time": ["23:50"],
        "period": ["March 2024"],
        "month": ["2024-02"],
        "reference": ["EH/19/00123", "eh 19 00123"],
        "pi_code": ["ComS_011"],
        "figure": ["1,500", "-", "n/a%"],
        "coded_name": ["ComS_011", "ComS_011 ASB incidents"],
        "percent": ["60%", "60", "0.5%"],
        "post": ["Licensing Manager", "J Smith"],
        "note": ["<p>On track.</p>"],
    }[column.kind]
    return st.sampled_from([None, column.example or "x", *column.allowed[:2], *right, *wrong_for(column)])


@st.composite
def frames(draw: st.DrawFn) -> tuple[Table, pd.DataFrame]:
    _, table = declared(draw(st.sampled_from(TABLES)))
    height = draw(st.integers(1, 5))
    cells = {c.name: draw(st.lists(cells_of(c), min_size=height, max_size=height)) for c in table.read_columns}
    return table, pd.DataFrame({name: pd.Series(texts, dtype="str") for name, texts in cells.items()})


@settings(max_examples=60, deadline=None)
@given(frames())
def test_distinct_texts_find_what_the_whole_frame_finds(made: tuple[Table, pd.DataFrame]) -> None:
    table, frame = made
    assert broken_by_distinct_texts(table, frame) == broken_rows(table, frame)
