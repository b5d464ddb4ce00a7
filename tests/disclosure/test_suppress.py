"""What is hidden on random systems is enough, not much more than has to be, and the same whoever asks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from optimum import fewest_hidden
from random_systems import MAKERS, RULES, dice, in_time, shuffled, system_of, table, wards

from cs_pipeline.disclosure.engine.audit import audit
from cs_pipeline.disclosure.engine.counts import Bound, Count, Key, Share, Sum, Within
from cs_pipeline.disclosure.engine.suppress import Pattern, suppress
from cs_pipeline.disclosure.engine.system import System

N_IN_MAKE_TEST = {
    "two-way": 60, "three-way": 8, "linked": 12, "in time": 5, "wards": 12, "wards to date": 5, "versions": 30,
}  # fmt: skip
N = {
    "two-way": 10_000, "three-way": 500, "linked": 500, "in time": 200, "wards": 500, "wards to date": 200,
    "versions": 1000,
}  # fmt: skip
STEP = 250  # So many in one test, so that two workers share them.


def check(maker: str, seed: int) -> None:
    """Nothing that may not be is hidden, every small count is or is open, and nothing leaks."""
    system = system_of(maker, seed)
    pattern = suppress(system)
    counts = system.by_key
    assert all(counts[key].may_be_hidden for key in pattern.hidden if key in counts)
    small = {key for key, count in counts.items() if count.is_small}
    assert small - pattern.hidden <= {each.key for each in pattern.open if each.why == "known"}
    assert {key for key, why in pattern.why.items() if why == "small" and key in counts} == small & pattern.hidden
    assert pattern.hidden == set(pattern.why)
    for each in system.shares:
        told = set(each.numerator) | set(each.denominator)
        assert (each.key in pattern.hidden) == (not each.is_public and bool(told & pattern.hidden))
    assert all(
        (each.key in pattern.hidden) == (not each.is_public and each.of in pattern.hidden) for each in system.bounds
    )
    leaks = audit(system, system.keys - pattern.hidden)
    assert not leaks, f"{maker} {seed}: {leaks}"


@pytest.mark.parametrize("maker", MAKERS)
def test_nothing_that_is_hidden_can_be_narrowed_down(maker: str) -> None:
    for seed in range(N_IN_MAKE_TEST[maker]):
        check(maker, seed)


@pytest.mark.proof
@pytest.mark.parametrize(("maker", "first"), [(maker, first) for maker, n in N.items() for first in range(0, n, STEP)])
def test_nothing_that_is_hidden_can_be_narrowed_down_on_thousands(maker: str, first: int) -> None:
    for seed in range(first, min(first + STEP, N[maker])):
        check(maker, seed)


# ---------------------------------------------------------------- how much is hidden


def compare_with_fewest(maker: str, n: int, seconds: float) -> tuple[int, int, int]:
    """How many are hidden, how many at least must be, and how many of those are small."""
    hidden = fewest = small = 0
    for seed in range(n):
        system = system_of(maker, seed)
        pattern = suppress(system)
        if not pattern.open:
            hidden += len(pattern.hidden & set(system.by_key))
            fewest += fewest_hidden(system, seconds=seconds)
            small += sum(count.is_small for count in system.counts)
    print(f"{maker}: {hidden} hidden, at least {fewest} must be, {small} small")
    return hidden, fewest, small


def test_hardly_more_is_hidden_than_must_be() -> None:
    hidden, fewest, small = compare_with_fewest("two-way", 25, 5)
    assert fewest - small > 20
    assert hidden - small <= 1.1 * (fewest - small)


@pytest.mark.proof
@pytest.mark.parametrize(("maker", "n"), [("two-way", 300), ("three-way", 40), ("linked", 80), ("wards", 100)])
def test_hardly_more_is_hidden_than_must_be_on_hundreds(maker: str, n: int) -> None:
    hidden, fewest, small = compare_with_fewest(maker, n, 10)
    assert hidden <= 1.1 * fewest
    assert hidden - small <= (1.1 if maker in ("two-way", "wards") else 1.15) * (fewest - small)


# ---------------------------------------------------------------- what it hides, case by case

Q1, Q2, Q3, Q4, YEAR = (("asb", name) for name in ("q1", "q2", "q3", "q4", "year"))


def a_year(*values: int, threshold: int = 5, public: tuple[Key, ...] = ()) -> System:
    keys = (Q1, Q2, Q3, Q4)
    counts = [Count(key, value, threshold, is_public=key in public) for key, value in zip(keys, values, strict=True)]
    return System((*counts, Count(YEAR, sum(values), threshold, is_public=YEAR in public)), (Sum(YEAR, keys),))


def test_one_small_quarter_takes_another_with_it_and_not_the_year() -> None:
    pattern = suppress(a_year(3, 20, 30, 40))
    assert pattern.why == {Q1: "small", Q2: "covers"}
    assert not pattern.open


def test_two_small_quarters_protect_each_other_where_they_leave_four_values() -> None:
    assert set(suppress(a_year(3, 4, 30, 40)).hidden) == {Q1, Q2}
    assert len(suppress(a_year(1, 1, 30, 40)).hidden) == 3  # They add up to two, so each has three values.


def test_nil_is_shown_unless_the_rule_hides_it() -> None:
    assert not suppress(a_year(0, 20, 30, 40)).hidden
    hides = System((Count(Q1, 0, 10, True),), ())
    assert suppress(hides).hidden == {Q1}


def test_a_zero_or_a_total_is_hidden_only_where_nothing_else_serves() -> None:
    assert set(suppress(a_year(4, 0, 0, 40)).hidden) == {Q1, Q4}
    assert set(suppress(a_year(3, 0, 0, 0)).hidden) == {Q1, YEAR}


def test_counts_that_are_not_about_people_and_public_ones_are_never_hidden() -> None:
    counts = (Count(Q1, 3, 5), Count(Q2, 20), Count(Q3, 30, 5, is_public=True), Count(Q4, 40, 5), Count(YEAR, 93))
    system = System(counts, (Sum(YEAR, (Q1, Q2, Q3, Q4)),))
    assert set(suppress(system).hidden) == {Q1, Q4}


def test_a_count_that_stands_alone_needs_nothing_else() -> None:
    assert suppress(System((Count(Q1, 3, 5), Count(Q2, 30, 5)), ())).why == {Q1: "small"}


def test_a_share_goes_with_its_counts_and_so_does_a_statement() -> None:
    system = System(
        (Count(Q1, 3, 5), Count(Q2, 30, 5), Count(Q3, 40, 5)), (), shares=(
            Share(("s1",), (Q1,), (Q2,), 10.0), Share(("s2",), (Q2,), (Q3,), 75.0),
            Share(("s3",), (Q1,), (Q3,), 7.5, is_public=True),
        ),
        bounds=(Bound(("green",), Q1, None, 5), Bound(("red",), Q2, 25, None)),
    )  # fmt: skip
    pattern = suppress(system)
    assert {("s1",), ("green",)} <= pattern.hidden
    assert ("s3",) not in pattern.hidden
    assert not audit(system, system.keys - pattern.hidden)


def test_a_count_within_a_small_whole_takes_the_whole_with_it() -> None:
    system = System(
        (Count(Q1, 1, 10, True), Count(Q2, 2, 0), Count(Q3, 2, 10, True)), (), (Within(Q1, Q3), Within(Q3, Q2))
    )
    pattern = suppress(system)
    assert {Q1, Q3} == pattern.hidden
    assert {(each.key, each.why) for each in pattern.open} == {(Q1, "shown"), (Q3, "shown")}


# ---------------------------------------------------------------- what cannot be protected


def test_a_small_count_that_is_public_is_open() -> None:
    (each,) = suppress(a_year(3, 20, 30, 40, public=(Q1,))).open
    assert (each.key, each.why) == (Q1, "published")


def test_a_small_count_that_public_numbers_give_is_not_pretended_to_be_hidden() -> None:
    pattern = suppress(a_year(3, 20, 30, 40, public=(Q2, Q3, Q4, YEAR)))
    (each,) = pattern.open
    assert (each.key, each.why, each.because) == (Q1, "known", (Q2, Q3, Q4, YEAR))
    assert not pattern.hidden


def test_a_small_count_that_public_numbers_narrow_stays_hidden_and_is_open() -> None:
    system = System(
        (Count(Q1, 1, 5), Count(Q2, 1, 5), Count(Q3, 30, 5), Count(YEAR, 2, 0, is_public=True)), (Sum(YEAR, (Q1, Q2)),)
    )
    pattern = suppress(system)
    assert pattern.hidden == {Q1, Q2}
    assert [(each.key, each.why, each.because) for each in pattern.open] == [
        (Q1, "known", (YEAR,)), (Q2, "known", (YEAR,)),
    ]  # fmt: skip
    assert not audit(system, system.keys - pattern.hidden)
    assert [leak.key for leak in audit(system, system.keys - {Q1})] == [Q1]


def test_a_small_count_that_counts_not_about_people_give_away_is_open() -> None:
    counts = (Count(Q1, 3, 5), Count(Q2, 20), Count(Q3, 30), Count(Q4, 40), Count(YEAR, 93))
    (each,) = suppress(System(counts, (Sum(YEAR, (Q1, Q2, Q3, Q4)),))).open
    assert (each.key, each.why, each.because) == (Q1, "shown", (Q2, Q3, Q4, YEAR))


# ---------------------------------------------------------------- always the same


def told(pattern: Pattern) -> str:
    return repr((sorted(pattern.why.items()), pattern.open))


@pytest.mark.parametrize("maker", MAKERS)
def test_the_order_in_which_a_system_is_told_makes_no_difference(maker: str) -> None:
    for seed in range(6):
        system = system_of(maker, seed)
        assert told(suppress(system)) == told(suppress(shuffled(system, dice(seed))))


def patterns_of_all() -> str:
    """What is hidden of one system of each kind, and what leaks where all that covers is shown again."""
    said = []
    for maker in MAKERS:
        system = system_of(maker, "of all")
        pattern = suppress(system)
        small = {key for key, why in pattern.why.items() if why == "small"}
        said.append(f"{maker}: {told(pattern)}, {audit(system, system.keys - small)}")
    return "\n".join(said)


def test_the_seed_of_hashes_makes_no_difference() -> None:
    ask = "from test_suppress import patterns_of_all; print(patterns_of_all())"
    said = {
        subprocess.run(
            [sys.executable, "-c", ask],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


# ---------------------------------------------------------------- systems as large as ours


@pytest.mark.proof
@pytest.mark.parametrize(
    "system",
    [
        pytest.param(in_time(dice(1), 70, 4, is_half_people=True, public=0), id="indicators"),
        pytest.param(wards(dice(2), 20, 16, 3), id="wards"),
        pytest.param(table(dice(3), (20, 20), rule=RULES[0]), id="one table"),
    ],
)
def test_large_systems_do_not_leak(system: System) -> None:
    assert not audit(system, system.keys - suppress(system).hidden)
