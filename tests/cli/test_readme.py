"""Every command of the README runs, and its example of a new source works in a copy of the project, touching nothing
central.
"""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from conftest import CS, run_cs

from cs_pipeline.words.settings import PROJECT

README = (PROJECT / "README.md").read_text()
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.S) for line in block.splitlines() if line.strip()
]
MAKE_ONLY = {
    "make test",
    "make check",
    "make proof",
    "make bench",
    "make lock",
}  # these run the tests, or change the lock


LONG = ("cs report", "cs disclosure", "cs samples")  # Each is tried in tests of its own too.


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, marks=pytest.mark.proof if command.startswith(LONG) else ())
        for command in COMMANDS
        if command.startswith("cs ") and not command.startswith("cs rollback")
    ],
)
def test_a_command_of_the_readme_runs(command: str, committed: Path, tmp_path: Path) -> None:
    """What it writes goes to a folder of the test's own; the files it names are those of the project."""
    arguments = [str(PROJECT / part) if part.startswith("sources/") else part for part in shlex.split(command)[1:]]
    done = run_cs(*arguments, cwd=tmp_path, CS_WAREHOUSE=str(committed))
    held = command == "cs run"  # over the conflicts of the plan, which nobody has settled
    assert done.returncode == (1 if held else 0), done.stdout + done.stderr
    assert done.stdout.strip()


@pytest.mark.proof
def test_make_run_publishes_and_a_second_one_has_nothing_to_do(tmp_path: Path) -> None:
    """On two of its folders; what the whole set gives is proved in `tests/plan`."""
    for folder in ("reference", "asb_panel"):
        copytree(PROJECT / "sources" / folder, tmp_path / "sources" / folder)
    where = {"CS_WAREHOUSE": str(tmp_path / "warehouse"), "CS_SOURCES": str(tmp_path / "sources")}
    environment = os.environ | where
    told = [
        subprocess.run(["make", "run"], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert "Published:" in told[0]
    assert "Nothing new: no delivery to take in and no table to build, so no run was started." in told[1]
    back = run_cs("rollback", **where)
    assert back.returncode == 2, "there is only one publication, and it must say so"


def test_the_other_make_commands_exist_and_say_what_they_run() -> None:
    assert MAKE_ONLY | {"make run", "make ui"} == {c for c in COMMANDS if c.startswith("make ")}
    for command in sorted(MAKE_ONLY | {"make ui"}):
        done = subprocess.run(
            ["make", "-n", command.split()[1]], cwd=PROJECT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "make test" in (PROJECT / ".ci" / "run").read_text()


@pytest.mark.proof
def test_the_dagster_page_answers_on_this_machine_only(committed: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [CS, "ui", "--port", str(port), "--warehouse", str(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(120):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=2).read()
                break
            except OSError:
                time.sleep(0.5)
        assert b"dagster_webserver_version" in page
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


@pytest.mark.proof
def test_the_example_source_touches_nothing_central(tmp_path: Path) -> None:
    """A copy of the project, one file of declarations and one delivery: a table, its findings, its asset, its
    publication.
    """
    declared = re.search(r"```python\n(.*?)```", README, re.S)
    assert declared
    copy = tmp_path / "copy"
    for folder in ("cs_pipeline", "sql", "dagster_home"):
        copytree(
            PROJECT / folder,
            copy / folder,
            ignore=ignore_patterns("__pycache__", "storage", "history", "*.db*", "schedules"),
        )
    copytree(PROJECT / "sources" / "reference", copy / "sources" / "reference")
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    (copy / "cs_pipeline" / "sources" / "fly_tipping.py").write_text(declared[1])
    arrived = copy / "sources" / "fly_tipping"
    arrived.mkdir()
    (arrived / "fly tipping 2023-01-31.csv").write_text(
        "Month,Ward,Reports\n2023-01,Beeston West,4\n2023-01,Bramcote,x\n2022-12,Bramcote,2\n"
    )
    environment = os.environ | {"PYTHONPATH": str(copy)}
    command = [sys.executable, "-m", "cs_pipeline"]

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *arguments], cwd=copy, env=environment, capture_output=True, text=True)

    done = ask("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 rows = 2 accepted + 1 quarantined + 0 ignored by rule" in done.stdout
    assert 'Fly-tipping, file "fly tipping 2023-01-31.csv", cell C3 — "x" where' in done.stdout
    rows = ask(
        "sql", "--csv", "select quarter_key, n_rows from meta.quarter_presence where source_name = 'fly_tipping'"
    )
    assert rows.stdout.splitlines()[1:] == ["2022-23-Q3,1", "2022-23-Q4,1"], rows.stdout + rows.stderr
    asks = "import dagster as dg; from cs_pipeline.orchestration.run import definitions; "
    asks += "print([k.to_user_string() for k in definitions().resolve_all_asset_keys() if 'fly_tipping' in k.path])"
    keys = subprocess.run([sys.executable, "-c", asks], cwd=copy, env=environment, capture_output=True, text=True)
    assert "stage/fly_tipping" in keys.stdout, keys.stderr
    assert "sources/fly_tipping" in keys.stdout
    after = {path: path.read_bytes() for path in before}
    assert {p for p in before if before[p] != after[p] and "dagster_home" not in p.parts} == set()
