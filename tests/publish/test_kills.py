"""A night may die anywhere: what people read stays as it was or is the new one whole, and the next night completes.

Real SIGKILLs in a process of its own, at each named point. `make test` kills twice at some, `make proof` ten times
at each.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pytest
from worlds import (
    World,
    asb_book,
    differing,
    hurry,
    log,
    new_world,
    plan_book,
    remember_in,
    sha256,
    small_folder,
    street_csv,
)

from cs_pipeline.publish import release
from cs_pipeline.words.settings import PROJECT

HERE = Path(__file__).resolve().parent

# Point -> how often it may be passed before the kill; each round has three new deliveries, two files and two links.
POINTS = {
    "after archive": 3,
    "in load": 3,
    "in a model": 6,
    "before the sync": 2,
    "between sync and switch": 2,
    "in the switch": 2,
    "after the switch": 2,
}
LINKS = ("published/community_safety.duckdb", "restricted/community_safety_restricted.duckdb")


class Killer:
    """Has a night killed at a point, in another process."""

    def __init__(self, *args: str) -> None:
        path = os.pathsep.join([str(PROJECT), str(HERE.parent), os.environ.get("PYTHONPATH", "")])
        self._server = subprocess.Popen(
            [sys.executable, str(HERE / "victim.py"), *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": path},
        )

    def kill(self, world: World, point: str, passes: int) -> None:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps({"folder": str(world.folder), "point": point, "passes": passes}) + "\n")
        self._server.stdin.flush()
        ended_by = int(self._server.stdout.readline())
        assert ended_by == signal.SIGKILL, f"the night did not come to {point!r}: {ended_by}"

    def close(self) -> None:
        self._server.kill()
        self._server.communicate()


@contextmanager
def killer(*, hurried: bool = True) -> Iterator[Killer]:
    with small_folder() as folder:
        remember_in(folder / "known")
        made = Killer(*([str(folder / "known")] if hurried else []))
        try:
            yield made
        finally:
            made.close()


def deliver(world: World, turn: int) -> None:
    """Three new deliveries: a month of street data, a month of incidents with a revised one, and a plan."""
    month = f"2021-{turn + 1:02d}"
    world.drop("police_street", f"{month}-nottinghamshire-street.csv", street_csv(month, 3 + turn))
    revised = log("NP-20190401-0001", "Noise" if turn % 2 else "Begging")
    incidents = {"2019-04": [revised, log(f"NP-2019041{turn % 10}-0001")]}
    world.drop("police_asb", f"extract {turn:02d}.xlsx", asb_book(f"2019-07-{turn + 1:02d}", incidents))
    world.drop("business_plan", f"plan {turn:02d}.xlsx", plan_book(f"{turn + 1} April 2023"))


@cache
def undisturbed(turns: int) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patched, new_world() as world:
        hurry(patched)
        for turn in range(turns):
            deliver(world, turn)
        world.run()
        return world.state()


def seen(world: World) -> dict[str, tuple[str, str]]:
    """Link -> the file that it points at and the hash of its bytes, for the links that are there."""
    links = [world.settings.warehouse / link for link in LINKS]
    return {
        link.name: (link.resolve().name, sha256(link.resolve().read_bytes())) for link in links if link.is_symlink()
    }


def check_whole(path: Path) -> None:
    """A file that people read is one whole publication: it names itself and holds the rows that it says it holds."""
    with duckdb.connect(path.as_posix(), read_only=True) as connection:
        told = connection.execute("select publication_id from meta.publication").fetchall()
        assert [f".{publication_id}." in path.name for (publication_id,) in told] == [True]
        recorded = connection.execute(
            """select table_name, n_rows from meta.built
               where quarter_key = '' and regexp_matches(table_name, '^(core|marts)[.]')"""
        ).fetchall()
        assert len(recorded) > 20
        for name, n_rows in recorded:
            schema, table = name.split(".")
            here = connection.execute(
                "select count(*) from duckdb_tables() where schema_name = ? and table_name = ?", [schema, table]
            ).fetchall()
            if here == [(1,)]:
                assert connection.execute(f"select count(*) from {name}").fetchall() == [(n_rows,)], name


def check_after_kill(world: World, before: dict[str, tuple[str, str]]) -> None:
    after = seen(world)
    assert after.keys() >= before.keys(), "a link that was there is gone"
    for link, (name, digest) in after.items():
        path = next(world.settings.warehouse.rglob(name))
        if before.get(link, ("",))[0] == name:
            assert before[link][1] == digest, "the old file was touched"
        check_whole(path)


def live_through(point: str, rounds: int) -> None:
    expected = undisturbed(rounds)
    with new_world() as world, killer() as by:
        for turn in range(rounds):
            deliver(world, turn)
            before = seen(world)
            by.kill(world, point, turn % POINTS[point])
            check_after_kill(world, before)
            old = seen(world)
            outcome = world.run()
            assert outcome.exit_code == 0
            check_after_kill(world, old)
            assert set(seen(world)) == {Path(link).name for link in LINKS}
        assert differing(expected, world.state()) == []
        assert not world.run().built


@pytest.mark.proof
@pytest.mark.parametrize("point", ["in load", "after the switch"])
def test_a_night_killed_twice_at_a_point_is_made_good_by_the_next(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    live_through(point, 2)


@pytest.mark.proof
@pytest.mark.parametrize("point", POINTS)
def test_a_night_killed_ten_times_at_a_point_is_made_good_by_the_next(
    point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    live_through(point, 12)


@pytest.mark.proof
@pytest.mark.parametrize("point", ["between sync and switch"])
def test_a_night_killed_with_nothing_standing_in_for_anything(point: str) -> None:
    """The reading process too loses its parent, and ends by itself."""
    with new_world() as world, killer(hurried=False) as by:
        deliver(world, 0)
        by.kill(world, point, 0)
        check_after_kill(world, {})
        assert world.run().exit_code == 0
        check_after_kill(world, {})


@pytest.mark.proof
def test_ten_kills_on_end_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No night completes between them; each goes on from what the killed one left."""
    hurry(monkeypatch)
    expected = undisturbed(1)
    with new_world() as world, killer() as by:
        deliver(world, 0)
        for point in POINTS:
            by.kill(world, point, 0)
            check_after_kill(world, {})
        assert world.run().exit_code == 0
        assert differing(expected, world.state()) == []


@pytest.mark.proof
def test_killed_nights_leave_no_half_files_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-written publication is of no use to anyone; the next that is published clears it away."""
    hurry(monkeypatch)
    with new_world() as world, killer() as by:
        deliver(world, 0)
        by.kill(world, "before the sync", 0)
        by.kill(world, "before the sync", 1)
        world.run()
        left = [path.name for path in world.settings.warehouse.rglob("*.part*")]
        left += [path.name for path in world.settings.warehouse.rglob(".*.new")]
        assert left == []


@pytest.mark.proof
def test_a_rollback_never_leads_to_a_file_that_was_never_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """A night that dies before the switch leaves a whole file which no one has seen: the next one clears it away."""
    hurry(monkeypatch)
    with new_world() as world, killer() as by:
        deliver(world, 0)
        world.run()
        first = world.settings.publication.resolve()
        deliver(world, 1)
        by.kill(world, "between sync and switch", 0)
        deliver(world, 2)
        world.run()
        assert release.roll_back(world.settings) == first
