"""What adds up to what: figures told by hand, and the counts and equations that follow from them."""

from typing import Any

from cs_pipeline.disclosure.engine.counts import Sum, Within
from cs_pipeline.disclosure.engine.system import System
from cs_pipeline.disclosure.equations import make_system
from cs_pipeline.disclosure.policy import Rule
from cs_pipeline.disclosure.told import Adding, Told
from cs_pipeline.disclosure.versions import Kept, Versions
from cs_pipeline.disclosure.wards import find_few, leave_out

QUARTERS = tuple(f"2021-22-Q{number}" for number in (1, 2, 3, 4))
ADDING = [
    Adding("year", "2021-22", QUARTERS),
    *(Adding("year to date", key, QUARTERS[: place + 1]) for place, key in enumerate(QUARTERS)),
]
RULE = Rule(5, hides_zero=False, rounds_to=None)


def kept(rollup: str = "sum", unit: str = "number", **given: Any) -> Kept:
    return Kept("person_ordinary", RULE, rollup, unit, **given)


def told(code: str, key: str, number: int, whole: int | None = None, state: str = "standing", ward: str = "") -> Told:
    return Told((code, "quarter" if "Q" in key else "year", key, ward), state, number, whole)


def make(of: dict[str, Kept], *figures: Told) -> tuple[System, Versions]:
    versions = Versions(of)
    for each in figures:
        versions.enter(each)
    return make_system(versions, ADDING), versions


def say(sums: tuple[Sum, ...]) -> set[str]:
    """`A 2021-22 = A 2021-22-Q1 + …`, with the version behind a key that has one."""
    return {f"{_say(each.total)} = {' + '.join(_say(part) for part in each.parts)}" for each in sums}


def _say(key: tuple[str, ...]) -> str:
    code, _, period, ward, part, version = key
    return " ".join(filter(None, (code, period, ward, part, version and f"v{version}")))


def test_a_year_is_the_sum_of_its_quarters_where_all_are_told() -> None:
    quarters = [told("A", key, number) for key, number in zip(QUARTERS, (3, 9, 12, 6), strict=True)]
    whole, _ = make({"A": kept()}, *quarters, told("A", "2021-22", 30))
    assert say(whole.sums) == {f"A 2021-22 = {' + '.join(f'A {key}' for key in QUARTERS)}"}
    short, _ = make({"A": kept()}, *quarters[:3], told("A", "2021-22", 30))
    assert short.sums == ()


def test_distinct_people_do_not_add() -> None:
    quarters = [told("A", key, 5) for key in QUARTERS]
    system, _ = make({"A": kept("distinct_in_year")}, *quarters, told("A", "2021-22", 20))
    assert system.sums == ()


def test_a_restated_quarter_is_a_version_of_its_own_and_both_years_hold() -> None:
    numbers = (3, 9, 12, 6)
    first = [told("A", key, number, state="2022-05-01") for key, number in zip(QUARTERS, numbers, strict=True)]
    later = [told("A", QUARTERS[0], 4, state="2022-08-01"), told("A", "2021-22", 31, state="2022-08-01")]
    now = [told("A", key, number) for key, number in zip(QUARTERS, (4, *numbers[1:]), strict=True)]
    system, versions = make(
        {"A": kept()}, *now, told("A", "2021-22", 31), *first, told("A", "2021-22", 30, state="2022-05-01"), *later
    )
    rest = " + ".join(f"A {key}" for key in QUARTERS[1:])
    assert say(system.sums) == {
        f"A 2021-22 = A 2021-22-Q1 + {rest}",
        f"A 2021-22 v1 = A 2021-22-Q1 v1 + {rest}",
    }
    assert sorted(versions.figures["A", "year", "2021-22", ""]) == [30.0, 31.0]


def test_a_percentage_is_taken_from_the_counts_of_the_indicators_that_it_names_where_they_are_the_same() -> None:
    of = {"P": kept("ratio", "percent", operands=("A", "B")), "A": kept(), "B": kept()}
    system, _ = make(of, told("A", "2021-22", 3), told("B", "2021-22", 40), told("P", "2021-22", 3, 40))
    (share,) = system.shares
    assert [_say(key) for key in (*share.numerator, *share.denominator)] == ["A 2021-22", "B 2021-22"]
    assert share.value == 7.5
    other, _ = make(of, told("A", "2021-22", 3), told("B", "2021-22", 40), told("P", "2021-22", 4, 40))
    assert [_say(key) for key in other.shares[0].numerator] == ["P 2021-22 numerator"]


def test_the_parts_of_percentages_add_over_the_year_too() -> None:
    quarters = [told("P", key, 2, 8) for key in QUARTERS]
    system, _ = make({"P": kept("ratio", "percent")}, *quarters, told("P", "2021-22", 8, 32))
    assert {line.split(" = ")[0] for line in say(system.sums)} == {"P 2021-22 numerator", "P 2021-22 denominator"}


def test_wards_add_up_to_the_borough_with_what_is_placed_in_none() -> None:
    wards = [told("A", QUARTERS[0], number, state="counted", ward=ward) for ward, number in
             (("E1", 4), ("E2", 0), ("not placed", 2))]  # fmt: skip
    system, _ = make({"A": kept()}, told("A", QUARTERS[0], 6), *wards)
    assert say(system.sums) == {"A 2021-22-Q1 = A 2021-22-Q1 E1 + A 2021-22-Q1 E2 + A 2021-22-Q1 not placed"}


def test_bands_are_an_equation_where_they_add_and_what_is_counted_inside_another_is_no_more() -> None:
    of = {"A": kept(bands=("B", "C"), contains=("D",)), "B": kept(), "C": kept(), "D": kept()}
    figures = [told("A", "2021-22", 9), told("B", "2021-22", 5), told("C", "2021-22", 4), told("D", "2021-22", 2)]
    system, _ = make(of, *figures)
    assert say(system.sums) == {"A 2021-22 = B 2021-22 + C 2021-22"}
    assert [(within.part[0], within.whole[0]) for within in system.withins] == [("D", "A")]
    assert isinstance(system.withins[0], Within)
    apart, _ = make(of, *figures[:2], told("C", "2021-22", 7))
    assert apart.sums == ()


def test_a_held_figure_is_weighed_by_what_the_deliveries_give() -> None:
    quarters = [told("A", key, 5) for key in QUARTERS[:3]]
    held = told("A", QUARTERS[3], 5, state="counted")
    system, versions = make({"A": kept()}, *quarters, held, told("A", "2021-22", 20))
    assert len(system.sums) == 1
    assert 5.0 in versions.figures["A", "quarter", QUARTERS[3], ""]


def test_every_count_has_the_rule_of_its_indicator() -> None:
    nobody = Kept("not_people", Rule(0, hides_zero=False, rounds_to=None), "sum", "number")
    system, _ = make({"A": kept(), "N": nobody}, told("A", QUARTERS[0], 3), told("N", QUARTERS[0], 3))
    assert [(count.key[0], count.is_small) for count in system.counts] == [("A", True), ("N", False)]


def test_a_count_is_told_by_ward_only_where_the_borough_has_enough() -> None:
    borough = [told("A", key, number, state="counted") for key, number in zip(QUARTERS, (9, 10, 2, 0), strict=True)]
    wards = [told("A", key, 1, state="counted", ward=ward) for key in QUARTERS for ward in ("E1", "E2")]
    few = find_few([*borough, *wards], 5)
    assert {key for _, _, key in few} == {QUARTERS[0], QUARTERS[2], QUARTERS[3]}
    assert leave_out([*borough, *wards], few, []) == [*borough, *wards]  # one quarter of the year is told
    every = find_few([*borough, *wards], 6)
    assert leave_out([*borough, *wards], every, []) == borough
    assert leave_out([*borough, *wards], every, [wards[0].slot]) == [*borough, *wards]  # it was published once
    versions = Versions({"A": kept()})
    for each in [*borough, *wards]:
        versions.enter(each)
    hidden = {count.key[2:4] for count in make_system(versions, ADDING, (), few).counts if count.is_small}
    assert {(QUARTERS[0], "E1"), (QUARTERS[2], "E2")} <= hidden
