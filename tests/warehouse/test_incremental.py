"""A run costs what changed: nothing new builds nothing, and a change reaches only what is made from it."""

import shutil
from collections.abc import Iterator

import pytest
from worlds import (
    PLAN,
    World,
    asb_book,
    copy_sql,
    differing,
    hurry,
    log,
    new_world,
    plan_book,
    small_folder,
    street_csv,
    write_comments,
)

from cs_pipeline.operate.night import Listener, forget_build, has_work, night
from cs_pipeline.publish import release

# As far as something differs: no quarter of this world is told in whole, so its figures show no number before or after.
MADE_FROM_IS_ASB = {
    "core.fact_asb_incident", "meta.month_on_record", "marts.asb_month", "figures.ComS_011", "marts.figure_rolled",
    "marts.figure_counted", "marts.figure_source",
}  # fmt: skip


@pytest.fixture(scope="module")
def first_night() -> Iterator[World]:
    """A world of its own folder of SQL, after its first night; made once and copied."""
    with pytest.MonkeyPatch.context() as patched, new_world() as made:
        hurry(patched)
        write_comments(patched)
        made.sql = copy_sql(made.folder / "sql")
        q1 = {
            "2019-04": [log("NP-20190401-0001"), log("NP-20190402-0001")],
            "2019-07": [log("NP-20190701-0001")],
        }
        made.drop("police_asb", "Q1.xlsx", asb_book("2019-10-14", q1))
        made.drop("police_asb", "Q4.xlsx", asb_book("2020-04-14", {"2020-01": [log("NP-20200102-0001")]}))
        made.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
        made.drop("police_street", "2022-10-nottinghamshire-street.csv", street_csv("2022-10"))
        made.drop("business_plan", "plan.xlsx", plan_book())
        assert made.run().exit_code == 0
        yield made


@pytest.fixture
def world(first_night: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    write_comments(monkeypatch)
    with small_folder() as folder:
        shutil.copytree(first_night.folder, folder / "world", symlinks=True)
        yield World(folder / "world", sql=folder / "world" / "sql")


def built_names(world: World) -> set[str]:
    return {built.name for built in world.run().built}


def edit(world: World, model: str, old: str, new: str) -> None:
    path = world.sql / f"{model.replace('.', '/')}.sql"
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new))


def test_a_second_run_takes_builds_and_publishes_nothing(world: World) -> None:
    before = release.current_publication(world.settings)
    assert not has_work(world.settings)
    outcome = world.run()
    assert (outcome.taken, outcome.built, outcome.publication, outcome.exit_code) == ([], [], None, 0)
    assert release.current_publication(world.settings) == before


def test_a_new_file_is_work(world: World) -> None:
    world.drop("police_street", "2022-11-nottinghamshire-street.csv", street_csv("2022-11"))
    assert has_work(world.settings)
    world.run()
    assert not has_work(world.settings)


def test_a_changed_model_rebuilds_itself_and_what_reads_it(world: World) -> None:
    edit(world, "core.fact_asb_incident", "    t.is_asb,", "    not t.is_asb as is_asb,")
    assert has_work(world.settings)
    assert built_names(world) == MADE_FROM_IS_ASB
    assert built_names(world) == set()


def test_a_changed_comment_rebuilds_its_own_table_and_is_published(world: World) -> None:
    edit(world, "marts.asb_month", "Logs not yet closed, which are not counted.", "Logs that are still open.")
    outcome = world.run()
    assert {built.name for built in outcome.built} == {"marts.asb_month"}
    assert outcome.publication is not None
    assert world.ask(
        "select comment from duckdb_columns() where table_name = 'asb_month' and column_name = 'n_open'"
    ) == [("Logs that are still open.",)]


def test_a_changed_title_rebuilds_its_own_table_and_is_published(world: World) -> None:
    edit(world, "marts.asb_month", "-- Police-recorded anti-social", "-- Recorded anti-social")
    outcome = world.run()
    assert {built.name for built in outcome.built} == {"marts.asb_month"}
    assert outcome.publication is not None, "the words of a table are part of what is published"


def test_a_changed_model_with_the_same_rows_stops_there(world: World) -> None:
    """`core.fact_asb_incident` is read by two tables; when its rows stay the same, they do."""
    edit(world, "core.fact_asb_incident", "on d.date_key = i.occurred_on", "on i.occurred_on = d.date_key")
    assert built_names(world) == {"core.fact_asb_incident"}


def test_a_new_model_is_built_and_a_removed_one_is_gone(world: World) -> None:
    new = world.sql / "marts/asb_quarter.sql"
    new.write_text(
        "-- Incidents of anti-social behaviour by quarter.\n-- One row per quarter.\n"
        "select m.quarter_key, sum(m.n_incidents)::bigint as n_incidents from marts.asb_month as m group by all\n"
    )
    assert built_names(world) == {"marts.asb_quarter"}
    assert world.published("select count(*) from marts.asb_quarter") == [(3,)]
    new.unlink()
    assert built_names(world) == set()
    tables = world.published("select table_name from duckdb_tables()")
    assert ("asb_quarter",) not in tables
    assert world.ask("select * from meta.built where table_name = 'marts.asb_quarter'") == []


def test_a_changed_claim_is_judged_again_and_nothing_is_rebuilt(world: World) -> None:
    claim = world.sql / "checks/core.fact_stated_figure/value_or_reason.sql"
    claim.write_text(claim.read_text().replace("f.value is null", "f.value is not null"))
    assert has_work(world.settings)
    outcome = world.run()
    assert outcome.built == []
    assert outcome.verdict is not None
    assert any("stands where a figure is due" in sentence for sentence in outcome.verdict.warns)
    assert outcome.publication is not None


def test_a_corrected_delivery_changes_only_its_own_quarters(world: World) -> None:
    """2019-20 Q1 is corrected; Q2 and Q4 stand, in stage, in the current rows, in the fact and in the mart."""
    asked = "select table_name, quarter_key, content_hash from meta.built where quarter_key <> ''"
    before = set(world.ask(asked))
    again = {"2019-04": [log("NP-20190401-0001", "Begging")]}
    world.drop("police_asb", "Q1 revised.xlsx", asb_book("2020-05-18", again))
    outcome = world.run()
    changed = {(table, quarter) for table, quarter, _ in set(world.ask(asked)) ^ before}
    expected = {(table, "2019-20-Q1") for table in ("stage.police_asb", "current.police_asb", "core.fact_asb_incident")}
    assert changed == expected, "the mart counts headings, and the number of incidents stays"
    told = {built.name: set(built.changed) for built in outcome.built if built.changed}
    assert told["core.fact_asb_incident"] == {"", "2019-20-Q1"}
    assert told["stage.police_asb"] == {"", "2019-20-Q1"}
    assert not [name for name in told if name.startswith("figures.")], "the count is the same number"
    assert not [name for name in told if "street" in name or "plan_" in name], told


def test_a_correction_that_changes_the_count_reaches_its_quarter_of_the_mart(world: World) -> None:
    asked = """select quarter_key, content_hash from meta.built
               where table_name = 'marts.asb_month' and quarter_key <> ''"""
    before = set(world.ask(asked))
    again = {"2019-04": [log("NP-20190401-0001", "Crime recorded", "")]}
    world.drop("police_asb", "Q1 revised.xlsx", asb_book("2020-05-18", again))
    told = {built.name: set(built.changed) for built in world.run().built}
    assert {quarter for quarter, _ in set(world.ask(asked)) ^ before} == {"2019-20-Q1"}
    assert told["marts.asb_month"] == {"", "2019-20-Q1"}
    assert told["figures.ComS_011"] == {"2019-20-Q1"}
    assert {name for name in told if name.startswith("figures.")} == {"figures.ComS_011"}


def test_a_correction_of_one_source_does_not_touch_the_others(world: World) -> None:
    world.drop("police_street", "2022-10-nottinghamshire-street-2.csv", street_csv("2022-10", 9))
    told = {built.name: set(built.changed) for built in world.run().built if built.changed}
    assert told["core.fact_street_crime"] == {"", "2022-23-Q3"}
    assert told["marts.street_crime_month"] == {"", "2022-23-Q3"}
    assert not [name for name in told if "asb" in name or "plan_" in name or "stated" in name], told


def test_a_revised_plan_rebuilds_only_what_reads_the_plan(world: World) -> None:
    actions = [{**PLAN["Actions"][0], "Due": "June 24"}]
    world.drop("business_plan", "plan June.xlsx", plan_book("1 June 2023", Actions=actions))
    told = {built.name for built in world.run().built}
    assert {"stage.plan_actions", "core.fact_action", "marts.plan_action", "core.dim_delivery"} <= told
    assert not [name for name in told if "street" in name and name != "marts.street_crime_file"], told
    assert "core.fact_asb_incident" not in told
    assert world.ask("select due_on::varchar from core.fact_action") == [("2024-06-30",)]


def test_a_deleted_build_comes_back_the_same(world: World) -> None:
    before, told = world.state(is_timed=True), world.published("select fingerprint from meta.publication")
    published = release.current_publication(world.settings)
    forget_build(world.settings)
    outcome = world.run()
    assert differing(before, world.state(is_timed=True)) == []
    assert world.published("select fingerprint from meta.publication") == told
    assert (outcome.publication, release.current_publication(world.settings)) == (None, published)
    assert [taken.is_new for taken in outcome.taken] == [False] * 7


@pytest.mark.proof
def test_a_deleted_build_comes_back_from_the_archive_alone(world: World) -> None:
    before = world.state(is_timed=True)
    for path in world.settings.sources.rglob("*"):
        if path.is_file():
            path.unlink()
    forget_build(world.settings)
    world.run()
    assert differing(before, world.state(is_timed=True)) == []


def test_a_missing_publication_is_made_again_with_the_same_fingerprint(world: World) -> None:
    before = world.state(is_timed=True)
    told = world.published("select fingerprint from meta.publication")
    shutil.rmtree(world.settings.published)
    outcome = world.run()
    assert outcome.built == []
    assert world.published("select fingerprint from meta.publication") == told
    assert differing(before, world.state(is_timed=True)) == []


def test_a_backfill_of_a_quarter_counts_it_again_and_changes_nothing(world: World) -> None:
    before = world.state(is_timed=True)
    outcome = night(world.settings, Listener(), only={"figures.ComS_011"}, quarters={"2019-20-Q2"})
    assert [(built.name, built.changed) for built in outcome.built] == [("figures.ComS_011", {})]
    assert differing(before, world.state(is_timed=True)) == []


def test_a_backfill_rebuilds_the_named_table_and_changes_nothing(world: World) -> None:
    before = world.state(is_timed=True)
    outcome = night(world.settings, Listener(), only={"marts.asb_month"})
    assert [built.name for built in outcome.built] == ["marts.asb_month"]
    assert outcome.built[0].changed == {}
    assert differing(before, world.state(is_timed=True)) == []
