"""What reconciliation adds to a rebuild of the committed deliveries: its tables, their claims, and reading its SQL."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cs_pipeline.figures.build import Asked, build_all
from cs_pipeline.figures.declared import load_indicators
from cs_pipeline.operate.night import Listener, night
from cs_pipeline.warehouse.connect import open_build
from cs_pipeline.warehouse.ledger import now
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.settings import PROJECT, Settings, read_settings

ROUNDS = 7
ADDED = (
    "figure_statement", "figure_pair", "figure_conflict", "figure_decided", "plan_value", "plan_ambition", "conflict",
    "conflict_decided", "reconciliation",
)  # fmt: skip


def time_reconciliation() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(PROJECT / "sources", Path(folder) / "warehouse")
        night(settings, Listener())
        plain = _without(settings.sql, Path(folder) / "sql")
        reading, plainly = [], []
        for _ in range(ROUNDS):
            reading.append(_clock(lambda: Plan.read(settings.sql)))
            plainly.append(_clock(lambda: Plan.read(plain)))
        built = [_clock(lambda: _rebuild(settings)) for _ in range(ROUNDS)]
        nothing = [_clock(lambda: _rebuild(settings, ())) for _ in range(ROUNDS)]
    read_more = statistics.median(reading) - statistics.median(plainly)
    more = [b - statistics.median(nothing) + max(read_more, 0) for b in built]
    print(f"  reading its SQL: {read_more:.2f} s more")
    said = f"median {statistics.median(more):.2f} s, {min(more):.2f} to {max(more):.2f}"
    print(f"  reading and building it: {said} (aim: under 1 s)")


def _without(sql: Path, to: Path) -> Path:
    """The folder of SQL without what reconciliation added; read, never built."""
    shutil.copytree(sql, to)
    shutil.rmtree(to / "reconciliation")
    for name in ADDED:
        (to / "marts" / f"{name}.sql").unlink(missing_ok=True)
        shutil.rmtree(to / "checks" / f"marts.{name}", ignore_errors=True)
    return to


def _rebuild(settings: Settings, names: tuple[str, ...] = ADDED) -> None:
    plan = Plan.read(settings.sql)
    indicators = load_indicators(settings, plan)
    asked = Asked({f"marts.{name}" for name in names}, set())
    with open_build(settings) as build:
        list(build_all(build, plan, indicators, asked, now(), lambda _: None))


def _clock(work: Callable[[], object]) -> float:
    from cs_pipeline.declare.model import _parsed

    _parsed.cache_clear()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
