"""A system of counts checks itself, names keys and no values, and falls into parts."""

import pytest
from random_systems import dice, in_time, share, wards

from cs_pipeline.disclosure.engine.counts import Bound, Count, Share, Sum, Within
from cs_pipeline.disclosure.engine.system import Inconsistent, System

A, B, C = ("a", "q1"), ("b", "q1"), ("c", "q1")
COUNTS = (Count(A, 4711, 5), Count(B, 815, 5), Count(C, 5526, 5))


@pytest.mark.parametrize(
    ("relations", "sentence"),
    [
        ({"sums": (Sum(C, (A,)),)}, "c q1 is not the sum of a q1."),
        ({"sums": (Sum(C, (A, A)),)}, "The sum c q1 has the same count twice."),
        ({"sums": (Sum(("d",), (A, B)),)}, "There is no count with the key d."),
        ({"withins": (Within(A, B),)}, "a q1 is not within b q1."),
        ({"shares": (Share(("s",), (B,), (C,), 14.9),)}, "s is not the share that its counts give."),
        ({"bounds": (Bound(("low",), A, 4712, None),)}, "low is not true of a q1."),
        ({"bounds": (Bound(("high",), A, None, 4710),)}, "high is not true of a q1."),
        ({"bounds": (Bound(A, B, None, None),)}, "There is more than one number with the key a q1."),
    ],
)
def test_what_does_not_hold_is_named_without_its_values(relations: dict[str, tuple[Sum, ...]], sentence: str) -> None:
    with pytest.raises(Inconsistent) as refused:
        System(COUNTS, **relations)  # type: ignore[arg-type]
    assert str(refused.value) == sentence


def test_a_count_is_not_less_than_nothing() -> None:
    with pytest.raises(Inconsistent, match="a q1 is less than nothing"):
        System((Count(A, -1, 5),), ())


@pytest.mark.parametrize("printed", [14.7, 14.8])
def test_a_share_may_be_rounded_half_up_or_half_to_even(printed: float) -> None:
    counts = (Count(A, 59, 5), Count(B, 400, 5))
    assert System(counts, (), shares=(Share(("s",), (A,), (B,), printed),)).shares


def test_a_share_of_nothing_is_no_share() -> None:
    with pytest.raises(Inconsistent):
        System((Count(A, 0, 5), Count(B, 0, 5)), (), shares=(share(("s",), (A,), (B,), 0, 1),))


def test_only_small_counts_of_people_that_are_not_public_have_to_be_hidden() -> None:
    assert Count(A, 4, 5).is_small
    assert not Count(A, 5, 5).is_small
    assert not Count(A, 0, 5).is_small
    assert Count(A, 0, 5, hides_zero=True).is_small
    assert not Count(A, 4, 0).is_small
    assert not Count(A, 4, 5, is_public=True).is_small


def test_parts_have_nothing_to_do_with_each_other_and_make_up_the_whole() -> None:
    rng = dice(1)
    system = in_time(rng, 4, 2)
    parts = system.components()
    assert len(parts) == 4  # Two pairs of indicators in two years.
    assert sorted(count.key for part in parts for count in part.counts) == sorted(system.by_key)
    assert frozenset().union(*(part.keys for part in parts)) == system.keys
    assert {each for part in parts for each in part.sums} == set(system.sums)
    assert len(wards(rng, n_quarters=8, n_indicators=2).components()) == 4
