"""Returns about people: the key and what waits for it, the sealed archive, and what is turned away at the door."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from worlds import (
    KEY,
    ReaderHere,
    World,
    book_of,
    cases,
    crime,
    differing,
    hurry,
    longer,
    new_world,
    sha256,
    street_csv,
)

from cs_pipeline.intake import door
from cs_pipeline.intake.seal import MAGIC, Key
from cs_pipeline.operate.night import forget_build, has_work
from cs_pipeline.warehouse import archive, arrive
from cs_pipeline.words.settings import PROJECT

FIRST = cases("05/07/2019", ["HSG-2019-0001", "01/04/2019", None, "Noise", "Beeston West"])
STREET = ("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
QUARTER = ["Apr 2019", "May 2019", "Jun 2019"]
NAMED = book_of(
    {
        "Recorded crime": [
            ["Recorded crime"],
            ["Data extracted on 14/07/2019"],
            ["Query: offences by date recorded, Broxtowe district, counting rules 2019/20"],
            ["Offence", *QUARTER, "Victim", "Officer"],
            ["Personal robbery", 1, 2, 3, "Zebedee Quillfeather", None],
            ["Business robbery", 0, 0, 1, None, "07700 900417"],
        ]
    }
)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as world:
        yield world


def ledger(world: World, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(world.settings.ledger.as_posix(), read_only=True) as connection:
        return connection.execute(sql).fetchall()


# ---------------------------------------------------------------- the key


def test_a_reference_is_stored_as_its_keyed_hash_and_as_nothing_else(world: World) -> None:
    again = cases("05/10/2019", ["hsg 2019 0001", "01/04/2019", "01/08/2019", "Noise", "Beeston West"])
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.drop("housing_cases", "Q2.xlsx", again)
    assert world.run().exit_code == 0
    expected = KEY.hash_reference("housing_cases", "hsg20190001")
    assert world.ask("select distinct case_key from stage.housing_cases") == [(expected,)]
    assert len(expected) == 32
    assert Key(b"x" * 32).hash_reference("housing_cases", "hsg20190001") != expected
    assert KEY.hash_reference("communities_cases", "hsg20190001") != expected
    assert world.ask("select count(*), max(closed_on)::varchar from current.housing_cases") == [(1, "2019-08-01")]


def test_the_first_return_about_people_makes_a_key_that_only_its_owner_reads(world: World) -> None:
    key = world.settings.key_file
    key.unlink()
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    outcome = world.run()
    assert key.stat().st_mode & 0o777 == 0o600
    assert any(note.startswith(f"A new key was made in {key}. Keep a copy") for note in outcome.notes)
    made = Key(bytes.fromhex(key.read_text().strip()))
    assert ledger(world, "select key_id from key") == [(made.key_id,)]
    assert made.secret.hex() not in repr(made)
    assert not has_work(world.settings)


def test_no_key_is_made_where_nothing_is_about_people(world: World) -> None:
    world.settings.key_file.unlink()
    world.drop(*STREET)
    world.run()
    assert not world.settings.key_file.exists()


def test_without_its_key_a_delivery_waits_and_stops_nothing_else(world: World) -> None:
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.run()
    hidden = world.settings.key_file.rename(world.folder / "elsewhere")
    world.drop("housing_cases", "Q2.xlsx", cases("05/10/2019", ["HSG-2019-0002", "01/08/2019", None, "Noise", None]))
    world.drop(*STREET)
    outcome = world.run()
    assert [taken.delivery.source for taken in outcome.taken] == ["police_street"]
    assert outcome.notes[0].endswith(
        "and returns about people wait until it is there. Put it back, or set CS_KEY_FILE."
    )
    assert outcome.publication is not None
    assert world.ask("select count(*) from current.housing_cases") == [(1,)]
    assert not has_work(world.settings)
    hidden.rename(world.settings.key_file)
    assert has_work(world.settings)
    assert [taken.delivery.source for taken in world.run().taken] == ["housing_cases"]
    assert world.ask("select count(*) from current.housing_cases") == [(2,)]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_text("ff" * 32), "holds another key than"),
        longer(lambda path: path.write_text("not a key"), "does not hold a key"),
        longer(lambda path: path.chmod(0o644), "can be read by others"),
    ],
)
def test_a_key_that_is_not_the_key_is_never_taken_for_it(world: World, spoil: object, said: str) -> None:
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.run()
    spoil(world.settings.key_file)  # type: ignore[operator]
    world.drop("housing_cases", "Q2.xlsx", cases("05/10/2019", ["HSG-2019-0002", "01/08/2019", None, "Noise", None]))
    outcome = world.run()
    assert outcome.taken == []
    assert said in outcome.notes[0]


@pytest.mark.proof
def test_a_key_inside_the_warehouse_or_the_project_is_refused(world: World) -> None:
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.settings.warehouse.mkdir()
    for inside in (world.settings.warehouse / "key", PROJECT / "key"):
        world.key_file = inside
        outcome = world.run()
        assert outcome.taken == [] or outcome.taken[0].delivery.source != "housing_cases"
        assert "lies inside the project or the warehouse" in outcome.notes[0]
        assert not inside.exists()


# ---------------------------------------------------------------- the sealed archive


def test_returns_about_people_are_kept_sealed_and_come_back_whole(world: World) -> None:
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.drop(*STREET)
    world.run()
    kept = archive.archived(world.settings.archive, sha256(FIRST))
    assert kept.read_bytes().startswith(MAGIC)
    assert FIRST[100:200] not in kept.read_bytes()
    assert archive.hash_of(kept, KEY) == sha256(FIRST)
    assert archive.archived(world.settings.archive, sha256(STREET[2])).read_bytes() == STREET[2]
    before = world.state()
    forget_build(world.settings)
    world.run()
    assert differing(before, world.state()) == []


@pytest.mark.proof
def test_what_an_older_version_kept_plain_is_sealed_when_it_is_read_again(world: World) -> None:
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.run()
    kept = archive.archived(world.settings.archive, sha256(FIRST))
    kept.write_bytes(FIRST)
    forget_build(world.settings)
    world.run()
    assert kept.read_bytes().startswith(MAGIC)
    assert world.ask("select count(*) from current.housing_cases") == [(1,)]


@pytest.mark.proof
def test_a_damaged_sealed_delivery_is_said_to_be_damaged(world: World) -> None:
    world.drop("housing_cases", "Q1.xlsx", FIRST)
    world.run()
    kept = archive.archived(world.settings.archive, sha256(FIRST))
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    forget_build(world.settings)
    ReaderHere.kept.clear()
    (taken,) = (taken for taken in world.run().taken if taken.delivery.source == "housing_cases")
    assert "is kept sealed with another key, or is damaged in the archive" in taken.reading.sentences()[0]


# ---------------------------------------------------------------- the door


def turn_away(world: World, name: str = "Zebedee Quillfeather robberies.xlsx") -> None:
    world.drop("police_crime", name, NAMED)
    outcome = world.run()
    assert outcome.exit_code == 1
    assert outcome.verdict is not None
    assert outcome.verdict.refused == (
        "Police crime — refused, 2 rows, personal data in columns E and F; nothing of the file was kept. "
        "Send counts only: delete what is about persons, and the file from the folder.",
    )


def test_of_a_return_with_personal_data_only_hash_source_day_and_sentence_are_kept(world: World) -> None:
    turn_away(world)
    sha = sha256(NAMED)
    assert world.ask(
        "select source_name, sha256, file_name, as_at::varchar, outcome, n_read, n_accepted from meta.delivery "
        "where source_name = 'police_crime'"
    ) == [("police_crime", sha, "", "2019-07-14", "refused", 2, None)]
    assert world.ask("select sheet_name, cells from meta.finding") == [(None, "")]
    assert ledger(world, f"select file_name from sighting where sha256 = '{sha}'") == []
    assert ledger(world, f"select is_kept from delivery where sha256 = '{sha}'") == [(False,)]
    assert not archive.archived(world.settings.archive, sha).exists()
    assert not has_work(world.settings)


@pytest.mark.proof
def test_what_was_turned_away_stays_on_record_in_a_new_build(world: World) -> None:
    world.drop(*STREET)
    turn_away(world)
    before = world.state()
    next(world.settings.sources.glob("police_crime/*")).unlink()
    forget_build(world.settings)
    world.run()
    assert differing(before, world.state()) == []


@pytest.mark.proof
def test_the_same_return_without_the_persons_is_taken(world: World) -> None:
    turn_away(world)
    counts = {"Personal_robbery": [1, 2, 3], "Business_robbery": [0, 0, 1]}
    world.drop("police_crime", "robberies.xlsx", crime("14/07/2019", QUARTER, **counts))
    world.run()
    assert world.ask("select sum(n_recorded) from current.police_crime") == [(7,)]


@pytest.mark.proof
def test_a_file_turned_away_is_looked_at_again_when_the_code_changes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_away(world, "crime Q1.xlsx")
    monkeypatch.setattr(arrive, "declaration_fingerprint", lambda source, package: "another")
    assert has_work(world.settings)
    monkeypatch.setattr(door, "_personal_columns", lambda *_: iter(()))
    ReaderHere.kept.clear()
    world.run()
    assert world.ask("select outcome, file_name from meta.delivery where source_name = 'police_crime'") == [
        ("accepted", "crime Q1.xlsx")
    ]
    assert ledger(world, "from turned_away") == []
    assert archive.archived(world.settings.archive, sha256(NAMED)).exists()


def test_a_count_return_that_cannot_be_read_at_all_is_not_kept_either(world: World) -> None:
    world.drop("marac", "return.xlsx", b"%PDF-1.4 who knows what")
    world.drop("housing_cases", "list.xlsx", b"%PDF-1.4 who knows what else")
    world.run()
    kept = [path for path in Path(world.settings.archive).rglob("*") if path.is_file()]
    assert len([path for path in kept if path.read_bytes().startswith(MAGIC)]) == 1
    assert world.ask("select file_name from meta.delivery where source_name = 'marac'") == [("",)]
