"""The contract of a table's text as a pandera schema, made from the declaration: required, allowed, a number, a real date.

Text is judged before anything is cast. `coerce` stays off: with it on, 01/05/2024 was read as 5 January and a -3 vanished.
"""

from typing import TYPE_CHECKING

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import Table

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

BLANK = "no value where one is needed"
UNREADABLE = "not what the column holds"


def text_schema(table: Table) -> "pa.DataFrameSchema":
    """Every read column of a table as text. Each check looks at one text at a time, so distinct texts may stand for all rows."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {column.name: text_column(column) for column in table.read_columns}, name=table.name, strict=True
    )


def text_column(column: Column) -> "pa.Column":
    import pandera.pandas as pa

    def can_be_read(texts: "pd.Series[str]") -> "pd.Series[bool]":
        return texts.map(lambda text: column.read(text) is not None).astype(bool)

    return pa.Column(
        str,
        checks=[pa.Check(can_be_read, name=UNREADABLE, error=UNREADABLE)],
        nullable=not column.required,
        description=column.description,
    )


def failing(column: Column, texts: list[str | None]) -> dict[str | None, str]:
    """The texts that break a column's contract, each with the rule it breaks: `BLANK` or `UNREADABLE`."""
    import pandas as pd
    import pandera.pandas as pa

    frame = pd.DataFrame({column.name: pd.Series(texts, dtype="str")})
    try:
        pa.DataFrameSchema({column.name: text_column(column)}).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as broken:
        cases = broken.failure_cases
        return {
            texts[int(index)]: BLANK if check == "not_nullable" else UNREADABLE
            for index, check in zip(cases["index"], cases["check"], strict=True)
        }
    return {}
