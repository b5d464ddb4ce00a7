"""What the Dagster page shows: every table as an asset from file to publication, quarters as partitions, claims as
checks.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from cs_pipeline.declare.registry import all_sources
from cs_pipeline.figures.declared import load_indicators
from cs_pipeline.operate.night import Listener
from cs_pipeline.orchestration.graph import checked_asset
from cs_pipeline.orchestration.run import make_definitions, prepare_home, run_in_dagster
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.settings import PROJECT, Settings, read_settings

PUBLISHED = dg.AssetKey(["published", "community_safety"])
STALE = dg.AssetCheckKey(dg.AssetKey(["marts", "figure_calculated"]), "no_quarter_is_stale")
ASB = PROJECT / "sources" / "police_asb"
Nights = tuple[Settings, dg.DagsterInstance, list[str]]


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return make_definitions(read_settings())


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> Any:
    return definitions.resolve_asset_graph()


def test_every_source_table_indicator_and_publication_is_an_asset(graph: Any) -> None:
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    sources = {f"sources/{source.name}" for source in all_sources()}
    stage = {f"stage/{table.name}" for source in all_sources() for table in source.tables}
    plan = Plan.read(PROJECT / "sql")
    models = {model.name.replace(".", "/") for model in plan.models}
    indicators = [indicator for indicator in load_indicators(read_settings(), plan) if not indicator.heading]
    figures = {f"figures/{indicator.code}" for indicator in indicators}
    publications = {PUBLISHED.to_user_string(), "restricted/community_safety_restricted"}
    packs = {"reports/quarterly", "reports/outturn", "reports/business_plan"}
    assert keys == sources | stage | models | figures | publications | packs
    assert len(figures) == 67


def test_every_asset_has_group_owner_and_description(graph: Any) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        groups = {"deliveries", "stage", "core", "meta", "figures", "marts", "publication", "reports"}
        assert node.group_name in groups, key
        assert (node.group_name == "figures") == (key.path[0] == "figures")
        assert node.owners, key
        assert len((node.description or "").split()) > 5, key


def test_one_graph_leads_from_every_folder_to_the_publication(graph: Any) -> None:
    behind = {PUBLISHED}
    waiting = [PUBLISHED]
    while waiting:
        for parent in graph.get(waiting.pop()).parent_keys - behind:
            behind.add(parent)
            waiting.append(parent)
    assert {key for key in graph.get_all_asset_keys() if key.path[0] in ("sources", "figures")} <= behind


def test_what_holds_time_has_a_partition_for_each_financial_quarter(graph: Any) -> None:
    parted = {key.to_user_string() for key in graph.get_all_asset_keys() if graph.get(key).partitions_def}
    assert {"stage/police_asb", "stage/police_street", "core/fact_asb_incident", "core/fact_street_crime"} <= parted
    assert {"marts/asb_month", "marts/street_crime_month", "marts/figure_calculated", "figures/ComS_011"} <= parted
    assert "core/dim_date" not in parted
    assert graph.get(dg.AssetKey(["stage", "police_asb"])).partitions_def.get_partition_keys()[0] == "2018-19-Q1"


def test_every_claim_is_a_check_with_its_sentence(graph: Any) -> None:
    """And one check besides says which quarters of which indicators are stale."""
    plan = Plan.read(PROJECT / "sql")
    claims = {dg.AssetCheckKey(checked_asset(claim, plan), claim.name): claim.sentence for claim in plan.claims}
    assert graph.asset_check_keys == {*claims, STALE}
    assert {key: graph.get_check_spec(key).description for key in claims} == claims


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    """A night with two workbooks and the plan, then a night on which one revised workbook came."""
    folder = tmp_path_factory.mktemp("nights")
    arrived = folder / "sources" / "police_asb"
    arrived.mkdir(parents=True)
    shutil.copytree(PROJECT / "sources" / "business_plan", folder / "sources" / "business_plan")
    for name in ("ASB Broxtowe 2019-20 Q3.xlsx", "ASB Broxtowe 2019-20 Q4.xlsx"):
        shutil.copy(ASB / name, arrived)
    settings = read_settings(folder / "sources", folder / "warehouse")
    runs = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DAGSTER_HOME", "CS_SOURCES", "CS_WAREHOUSE"):
            patch.setenv(name, "")  # run_in_dagster sets them; put back at the end
        prepare_home(settings)
        with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
            for late in (None, "ASB Broxtowe 2019-20 revised.xlsx"):
                if late:
                    shutil.copy(ASB / late, arrived)
                run_in_dagster(settings, Listener())
                runs.append(instance.get_runs(limit=1)[0].run_id)
            yield settings, instance, runs


def quarters_recorded(instance: dg.DagsterInstance, run_id: str, key: str) -> set[str | None]:
    records = instance.fetch_materializations(dg.AssetKey(key.split("/")), limit=200).records
    return {record.partition_key for record in records if record.run_id == run_id}


def test_the_first_night_records_the_quarters_that_arrived(two_nights: Nights) -> None:
    _, instance, (first, _) = two_nights
    for key in ("stage/police_asb", "core/fact_asb_incident", "figures/ComS_011", "marts/asb_month"):
        assert quarters_recorded(instance, first, key) == {"2019-20-Q3", "2019-20-Q4"}
    assert quarters_recorded(instance, first, "core/dim_date") == {None}
    assert quarters_recorded(instance, first, "published/community_safety") == {None}
    assert quarters_recorded(instance, first, "figures/ComS_001") == set(), "of recorded crime nothing has come"


def test_a_revised_delivery_records_only_the_quarter_it_changes(two_nights: Nights) -> None:
    _, instance, (_, second) = two_nights
    for key in ("stage/police_asb", "core/fact_asb_incident", "figures/ComS_011", "marts/asb_month"):
        assert quarters_recorded(instance, second, key) == {"2019-20-Q4"}
    for key in (
        "core/dim_date",
        "core/dim_indicator",
        "marts/plan_figure",
        "stage/plan_actions",
        "core/fact_street_crime",
    ):
        assert quarters_recorded(instance, second, key) == set()


def test_a_recorded_table_shows_its_columns_with_descriptions_and_its_rows(two_nights: Nights) -> None:
    _, instance, _ = two_nights
    event = (
        instance.fetch_materializations(dg.AssetKey(["marts", "asb_month"]), limit=1).records[0].asset_materialization
    )
    schema = event.metadata["dagster/column_schema"].schema
    assert "n_incidents" in {column.name for column in schema.columns}
    assert all(len((column.description or "").split()) >= 4 for column in schema.columns)
    assert event.metadata["dagster/row_count"].value == 3


def test_a_claim_that_does_not_hold_is_a_failed_check_in_plain_words(two_nights: Nights) -> None:
    _, instance, _ = two_nights
    key = dg.AssetCheckKey(dg.AssetKey(["marts", "reconciliation"]), "every_conflict_is_settled")
    evaluation = instance.event_log_storage.get_latest_asset_check_execution_by_key([key])[key].evaluation
    assert not evaluation.passed
    assert evaluation.severity is dg.AssetCheckSeverity.WARN
    assert evaluation.description.startswith(
        "A budget line or a risk that names an action which is not there: 7 open ("
    )
    held = dg.AssetCheckKey(dg.AssetKey(["core", "dim_area"]), "one_row_per_area")
    assert instance.event_log_storage.get_latest_asset_check_execution_by_key([held])[held].evaluation.passed


def test_one_table_or_one_quarter_can_be_rebuilt_by_itself(two_nights: Nights) -> None:
    settings, instance, _ = two_nights
    job = make_definitions(settings).resolve_job_def("night")
    asked = dg.AssetKey(["marts", "asb_month"])
    done = job.execute_in_process(instance=instance, asset_selection=[asked], partition_key="2019-20-Q3")
    assert done.success
    assert quarters_recorded(instance, done.run_id, "marts/asb_month") == {"2019-20-Q3"}
    assert quarters_recorded(instance, done.run_id, "core/fact_asb_incident") == set()


def test_one_quarter_of_one_indicator_can_be_counted_by_itself(two_nights: Nights) -> None:
    settings, instance, _ = two_nights
    job = make_definitions(settings).resolve_job_def("night")
    asked = dg.AssetKey(["figures", "ComS_011"])
    done = job.execute_in_process(instance=instance, asset_selection=[asked], partition_key="2019-20-Q3")
    assert quarters_recorded(instance, done.run_id, "figures/ComS_011") == {"2019-20-Q3"}
    assert quarters_recorded(instance, done.run_id, "core/fact_asb_incident") == set()
    event = instance.fetch_materializations(asked, limit=1).records[0].asset_materialization
    told = " | ".join(str(value.value) for value in event.metadata.values())
    assert "asb_incidents, all" in told, "by which measure it was counted"
    assert "since 2018-19-Q1: Logs follow the National Standard" in told, "and by which definition"


def test_the_packs_of_one_quarter_can_be_written_by_themselves(two_nights: Nights) -> None:
    settings, instance, _ = two_nights
    job = make_definitions(replace(settings, makes_packs=True)).resolve_job_def("night")
    asked = dg.AssetKey(["reports", "quarterly"])
    done = job.execute_in_process(instance=instance, asset_selection=[asked], partition_key="2019-20-Q4")
    assert done.success
    assert quarters_recorded(instance, done.run_id, "reports/quarterly") == {"2019-20-Q4"}
    assert quarters_recorded(instance, done.run_id, "reports/outturn") == set()
    event = instance.fetch_materializations(asked, limit=1).records[0].asset_materialization
    folder = Path(str(event.metadata["folder"].value))
    assert folder == settings.reports / "2019-20-Q4"
    assert (folder / "quarterly-2019-20-Q4-members.html").exists()
    assert event.metadata["files"].value == len(list(folder.iterdir()))


def test_a_check_says_which_quarters_of_which_indicator_are_stale(two_nights: Nights, tmp_path: Path) -> None:
    """It changes nothing: whether it passes depends on the definitions that it is shown."""
    settings, instance, _ = two_nights
    assert run_stale_check(settings, instance).passed
    changed = Path(shutil.copytree(settings.indicators, tmp_path / "indicators"))
    file = changed / "chief_communities_officer.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("measure: asb_incidents", "measure: marac_cases", 1), encoding="utf-8")
    found = run_stale_check(replace(settings, indicators=changed), instance)
    assert not found.passed
    assert set(re.findall(r"ComS_\w+", found.description)) == {"ComS_011"}
    assert found.metadata["stale quarters"].value == 2
    seen = instance.fetch_observations(dg.AssetKey(["figures", "ComS_011"]), limit=9).records
    assert {record.partition_key for record in seen} == {"2019-20-Q3", "2019-20-Q4"}
    assert run_stale_check(settings, instance).passed


def run_stale_check(settings: Settings, instance: dg.DagsterInstance) -> dg.AssetCheckEvaluation:
    whole = make_definitions(settings).resolve_implicit_global_asset_job_def()
    whole.get_subset(asset_check_selection={STALE}).execute_in_process(instance=instance)
    return instance.event_log_storage.get_latest_asset_check_execution_by_key([STALE])[STALE].evaluation


def test_no_cell_of_a_delivery_stands_in_dagster_s_storage(two_nights: Nights) -> None:
    settings, _, _ = two_nights
    for path in Path(settings.dagster_home).rglob("*"):
        if path.is_file():
            assert b"NP-2019" not in path.read_bytes(), path
