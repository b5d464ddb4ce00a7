"""The contract of a table's text as a pandera schema, made from the declaration: required, allowed, a number, a date.

Text is judged before anything is cast. `coerce` stays off: it read 01/05/2024 as 5 January, and a -3 vanished.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.kinds import Cast
from cs_pipeline.declare.source import Table

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

Read = Callable[[Column, str], Cast | None]

BLANK = "no value where one is needed"
UNREADABLE = "not what the column holds"


def text_schema(
    table: Table, columns: Iterable[Column] | None = None, read: Read = Column.read
) -> "pa.DataFrameSchema":
    """The read columns of a table as text, or some of them.

    Each check looks at one text at a time, so distinct texts may stand for all rows.
    """
    import pandera.pandas as pa

    chosen = table.read_columns if columns is None else columns
    contracts = {column.name: text_column(column, read) for column in chosen}
    return pa.DataFrameSchema(contracts, name=table.name, strict=True)


def text_column(column: Column, read: Read = Column.read) -> "pa.Column":
    import pandera.pandas as pa

    def can_be_read(texts: "pd.Series[str]") -> "pd.Series[bool]":
        return texts.map(lambda text: read(column, text) is not None).astype(bool)

    return pa.Column(
        str,
        checks=[pa.Check(can_be_read, name=UNREADABLE, error=UNREADABLE)],
        nullable=not column.required,
        description=column.description,
    )


def failing(
    table: Table, texts: dict[str, list[str | None]], read: Read = Column.read
) -> dict[tuple[str, str | None], str]:
    """The distinct texts that break a column's contract, as (column, text), with the rule: `BLANK` or `UNREADABLE`.

    Validated as one frame, columns with fewer texts filled up with their first: a pandera run costs some 9 ms, whatever
    it looks at.
    """
    import pandas as pd
    import pandera.pandas as pa

    judged = [column for column in table.read_columns if texts.get(column.name)]
    if not judged:
        return {}
    height = max(len(texts[column.name]) for column in judged)
    filled = {c.name: texts[c.name] + texts[c.name][:1] * (height - len(texts[c.name])) for c in judged}
    frame = pd.DataFrame({name: pd.Series(known, dtype="str") for name, known in filled.items()})
    try:
        text_schema(table, judged, read).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as broken:
        cases = broken.failure_cases
        return {
            (name, filled[name][int(index)]): BLANK if check == "not_nullable" else UNREADABLE
            for name, index, check in zip(cases["column"], cases["index"], cases["check"], strict=True)
        }
    return {}
