"""The order in which a build is made: the star, what is counted, the figures, what of them is new, and what is read.

Each part is judged stale by itself: SQL files in `warehouse/build.py`, counts in `compute.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.model import Model
from cs_pipeline.figures.compute import compute
from cs_pipeline.figures.history import Versions, note_versions
from cs_pipeline.figures.wanted import judge_counts
from cs_pipeline.warehouse.build import build_models, finish, prepare
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Built, is_stale

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

RECORDED = ("meta.measured", "meta.figure_history", "meta.conflict_history")
# What is noted in a record as soon as it is built, before anything reads the record.
NOTED = {"marts.figure_calculated": "figure_history", "marts.conflict": "conflict_history"}


@dataclass
class Asked:
    """What is to be built: all that is stale, or by name (a backfill); then of indicators only the quarters named."""

    only: set[str] | None = None
    quarters: set[str] | None = None
    versions: Versions = field(default_factory=dict)

    @property
    def indicators(self) -> bool:
        return self.only is not None and any(name.startswith("figures.") for name in self.only)


def build_all(
    connection: "Connection",
    plan: Plan,
    indicators: Sequence[Indicator],
    asked: Asked,
    at: datetime,
    on_table: Callable[[str], None] = print,
) -> Iterator[Built]:
    """Builds what is stale or asked for; yields what was rebuilt, and leaves new versions of figures and conflicts in
    `asked`.

    Where indicators are asked for, what is made of their counts and history follows, so that the result can be seen.
    """
    before, *phases = _phases(plan)
    behind = {name for record in RECORDED for name in plan.behind(record)} if asked.indicators else set()
    done = list[Model]()  # What was built before a record it reads was added to: it holds the same, made from more.
    prepare(connection, plan)
    yield from build_models(connection, plan, before, asked.only, on_table)
    yield from compute(connection, plan, indicators, asked.only, asked.quarters)
    for models in phases:
        follow = [model for model in models if model.name in behind]
        yield from build_models(connection, plan, follow, None, on_table)
        rest = [model for model in models if model not in follow]
        yield from build_models(connection, plan, rest, asked.only, on_table)
        for model in models:
            if record := NOTED.get(model.name):
                asked.versions[record] = note_versions(connection, record, at)
                reads = [m for m in done if f"meta.{record}" in m.depends_on] if asked.versions[record] else []
                yield from build_models(connection, plan, reads, None, on_table)
        done += models
    finish(connection, plan)


def is_anything_stale(connection: "Connection", plan: Plan, indicators: Sequence[Indicator]) -> bool:
    """Whether any table, claim or count is made from something else than what stands now."""
    return is_stale(connection, plan) or bool(judge_counts(connection, plan, indicators).stale)


def _phases(plan: Plan) -> list[list[Model]]:
    """What is built before anything is counted; what calculates the figures; what finds the conflicts; what reads the
    history of either.
    """
    phases = [[model for model in plan.models if model.schema != "marts"]]
    rest = [model for model in plan.models if model.schema == "marts"]
    for name in NOTED:
        needed = plan.needed_by(name)
        phases.append([model for model in rest if model.name in needed])
        rest = [model for model in rest if model.name not in needed]
    return [*phases, rest]
