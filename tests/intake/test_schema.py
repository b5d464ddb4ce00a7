"""The contract of each declared table as pandera has it, and that distinct texts may stand for all rows of a column."""

from pathlib import Path
from typing import Any

import makers
import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.registry import all_sources, table_named
from cs_pipeline.declare.source import Table
from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.flat import read_flat
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
    "pi_code": ["COMS2324_01", "11", "#NULL!"],
    "figure": ["12 34", "about ten", "#UNCALCULATED"],
}


def frame_of(table_name: str, folder: Path) -> pd.DataFrame:
    """The text of a good delivery of a table, as it is judged, without the rows that a declared rule ignores."""
    source, table = table_named(table_name)
    if source.form == "flat":
        path = next(iter(sorted(KEPT[source.name].glob("*.csv"))))
        book = read_flat(path)
    else:
        path = folder / "good.xlsx"
        rows = [makers.log("NP-20190401-0001", "01/04/2019"), makers.log("NP-20190402-0002", "43557", closing=None)]
        makers.save_book(path, makers.plan() if source.name == "business_plan" else {"April 2019": makers.tab(rows)})
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
    table = table_named(table_name)[1]
    frame = frame_of(table_name, tmp_path)
    assert len(frame) > 0
    assert broken_rows(table, frame) == set()


@pytest.mark.parametrize("table_name", TABLES)
def test_the_schema_finds_every_planted_text_and_blank(table_name: str, tmp_path: Path) -> None:
    table = table_named(table_name)[1]
    good = frame_of(table_name, tmp_path)
    for column in table.read_columns:
        planted: list[tuple[str | None, str]] = [(text, UNREADABLE) for text in wrong_for(column)]
        planted += [(None, BLANK)] if column.required else []
        for text, rule in planted:
            frame = good.copy()
            frame.loc[0, column.name] = text
            assert broken_rows(table, frame) == {(column.name, 0, rule)}, (column.name, text)
        if not column.required:
            good.loc[0, column.name] = None
            assert broken_rows(table, good) == set(), column.name


def wrong_for(column: Column) -> list[str]:
    wrong = list(WRONG[column.kind])
    wrong += ["no such word"] if column.allowed or column.pattern else []
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
        "pi_code": ["ComS_011"],
        "figure": ["1,500", "-", "n/a%"],
    }[column.kind]
    return st.sampled_from([None, column.example or "x", *column.allowed[:2], *right, *wrong_for(column)])


@st.composite
def frames(draw: st.DrawFn) -> tuple[Table, pd.DataFrame]:
    table = table_named(draw(st.sampled_from(TABLES)))[1]
    height = draw(st.integers(1, 5))
    cells = {c.name: draw(st.lists(cells_of(c), min_size=height, max_size=height)) for c in table.read_columns}
    return table, pd.DataFrame({name: pd.Series(texts, dtype="str") for name, texts in cells.items()})


@settings(max_examples=60, deadline=None)
@given(frames())
def test_distinct_texts_find_what_the_whole_frame_finds(made: tuple[Table, pd.DataFrame]) -> None:
    table, frame = made
    assert broken_by_distinct_texts(table, frame) == broken_rows(table, frame)
