"""About the declarations themselves: one name one meaning, every verb and folder of the README there, one direction of
imports.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from cs_pipeline.declare.gather import find_models
from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.model import find_claims, find_macros, find_measures
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.figures.declared import load_indicators
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.records import META
from cs_pipeline.words.settings import PROJECT, Settings


def described() -> list[tuple[str, str, str]]:
    """(table, column, description) of every column that a declaration, a record or a SQL file describes."""
    stage = [(t.name, name, words) for s in all_sources() for t in s.tables for name, _, words in t.typed_columns]
    records = [(f"meta.{table}", name, words) for table, (_, columns) in META.items() for name, _, words in columns]
    models = [(m.name, name, words) for m in find_models(PROJECT / "sql") for name, words in m.columns.items() if words]
    return stage + records + models


def test_a_name_has_one_meaning_everywhere() -> None:
    meanings = defaultdict(set)
    for _, name, words in described():
        meanings[name].add(words)
    assert {name: words for name, words in meanings.items() if len(words) > 1} == {}


def test_no_two_names_share_a_description() -> None:
    names = defaultdict(set)
    for _, name, words in described():
        names[words].add(name)
    assert {words: found for words, found in names.items() if len(found) > 1} == {}


def test_a_description_is_a_sentence_of_four_words_or_more() -> None:
    poor = [(t, n, w) for t, n, w in described() if len(w.split()) < 4 or not w.endswith(".") or w[0].islower()]
    assert poor == []


def test_every_source_file_says_what_it_is_and_what_is_not_in_it() -> None:
    for source in all_sources():
        text = (PROJECT / "cs_pipeline" / "sources" / f"{source.name}.py").read_text()
        assert text.startswith('"""'), source.name
        assert all(layout.because for table in source.tables for layout in table.layouts)


def test_every_claim_s_sentence_says_what_must_be_true_and_its_table_exists() -> None:
    known = {m.name for m in find_models(PROJECT / "sql")} | {f"meta.{name}" for name in META}
    for claim in find_claims(PROJECT / "sql"):
        assert claim.table in known, claim.path
        assert claim.sentence.endswith("."), claim.path
        assert claim.dimension in {"completeness", "uniqueness", "consistency", "timeliness", "validity", "accuracy"}


def test_a_claim_on_row_level_facts_tells_where_a_row_stands_and_not_whose_it_is() -> None:
    """What a claim selects is published with the row that breaks it."""
    restricted = {model.name for model in find_models(PROJECT / "sql") if model.is_restricted}
    telling = re.compile(r"_(on|at|name)$|case_key|person_key|incident_number|ward|street|reference")
    public = {"sheet_name", "source_name", "force_name", "as_at"}
    for claim in find_claims(PROJECT / "sql"):
        if claim.table in restricted:
            selected = {column.alias_or_name for column in claim._tree.selects}
            assert {name for name in selected if telling.search(name)} <= public, claim.path


def indicators() -> tuple[Indicator, ...]:
    settings = Settings(PROJECT / "sources", PROJECT / "warehouse")
    return load_indicators(settings, Plan.read(settings.sql))


def test_every_measure_is_used_by_a_definition_or_a_proposal() -> None:
    used = {basis.measure for i in indicators() for basis in (*i.definitions, *i.proposed) if basis.measure}
    assert {measure.name for measure in find_measures(PROJECT / "sql")} == used


def test_every_measure_says_what_it_counts_and_reads_facts_that_are_there() -> None:
    measures = find_measures(PROJECT / "sql")
    core = {model.name for model in find_models(PROJECT / "sql") if model.schema == "core"}
    assert len({measure.head[0] for measure in measures}) == len(measures) > 10
    for measure in measures:
        assert all(line.endswith(".") and len(line.split()) > 4 for line in measure.head[:2]), measure.path
        assert measure.depends_on <= core, measure.path


def test_a_measure_whose_reach_is_its_own_rows_takes_them_by_their_quarter() -> None:
    """By that word a quarter is counted anew only when its own rows change, so it must be true."""
    own = "inner join core.bridge_period_quarter as p\n    on p.quarter_key = f.quarter_key\n"
    for measure in find_measures(PROJECT / "sql"):
        assert (own in measure.text) == measure.is_own_rows, measure.path
        assert not measure.waits or "three months have passed" in measure.head[0], measure.path


def test_every_macro_is_described_with_an_example_and_asks_for_what_it_takes() -> None:
    plan = Plan.read(PROJECT / "sql")
    macros = find_macros(PROJECT / "sql")
    assert {macro.name for macro in macros} == {"marts.figure_as_known", "marts.figure_as_issued"}
    for macro in macros:
        assert len(macro.description.split()) > 6, macro.path
        assert macro.name not in plan.known
        assert macro.depends_on <= plan.known, macro.path
        assert re.search(rf"select \* from {macro.name}\('[^']+'\)\.$", macro.description), macro.path
        query = re.sub("--.*", "", macro.text)
        assert all(re.search(rf"\b{name.strip()}\b", query) for name in macro.takes.split(",")), macro.path


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_verb_is_in_the_readme() -> None:
    from cs_pipeline.cli.main import make_parser

    readme = (PROJECT / "README.md").read_text()
    help_text = make_parser().format_help()
    verbs = re.findall(r"^    ([a-z]+)  ", help_text, re.M)
    assert len(verbs) >= 6
    for verb in verbs:
        assert f"cs {verb}" in readme or f"make {verb}" in readme, verb


def test_start_up_stays_light() -> None:
    """`cs --help` loads nothing heavy: what a person waits for most often."""
    heavy = {"dagster", "pandas", "pandera", "duckdb", "openpyxl", "sqlglot", "pydantic", "rich"}
    asks = (
        "import sys, cs_pipeline.cli.main as m; m.make_parser(); print(*sorted(k for k in sys.modules if '.' not in k))"
    )
    loaded = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True).stdout.split()
    assert heavy & set(loaded) == set()
