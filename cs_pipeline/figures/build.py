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
from cs_pipeline.figures.history import Rows, note_versions
from cs_pipeline.figures.wanted import judge_counts
from cs_pipeline.warehouse.build import build_models, finish, prepare
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.stale import Built, is_stale

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

RECORDED = ("meta.measured", "meta.figure_history")
CALCULATED = "marts.figure_calculated"


@dataclass
class Asked:
    """What is to be built: all that is stale, or by name (a backfill); then of indicators only the quarters named."""

    only: set[str] | None = None
    quarters: set[str] | None = None
    versions: Rows = field(default_factory=list)

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
    """Builds what is stale or asked for; yields what was rebuilt, and leaves new versions of figures in `asked`.

    Where indicators are asked for, what is made of their counts and history follows, so that the result can be seen.
    """
    before, calculated, after = _phases(plan)
    behind = {name for record in RECORDED for name in plan.behind(record)} if asked.indicators else set()
    prepare(connection, plan)
    yield from build_models(connection, plan, before, asked.only, on_table)
    yield from compute(connection, plan, indicators, asked.only, asked.quarters)
    for models in (calculated, after):
        follow = [model for model in models if model.name in behind]
        yield from build_models(connection, plan, follow, None, on_table)
        rest = [model for model in models if model not in follow]
        yield from build_models(connection, plan, rest, asked.only, on_table)
        if models is calculated and any(model.name == CALCULATED for model in models):
            asked.versions = note_versions(connection, at)
    finish(connection, plan)


def is_anything_stale(connection: "Connection", plan: Plan, indicators: Sequence[Indicator]) -> bool:
    """Whether any table, claim or count is made from something else than what stands now."""
    return is_stale(connection, plan) or bool(judge_counts(connection, plan, indicators).stale)


def _phases(plan: Plan) -> tuple[list[Model], list[Model], list[Model]]:
    """What is built before anything is counted; what calculates the figures; what reads them and their history."""
    before = [model for model in plan.models if model.schema != "marts"]
    marts = [model for model in plan.models if model.schema == "marts"]
    needed = plan.needed_by(CALCULATED)
    return before, [m for m in marts if m.name in needed], [m for m in marts if m.name not in needed]
