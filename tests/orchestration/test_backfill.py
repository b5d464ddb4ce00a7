"""A changed definition rebuilds the quarters that it touches, of that indicator, and nothing else: counted from
Dagster's event log and from the records of the build, whoever starts the run and whether or not the daemon is up.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
from conftest import CS, run_cs
from worlds import hurry, write_comments

from cs_pipeline.operate.night import Listener, night
from cs_pipeline.words.settings import PROJECT, Settings, read_settings

CODE = "ComS_012d"
SINCE = "2021-22-Q3"
TOUCHED = {"2021-22-Q3", "2021-22-Q4", "2022-23-Q1", "2022-23-Q2", "2022-23-Q3"}
ASKED = {"2021-22-Q4", "2022-23-Q2"}  # two that do not stand side by side
CHECKED = {"assetKey": {"path": ["marts", "figure_calculated"]}, "name": "no_quarter_is_stale"}


@dataclass(frozen=True)
class Office:
    """A folder with deliveries, definitions of its own and a warehouse."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        folders = {"CS_SOURCES": "sources", "CS_WAREHOUSE": "warehouse", "CS_INDICATORS": "indicators"}
        return {name: str(self.folder / part) for name, part in folders.items()} | {
            "CS_KEY_FILE": os.environ["CS_KEY_FILE"]
        }

    @property
    def settings(self) -> Settings:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            return read_settings()

    def instance(self) -> dg.DagsterInstance:
        return dg.DagsterInstance.from_config(str(self.settings.dagster_home))

    def adopt(self) -> None:
        """Puts the proposed definition in force, as an owner does: under `definitions`, with a quarter and a reason."""
        file = self.folder / "indicators" / "chief_environmental_health_officer.yml"
        before, rest = file.read_text(encoding="utf-8").split(f"- code: {CODE}\n")
        since = f"    - since: {SINCE}\n      because: Members asked for the share of the quarter's own cases.\n"
        changed, n = re.subn(r"  proposed:.*\n    - numerator", since + "      numerator", rest, count=1)
        assert n == 1
        file.write_text(f"{before}- code: {CODE}\n{changed}", encoding="utf-8")

    def counts(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(indicator, quarter) -> hash of what stands, and of what it was made from. Only between runs."""
        with duckdb.connect(str(self.folder / "warehouse" / "build.duckdb"), read_only=True) as build:
            rows = build.execute(
                """select table_name, quarter_key, content_hash, made_from from meta.built
                   where table_name like 'figures.%'"""
            ).fetchall()
        return {(name.split(".")[1], quarter): (content, mark) for name, quarter, content, mark in rows}

    def published(self) -> dict[str, tuple[str, int, int]]:
        """Quarter -> by which measure the published figure was calculated, and its two parts."""
        with duckdb.connect(str(self.settings.publication), read_only=True) as publication:
            rows = publication.execute(
                """select period_key, split_part(calculated_by, '/', 1), numerator, denominator
                   from marts.figure_calculated
                   where indicator_code = ? and period_kind = 'quarter' and quarter_key >= ?""",
                [CODE, SINCE],
            ).fetchall()
        return {quarter: (measure, numerator, denominator) for quarter, measure, numerator, denominator in rows}

    def recorded(self, since: int = 0) -> dict[str, set[str | None]]:
        """Asset -> quarters that the event log says were materialised, after the first so many runs."""
        found: dict[str, set[str | None]] = {}
        with self.instance() as instance:
            for run in instance.get_runs(ascending=True)[since:]:
                for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION):
                    event = entry.get_dagster_event().step_materialization_data.materialization
                    found.setdefault(event.asset_key.to_user_string(), set()).add(event.partition)
        return found

    def known(self) -> dict[str, int | None]:
        """Quarter -> numerator of the figure that the publication's history knows last."""
        with duckdb.connect(str(self.settings.publication), read_only=True) as publication:
            rows = publication.execute(
                """select period_key, numerator from marts.figure_version
                   where indicator_code = ? and period_kind = 'quarter' and known_until_at is null""",
                [CODE],
            ).fetchall()
        return dict(rows)

    def n_runs(self) -> int:
        with self.instance() as instance:
            return instance.get_runs_count()

    def observed(self) -> set[str | None]:
        """Quarters of which the indicator's page says that they are stale."""
        with self.instance() as instance:
            records = instance.fetch_observations(dg.AssetKey(["figures", CODE]), limit=100).records
        return {record.partition_key for record in records}


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The case lists of Environmental Health of two years, published by the definitions as they stand; to be copied."""
    office = Office(tmp_path_factory.mktemp("office"))
    arrived = office.folder / "sources" / "environmental_health_cases"
    arrived.mkdir(parents=True)
    for year in ("2021-22", "2022-23"):
        for path in (PROJECT / "sources" / "environmental_health_cases").glob(f"*{year}*"):
            shutil.copy(path, arrived)
    shutil.copytree(PROJECT / "cs_pipeline" / "indicators", office.folder / "indicators")
    with pytest.MonkeyPatch.context() as patch:
        hurry(patch, reconciles=True)
        write_comments(patch)  # the commands find those of the tables that they do not build
        assert night(office.settings, Listener()).exit_code == 0
    return office


@pytest.fixture
def office(first_run: Office, tmp_path: Path) -> Office:
    """After the first run, with the definition changed."""
    shutil.copytree(first_run.folder, tmp_path / "office", symlinks=True)
    office = Office(tmp_path / "office")
    office.adopt()
    return office


def differing(before: dict[Any, Any], after: dict[Any, Any]) -> set[Any]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def figures(recorded: dict[str, set[str | None]]) -> dict[str, set[str | None]]:
    return {asset: quarters for asset, quarters in recorded.items() if asset.startswith("figures/")}


def upstream(recorded: dict[str, set[str | None]]) -> set[str]:
    return {asset for asset in recorded if asset.split("/")[0] in ("stage", "core")}


@pytest.mark.proof
def test_a_changed_definition_rebuilds_its_quarters_of_that_indicator_alone(office: Office) -> None:
    """With the daemon off, by `cs run`."""
    before = office.counts()
    assert {quarter for code, quarter in before if code == CODE} > TOUCHED
    done = run_cs("run", **office.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    recorded = office.recorded()
    assert figures(recorded) == {f"figures/{CODE}": TOUCHED}
    assert upstream(recorded) == set(), "no row was read or built anew"
    assert differing(before, office.counts()) == {(CODE, quarter) for quarter in TOUCHED}


# ---------------------------------------------------------------- with the daemon on


@dataclass(frozen=True)
class Page:
    """What a browser sends to the Dagster page."""

    port: int

    def ask(self, query: str, **variables: Any) -> Any:
        """The one field that the query asks for."""
        asked = json.dumps({"query": query, "variables": variables}).encode()
        server = HTTPConnection("127.0.0.1", self.port, timeout=120)
        server.request("POST", "/graphql", asked, {"Content-Type": "application/json"})
        answer = json.load(server.getresponse())
        server.close()
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        return found

    def is_up(self) -> bool:
        try:
            entries = self.ask("{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }")
        except OSError:
            return False
        return [entry["loadStatus"] for entry in entries["locationEntries"]] == ["LOADED"]

    def launch(self, job: str, **selected: Any) -> None:
        """Starts a run of a job and waits until it has succeeded."""
        selector = {"repositoryName": "__repository__", "repositoryLocationName": "community_safety", "jobName": job}
        asked = {"selector": selector | selected, "mode": "default", "runConfigData": "{}"}
        launched = self.ask(
            """mutation($asked: ExecutionParams!) { launchPipelineExecution(executionParams: $asked) {
                __typename ... on LaunchRunSuccess { run { id } } ... on PythonError { message } } }""",
            asked=asked,
        )
        assert launched["__typename"] == "LaunchRunSuccess", launched
        run = launched["run"]["id"]
        status = "query($run: ID!) { runOrError(runId: $run) { ... on Run { status } } }"
        wait_until(lambda: self.ask(status, run=run)["status"], "SUCCESS", unless={"FAILURE", "CANCELED"})

    def backfill(self, asset: list[str], quarters: set[str]) -> None:
        """Materialises quarters of an asset, as its page does, and waits until all are done."""
        launched = self.ask(
            """mutation($asked: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $asked) {
                __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }""",
            asked={"assetSelection": [{"path": asset}], "partitionNames": sorted(quarters), "fromFailure": False},
        )
        assert launched["__typename"] == "LaunchBackfillSuccess", launched
        status = """query($id: String!) { partitionBackfillOrError(backfillId: $id) {
            ... on PartitionBackfill { status } } }"""
        wait_until(
            lambda: self.ask(status, id=launched["backfillId"])["status"],
            "COMPLETED_SUCCESS",
            unless={"FAILED", "COMPLETED_FAILED", "CANCELED"},
        )

    def check(self) -> dict[str, Any]:
        """Runs the check on stale quarters and returns what it found."""
        self.launch("__ASSET_JOB", assetSelection=[], assetCheckSelection=[CHECKED])
        checks = self.ask(
            """query($key: AssetKeyInput!, $name: String!) {
                assetCheckExecutions(assetKey: $key, checkName: $name, limit: 1) {
                    evaluation { success description metadataEntries { label
                        ... on IntMetadataEntry { intValue }
                        ... on TableMetadataEntry { table { records } } } } } }""",
            key=CHECKED["assetKey"],
            name=CHECKED["name"],
        )
        return dict(checks[0]["evaluation"])


def wait_until(told: Any, wanted: str, unless: set[str], seconds: int = 240) -> None:
    until = time.monotonic() + seconds
    while (status := told()) != wanted:
        assert status not in unless, status
        assert time.monotonic() < until, f"still {status} after {seconds} seconds"
        time.sleep(0.5)


@contextmanager
def dagster_page(office: Office) -> Iterator[Page]:
    """`cs ui`: the page and the daemon, in a session of their own; whatever happens, nothing of it stays."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [CS, "ui", "--port", str(port)],
        env=os.environ | office.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        page = Page(port)
        wait_until(lambda: "up" if page.is_up() else f"down {process.poll()}", "up", unless={"down 1", "down 2"})
        yield page
    finally:
        for kill in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, kill)
                process.wait(30)


@pytest.mark.proof
def test_the_daemon_rebuilds_the_same_quarters_as_cs_run_does(office: Office) -> None:
    before = office.counts()
    with dagster_page(office) as page:
        page.launch("night")
    recorded = office.recorded()
    assert figures(recorded) == {f"figures/{CODE}": TOUCHED}
    assert upstream(recorded) == set()
    assert differing(before, office.counts()) == {(CODE, quarter) for quarter in TOUCHED}


@pytest.mark.proof
def test_two_stale_quarters_are_rebuilt_from_the_page_and_the_rest_stay_stale(office: Office) -> None:
    before, were = office.counts(), office.published()
    with dagster_page(office) as page:
        found = page.check()
        assert not found["success"]
        assert stale_quarters(found) == TOUCHED
        assert office.observed() == TOUCHED
        assert differing(before, office.counts()) == set(), "the check changes nothing"
        assert office.recorded() == {}

        page.backfill(["figures", CODE], ASKED)
        recorded = office.recorded()
        assert figures(recorded) == {f"figures/{CODE}": ASKED}
        assert upstream(recorded) == set()
        assert differing(before, office.counts()) == {(CODE, quarter) for quarter in ASKED}
        now = office.published()
        assert differing(were, now) == ASKED
        assert {now[quarter][0] for quarter in ASKED} == {"case_cohort_closed_share"}
        known = office.known()
        assert {quarter: known[quarter] for quarter in now} == {quarter: part for quarter, (_, part, _) in now.items()}

        left = page.check()
        assert stale_quarters(left) == TOUCHED - ASKED
    told = run_cs("stale", **office.environment)
    assert told.returncode == 1
    assert f"{CODE}: {', '.join(sorted(TOUCHED - ASKED))}" in told.stdout
    assert f"Its definition since {SINCE}" in told.stdout

    halfway, n_runs = office.counts(), office.n_runs()
    assert run_cs("run", **office.environment).returncode == 0
    assert differing(halfway, office.counts()) == {(CODE, quarter) for quarter in TOUCHED - ASKED}
    assert figures(office.recorded(since=n_runs)) == {f"figures/{CODE}": TOUCHED - ASKED}
    assert run_cs("stale", **office.environment).stdout.endswith("No quarter is stale.\n")


def stale_quarters(found: dict[str, Any]) -> set[str]:
    """The quarters that a check of the page names, which must be of the one indicator, in its sentence and table."""
    entries = {entry["label"]: entry for entry in found["metadataEntries"]}
    rows = [json.loads(record) for record in entries["figures"]["table"]["records"]]
    assert {row["indicator"] for row in rows} == {CODE}
    quarters = {f"{row['period'][:4]}-{row['period'][5:].replace(' ', '-')}" for row in rows}
    assert entries["stale quarters"]["intValue"] == len(quarters)
    assert set(re.findall(r"\d{4}-\d\d-Q\d", found["description"])) == quarters
    return quarters
