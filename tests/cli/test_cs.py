"""The command as its users meet it: what it prints, how it ends, and what it must never do."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import CS, run_cs
from filelock import FileLock

from cs_pipeline.cli.main import make_parser
from cs_pipeline.words.settings import PROJECT

VERBS = (
    "run", "rollback", "status", "check", "preview", "stale", "issue", "restate", "why", "sql", "ui", "samples",
    "template", "catalogue",
)  # fmt: skip
ASB = PROJECT / "sources" / "police_asb" / "ASB Broxtowe 2022-23 Q3.xlsx"


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """A sources folder with one police workbook, and the place for its warehouse."""
    folder = tmp_path / "sources" / "police_asb"
    folder.mkdir(parents=True)
    shutil.copy(ASB, folder)
    return tmp_path / "sources", tmp_path / "warehouse"


def test_every_verb_has_help_with_an_example() -> None:
    text = make_parser().format_help()
    for verb in VERBS:
        assert verb in text
        assert f"example: cs {verb}" in run_cs(verb, "--help").stdout


def test_wrong_use_ends_with_three_and_one_line() -> None:
    for arguments in (["nonsense"], ["run", "--nonsense"], [], ["check", "no such file.xlsx"]):
        done = run_cs(*arguments)
        assert done.returncode == 3, arguments
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr


@pytest.mark.proof
def test_a_second_run_takes_in_nothing_and_starts_no_dagster_run(small: tuple[Path, Path]) -> None:
    import dagster as dg

    sources, warehouse = small
    where = ("--sources", str(sources), "--warehouse", str(warehouse))
    first = run_cs("run", *where)
    assert first.returncode == 0, first.stdout + first.stderr
    published = (warehouse / "published" / "community_safety.duckdb").resolve()
    for _ in range(2):
        again = run_cs("run", *where)
        assert again.returncode == 0
        assert "Nothing new" in again.stdout
        for path in sources.rglob("*.xlsx"):
            path.touch()  # looked at again, and found to be the same
    assert (warehouse / "published" / "community_safety.duckdb").resolve() == published
    with dg.DagsterInstance.from_config(str(warehouse / "dagster_home")) as instance:
        assert [run.status for run in instance.get_runs()] == [dg.DagsterRunStatus.SUCCESS]


@pytest.mark.proof
def test_a_refused_file_among_good_ones_ends_with_one_and_its_sentence(small: tuple[Path, Path]) -> None:
    sources, warehouse = small
    (sources / "police_asb" / "empty.xlsx").write_bytes(b"")
    done = run_cs("run", "--sources", str(sources), "--warehouse", str(warehouse))
    assert done.returncode == 1
    assert 'Police ASB, file "empty.xlsx" — ' in done.stdout
    assert "458 accepted" in done.stdout
    status = run_cs("status", "--warehouse", str(warehouse))
    assert status.returncode == 0
    assert "refused: Police ASB" in status.stdout


def test_two_runs_do_not_meet(small: tuple[Path, Path]) -> None:
    sources, warehouse = small
    warehouse.mkdir()
    with FileLock(warehouse / ".lock"):
        begun = time.monotonic()
        done = run_cs("run", "--sources", str(sources), "--warehouse", str(warehouse))
        assert time.monotonic() - begun < 5
    assert done.returncode == 2
    assert done.stderr == "cs: Another run is at work on this warehouse. Wait until it has ended, then run again.\n"


def test_status_and_sql_before_the_first_publication_say_what_to_do(tmp_path: Path) -> None:
    for arguments in (("status",), ("sql", "select 1")):
        done = run_cs(*arguments, "--warehouse", str(tmp_path))
        assert done.returncode == 2
        assert done.stderr == "cs: Nothing has been published yet. Run cs run first.\n"


def test_status_names_deliveries_findings_and_quarters(committed: Path) -> None:
    told = run_cs("status", "--warehouse", str(committed)).stdout
    assert "213 deliveries" in told
    assert "ASB Broxtowe 2019-20 revised.xlsx" in told
    assert "2019-20-Q1   2022-23-Q3        15   none" in told
    assert (
        "ComS_011 for 2021/22 is 2,415 by the deliveries, and 2,185 in the plan's CSI, cell H5; the figure is held"
        in told
    )


def test_sql_reads_and_does_nothing_else(committed: Path, tmp_path: Path) -> None:
    where = ("--warehouse", str(committed))
    good = run_cs(
        "sql",
        "--csv",
        """select period_key, value from marts.figure_calculated
           where indicator_code = 'ComS_011' and period_kind = 'year' and missing_reason is null order by 1""",
        *where,
    )
    assert good.stdout.splitlines() == ["period_key,value", "2019-20,1500.0", "2020-21,2881.0"]
    escapes = (
        "create table x (a int)",
        "insert into core.dim_source default values",
        f"copy (select 1) to '{tmp_path}/x.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        f"attach '{tmp_path}/x.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "pragma memory_limit = '99GB'",
        f"export database '{tmp_path}/x'",
    )
    for query in escapes:
        done = run_cs("sql", query, *where)
        assert done.returncode == 2, query
        assert done.stderr.startswith("cs: the query cannot be run."), query
    assert list(tmp_path.iterdir()) == []


def test_check_judges_a_file_and_stores_nothing(tmp_path: Path) -> None:
    done = run_cs("check", str(ASB), "--warehouse", str(tmp_path / "warehouse"))
    assert done.returncode == 0
    assert "Judged as a delivery of Police ASB (police_asb); nothing was stored." in done.stdout
    assert not (tmp_path / "warehouse").exists()
    elsewhere = tmp_path / "somewhere else.xlsx"
    shutil.copy(ASB, elsewhere)
    assert "Police ASB" in run_cs("check", str(elsewhere)).stdout
    elsewhere.write_text("a,b\n1,2\n")
    refused = run_cs("check", str(elsewhere), "--source", "police_asb")
    assert refused.returncode == 2
    assert "It would be refused." in refused.stdout


@pytest.mark.proof
def test_rollback_goes_back_one_publication(small: tuple[Path, Path]) -> None:
    sources, warehouse = small
    where = ("--sources", str(sources), "--warehouse", str(warehouse))
    link = warehouse / "published" / "community_safety.duckdb"
    run_cs("run", *where)
    first = link.resolve()
    assert run_cs("rollback", "--warehouse", str(warehouse)).returncode == 2
    shutil.copy(ASB.with_name("ASB Broxtowe 2022-23 Q2.xlsx"), sources / "police_asb")
    run_cs("run", *where)
    assert link.resolve() != first
    assert run_cs("rollback", "--warehouse", str(warehouse)).returncode == 0
    assert link.resolve() == first


@pytest.mark.proof
def test_a_stopped_run_says_that_the_published_file_stands(small: tuple[Path, Path]) -> None:
    import signal

    sources, warehouse = small
    process = subprocess.Popen(
        [CS, "run", "--sources", str(sources), "--warehouse", str(warehouse)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Taking in deliveries")
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode in (0, 2)
    assert "Traceback" not in told
    assert run_cs("run", "--sources", str(sources), "--warehouse", str(warehouse)).returncode == 0
