"""Control limits and outlooks: cases worked out by hand, and random series against a second calculation."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from limits_again import limits, outlooks
from published_series import EVENTS, MARTS, PEOPLE, RATIO, Number, Series, publish

from cs_pipeline.declare.model import find_claims
from cs_pipeline.words.settings import PROJECT

LIMITS = """select quarter_key, n_earlier, limit_method, centre, lower_limit, upper_limit, no_limits_because, signal,
            signal_trend from marts.figure_limit order by quarter_key"""
OUTLOOKS = """select quarter_key, to_date_value, n_years, outlook_value, outlook_low, outlook_high, no_outlook_because
              from marts.figure_outlook order by quarter_key"""
FEW = "fewer than 6 comparable quarters before it"
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches; limits 45.8159 and 55.8041.
NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)


def last(series: Series, query: str = LIMITS) -> tuple[Any, ...]:
    """The last row, without its quarter."""
    return tuple(publish({"Made up": series}).execute(query).fetchall()[-1][1:])


# ---------------------------------------------------------------- control limits


@pytest.mark.parametrize(("value", "signal"), [(55.8, "within"), (55.9, "above"), (45.82, "within"), (45.8, "below")])
def test_the_limits_are_those_of_a_handbook(value: float, signal: str) -> None:
    n_earlier, method, centre, lower, upper, _, said, _ = last(Series((*NIST, value), RATIO))
    assert (n_earlier, method, said) == (10, "XmR", signal)
    assert centre == pytest.approx(50.81)
    assert (lower, upper) == pytest.approx((45.8159, 55.8041), abs=0.001)  # 2.66 there is 3 / 1.128


@pytest.mark.parametrize(
    ("earlier", "lower", "upper"),
    [
        # Printed tables, mean 4.2: 11 or fewer 0.9986, one short of 0.99865; 12 or fewer 0.9996.
        ((4, 4, 4, 4, 5), 0, 12),
        ((1, 1, 1, 1, 1), 0, 5),  # 4 or fewer 0.9963, 5 or fewer 0.9994
        ((7, 7, 7, 7, 7), 1, 16),  # none 0.0009: none at all is less than chance gives
        ((9, 9, 9, 10, 10), 2, 20),  # mean 9.4
        ((0, 0, 0, 0, 1), 0, 2),  # mean 0.2: 1 or fewer 0.9825, 2 or fewer 0.9989
    ],
)
def test_a_small_count_has_the_limits_of_chance(earlier: tuple[int, ...], lower: int, upper: int) -> None:
    inside, outside = (last(Series((*earlier, *earlier, value))) for value in (upper, upper + 1))
    assert inside[:5] == (10, "Poisson", pytest.approx(sum(earlier) / 5), lower, upper)
    assert (inside[6], outside[6]) == ("within", "above")


@pytest.mark.parametrize(
    ("series", "why"),
    [
        (Series((20, 30, 20, 30, 20, 30)), FEW),
        (Series((20, 30, 20, 30, 20, 30, 25)), None),
        (Series((20, 30, 20, 30, 20, 30, 25), breaks=frozenset({1})), FEW),  # the first is counted in another way
        (Series((0, 0, 0, 0, 0, 0, 1)), "nothing was counted before it"),
        (Series((20, 20, 20, 20, 20, 20, 21)), "it never moved before"),
        (Series((5, 5, 5, 5, 5, 5, 6)), None),  # chance has its own spread
        (Series((99.5, 99.5, 99.5, 99.5, 99.5, 99.5, 99.6), RATIO), "it never moved before"),
        (Series((20, 30, None, 30, 20, 30, 40, 25)), "fewer than 5 moves from one quarter to the next before it"),
        (Series((2, 3, None, 3, 2, 3, 4, 5)), None),
        (Series((2, 3, None, 3, 2, 3, 4, 5), protected=frozenset({2})), "a quarter before it is protected"),
        (Series((2, None, 3, 3, 2, 3, 4, 5, 4), breaks=frozenset({2}), protected=frozenset({1})), None),
    ],
)
def test_limits_are_drawn_or_the_reason_is_told(series: Series, why: str | None) -> None:
    *_, lower, upper, said, signal, _ = last(series)
    assert said == why
    assert [part is None for part in (lower, upper, signal)] == [why is not None] * 3


def test_a_move_over_a_gap_is_no_move() -> None:
    """Each move is 2 and the mean 49; from 22 to 90 would make the limits four times as wide."""
    gap = Series((20, 22, 20, 22, 20, 22, None, 90, 92, 90, 92, 100))
    assert last(gap)[:5] == (10, "XmR", 49, pytest.approx(49 - 5.32), pytest.approx(49 + 5.32))


def test_limits_come_from_the_quarters_before_alone() -> None:
    before = (12, 15, 11, 14, 13, 12, 15)
    with_more = publish({"Made up": Series((*before, 90, 2, 70))}).execute(LIMITS).fetchall()
    assert with_more[:7] == publish({"Made up": Series(before)}).execute(LIMITS).fetchall()


@pytest.mark.parametrize(
    ("series", "method", "lower", "upper"),
    [
        (Series((8, 12, 8, 12, 8, 12, 1)), "XmR", 0, 20.64),  # the mean is 10: no small count; 10 - 10.64 is below 0
        (Series((8, 11, 8, 12, 8, 12, 1)), "Poisson", 2, 20),
        (Series((8, 11, 8, 12, 8, 12, 1), PEOPLE), "XmR", 59 / 6 - 2.66 * 3.6, 59 / 6 + 2.66 * 3.6),
        (Series((80, 100, 80, 100, 80, 100, 1), RATIO), "XmR", 36.8, 143.2),  # more are closed than came in
        (Series((0.2, 9, 0.2, 9, 0.2, 9, 1), RATIO), "XmR", 0, 4.6 + 2.66 * 8.8),
    ],
)
def test_the_method_and_its_bounds(series: Series, method: str, lower: float, upper: float) -> None:
    assert (last(series)[1], *last(series)[3:5]) == (method, pytest.approx(lower), pytest.approx(upper))


def test_a_figure_on_its_limit_is_within() -> None:
    assert last(Series((50, 100, 50, 100, 50, 100, 208)))[4:7] == (208, None, "within")  # 75 + 2.66 x 50


@pytest.mark.parametrize(
    ("aim", "is_disputed", "less", "more"),
    [
        ("maximise", False, "worsening", "improving"),
        ("minimise", False, "improving", "worsening"),
        ("none", False, "down", "up"),
        ("plan is best", False, "down", "up"),
        ("minimise", True, "down", "up"),
    ],
)
def test_what_a_signal_means(aim: str, is_disputed: bool, less: str, more: str) -> None:
    before = (20, 21, 20, 21, 20, 21)
    found = [last(Series((*before, value), EVENTS, aim, is_disputed))[6:] for value in (1, 20, 90)]
    assert found == [("below", less), ("within", None), ("above", more)]


# ---------------------------------------------------------------- where the year may end

HUNDRED, TWO_HUNDRED = (20, 30, 30, 20), (50, 50, 50, 50)


def test_an_outlook_worked_out_by_hand() -> None:
    """Two years had 20 of 100 and 50 of 200 by Q1, so 30 are 70 of 300: 128.6.

    At the least a quarter of 120, less 1.96 x sqrt(30 x 3/4) x 4; at the most a fifth of 150, and 1.96 x sqrt(30 x
    4/5) x 5 more.
    """
    found = last(Series((*HUNDRED, *TWO_HUNDRED, 30)), OUTLOOKS)
    assert found == (30, 2, pytest.approx(128.571429), pytest.approx(82.8116), pytest.approx(198.0100), None)


def test_no_year_is_said_to_end_below_what_is_counted() -> None:
    """Both years had 30 of 31 by Q3: 29 may become 29.97, and chance alone would take it down to 28.0."""
    found = last(Series((10, 10, 10, 1, 10, 10, 10, 1, 12, 9, 8)), OUTLOOKS)
    assert found == (29, 2, pytest.approx(29.966667), 29, pytest.approx(31.9257, abs=0.001), None)


@pytest.mark.parametrize(
    ("series", "n_years", "why"),
    [
        (Series((*HUNDRED, 30)), 1, "fewer than 2 comparable years before it"),
        (Series((*HUNDRED, 30, *TWO_HUNDRED[1:], 9)), 2, None),
        (Series((*HUNDRED, *TWO_HUNDRED, 9), years={1: None}), 1, "fewer than 2 comparable years before it"),
        (Series((*HUNDRED, *TWO_HUNDRED, 9), breaks=frozenset({4})), 1, "fewer than 2 comparable years before it"),
        (Series((*HUNDRED, 50, None, 50, 50, 9)), 1, "fewer than 2 comparable years before it"),
        (Series((*HUNDRED, 0, 0, 0, 0, 9)), 1, "fewer than 2 comparable years before it"),  # no share of nothing
        (Series((*HUNDRED, *TWO_HUNDRED, 0)), 2, "nothing is counted yet this year"),
        (Series((*HUNDRED, 0, 50, 50, 50, 9)), 2, "a year before it had nothing counted by this quarter"),
        (Series((*HUNDRED, 50, 0, 0, 0, 9)), 2, None),
        (Series((*HUNDRED, *TWO_HUNDRED, 9), years={0: 20, 1: 45}), 2, "no year before it had anything left to count"),
        (Series((*HUNDRED, *TWO_HUNDRED, 9), years={1: 45}), 2, None),  # issued before a quarter was restated upwards
        (Series((*HUNDRED, *TWO_HUNDRED, 9), years={0: 21, 1: 45}), 2, None),
        (Series((4, 0, 0, 0, 2, 0, 0, 0, 3)), 2, "no year before it had anything left to count"),
    ],
)
def test_an_outlook_is_given_or_the_reason_is_told(series: Series, n_years: int, why: str | None) -> None:
    _, years, value, low, high, said = last(series, OUTLOOKS)
    assert (years, said) == (n_years, why)
    assert [part is None for part in (value, low, high)] == [why is not None] * 3
    assert why or 9 <= low <= value <= high


def test_a_year_that_is_over_keeps_the_outlooks_it_had() -> None:
    """So that they can be held against the year; a later year changes none of them."""
    running = publish({"Made up": Series((*HUNDRED, *TWO_HUNDRED, 30, 20, 40))}).execute(OUTLOOKS).fetchall()
    over = publish({"Made up": Series((*HUNDRED, *TWO_HUNDRED, 30, 20, 40, 9, 70))}).execute(OUTLOOKS).fetchall()
    assert over[:9] == running


@pytest.mark.parametrize("kind", [PEOPLE, RATIO, ("sum", "percent")])
def test_only_what_adds_up_has_an_outlook(kind: tuple[str, str]) -> None:
    assert publish({"Made up": Series((*HUNDRED, *TWO_HUNDRED, 30), kind)}).execute(OUTLOOKS).fetchall() == []


def poisson(chance: random.Random, mean: float) -> int:
    """How many of a steady stream of events fall into a quarter."""
    count, passed = 0, chance.expovariate(mean)
    while passed < 1:
        count, passed = count + 1, passed + chance.expovariate(mean)
    return count


@pytest.mark.parametrize("mean", [8, 60])
def test_where_only_chance_differs_about_nineteen_years_of_twenty_end_in_the_range(mean: float) -> None:
    chance = random.Random(1906)  # noqa: S311 - counts, not secrets
    made = {f"{n:03}": Series(tuple(poisson(chance, mean) for _ in range(12))) for n in range(250)}
    found = publish(made).execute("select indicator_code, outlook_low, outlook_high from marts.figure_outlook"
                                  " where quarter_key = '2012-13-Q1'").fetchall()  # fmt: skip
    inside = [low <= sum(filter(None, made[code].values[8:])) <= high for code, low, high in found if low is not None]
    assert len(inside) > 240
    assert 0.92 < sum(inside) / len(inside) < 0.98


# ---------------------------------------------------------------- a second calculation

COUNTS = st.one_of(st.integers(0, 3), st.integers(0, 20), st.integers(0, 900))
SHARES = st.tuples(st.integers(0, 9), st.integers(1, 9)).map(lambda of: 100 * of[0] / of[1])


@st.composite
def series(draw: st.DrawFn) -> Series:
    """Up to seven years, with gaps, breaks, years held or issued otherwise, and quarters that repeat each other."""
    kind = draw(st.sampled_from((EVENTS, EVENTS, PEOPLE, RATIO)))
    value = draw(st.sampled_from((SHARES,) if kind == RATIO else (st.integers(0, 3), st.integers(0, 20), COUNTS)))
    pieces = draw(st.lists(st.one_of(value.map(lambda v: [v]), value.map(lambda v: [v] * 6), st.just([None])),
                           min_size=1, max_size=28))  # fmt: skip
    values: tuple[Number, ...] = tuple(v for piece in pieces for v in piece)[:28]
    aim = draw(st.sampled_from(("maximise", "minimise", "none")))
    breaks = draw(st.frozensets(st.integers(0, 27), max_size=2))
    years = draw(st.dictionaries(st.integers(0, 6), st.none() | st.integers(0, 60), max_size=2))
    return Series(values, kind, aim, draw(st.booleans()), breaks, years)


@given(series())
@settings(max_examples=100, deadline=None)
def test_the_marts_agree_with_a_second_calculation(made: Series) -> None:
    built = publish({"Made up": made})
    for query, again in ((LIMITS, limits(made)), (OUTLOOKS, outlooks(made))):
        found = {key: tuple(told) for key, *told in built.execute(query).fetchall()}
        assert found.keys() == again.keys()
        for key, told in again.items():
            for there, here in zip(found[key], told, strict=True):
                assert there == (pytest.approx(here, rel=1e-9, abs=1e-8) if isinstance(here, float) else here), key


# ---------------------------------------------------------------- claims

BROKEN = {
    "centre_lies_within_the_limits": "update marts.figure_limit set lower_limit = centre + 1 where centre is not null",
    "limits_or_reason": "update marts.figure_limit set upper_limit = null",
    "estimate_lies_within_its_range": "update marts.figure_outlook set outlook_low = to_date_value - 1",
    "estimate_or_reason": "update marts.figure_outlook set no_outlook_because = null",
}


def test_each_claim_holds_and_notices_a_row_that_breaks_it() -> None:
    claims = {claim.name: claim.text for claim in find_claims(PROJECT / "sql") if claim.table in MARTS}
    assert claims.keys() == BROKEN.keys()
    for name, text in claims.items():
        built = publish({"Made up": Series((*HUNDRED, *TWO_HUNDRED, 30))})
        assert built.execute(text).fetchall() == []
        built.execute(BROKEN[name])
        assert built.execute(text).fetchall() != [], name
