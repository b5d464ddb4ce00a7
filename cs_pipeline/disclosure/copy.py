"""The copy of a publication that holds no protected number: what packs for the public are made from.

A table is in it only as `sql/public/` selects it, or because it is named here as holding nothing of people; what is
reckoned from figures (status, trend, limits, year-end estimates) is reckoned again from the open ones by the very same
SQL. So nothing that is made from the copy can give away more than the open numbers do.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.told import Slot
from cs_pipeline.warehouse.connect import insert_rows, open_beside
from cs_pipeline.words.figures import show_number

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

# Nothing in these counts people: what is measured and how, periods and places, and what the plan itself prints.
AS_THEY_ARE = (
    "core.dim_area", "core.dim_indicator", "core.dim_period", "core.dim_reported_period", "core.dim_service",
    "core.fact_stated_figure", "core.fact_target", "marts.figure_target", "marts.pack_place", "marts.plan_action",
    "marts.plan_budget", "marts.plan_figure", "marts.plan_risk", "marts.plan_strategy", "marts.risk_score",
    "meta.definition", "meta.illustrative", "meta.indicator", "meta.issue", "meta.publication",
    "meta.quarter_presence", "meta.source",
)  # fmt: skip

# Reckoned from `marts.figure` alone, so reckoned again; in order.
RECKONED = ("figure_trend", "figure_status", "figure_limit", "figure_outlook", "pack_figure")

Number = tuple[Slot, float, str]  # A figure, one of its values, and the unit.


@contextmanager
def public_copy(
    publication: Path,
    sql: Path,
    open_numbers: Iterable[Number],
    closed: Iterable[Slot],
    bases: Mapping[str, int],
    words: str,
) -> Iterator["Connection"]:
    """The tables that packs read, in memory, with no number of the `closed` figures but those that are open.

    `words` are what it says of itself, `bases` what the counts of an indicator are rounded to. A number about people
    that is in neither list is closed too. The publication is let go before anybody reads.
    """
    with open_beside(publication, "inside") as copy:
        for schema in ("core", "marts", "meta"):
            copy.execute(f"create schema {schema}")
        _judge(copy, open_numbers, closed, bases)
        for name in AS_THEY_ARE:
            copy.execute(f"create table {name} as from inside.{name}")
        for path in sorted((sql / "public").glob("*.sql")):
            copy.execute(f"create table {path.stem} as {path.read_text()}")
        for name in RECKONED:
            copy.execute(f"create table marts.{name} as {(sql / 'marts' / f'{name}.sql').read_text()}")
        copy.execute("create table meta.protection as select ?::varchar as protection_words", [words])
        copy.execute("drop table known_open; drop table closed_figure; drop table named")
        copy.execute("detach inside")
        yield copy


def _judge(
    copy: "Connection", open_numbers: Iterable[Number], closed: Iterable[Slot], bases: Mapping[str, int]
) -> None:
    """Makes what the files in `sql/public/` ask: is a number open, is a sentence harmless, do words name a number."""
    copy.execute(TABLES)
    insert_rows(
        copy, "known_open", [(*slot, value, bare(show_number(value, unit))) for slot, value, unit in open_numbers]
    )
    insert_rows(copy, "named", [slot[:3] for slot in closed])
    insert_rows(copy, "rounded", sorted(bases.items()))
    copy.execute((Path(__file__).parent / "judges.sql").read_text())


def bare(printed: str) -> str:
    """A printed number as somebody would type it, without commas and per cent: `1234`, `71.1`, `14`."""
    return printed.replace(",", "").removesuffix("%").removesuffix(".0")


TABLES = """
    create table known_open (
        indicator_code varchar, period_kind varchar, period_key varchar, ward_code varchar, value double, said varchar);
    create table named (indicator_code varchar, period_kind varchar, period_key varchar);
    create temp table rounded (indicator_code varchar, base integer)"""
