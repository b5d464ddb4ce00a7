"""What people open: described throughout, without row-level facts, immutable, switched at once, and blocked by a broken
claim.
"""

import os
import re
import stat
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from worlds import World, asb_book, copy_sql, hurry, log, longer, new_world, plan_book, sha256, street_csv

from cs_pipeline.publish import release
from cs_pipeline.warehouse.connect import open_build
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.records import RESTRICTED

N_SWITCHES = 12

READER = """
import duckdb, sys, time
from pathlib import Path
link, stop = Path(sys.argv[1]), Path(sys.argv[2])
held = duckdb.connect(link.resolve().as_posix(), read_only=True)
first = held.execute("select publication_id from meta.publication").fetchall()
seen = set()
print("ready", flush=True)
while not stop.exists():
    with duckdb.connect(link.resolve().as_posix(), read_only=True) as connection:
        pair = "select published_at::varchar, source_title from meta.publication cross join meta.source"
        seen.add(connection.execute(pair).fetchone())
    assert held.execute("select publication_id from meta.publication").fetchall() == first
torn = [pair for pair in seen if pair[1] != "for " + pair[0]]
assert not torn, torn
print(len(seen), flush=True)
"""


@pytest.fixture(scope="module")
def told() -> Iterator[World]:
    """A world of all sources, published whole: its words are what the tests read."""
    with new_world() as world:
        fill(world)
        assert world.run().exit_code == 0
        yield world


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as made:
        made.sql = copy_sql(made.folder / "sql")
        fill(made)
        assert made.run().exit_code == 0
        yield made


def fill(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", asb_book("2019-07-14", {"2019-04": [log("NP-20190401-0001")]}))
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
    world.drop("business_plan", "plan.xlsx", plan_book())


def more(world: World, turn: int = 1) -> None:
    world.drop("police_street", f"2022-{7 + turn:02d}-nottinghamshire-street.csv", street_csv(f"2022-{7 + turn:02d}"))


# ---------------------------------------------------------------- words


def restricted_file(world: World) -> Path:
    return (world.settings.restricted / "community_safety_restricted.duckdb").resolve()


def words_of(path: Path) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    with duckdb.connect(path.as_posix(), read_only=True) as connection:
        tables = connection.execute("select schema_name || '.' || table_name, comment from duckdb_tables()").fetchall()
        columns = connection.execute(
            "select schema_name || '.' || table_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
    return dict(tables), {(table, column): comment for table, column, comment in columns}


def plainly(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


@pytest.fixture(scope="module", params=["published", "restricted"])
def words(request: pytest.FixtureRequest, told: World) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    path = told.settings.publication.resolve() if request.param == "published" else restricted_file(told)
    return words_of(path)


def test_every_table_and_column_is_described_in_four_words_or_more(words: tuple[dict, dict]) -> None:  # type: ignore[type-arg]
    tables, columns = words
    assert len(tables) > 25
    assert len(columns) > 250
    short = {name: text for name, text in (tables | columns).items() if len((text or "").split()) < 4}
    assert short == {}


def test_no_description_is_the_name_in_other_letters(words: tuple[dict, dict]) -> None:  # type: ignore[type-arg]
    tables, columns = words
    named = {name: text for name, text in tables.items() if plainly(text) == plainly(name.split(".")[1])}
    named |= {key: text for key, text in columns.items() if plainly(text) == plainly(key[1])}
    assert named == {}


def test_no_two_tables_are_described_alike(words: tuple[dict, dict]) -> None:  # type: ignore[type-arg]
    counts = Counter(plainly(text) for text in words[0].values())
    assert [text for text, n in counts.items() if n > 1] == []


def test_a_description_belongs_to_one_column_name_and_a_name_has_one_description(words: tuple[dict, dict]) -> None:  # type: ignore[type-arg]
    names, texts = defaultdict(set), defaultdict(set)
    for (table, column), text in words[1].items():
        names[plainly(text)].add(column)
        texts[column].add((text, table))
    shared = {text: sorted(columns) for text, columns in names.items() if len(columns) > 1}
    several = {column: sorted(told) for column, told in texts.items() if len({text for text, _ in told}) > 1}
    assert shared == {}, "one description, several columns"
    assert several == {}, "one column name, several descriptions"


# ---------------------------------------------------------------- who may look


def test_row_level_facts_are_only_in_the_restricted_file(told: World) -> None:
    restricted = {model.name for model in Plan.read(told.settings.sql).models if model.is_restricted}
    restricted |= {f"meta.{name}" for name in RESTRICTED}
    assert {"core.fact_asb_incident", "core.fact_street_crime", "meta.measured_from"} <= restricted
    open_tables, _ = words_of(told.settings.publication.resolve())
    few_tables, _ = words_of(restricted_file(told))
    assert not restricted & open_tables.keys()
    assert few_tables.keys() - open_tables.keys() == restricted
    assert not [name for name in few_tables if name.startswith(("stage.", "current."))]


def test_no_incident_number_is_in_the_open_file(told: World) -> None:
    """Nor anything else of a row: neither as a value of a table nor in the bytes."""
    assert b"NP-20190401-0001" not in told.settings.publication.resolve().read_bytes()
    with duckdb.connect(told.settings.publication.resolve().as_posix(), read_only=True) as connection:
        for schema, table in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            found = connection.execute(
                f"select count(*) from {schema}.{table} as t where t::varchar like '%NP-2019%'"
            ).fetchall()
            assert found == [(0,)], table
    with duckdb.connect(restricted_file(told).as_posix(), read_only=True) as connection:
        assert connection.execute("select count(*) from core.fact_asb_incident").fetchall() == [(1,)]


def test_modes_let_everyone_read_the_open_file_and_few_the_other(told: World) -> None:
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert mode(told.settings.publication.resolve()) == 0o444
    assert mode(restricted_file(told)) == 0o440
    assert mode(told.settings.restricted) == 0o750
    assert mode(told.settings.archive) == 0o700


def test_the_files_of_the_work_itself_are_for_their_owner_only(told: World) -> None:
    """The build holds every row of every source, so it is no more open than the archive."""
    for path in (told.settings.build, told.settings.ledger):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


# ---------------------------------------------------------------- the link


def test_the_link_is_relative_so_the_warehouse_can_be_moved(told: World) -> None:
    for link in (told.settings.publication, told.settings.restricted / "community_safety_restricted.duckdb"):
        assert link.is_symlink()
        assert "/" not in str(link.readlink())
    moved = told.folder / "elsewhere"
    told.settings.published.rename(moved)
    try:
        with duckdb.connect((moved / "community_safety.duckdb").as_posix(), read_only=True) as connection:
            assert connection.execute("select count(*) from meta.publication").fetchall() == [(1,)]
    finally:
        moved.rename(told.settings.published)


def test_the_link_is_switched_by_one_rename_and_is_never_missing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real, seen = os.replace, []

    def watched(what: Path, to: Path) -> None:
        before = to.resolve().exists()
        real(what, to)
        if str(to).endswith(".duckdb"):
            seen.append((to.name, before, to.resolve().exists()))

    monkeypatch.setattr(os, "replace", watched)
    more(world)
    world.run()
    assert seen == [
        ("community_safety_restricted.duckdb", True, True),
        ("community_safety.duckdb", True, True),
    ]


def test_a_published_file_is_never_written_to_again(world: World) -> None:
    old = world.settings.publication.resolve()
    before = (sha256(old.read_bytes()), old.stat().st_mtime_ns, old.stat().st_ino)
    more(world)
    world.run()
    assert world.settings.publication.resolve() != old
    assert (sha256(old.read_bytes()), old.stat().st_mtime_ns, old.stat().st_ino) == before


@pytest.mark.proof
def test_two_publications_of_one_second_are_two_files_in_order(world: World) -> None:
    """A night that died after the switch is run again at once: the file that people already read is not replaced."""
    at = datetime(2030, 1, 1, tzinfo=UTC)
    with open_build(world.settings) as build:
        plan = Plan.read(world.settings.sql)
        made = [release.publish(world.settings, build, plan, at + timedelta(microseconds=n)).path for n in (1000, 2000)]
    assert made[0] != made[1]
    assert release.publications(world.settings)[-2:] == made


def test_rollback_points_back_and_the_switch_forth_again(world: World) -> None:
    files = [world.settings.publication.resolve()]
    for turn in (1, 2):
        more(world, turn)
        world.run()
        files.append(world.settings.publication.resolve())
    files.sort(key=lambda path: path.name)
    for older in (files[1], files[0]):
        assert release.roll_back(world.settings) == older
        assert world.settings.publication.resolve() == older
        assert restricted_file(world).name == older.name.replace("safety.", "safety_restricted.")
    assert release.roll_back(world.settings) is None
    assert world.settings.publication.resolve() == files[0]
    release.switch(world.settings.publication, files[2])
    assert world.settings.publication.resolve() == files[2]


@pytest.mark.proof
def test_a_rollback_stands_until_something_new_is_published(world: World) -> None:
    first = world.settings.publication.resolve()
    more(world)
    world.run()
    release.roll_back(world.settings)
    assert world.run().publication is None
    assert world.settings.publication.resolve() == first
    more(world, 2)
    outcome = world.run()
    assert outcome.publication is not None
    assert world.settings.publication.resolve() == outcome.publication.path
    assert world.published("select count(*) from marts.street_crime_file") == [(3,)]


@pytest.mark.proof
def test_the_number_of_publications_is_kept_and_the_current_one_always(world: World) -> None:
    world.keep_publications = 2
    for turn in (1, 2, 3):
        more(world, turn)
        world.run()
    kept = release.publications(world.settings)
    assert len(kept) == 2
    assert world.settings.publication.resolve() in kept
    assert len(list(world.settings.restricted.glob("community_safety_restricted.*T*.duckdb"))) == 2


# ---------------------------------------------------------------- readers


@pytest.mark.proof
def test_readers_never_meet_a_locked_or_half_file_while_publications_are_switched(world: World, tmp_path: Path) -> None:
    """A reader in this process and one in another: each opens what the link points at, and holds the first one open."""
    settings, plan, stop = world.settings, Plan.read(world.settings.sql), tmp_path / "stop"
    troubles: list[str] = []
    pairs: set[tuple[str, str]] = set()
    done = threading.Event()

    def publish(build: duckdb.DuckDBPyConnection, turn: int) -> None:
        at = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(seconds=turn)
        mark = release.fingerprint(build, plan)
        build.execute("update meta.source set source_title = ?", [f"for {at:%Y-%m-%d %H:%M:%S}"])
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(release, "fingerprint", lambda *_: mark)
            release.publish(settings, build, plan, at)

    def read() -> None:
        path = settings.publication.resolve().as_posix()
        try:
            with duckdb.connect(path, read_only=True) as held:
                first = held.execute("select publication_id from meta.publication").fetchall()
                while not done.is_set():
                    here = release.current_publication(settings)
                    assert here is not None
                    with duckdb.connect(here.as_posix(), read_only=True) as connection:
                        pairs.update(
                            connection.execute(
                                """select published_at::varchar, source_title
                                   from meta.publication cross join meta.source"""
                            ).fetchall()
                        )
                    assert held.execute("select publication_id from meta.publication").fetchall() == first
        except (duckdb.Error, AssertionError, OSError) as trouble:
            troubles.append(f"{type(trouble).__name__}: {trouble}")

    with open_build(settings) as build:
        publish(build, 0)
        other = subprocess.Popen(
            [sys.executable, "-c", READER, settings.publication.as_posix(), stop.as_posix()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        reader = threading.Thread(target=read)
        try:
            assert other.stdout
            assert other.stdout.readline() == "ready\n"
            reader.start()
            for turn in range(1, N_SWITCHES + 1):
                publish(build, turn)
        finally:
            stop.touch()
            done.set()
            reader.join()
            said, wrong = other.communicate(timeout=60)
    assert troubles == []
    assert other.returncode == 0, wrong
    assert int(said) > 3
    assert len(pairs) > 3
    assert [pair for pair in pairs if pair[1] != f"for {pair[0]}"] == []


# ---------------------------------------------------------------- the gate


def plant(world: World, table: str, severity: str) -> Path:
    claim = world.sql / "checks" / table / "planted.sql"
    claim.parent.mkdir(parents=True, exist_ok=True)
    claim.write_text(
        f"-- {severity}: Nothing is ever published on a day of this test.\n-- Dimension: validity\n"
        "select 'A planted sentence.' as finding, '2022-07' as month_key, 'Nottinghamshire Police' as force_name,\n"
        "    'anti_social_behaviour' as crime_type_key\n"
    )
    return claim


@pytest.mark.parametrize(
    "table",
    ["marts.figure", *(longer(name) for name in ("core.fact_street_crime", "meta.delivery", "stage.police_asb"))],
)
def test_a_broken_fail_claim_blocks_the_publication_and_the_old_file_stays(world: World, table: str) -> None:
    old = world.settings.publication.resolve()
    digest = sha256(old.read_bytes())
    claim = plant(world, table, "fail")
    more(world)
    outcome = world.run()
    assert (outcome.exit_code, outcome.publication) == (2, None)
    assert outcome.verdict is not None
    assert outcome.verdict.fails == ("A planted sentence.",)
    assert world.settings.publication.resolve() == old
    assert sha256(old.read_bytes()) == digest
    assert world.run().exit_code == 2, "a block stands until it is mended"
    claim.unlink()
    outcome = world.run()
    assert outcome.exit_code == 0
    assert outcome.publication is not None
    assert world.published("select count(*) from marts.street_crime_file") == [(2,)]


def test_a_hold_claim_publishes_the_rest_with_exit_code_1(world: World) -> None:
    plant(world, "core.fact_street_crime", "hold")
    outcome = world.run()
    assert outcome.exit_code == 1
    assert outcome.publication is not None
    assert outcome.verdict is not None
    assert outcome.verdict.holds == ("A planted sentence.",)
    asked = "select n_incidents, n_on_record, missing_reason, held_because from marts.street_crime_month"
    assert world.published(asked) == [(None, 4, "held", "A planted sentence.")]


def test_a_warn_claim_shows_and_publishes_with_exit_code_0(world: World) -> None:
    plant(world, "core.fact_street_crime", "warn")
    outcome = world.run()
    assert outcome.exit_code == 0
    assert outcome.publication is not None
    assert outcome.verdict is not None
    assert "A planted sentence." in outcome.verdict.warns
