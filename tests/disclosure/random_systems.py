"""Random systems of counts of the shapes that a council publishes, each from dice of its own."""

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from random import Random

from cs_pipeline.disclosure.engine.counts import Bound, Count, Key, Share, Sum, Within
from cs_pipeline.disclosure.engine.system import System

ALL = "all"
Rule = tuple[int, bool]  # Threshold, and whether zeros are hidden.
RULES: tuple[Rule, ...] = ((5, False), (5, False), (10, True))


def dice(of: object) -> Random:
    """The dice of a system: the same ones whenever they are asked for."""
    return Random(str(of))  # noqa: S311 (a system must come out the same again)


def table(rng: Random, sizes: Iterable[int], name: str = "table", rule: Rule | None = None) -> System:
    """A table of as many ways as there are sizes, with all its margins; some cells public, some not about people."""
    axes = [[f"{axis}{n}" for n in range(size)] for axis, size in zip("abc", sizes, strict=False)]
    rule = rule or rng.choice(RULES)
    small = rng.choice((0.05, 0.15, 0.3))
    values = {(name, *inner): draw(rng, small) for inner in product(*axes)}
    sums = []
    for way in range(len(axes)):
        for outer in product(
            *([*axis, ALL] if place < way else axis for place, axis in enumerate(axes) if place != way)
        ):
            parts = tuple((name, *outer[:way], each, *outer[way:]) for each in axes[way])
            total = (name, *outer[:way], ALL, *outer[way:])
            values[total] = sum(values[part] for part in parts)
    for key in values:
        for way, axis in enumerate(axes, 1):
            if key[way] == ALL:
                sums.append(Sum(key, tuple((*key[:way], each, *key[way + 1 :]) for each in axis)))
    return System(tuple(_counts(rng, values, rule)), tuple(sums))


def draw(rng: Random, small: float = 0.15) -> int:
    """A count; small ones and zeros come as often as told."""
    if rng.random() < small:
        return rng.randint(0, 9)
    return int(rng.lognormvariate(3.2, 1.0)) + 3


def _counts(rng: Random, values: dict[Key, int], rule: Rule) -> Iterator[Count]:
    public, others = rng.choice(((0.0, 0.0), (0.0, 0.0), (0.03, 0.0), (0.0, 0.03), (0.03, 0.03)))
    for key, value in values.items():
        dice = rng.random()
        is_people = not public <= dice < public + others
        yield Count(key, value, *(rule if is_people else (0, False)), is_public=dice < public)


def two_way(rng: Random) -> System:
    return table(rng, (rng.randint(2, 8), rng.randint(2, 8)))


def three_way(rng: Random) -> System:
    return table(rng, (rng.randint(2, 4), rng.randint(2, 4), rng.randint(2, 3)))


def linked(rng: Random) -> System:
    """Two tables that share the margin of their rows."""
    n_rows = rng.randint(2, 6)
    rule = rng.choice(RULES)
    one = table(rng, (n_rows, rng.randint(2, 5)), "one", rule)
    other = _with_margin(rng, one, n_rows, rng.randint(2, 5), rule)
    joined = {count.key: count for count in (*other.counts, *one.counts)}
    return System(tuple(joined.values()), (*one.sums, *other.sums))


def _with_margin(rng: Random, one: System, n_rows: int, n_columns: int, rule: Rule) -> System:
    """A table that parts the same rows otherwise."""
    values: dict[Key, int] = {}
    for row in range(n_rows):
        left = one.by_key["one", f"a{row}", ALL].value
        for column in range(n_columns):
            part = left if column == n_columns - 1 else rng.randint(0, left)
            values["other", f"a{row}", f"b{column}"] = part
            left -= part
    rows = [f"a{row}" for row in range(n_rows)]
    columns = [f"b{column}" for column in range(n_columns)]
    for column in columns:
        values["other", ALL, column] = sum(values["other", row, column] for row in rows)
    sums = [Sum(("one", row, ALL), tuple(("other", row, column) for column in columns)) for row in (*rows, ALL)]
    sums += [Sum(("other", ALL, column), tuple(("other", row, column) for row in rows)) for column in columns]
    values |= {key: one.by_key[key].value for key in {each.total for each in sums} if key[0] == "one"}
    return System(tuple(_counts(rng, values, rule)), tuple(sums))


def in_time(
    rng: Random, n_indicators: int = 4, n_years: int = 1, *, is_half_people: bool = False, public: float = 0.03
) -> System:
    """Indicators by quarter, year to date and year; pairs of them with a share, and bands within a whole."""
    counts: list[Count] = []
    sums: list[Sum] = []
    withins: list[Within] = []
    shares: list[Share] = []
    whole: dict[Key, int] = {}
    for number in range(n_indicators):
        name, is_people = f"i{number:02}", not is_half_people or number % 4 < 2
        rule = rng.choice(RULES) if is_people else (0, False)
        inside = whole if number % 2 else {}
        values = _quarters(rng, name, n_years, inside)
        counts += [Count(key, value, *rule) for key, value in values.items()]
        sums += _in_year(name, n_years)
        for key, value in values.items():
            base = (f"i{number - 1:02}", *key[1:])
            if number % 2:
                withins.append(Within(key, base))
                if whole[base]:
                    is_public = rng.random() < public
                    shares.append(share((*key, "percent"), (key,), (base,), value, whole[base], is_public=is_public))
        whole = values
    return System(tuple(counts), tuple(sums), tuple(withins), tuple(shares))


def share(
    key: Key,
    numerator: tuple[Key, ...],
    denominator: tuple[Key, ...],
    part: int,
    whole: int,
    *,
    is_public: bool = False,
) -> Share:
    """A share as it is printed, with one decimal place."""
    printed = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Share(key, numerator, denominator, printed, is_public=is_public)


def _quarters(rng: Random, name: str, n_years: int, inside: dict[Key, int], small: float = 0.15) -> dict[Key, int]:
    values: dict[Key, int] = {}
    for year in range(n_years):
        total = 0
        for quarter in range(1, 5):
            key = (f"q{quarter}", f"y{year}")
            most = next((v for k, v in inside.items() if k[1:] == key), None)
            values[name, *key] = draw(rng, small) if most is None else rng.randint(0, most)
            total += values[name, *key]
            if quarter > 1:
                values[name, f"ytd{quarter}", f"y{year}"] = total
        values[name, "year", f"y{year}"] = total
    return values


def _in_year(name: str, n_years: int) -> Iterator[Sum]:
    for year in (f"y{n}" for n in range(n_years)):
        quarters = tuple((name, f"q{quarter}", year) for quarter in range(1, 5))
        for quarter in range(2, 5):
            yield Sum((name, f"ytd{quarter}", year), quarters[:quarter])
        yield Sum((name, "year", year), quarters)


def wards(rng: Random, n_wards: int = 4, n_quarters: int = 4, n_indicators: int = 1, small: float = 0.15) -> System:
    """Wards and the borough, by quarter and year."""
    counts: list[Count] = []
    sums: list[Sum] = []
    places = [f"w{n:02}" for n in range(n_wards)]
    for name in (f"i{n}" for n in range(n_indicators)):
        rule = rng.choice(RULES)
        values = {(name, f"t{q:02}", place): draw(rng, small) for q in range(n_quarters) for place in places}
        for year in range(n_quarters // 4):
            for place in places:
                quarters = tuple((name, f"t{q:02}", place) for q in range(4 * year, 4 * year + 4))
                values[name, f"year{year}", place] = sum(values[key] for key in quarters)
                sums.append(Sum((name, f"year{year}", place), quarters))
            sums.append(
                Sum((name, f"year{year}", ALL), tuple((name, f"t{q:02}", ALL) for q in range(4 * year, 4 * year + 4)))
            )
        for period in sorted({key[1] for key in values}):
            parts = tuple((name, period, place) for place in places)
            values[name, period, ALL] = sum(values[key] for key in parts)
            sums.append(Sum((name, period, ALL), parts))
        counts += [Count(key, value, *rule) for key, value in values.items()]
    return System(tuple(counts), tuple(sums))


def wards_to_date(rng: Random, n_wards: int = 5, n_years: int = 2) -> System:
    """Wards and the borough by quarter, year to date and year; every count in up to five sums."""
    places = [f"w{n:02}" for n in range(n_wards)]
    rule = rng.choice(RULES)
    small = rng.choice((0.05, 0.15, 0.3))
    values: dict[Key, int] = {}
    sums: list[Sum] = []
    for place in places:
        values |= _quarters(rng, place, n_years, {}, small)
        sums += _in_year(place, n_years)
    for period in sorted({key[1:] for key in values}):
        parts = tuple((place, *period) for place in places)
        values[ALL, *period] = sum(values[part] for part in parts)
        sums.append(Sum((ALL, *period), parts))
    sums += _in_year(ALL, n_years)
    return System(tuple(_counts(rng, values, rule)), tuple(sums))


def versions(rng: Random) -> System:
    """A year published once and restated since in one of its quarters: the first version of both is public."""
    now = [draw(rng) for _ in range(4)]
    first = [max(0, now[0] + rng.randint(-3, 3)), *now[1:]]
    rule = rng.choice(RULES)
    counts = [Count((f"q{n + 1}", "now"), value, *rule) for n, value in enumerate(now)]
    counts += [Count(("q1", "first"), first[0], *rule, is_public=rng.random() < 0.5)]
    counts += [Count(("year", "now"), sum(now), *rule), Count(("year", "first"), sum(first), *rule, is_public=True)]
    rest = tuple((f"q{n}", "now") for n in (2, 3, 4))
    sums = (
        Sum(("year", "now"), (("q1", "now"), *rest)),
        Sum(("year", "first"), (("q1", "first"), *rest)),
    )
    low = rng.choice((None, max(0, now[1] - 2)))
    bounds = (Bound(("q2", "status"), ("q2", "now"), low, now[1] + rng.randint(0, 40), rng.random() < 0.5),)
    return System(tuple(counts), sums, bounds=bounds)


def shuffled(system: System, rng: Random) -> System:
    """The same system, told in another order."""

    def mixed(things: Iterable[object]) -> tuple[object, ...]:
        listed = list(things)
        rng.shuffle(listed)
        return tuple(listed)

    sums = tuple(Sum(each.total, mixed(each.parts)) for each in system.sums)  # type: ignore[arg-type]
    return System(mixed(system.counts), mixed(sums), mixed(system.withins), mixed(system.shares), mixed(system.bounds))  # type: ignore[arg-type]


MAKERS: dict[str, Callable[[Random], System]] = {
    "two-way": two_way,
    "three-way": three_way,
    "linked": linked,
    "in time": in_time,
    "wards": wards,
    "wards to date": wards_to_date,
    "versions": versions,
}


def system_of(maker: str, seed: object) -> System:
    """A random system of a kind, the same whenever it is asked for."""
    return MAKERS[maker](dice(f"{maker} {seed}"))
