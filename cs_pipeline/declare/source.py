"""A source: one supplier's feed, declared as data in one file under `sources/`.

From a declaration follow the text schema, the cast, the stage tables and their comments, the messages, the Dagster
assets and the catalogue. How a delivery is read against it is in `intake/`.
"""

from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cs_pipeline.declare.columns import Column
from cs_pipeline.words.harmless import words_of

# Where an accepted row stood: the first columns of every stage table.
PROVENANCE: tuple[tuple[str, str, str], ...] = (
    (
        "delivery_key",
        "varchar",
        "The delivery that the row came in: its source and the first 12 digits of the file's SHA-256.",
    ),
    ("as_at", "date", "The day that the delivery speaks for, read from its declared place."),
    ("sheet_name", "varchar", "The sheet of the workbook in which the row stood; empty for a flat file."),
    ("row_number", "integer", "The row's number as a spreadsheet shows it, headings counted."),
)
CELL = ("cell", "varchar", "The cell of the sheet in which the figure was printed, such as E12.")


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Layout(Frozen):
    """How a table is laid out in deliveries that speak for `since` or later, until the next layout.

    `sheets` is a pattern that the whole sheet name must match (any case), `sheet_example` a name that does, where the
    pattern is not a name itself. `renamed` gives a column's headings where they differ from the column's own; `because`
    says what changed and how it became known.
    """

    since: date
    because: str
    sheets: str = ".*"
    sheet_example: str | None = None
    renamed: dict[str, tuple[str, ...]] = {}

    def headings_of(self, column: Column) -> tuple[str, ...]:
        """The headings that a column may have, those of this layout first."""
        return self.renamed.get(column.name, ()) + column.headings


class Cells(Frozen):
    """Headings that carry a period and perhaps a measure, one figure a cell: `Apr 2019`, `Actual 2019/20`.

    A row with n such cells becomes n typed rows, each with its own cell address. `heading` is a pattern with the group
    `period`, and `measure` where there is one; `example` is a heading that fits it.
    """

    heading: str
    example: str
    measure: Column | None = None
    period: Column
    figure: Column

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*((self.measure,) if self.measure else ()), self.period, self.figure)


class Ignore(Frozen):
    """Rows that are left out on purpose, and counted: `when` is a SQL condition on the columns' text.

    `row_text` holds all the texts of the row, joined by spaces.
    """

    rule: str
    when: str


class RowRule(Frozen):
    """A rule across columns or rows: `broken_when` is a SQL condition on the columns of `typed`, which holds them all.

    The rows go to quarantine, or where the rule only `warns` are taken with a warning. `cells` are the columns that a
    message points at.
    """

    rule: str
    broken_when: str
    cells: tuple[str, ...]
    what: str
    remedy: str
    warns: bool = False


class AsAt(Frozen):
    """Where the day stands for which a delivery speaks: a place, and a pattern with a day or a period as its group."""

    place: str = Field(pattern="^(title|file name)$")
    found_by: str
    example: str


class Table(Frozen):
    """One shape of row in a source's deliveries; it becomes `stage.<name>`, and its current rows `current.<name>`.

    `key` tells which rows replace which: for each key the rows of the latest delivery are current. Where one key has
    several rows by design (`many_per_key`), all of them in that delivery are. `repeats` says what happens to rows of
    one delivery that share a key and differ: `quarantine` both, or take the `last`. `once` names columns whose values
    together may not stand twice in a delivery, not even in equal rows. `time` names the date that places a row in a
    quarter.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    one_row: str = Field(min_length=10)
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    layouts: tuple[Layout, ...] = Field(min_length=1)
    cells: Cells | None = None
    ignores: tuple[Ignore, ...] = ()
    rules: tuple[RowRule, ...] = ()
    not_stored: tuple[str, ...] = ()
    many_per_key: bool = False
    once: tuple[str, ...] = ()
    repeats: str = Field(default="quarantine", pattern="^(quarantine|last)$")
    time: str | None = None

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """Every declared column, those of the figure cells last."""
        return self.columns + (self.cells.columns if self.cells else ())

    @property
    def own_columns(self) -> list[str]:
        """The typed columns whose values stand in the row itself, and not once for a sheet or a file."""
        inside = [column for column in self.columns if column.place == "heading"]
        inside += [self.cells.figure] if self.cells else []
        return [name for column in inside for name, _, _ in column.outputs]

    @cached_property
    def typed_columns(self) -> tuple[tuple[str, str, str], ...]:
        """(name, SQL type, description) of every column of the stage table, provenance first."""
        own = tuple(output for column in self.read_columns for output in column.outputs)
        return PROVENANCE + ((CELL,) if self.cells else ()) + own

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns under headings whose values make the key: what a message about a repeated key points at."""
        headed = tuple(column for column in self.columns if column.place == "heading")
        return tuple(column for column in headed if column.name in self.key) or headed[:1]

    @property
    def asks_whole_row(self) -> bool:
        """Whether a rule looks at all the texts of a row at once, `row_text`."""
        return any("row_text" in ignore.when for ignore in self.ignores)

    def layout_at(self, day: date) -> Layout:
        """The layout in force on a day; the first one also serves the days before it."""
        return [layout for layout in self.layouts if layout.since <= day or layout is self.layouts[0]][-1]

    @model_validator(mode="after")
    def _check(self) -> "Table":
        names = [name for name, _, _ in self.typed_columns]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{self.name}: columns declared twice: {', '.join(sorted(twice))}.")
        if unknown := set(self.key) - set(names):
            raise ValueError(f"{self.name}: the key names columns that are not declared: {sorted(unknown)}.")
        if [layout.since for layout in self.layouts] != sorted({layout.since for layout in self.layouts}):
            raise ValueError(f"{self.name}: layouts must stand in date order, one a day.")
        return self


class Source(Frozen):
    """One supplier's feed. `folder` is where its files arrive under `sources/`, `reads` the tables that it looks up.

    `counts_only` says that a return has no place for a person: any column that looks like one refuses the delivery,
    before anything of it is kept. `file_words` are words of its files' names that the declaration has nowhere else.
    `made_here` says that the pipeline writes its files itself, so that nobody sends them and there are no samples.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    description: str = Field(min_length=30)
    owner: str
    due: str
    as_at: AsAt
    tables: tuple[Table, ...] = Field(min_length=1)
    sensitivity: str = Field(default="not_people", pattern="^(not_people|person_ordinary|person_sensitive)$")
    keep_years: int = 7
    folder: str = ""
    form: str = Field(default="workbook", pattern="^(workbook|flat|either)$")
    other_sheets: str = "notes?|cover|contents|read ?me|lists?|definitions?|guidance"
    reads: tuple[str, ...] = ()
    counts_only: bool = False
    file_words: tuple[str, ...] = ()
    made_here: bool = False
    licence: str | None = None

    @model_validator(mode="after")
    def _check(self) -> "Source":
        hashed = [c.name for table in self.tables for c in table.columns if c.is_hashed]
        if hashed and self.may_quote:
            raise ValueError(f"{self.name}: {', '.join(hashed)} is hashed, so the source is about people; say so.")
        looked_up = {c.looked_up_in.split(".")[0] for t in self.tables for c in t.columns if c.looked_up_in}
        if missing := looked_up - set(self.reads):
            raise ValueError(f"{self.name}: it looks up {', '.join(sorted(missing))} and does not read it.")
        return self

    @property
    def arrives_in(self) -> str:
        return self.folder or self.name

    @property
    def has_sheets(self) -> bool:
        """Whether a delivery may be a workbook."""
        return self.form != "flat"

    def takes(self, form: str) -> bool:
        """Whether a delivery may be of a form, `xlsx` or `csv`."""
        return self.form == "either" or (form == "csv") == (self.form == "flat")

    @property
    def may_quote(self) -> bool:
        """Whether a message may say what a cell holds: never where the rows are about people."""
        return self.sensitivity == "not_people"

    @property
    def needs_key(self) -> bool:
        """Whether its references are hashed and its deliveries kept sealed: always where its rows are about people."""
        return not self.may_quote

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the declaration that a name or a cell may repeat without telling of a person, in lower case."""
        said = [self.name, self.title, self.description, self.as_at.example, *self.file_words]
        for table in self.tables:
            said += [table.name, table.one_row, *table.not_stored, table.cells.example if table.cells else ""]
            for layout in table.layouts:
                said += [layout.sheets, *(heading for headings in layout.renamed.values() for heading in headings)]
            for column in table.read_columns:
                said += [column.name, column.description, column.example or ""]
                said += [*column.headings, *column.allowed, *column.aliases, *column.words]
        return words_of(" ".join(said).replace("_", " "))

    @property
    def is_reference(self) -> bool:
        return self.arrives_in.startswith("reference/")
