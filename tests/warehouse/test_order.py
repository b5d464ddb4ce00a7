"""The same files and decisions, in any order and any number of times, give the same tables: over 200 histories of one
world.

A history drops the files in some order and groups, runs the night after each group, and on the way reruns, deletes
the build, touches files, takes delivered files away, and makes decisions that it takes back. All must end in one state,
publication included. `make test` runs a part of them, `make proof` all.
"""

import os
from functools import cache
from random import Random

import pytest
from worlds import (
    INSIDE,
    OUTSIDE,
    PLAN,
    World,
    areas_csv,
    asb_book,
    differing,
    hurry,
    log,
    new_world,
    plan_book,
    sha256,
    street_csv,
    withdrawal,
)

from cs_pipeline.operate.night import forget_build, has_work

N_HISTORIES = 216
N_CHUNKS = 216
N_CHUNKS_IN_MAKE_TEST = 1

File = tuple[str, str, bytes]

LATE = log("NP-20190430-0099", "Trespass")
APRIL = [log(f"NP-2019040{day}-0001") for day in range(1, 6)]


@cache
def files() -> dict[str, File]:
    """Name of a step -> the file it drops: two sources with revisions, one with two editions, and reference data."""
    renamed = [{**PLAN["Service data"][0], "Name": "Anti-social behaviour", "Actual 2019/20": "7"}]
    outside_month = asb_book("2019-11-01", {"2019-09": [log("NP-20190902-0001"), log("NP-20190802-0001")]})
    street = street_csv("2022-09", 3)
    return {
        "three tabs": (
            "police_asb",
            "Q1.xlsx",
            asb_book(
                "2019-07-14",
                {
                    "2019-04": [*APRIL, LATE],
                    "2019-05": [log("NP-20190430-0099", "Noise"), log("NP-20190502-0001")],
                    "2019-06": [log("NP-20190603-0001")],
                },
            ),
        ),
        "equal day": (
            "police_asb",
            "Q1 again.xlsx",
            asb_book("2019-07-14", {"2019-04": [log("NP-20190401-0001", "Begging"), APRIL[1]]}),
        ),
        "later day": (
            "police_asb",
            "Q1 revised.xlsx",
            asb_book(
                "2019-10-14",
                {"2019-04": [log("NP-20190402-0001", "Crime recorded", "")], "2019-07": []},
                is_revised=True,
            ),
        ),
        "withdrawn": (
            "police_asb",
            "wrong.xlsx",
            asb_book("2020-01-14", {"2019-04": [log("NP-20190403-0001", "Fireworks")]}),
        ),
        "quarantined": ("police_asb", "zz.xlsx", outside_month),
        "same bytes": ("police_asb", "aa.xlsx", outside_month),
        "refused": ("police_asb", "scan.xlsx", b"%PDF-1.4 nothing that is read here"),
        "street": ("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07", 4)),
        "street equal day": ("police_street", "2022-07-nottinghamshire-street-2.csv", street_csv("2022-07", 6)),
        "street next": ("police_street", "2022-08-nottinghamshire-street.csv", street_csv("2022-08", 5)),
        "street neighbour": (
            "police_street",
            "2022-07-derbyshire-street.csv",
            street_csv("2022-07", 1, force="derbyshire"),
        ),
        "street wrong name": ("police_street", "2022-10-nottinghamshire-street.csv", street),
        "street right name": ("police_street", "2022-09-nottinghamshire-street.csv", street),
        "plan": ("business_plan", "plan.xlsx", plan_book()),
        "plan revised": (
            "business_plan",
            "plan June.xlsx",
            plan_book("1 June 2023", Service_data=renamed),
        ),
        "plan equal day": (
            "business_plan",
            "plan again.xlsx",
            plan_book(Objectives=[{**PLAN["Objectives"][0], "Objective": "Far less crime"}]),
        ),
        "next edition": (
            "business_plan",
            "plan 2024.xlsx",
            plan_book(
                "1 April 2024",
                "2024–27",
                Service_data=[{**PLAN["Service data"][0], "Name": "ASB recorded by the police"}],
            ),
        ),
        "plan without a sheet": ("business_plan", "half.xlsx", plan_book("1 July 2023", Risks=None)),
        "areas grown": ("reference/areas", "areas 2024-05-04.csv", areas_csv(INSIDE, OUTSIDE)),
        "in place": (
            "police_asb",
            "monthly.xlsx",
            asb_book("2019-08-01", {"2019-07": [log("NP-20190701-0001", "Noise"), log("NP-20190702-0001")]}),
        ),
        "in place, corrected": (
            "police_asb",
            "monthly.xlsx",
            asb_book("2019-08-02", {"2019-07": [log("NP-20190701-0001", "Trespass")]}),
        ),
    }


@cache
def decisions() -> str:
    return withdrawal("police_asb", sha256(files()["withdrawn"][2])[:12]) + withdrawal("police_street", "0" * 64)


NIGHTS = (["three tabs", "withdrawn", "plan"], ["later day", "decide", "next edition"])


def plan_history(seed: int) -> list[list[str]]:
    """Groups of steps; the night runs after each. What is corrected in place was always seen before its correction."""
    rng = Random(seed)  # noqa: S311 (a history must come out the same again)
    steps = [*files(), "decide"]
    rng.shuffle(steps)
    first, second = sorted((steps.index("in place"), steps.index("in place, corrected")))
    steps[first], steps[second] = "in place", "in place, corrected"
    cuts = sorted(rng.sample(range(1, len(steps)), rng.randint(1, 2)))
    if not any(first < cut <= second for cut in cuts):
        cuts = sorted({*cuts, second})
    return [steps[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(steps)], strict=True)]


def live(world: World, seed: int) -> None:
    """Lives one history to its end."""
    rng = Random(f"{seed} on the way")  # noqa: S311
    groups = plan_history(seed)
    for number, group in enumerate(groups, start=1):
        undecided = not (world.settings.decisions / "withdrawals.yml").exists()
        for step in group:
            if step == "decide":
                world.decide(decisions())
                undecided = False
            else:
                world.drop(*files()[step])
        passing = undecided and number < len(groups) and rng.random() < 0.3
        if passing:
            world.decide(withdrawal("police_asb", sha256(files()["later day"][2])))
        world.run()
        if passing:
            world.decide(None)
        _disturb(world, rng)
    if rng.random() < 0.3:
        world.run()


def _disturb(world: World, rng: Random) -> None:
    """What may happen between two nights and must not matter."""
    chance = rng.random()
    if chance < 0.15:
        forget_build(world.settings)
        world.run()
    elif chance < 0.2:
        world.run()
    elif chance < 0.4:
        has_work(world.settings)
    elif chance < 0.6:
        for path in world.settings.sources.rglob("*.xlsx"):
            os.utime(path, ns=(seed := rng.randrange(10**18), seed))
    elif chance < 0.8:
        delivered = sorted(path for path in world.settings.sources.rglob("*") if path.suffix in (".xlsx", ".csv"))
        rng.choice(delivered).unlink()


@cache
def expected() -> dict[str, str]:
    """The state after one night that found everything at once, but for the file that is corrected in place."""
    with pytest.MonkeyPatch.context() as patched, new_world() as world:
        hurry(patched)
        for step, file in files().items():
            if step != "in place, corrected":
                world.drop(*file)
        world.decide(decisions())
        world.run()
        world.drop(*files()["in place, corrected"])
        world.run()
        figure = "select value from marts.figure where indicator_code = 'ComS_011' and period_key = '2019-20-Q1'"
        assert world.ask(figure) == [(7.0,), (7.0,)], "a quarter is told in whole, so its figures are compared too"
        return world.state()


def check(seed: int, *, ignoring: tuple[str, ...] = ()) -> None:
    with new_world() as world:
        live(world, seed)
        differ = [name for name in differing(expected(), world.state()) if name not in ignoring]
        assert not differ, f"history {seed}, {plan_history(seed)}: {differ}"


def check_chunk(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    for seed in range(chunk, N_HISTORIES, N_CHUNKS):
        check(seed)


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(N_CHUNKS_IN_MAKE_TEST))
def test_any_order_and_repetition_gives_the_same_state(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    check_chunk(chunk, monkeypatch)


@pytest.mark.proof
@pytest.mark.parametrize("chunk", range(N_CHUNKS_IN_MAKE_TEST, N_CHUNKS))
def test_any_order_and_repetition_gives_the_same_state_in_200_histories(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_chunk(chunk, monkeypatch)


@pytest.mark.proof
def test_the_reading_process_and_the_whole_publication_give_the_same_state() -> None:
    """Nothing stands in for anything here; only the comments of the published files are not in the other histories."""
    check(N_HISTORIES, ignoring=("published:comments", "restricted:comments"))


@pytest.mark.proof
def test_with_the_clock_passed_in_what_was_known_and_when_is_the_same_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures' versions follow from the nights and their times, and from no build that a night left behind."""
    hurry(monkeypatch)
    states = []
    for is_disturbed in (False, True):
        with new_world() as world:
            for number, group in enumerate(NIGHTS, 1):
                monkeypatch.setenv("CS_NOW", f"2024-05-{number:02d}T03:00:00+00:00")
                for step in group:
                    world.decide(decisions()) if step == "decide" else world.drop(*files()[step])
                world.run()
                if is_disturbed:
                    forget_build(world.settings)
                    assert has_work(world.settings)
                    world.run()
            known = """select version_number, value, day(known_at) from marts.figure_version
                       where indicator_code = 'ComS_011' and period_kind = 'quarter' order by 1"""
            assert world.ask(known) == [(1, 8.0, 1), (2, 7.0, 2)]
            states.append(world.state(is_timed=True))
    assert differing(*states) == []


def test_the_histories_are_different_and_hold_what_they_should() -> None:
    histories = [plan_history(seed) for seed in range(N_HISTORIES)]
    assert len({repr(history) for history in histories}) == N_HISTORIES >= 200
    for history in histories:
        assert sorted(step for group in history for step in group) == sorted([*files(), "decide"])
        when = {step: number for number, group in enumerate(history) for step in group}
        assert when["in place"] < when["in place, corrected"]
    assert len({source for source, _, _ in files().values() if "/" not in source}) == 3


@pytest.mark.proof
def test_the_state_tells_two_worlds_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash is worth something: one closing code more or less changes it."""
    hurry(monkeypatch)
    states = []
    for closing in ("Noise", "Begging"):
        with new_world() as world:
            world.drop("police_asb", "Q1.xlsx", asb_book("2019-07-14", {"2019-04": [log("NP-20190401-0001", closing)]}))
            world.run()
            states.append(world.state())
    assert {"stage.police_asb", "core.fact_asb_incident", "restricted:core.fact_asb_incident"} <= set(
        differing(*states)
    )
