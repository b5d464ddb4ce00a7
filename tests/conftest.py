"""What several folders of tests share: the published warehouse of the committed deliveries, made once a session."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

from cs_pipeline.words.settings import PROJECT

# Never the key of whoever runs the tests.
os.environ["CS_KEY_FILE"] = str(Path(tempfile.gettempdir()) / f"cs-test-key-{os.getuid()}" / "key")
CS = str(Path(sys.executable).parent / "cs")
SLOW = {"two_nights", "year", "walked", "first_run", "first_night", "told", "aftermath", "plan", "counted"}
REAL = PROJECT.parent / "shared" / "real"


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One test of each warehouse that all share comes first, so that one worker makes it while the other is at work.
    What shares a slow fixture of its module goes to one worker, so that it is made once.
    """
    shared = ("committed", "real")
    firsts = [next((i for i in items if name in getattr(i, "fixturenames", ())), None) for name in shared]
    items.sort(key=lambda item: (item not in firsts, bool({*shared} & set(getattr(item, "fixturenames", ())))))
    for item in items:
        if SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


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
            done = run_cs("run", "--warehouse", str(warehouse))
            assert done.returncode == 0, done.stdout + done.stderr
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
