"""What several folders of tests share: the published warehouse of the committed deliveries, made once a session."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from cs_pipeline.words.settings import PROJECT

if TYPE_CHECKING:
    from cs_pipeline.disclosure.protection import Protection

# Packs only where a test asks for them: they would be most of a small world's night.
os.environ["CS_MAKES_PACKS"] = "no"
# Never the key of whoever runs the tests.
os.environ["CS_KEY_FILE"] = str(Path(tempfile.gettempdir()) / f"cs-test-key-{os.getuid()}" / "key")
CS = str(Path(sys.executable).parent / "cs")
# Files whose tests read the warehouse of the committed deliveries, and those that make one of their own for many tests.
OF_COMMITTED = (
    "cli/test_cs.py", "cli/test_report.py", "disclosure/test_bytes.py", "disclosure/test_protection.py",
    "reports/test_forms_agree.py", "reports/test_packs_against_plan.py", "reports/test_ward.py",
    "plan/test_backtest.py", "plan/test_plan_as_printed.py", "reconciliation/test_committed_plan.py",
)  # fmt: skip
OF_ONE_WAREHOUSE = (
    "cli/test_how_definitions_change.py", "cli/test_real_police_files.py", "figures/test_commentary.py",
    "figures/test_issues.py", "figures/test_rebuilds.py", "orchestration/test_backfill.py",
    "orchestration/test_graph.py", "plan/test_two_editions.py", "publish/test_publication.py",
    "reconciliation/test_decisions.py", "reports/test_html.py", "reports/test_packs_over_time.py",
    "test_canaries.py", "test_samples.py",
    "warehouse/test_food_and_survey_marts.py", "warehouse/test_incremental.py",
    "warehouse/test_pentana_marts.py", "warehouse/test_working_days.py",
)  # fmt: skip
REAL = PROJECT.parent / "shared" / "real"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Two workers make no warehouse twice: what shares one goes to one worker, all else to whoever is free.

    Marks of `xdist_group` would say the same, but pytest 9.2 no longer reads what xdist 3.8 makes of them.
    """
    return ByWarehouse(config, log)


class ByWarehouse(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0].removeprefix("tests/")
        return "committed" if file in OF_COMMITTED else file if file in OF_ONE_WAREHOUSE else nodeid


def run_cs(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it: another process, its output as text."""
    return subprocess.run(
        [CS, *arguments], capture_output=True, text=True, env=os.environ | environment, cwd=cwd, timeout=240
    )


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The warehouse after `cs run` on the deliveries in `sources/`; shared by the workers of a session, so read it
    only.
    """
    root = tmp_path_factory.getbasetemp().parent if worker_id != "master" else tmp_path_factory.getbasetemp()
    warehouse = root / "committed"
    with FileLock(root / "committed.lock"):
        if not (warehouse / "told.txt").exists():
            done = run_cs("run", "--warehouse", str(warehouse), CS_MAKES_PACKS="yes")
            assert done.returncode == 1, done.stdout + done.stderr  # six figures are held over conflicts of the plan
            (warehouse / "told.txt").write_text(done.stdout)
    return warehouse


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The warehouse after `cs run` on the real, published police files, where they stand beside the project."""
    if not REAL.exists():
        pytest.skip("The published police files do not stand beside this project.")
    root = tmp_path_factory.getbasetemp().parent if worker_id != "master" else tmp_path_factory.getbasetemp()
    warehouse = root / "real"
    with FileLock(root / "real.lock"):
        if not (warehouse / "told.txt").exists():
            done = run_cs("run", "--sources", str(REAL), "--warehouse", str(warehouse))
            assert done.returncode == 1, done.stdout + done.stderr
            (warehouse / "told.txt").write_text(done.stdout)
    return warehouse


@pytest.fixture(scope="session")
def with_wards(committed: Path) -> "Protection":
    """What is protected of the committed deliveries, wards and all; found once for all that ask."""
    from cs_pipeline.disclosure.policy import read_policy
    from cs_pipeline.disclosure.protection import find_protection

    path = (committed / "published" / "community_safety.duckdb").resolve()
    with duckdb.connect(str(path), read_only=True) as publication:
        return find_protection(publication, read_policy(), with_wards=True)
