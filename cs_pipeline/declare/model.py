"""A SQL file as a model or a claim: its name from its path, its words from its comments, what it needs from sqlglot.

A model is a plain select that runs unchanged in any DuckDB tool. Building tables from models is `warehouse/build.py`.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

SEVERITIES = ("fail", "hold", "warn")
CALCULATED = "marts.figure_calculated"  # Where a figure is held while statements of it disagree.


class ModelBroken(Exception):
    """A SQL file is not what it must be, or cannot be built; the message is two sentences and names the file."""


@lru_cache(maxsize=1000)
def _parsed(text: str):  # type: ignore[no-untyped-def]
    """The tree of a query, which nobody changes: a run reads the folder of SQL three times."""
    import sqlglot

    return sqlglot.parse_one(text, read="duckdb")


@dataclass(frozen=True)
class SqlFile:
    """A file of SQL with the comment lines at its head."""

    path: Path
    text: str

    @cached_property
    def head(self) -> list[str]:
        """The comment lines before the first line of SQL, without their dashes."""
        lines: list[str] = []
        for line in self.text.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.lstrip("-").strip())
        return lines

    @cached_property
    def depends_on(self) -> frozenset[str]:
        """Every table that the query reads, as schema.table.

        Real tables carry their schema and names of CTEs never do, so a CTE cannot hide a table. Raises ModelBroken
        otherwise.
        """
        from sqlglot import exp

        named = {cte.alias for cte in self._tree.find_all(exp.CTE)}
        tables = list(self._tree.find_all(exp.Table))
        strange = {t.name for t in tables if t.name and not t.db and t.name not in named}
        if strange:
            names = ", ".join(sorted(strange))
            raise ModelBroken(f"{self.path.name} reads {names} without its schema. Write it as in core.dim_date.")
        return frozenset(f"{t.db}.{t.name}" for t in tables if t.db)

    @cached_property
    def _tree(self):  # type: ignore[no-untyped-def]  # sqlglot is imported only when a file is parsed
        import sqlglot

        try:
            return _parsed(self.text)
        except sqlglot.errors.SqlglotError as trouble:
            words = str(trouble).splitlines()[0]
            raise ModelBroken(
                f"{self.path.name} cannot be read as SQL: {words} Correct the file and run again."
            ) from None


@dataclass(frozen=True)
class Model(SqlFile):
    """One table: `sql/core/dim_date.sql` is `core.dim_date`.

    Head comments: what it is; `One row per …`; then, where they apply, `Restricted: why` for row-level facts that
    only few may open, and `Group: name` for the Dagster page.
    """

    name: str

    @property
    def schema(self) -> str:
        return self.name.split(".")[0]

    @cached_property
    def description(self) -> str:
        return " ".join(line for line in self.head if line and not re.match(r"(Restricted|Quarter):", line))

    @property
    def is_restricted(self) -> bool:
        return any(line.startswith("Restricted:") for line in self.head)

    @cached_property
    def quarter_column(self) -> str | None:
        """The column that places a row in a financial quarter, for facts and marts that hold time."""
        holds_time = self.name.startswith(("core.fact_", "marts."))
        return "quarter_key" if holds_time and "quarter_key" in self.columns else None

    @cached_property
    def columns(self) -> dict[str, str | None]:
        """Name of each column and its own description; None where it comes from the table it is read from."""
        found: dict[str, str | None] = {}
        for column in self._tree.selects:
            words = [c.strip() for c in column.comments or [] if not c.strip().startswith("--")]
            found[column.alias_or_name] = " ".join(words) or None
        return found


@dataclass(frozen=True)
class Claim(SqlFile):
    """A query that returns the rows that break it, under `sql/checks/<schema>.<table>/`.

    Head comments: `fail:`, `hold:` or `warn:` with the sentence that people read, then `Dimension:` of data quality.
    Its first column is `finding`, one sentence a row.
    """

    table: str
    name: str

    @cached_property
    def severity(self) -> str:
        return self.head[0].split(":")[0]

    @property
    def is_on_star(self) -> bool:
        return self.table.startswith("core.")

    @cached_property
    def sentence(self) -> str:
        said = " ".join(line for line in self.head if not line.startswith("Dimension:"))
        return said.split(":", 1)[1].strip()

    @cached_property
    def dimension(self) -> str:
        return next(line for line in self.head if line.startswith("Dimension:")).split(":")[1].strip()


@dataclass(frozen=True)
class Measure(SqlFile):
    """What an indicator counts: `sql/measures/case_received.sql`, one row for each thing counted and reported period.

    Its columns are `MEASURED`, and `WARD` after them where what is counted tells its ward; the figure is the sums of
    the numerators and denominators of its rows, so that what is counted and what a figure is traced back to are one
    query. Head comments: what it counts; `One row per …`; `Reach: own rows` where a period's rows are those of its own
    quarters, else `Reach: any time`; and `Waits: one quarter` where a period can be told only once the next quarter is
    on record too.
    """

    name: str

    @cached_property
    def is_own_rows(self) -> bool:
        return "Reach: own rows" in self.head

    @cached_property
    def waits(self) -> bool:
        return "Waits: one quarter" in self.head

    @cached_property
    def essence(self) -> str:
        """The query without its comments and layout: what must change for a number to change."""
        return str(self._tree.sql(dialect="duckdb", comments=False))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.alias_or_name for column in self._tree.selects)

    @cached_property
    def knows_ward(self) -> bool:
        return WARD in self.columns


MEASURED = (
    "counted_part",
    "period_kind",
    "period_key",
    "numerator",
    "denominator",
    "delivery_key",
    "sheet_name",
    "row_number",
)
WARD = "ward_code"


def find_measures(sql: Path) -> list[Measure]:
    """Every measure by name. Raises ModelBroken for a file whose head or columns are not what a measure needs."""
    found = [Measure(path, path.read_text(), path.stem) for path in sorted((sql / "measures").glob("*.sql"))]
    for measure in found:
        reach = [line for line in measure.head if line in ("Reach: own rows", "Reach: any time")]
        if len(measure.head) < 3 or not measure.head[1].startswith("One row per ") or len(reach) != 1:
            what = f"{measure.path.name} does not say what it counts"
            raise ModelBroken(f"{what}. Start with what it is, one row per what, and Reach: own rows or any time.")
        if measure.columns not in (MEASURED, (*MEASURED, WARD)):
            raise ModelBroken(f"{measure.path.name} does not give the columns {', '.join(MEASURED)}. Give those.")
    return found


@dataclass(frozen=True)
class Macro(SqlFile):
    """A question to be asked with arguments: `sql/macros/marts.figure_as_known.sql` is `marts.figure_as_known(day)`.

    Head comments: what it gives, with an example; then `Takes:` and the names of its arguments.
    """

    name: str

    @cached_property
    def takes(self) -> str:
        return next(line for line in self.head if line.startswith("Takes:")).split(":")[1].strip()

    @cached_property
    def description(self) -> str:
        return self.head[0]


def find_macros(sql: Path) -> list[Macro]:
    """Every table macro by name. Raises ModelBroken for a head without its arguments."""
    found = [Macro(path, path.read_text(), path.stem) for path in sorted((sql / "macros").glob("*.sql"))]
    for macro in found:
        if not any(line.startswith("Takes:") for line in macro.head):
            raise ModelBroken(f"{macro.path.name} does not name its arguments. Add a comment such as Takes: day.")
    return found


def find_claims(sql: Path) -> list[Claim]:
    """Every claim, by table and name. Raises ModelBroken for a head comment without severity or dimension."""
    paths = sorted((sql / "checks").glob("*/*.sql"))
    claims = [Claim(path, path.read_text(), path.parent.name, path.stem) for path in paths]
    for claim in claims:
        if not claim.head or claim.severity not in SEVERITIES:
            raise ModelBroken(
                f"{claim.path.name} does not say what it costs. Start its first comment with fail:, hold: or warn:."
            )
        if claim.severity == "hold" and not claim.is_on_star and claim.table != CALCULATED:
            what = f"{claim.path.name} would hold a figure too late"
            raise ModelBroken(f"{what}. Only a claim on a table of core, or on {CALCULATED}, can hold one.")
        if not any(line.startswith("Dimension:") for line in claim.head):
            raise ModelBroken(
                f"{claim.path.name} names no dimension of data quality. Add a comment such as Dimension: validity."
            )
    return claims
