"""The attack finds every leak: planted ones of each kind, those of a pattern broken on purpose, and just those that a
second attack finds which tries every number.
"""

from collections import Counter
from collections.abc import Collection
from random import Random

import pytest
import random_systems
from random_systems import ALL, MAKERS, dice, share, system_of, table
from second_attack import TooMany, possible_values

from cs_pipeline.disclosure.engine.attack import make_groups
from cs_pipeline.disclosure.engine.audit import Leak, audit
from cs_pipeline.disclosure.engine.counts import Bound, Count, Key, Share, Sum, Within
from cs_pipeline.disclosure.engine.known import view_of
from cs_pipeline.disclosure.engine.suppress import suppress
from cs_pipeline.disclosure.engine.system import System, keys_of
from cs_pipeline.disclosure.engine.web import make_web

LEAST = 4


def leaks(system: System, *hidden: Key) -> dict[Key, tuple[str, tuple[Key, ...]]]:
    """What leaks when all but these is shown."""
    return {leak.key: (leak.kind, leak.because) for leak in audit(system, system.keys - set(hidden))}


# ---------------------------------------------------------------- planted leaks


def test_a_row_and_a_column_give_a_cell_away() -> None:
    counts = {("1", "1"): 3, ("1", "2"): 20, ("2", "1"): 30, ("2", "2"): 40}
    counts |= {("1", ALL): 23, ("2", ALL): 70, (ALL, "1"): 33, (ALL, "2"): 60, (ALL, ALL): 93}
    sums = [Sum((ALL, at), (("1", at), ("2", at))) for at in ("1", "2", ALL)]
    sums += [Sum((at, ALL), ((at, "1"), (at, "2"))) for at in ("1", "2", ALL)]
    system = System(tuple(Count(key, value, 5) for key, value in counts.items()), tuple(sums))
    found = leaks(system, ("1", "1"), ("1", "2"))
    assert set(found) == {("1", "1"), ("1", "2")}
    assert found["1", "1"] == ("worked out", (("2", "1"), (ALL, "1")))
    assert not leaks(system, ("1", "1"), ("1", "2"), ("2", "1"), ("2", "2"))


PART, WHOLE, PERCENT = ("repeat", "q1"), ("cases", "q1"), ("repeat", "q1", "percent")


def test_a_percentage_with_its_base_gives_the_count_away() -> None:
    shares = (share(PERCENT, (PART,), (WHOLE,), 3, 41),)
    system = System((Count(PART, 3, 5), Count(WHOLE, 41, 5)), (), (Within(PART, WHOLE),), shares)
    assert leaks(system, PART) == {PART: ("worked out", (WHOLE, PERCENT))}
    assert not leaks(system, PART, WHOLE)  # As well 30 in 411.
    assert not leaks(system, PART, PERCENT)
    assert not leaks(system, PART, WHOLE, PERCENT)


def test_a_percentage_of_a_base_about_households_gives_the_count_away() -> None:
    shares = (share(PERCENT, (PART,), (WHOLE,), 3, 41),)
    system = System((Count(PART, 3, 5), Count(WHOLE, 41)), (), (), shares)
    assert leaks(system, PART) == {PART: ("worked out", (WHOLE, PERCENT))}


def test_a_coarse_percentage_narrows_a_count() -> None:
    system = System((Count(PART, 3, 10), Count(WHOLE, 410)), (), (), (Share(PERCENT, (PART,), (WHOLE,), 1, 0),))
    assert not leaks(system, PART)  # Half a per cent to one and a half: three to six.
    system = System((Count(PART, 3, 10), Count(WHOLE, 210)), (), (), (Share(PERCENT, (PART,), (WHOLE,), 1, 0),))
    assert leaks(system, PART) == {PART: ("narrowed", (WHOLE, PERCENT))}  # Two or three.


def test_three_quarters_and_the_year_give_the_fourth_away() -> None:
    quarters = tuple((f"q{n}",) for n in (1, 2, 3, 4))
    counts = [Count(key, value, 5) for key, value in zip(quarters, (3, 20, 30, 40), strict=True)]
    system = System((*counts, Count(("year",), 93, 5)), (Sum(("year",), quarters),))
    assert leaks(system, ("q1",)) == {("q1",): ("worked out", (("q2",), ("q3",), ("q4",), ("year",)))}
    assert not leaks(system, ("q1",), ("q3",))
    assert not leaks(system, ("q1",), ("year",))


def test_wards_and_the_borough_give_a_ward_away() -> None:
    system = System(
        (Count(("w1",), 3, 5), Count(("w2",), 20, 5), Count((ALL,), 23, 5)), (Sum((ALL,), (("w1",), ("w2",))),)
    )
    assert leaks(system, ("w1",)) == {("w1",): ("worked out", ((ALL,), ("w2",)))}


def test_an_earlier_version_gives_the_later_one_away() -> None:
    """The year was restated by the one case that its first quarter had too few."""
    numbers = {("q1", "now"): 3, ("q1", "first"): 2, ("rest",): 90, ("year", "now"): 93}
    counts = (*(Count(key, n, 5) for key, n in numbers.items()), Count(("year", "first"), 92, 5, is_public=True))
    sums = (
        Sum(("year", "now"), (("q1", "now"), ("rest",))), Sum(("year", "first"), (("q1", "first"), ("rest",)))
    )  # fmt: skip
    system = System(counts, sums)
    found = leaks(system, ("q1", "now"), ("rest",))
    assert found["q1", "now"] == ("worked out", (("q1", "first"), ("year", "first"), ("year", "now")))
    assert not leaks(system, ("q1", "now"), ("q1", "first"), ("rest",))


def test_another_table_gives_a_cell_away() -> None:
    """Its row is hidden twice in one table; the other table parts the same margin and hides nothing."""
    values = {("by age", "young"): 3, ("by age", "old"): 20, ("by sex", "f"): 12, ("by sex", "m"): 11, ("all",): 23}
    counts = tuple(Count(key, value, 5) for key, value in values.items())
    sums = tuple(Sum(("all",), tuple(key for key in values if key[0] == by)) for by in ("by age", "by sex"))
    system = System(counts, sums)
    assert not leaks(system, ("by age", "young"), ("all",), ("by sex", "f"))
    found = leaks(system, ("by age", "young"), ("all",))
    assert found["by age", "young"] == ("worked out", (("by age", "old"), ("by sex", "f"), ("by sex", "m")))


@pytest.mark.parametrize(("low", "high"), [(None, 3), (2, 4)])
def test_a_status_narrows_a_count(low: int | None, high: int) -> None:
    """Green says that it is no more than its target."""
    pair = (Count(("q1",), 3, 5), Count(("q2",), 30, 5), Count(("half",), 33, 5))
    system = System(pair, (Sum(("half",), (("q1",), ("q2",))),), bounds=(Bound(("q1", "status"), ("q1",), low, high),))
    found = leaks(system, ("q1",), ("q2",))
    assert (set(found) == {("q1",), ("q2",)}) == (low is not None)
    if low is not None:
        assert found["q1",] == ("narrowed", (("q1", "status"),))
        assert found["q2",] == ("narrowed", (("half",), ("q1", "status")))
    assert not leaks(system, ("q1",), ("q2",), ("q1", "status"))


def test_a_sentence_and_a_projection_give_a_count_away() -> None:
    """A sentence says that it fell by 17 from 20; a projection says that the year comes to four times as many."""
    fell, projected = ("q1", "sentence"), ("q1", "projection")
    bounds = (Bound(fell, ("q1",), 3, 3), Bound(projected, ("q1",), 2, 4))
    system = System((Count(("q1",), 3, 5), Count(("q2",), 30, 5), Count(("half",), 33, 5)),
                    (Sum(("half",), (("q1",), ("q2",))),), bounds=bounds)  # fmt: skip
    assert leaks(system, ("q1",), ("q2",), projected)["q1",] == ("worked out", (fell,))
    assert leaks(system, ("q1",), ("q2",), fell)["q1",] == ("narrowed", (projected,))
    assert not leaks(system, ("q1",), ("q2",), fell, projected)


def test_a_count_that_is_the_only_one_hidden_is_known_to_be_small() -> None:
    assert leaks(System((Count(("q1",), 3, 5), Count(("q2",), 3, 4)), (), (Within(("q1",), ("q2",)),)), ("q1",)) == {
        ("q1",): ("narrowed", (("q2",),))
    }


def test_a_leak_says_no_number() -> None:
    found = audit(table(dice("a leak"), (5, 5), rule=(5, False)), ())
    assert not found
    assert set(Leak.__dataclass_fields__) == {"key", "kind", "because"}


# ---------------------------------------------------------------- patterns broken on purpose


def broken(maker: str, seed: int) -> Counter[str]:
    """How often it matters that one, or all, that cover others are shown again, and how often the attack sees it."""
    system = system_of(maker, seed)
    pattern = suppress(system)
    covers = sorted(key for key, why in pattern.why.items() if why == "covers" and key in system.by_key)
    shown = system.keys - pattern.hidden
    seen = Counter(one=0, of_one=len(covers), all=0, of_all=bool(covers))
    for key in covers[:6]:
        seen["one"] += bool(audit(system, shown | {key}))
    seen["of_one"] = len(covers[:6])
    seen["all"] += bool(covers and audit(system, shown | set(covers)))
    return seen


@pytest.mark.parametrize("maker", MAKERS)
def test_a_pattern_broken_on_purpose_is_seen(maker: str) -> None:
    seen = sum((broken(maker, seed) for seed in range(3)), Counter())
    assert seen["one"] >= 0.95 * seen["of_one"]
    assert seen["all"] >= 0.95 * seen["of_all"]


@pytest.mark.proof
@pytest.mark.parametrize("maker", MAKERS)
def test_hundreds_of_patterns_broken_on_purpose_are_seen(maker: str) -> None:
    seen = sum((broken(maker, seed) for seed in range(150)), Counter())
    print(f"{maker}: {dict(seen)}")
    assert seen["one"] >= 0.95 * seen["of_one"] > 0
    assert seen["all"] >= 0.95 * seen["of_all"]


# ---------------------------------------------------------------- against a second attack


def small_system(rng: Random) -> System:
    """A system of a few counts, all of them small numbers."""
    kind = rng.choice(("two-way", "three-way", "linked", "in time", "versions"))
    if kind == "two-way":
        return table(rng, (rng.randint(2, 3), rng.randint(2, 3)))
    if kind == "three-way":
        return table(rng, (2, 2, 2))
    if kind == "in time":
        return random_systems.in_time(rng, 2, 1, public=rng.choice((0, 0.1)))
    return MAKERS[kind](rng)


def some_hidden(rng: Random, system: System) -> set[Key]:
    """A few counts; as often those that a pattern hides, with one more or one less."""
    may_be = [key for key in sorted(system.by_key) if system.by_key[key].may_be_hidden]
    rng.shuffle(may_be)
    hidden = set(suppress(system).hidden) & set(system.by_key)
    if 0 < len(hidden) <= 8 and rng.random() < 0.6:
        return hidden ^ set(may_be[: rng.randint(0, 1)])
    others = {key for key, count in system.by_key.items() if not count.is_about_people and rng.random() < 0.2}
    return {*may_be[: rng.randint(1, 6)], *(others if len(others) < 3 else ())}


def n_values(system: System, shown: frozenset[Key], keys: Collection[Key]) -> dict[Key, int]:
    """How many values each of these counts has for the attack; no more than LEAST are counted."""
    web = make_web(system)
    known = frozenset(cell for cell, count in enumerate(web.counts) if count.is_public or count.key in shown)
    view = view_of(web, system, known, shown)
    groups = make_groups(view, [web.number[key] for key in keys])
    group_of = {cell: group for group in groups for cell in group.cells}
    return {key: group_of[web.number[key]].n_values(web.number[key], LEAST) for key in keys}


def compare(seed: int) -> str:
    rng = dice(f"small {seed}")
    system = small_system(rng)
    hidden = some_hidden(rng, system)
    shown = frozenset((set(system.by_key) - hidden) | {each.key for each in system.stated if rng.random() < 0.5})
    greatest = max(count.value for count in system.counts) + 8
    try:
        found = {key: len(values) for key, values in possible_values(system, shown, greatest).items()}
    except TooMany:
        return "has too many values"
    assert {key: min(n, LEAST) for key, n in found.items()} == n_values(system, shown, found), f"small {seed}"
    never = {key for key, count in system.by_key.items() if key in shown and not count.is_about_people}
    public = {key for key, count in system.by_key.items() if count.is_public}
    few = {key for key, n in found.items() if system.by_key[key].is_about_people and n < LEAST}
    told = {each.key for each in system.stated if set(keys_of(each)) <= never | public}
    whatever = n_values(system, frozenset(never | told), few)
    expected = {key for key in few if found[key] < whatever[key]}
    leaking = audit(system, shown)
    assert {leak.key for leak in leaking} == expected, f"small {seed}"
    assert all((leak.kind == "worked out") == (found[leak.key] == 1) for leak in leaking)
    return "leaks" if expected else "holds"


@pytest.fixture
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random_systems, "draw", lambda rng, _=0: rng.randint(0, 6))


@pytest.mark.usefixtures("small_numbers")
def test_a_second_attack_finds_the_same() -> None:
    seen = Counter(compare(seed) for seed in range(25))
    assert min(seen["leaks"], seen["holds"]) >= 4, seen


@pytest.mark.proof
@pytest.mark.usefixtures("small_numbers")
@pytest.mark.parametrize("first", range(50, 1550, 150))
def test_a_second_attack_finds_the_same_on_hundreds(first: int) -> None:
    seen = Counter(compare(seed) for seed in range(first, first + 150))
    assert min(seen["leaks"], seen["holds"]) >= 10, seen
