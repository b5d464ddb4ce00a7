"""Another council's file is taken in by a source file alone: an invented scorecard of an invented council.

The project is copied, the one file is put beside the others, and the commands run from the copy, as they would from a
clone in which somebody added it. Nothing else of the project is touched.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from filecmp import dircmp
from pathlib import Path
from typing import Any

import duckdb
import pytest
import riverdale_kpis
from test_catalogue import described
from worlds import Rows, book_of

from cs_pipeline.words.settings import PROJECT

DECLARED = Path(riverdale_kpis.__file__)
FILE = "Riverdale scorecard 2024-07-12.xlsx"
INVENTED = ["Riverdale Council scorecard. Invented: there is no such council"]
HEADINGS = ["Ref.", "Measure", "Good is", "Year-end target", "RAG", "Apr-24", "May-24", "Jun-24"]
SCORECARD: dict[str, Rows] = {
    "Cover": [INVENTED],
    "KPIs - Place": [
        INVENTED,
        [],
        [None] * 5 + ["Actual"],
        HEADINGS,
        ["» Streets"],
        ["RV/001", "Streets inspected", "Bigger", "95%", "G", "91.5%", "93%", "96%"],
        ["RV/002", "Fly-tips not cleared in a day", "Low", 10, "Amber", 14, "eighteen", 11],
    ],
    "KPIs - People": [
        INVENTED,
        [],
        HEADINGS,
        ["RV/017", "Visits to leisure centres", "High", "120,000", "On track", "9,950", "10,120", "n/a"],
        ["RV-18", "Complaints answered", "High", "90%", "Purple", "88%", "91%", "90%"],
    ],
}
PLACE, PEOPLE = (f'Riverdale scorecard, file "{FILE}", sheet "KPIs - {name}", ' for name in ("Place", "People"))
FINDINGS = [
    f'{PEOPLE}cell A5 — "RV-18" where a text such as RV/017 is needed under "Ref.". Write it as in RV/017.',
    f'{PEOPLE}cell E5 — another word where one of the listed words is needed under "RAG". Use one of: On track, At '
    "risk, Off track. If it is a new spelling, add it to the aliases of kpi_rag.",
    f'{PLACE}cell G7 — text where a figure, or a mark that says why there is none, is needed under "May-24". Enter '
    "digits, for example 1,500 or 14%, or a dash where there is no figure.",
]
GRAPH = """
import json
import dagster as dg
from cs_pipeline.orchestration.run import make_definitions
from cs_pipeline.words.settings import read_settings

graph = make_definitions(read_settings()).resolve_asset_graph()
stage = graph.get(dg.AssetKey(["stage", "riverdale_kpis"]))
print(json.dumps({
    "assets": sorted(k.to_user_string() for k in graph.get_all_asset_keys() if k.path[-1] == "riverdale_kpis"),
    "made of": sorted(key.to_user_string() for key in stage.parent_keys),
    "columns": {c.name: c.description for c in stage.metadata["dagster/column_schema"].columns},
    "quarters": stage.partitions_def.get_partition_keys()[-1],
}))
"""
STAGED = """
    select directorate, kpi_code, kpi_month, kpi_figure, kpi_figure_value, kpi_target_value, good_is, kpi_rag, cell
    from stage.riverdale_kpis order by directorate desc, cell"""
ROWS = [
    ("Place", "RV/001", "2024-04", "91.5%", 91.5, 95, "High", "On track", "F6"),
    ("Place", "RV/001", "2024-05", "93%", 93, 95, "High", "On track", "G6"),
    ("Place", "RV/001", "2024-06", "96%", 96, 95, "High", "On track", "H6"),
    ("People", "RV/017", "2024-04", "9,950", 9950, 120000, "High", "On track", "F4"),
    ("People", "RV/017", "2024-05", "10,120", 10120, 120000, "High", "On track", "G4"),
    ("People", "RV/017", "2024-06", "n/a", None, 120000, "High", "On track", "H4"),
]
COMMENTS = """
    select column_name, comment from duckdb_columns()
    where schema_name = 'stage' and table_name = 'riverdale_kpis'"""
Clone = Path


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The project with one file more, and a folder of deliveries with one workbook in it."""
    root = tmp_path_factory.mktemp("clone")
    shutil.copytree(PROJECT / "cs_pipeline", root / "cs_pipeline")
    shutil.copytree(
        PROJECT / "dagster_home", root / "dagster_home", ignore=shutil.ignore_patterns("storage", "history")
    )
    shutil.copytree(PROJECT / "sources" / "reference", root / "sources" / "reference")
    (root / "sql").symlink_to(PROJECT / "sql")
    shutil.copy(DECLARED, root / "cs_pipeline" / "sources")
    (root / "in" / "riverdale_kpis").mkdir(parents=True)
    (root / "in" / "riverdale_kpis" / FILE).write_bytes(book_of(SCORECARD))
    return root


def python(clone: Clone, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command from the copy, in a process of its own."""
    within = os.environ | {"PYTHONPATH": str(clone), "CS_KEY_FILE": str(clone / "key")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=clone, env=within, capture_output=True, text=True, timeout=240
    )


def cs(clone: Clone, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(clone, "-m", "cs_pipeline", *arguments)


# ---------------------------------------------------------------- the one file


def test_the_source_file_has_less_than_60_lines() -> None:
    assert len(DECLARED.read_text(encoding="utf-8").splitlines()) < 60


def test_nothing_else_of_the_project_is_added_or_changed(clone: Clone) -> None:
    def walk(compared: "dircmp[str]") -> list[str]:
        assert not compared.right_only
        found = [*compared.left_only, *compared.diff_files, *compared.funny_files]
        return found + [name for below in compared.subdirs.values() for name in walk(below)]

    assert walk(dircmp(clone / "cs_pipeline", PROJECT / "cs_pipeline", ignore=["__pycache__"])) == [DECLARED.name]
    assert (clone / "sql").resolve() == PROJECT / "sql"


def test_its_names_mean_nothing_else_in_the_project() -> None:
    meanings = defaultdict(set)
    for _, name, words in described():
        meanings[name].add(words)
        meanings[words].add(name)
    for table in riverdale_kpis.SOURCE.tables:
        for name, _, words in table.typed_columns:
            assert meanings[name] <= {words}, name
            assert meanings[words] <= {name}, name
            assert len(words.split()) >= 4


# ---------------------------------------------------------------- what follows from it


def test_a_bad_cell_is_named_with_its_address(clone: Clone) -> None:
    said = cs(clone, "check", str(clone / "in" / "riverdale_kpis" / FILE), "--source", "riverdale_kpis")
    first, *findings, last = (line.strip() for line in said.stdout.splitlines())
    assert first == "Judged as a delivery of Riverdale scorecard (riverdale_kpis); nothing was stored."
    assert sorted(findings) == sorted(FINDINGS)
    assert last == "As at 12/07/2024: 6 rows = 2 accepted + 2 quarantined + 2 ignored by rule."
    assert said.returncode == 1


def test_the_catalogue_describes_it(clone: Clone) -> None:
    assert cs(clone, "catalogue", "--to", "page.html").returncode == 0
    page = (clone / "page.html").read_text(encoding="utf-8")
    entry = page[page.index('<section id="riverdale_kpis"') :].split("</section>")[0]
    wanted = [riverdale_kpis.SOURCE.title, riverdale_kpis.SOURCE.owner, "stage.riverdale_kpis", "Year-end target"]
    wanted += [
        "How Riverdale judges the KPI itself.",
        "Amber for At risk",
        "Banner of a group of KPIs",
        "kpi_month_from",
    ]
    assert [text for text in wanted if text not in entry] == []
    assert page.count('href="#riverdale_kpis"') == 1


def test_it_is_an_asset_of_the_graph_with_its_columns_and_quarters(clone: Clone) -> None:
    done = python(clone, "-c", GRAPH)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["assets"] == ["sources/riverdale_kpis", "stage/riverdale_kpis"]
    assert told["made of"] == ["sources/riverdale_kpis"]
    assert told["columns"]["kpi_rag"] == "How Riverdale judges the KPI itself."
    assert all(told["columns"].values())
    assert told["quarters"] == "2030-31-Q4"


@pytest.mark.proof
def test_a_run_loads_it_into_a_described_table_and_publishes(clone: Clone) -> None:
    done = cs(clone, "run", "--sources", "in", "--warehouse", "warehouse")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [finding for finding in FINDINGS if finding not in done.stdout] == []
    assert (
        "Riverdale scorecard 2024-07-12.xlsx — 6 rows = 2 accepted + 2 quarantined + 2 ignored by rule" in done.stdout
    )
    assert ask(clone / "warehouse" / "build.duckdb", STAGED) == ROWS
    assert ask(clone / "warehouse" / "build.duckdb", "select count(*) from current.riverdale_kpis") == [(len(ROWS),)]
    described_as = {name: words for name, _, words in riverdale_kpis.SOURCE.tables[0].typed_columns}
    assert dict(ask(clone / "warehouse" / "build.duckdb", COMMENTS)) == described_as
    published = clone / "warehouse" / "published" / "community_safety.duckdb"
    assert [row[0] for row in ask(published, "select sentence from meta.finding order by 1")] == sorted(FINDINGS)
    delivered = "select file_name, as_at, n_accepted from meta.delivery where source_name = 'riverdale_kpis'"
    assert ask(published, delivered) == [(FILE, dt.date(2024, 7, 12), 2)]
    quarters = "select quarter_key from meta.quarter_presence where source_name = 'riverdale_kpis'"
    assert ask(published, quarters) == [("2024-25-Q1",)]


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()
