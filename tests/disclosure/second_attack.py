"""What hidden counts can be, found by trying every number: slow, and written from the words of the rule alone.

No number is tried beyond a greatest one, so it serves for small systems, whose numbers are small.
"""

from collections.abc import Collection, Iterator

from cs_pipeline.disclosure.engine.counts import Bound, Key, Share, Sum, Within
from cs_pipeline.disclosure.engine.system import System, keys_of

Relation = Sum | Within | Share | Bound
Values = dict[Key, int]
MOST_TRIED = 15_000


class TooMany(Exception):
    """There are more numbers to try than there is time for."""


def possible_values(system: System, shown: Collection[Key], greatest: int) -> dict[Key, set[int]]:
    """For each count that somebody does not know to whom these keys are shown, every value that it can have."""
    counts = system.by_key
    known = {key: count.value for key, count in counts.items() if key in shown or count.is_public}
    holds = [*system.sums, *system.withins]
    holds += [each for each in system.stated if each.key in shown or each.is_public]
    found: dict[Key, set[int]] = {}
    for together in _parts(set(counts) - set(known), holds):
        least, most = dict.fromkeys(together, 0), dict.fromkeys(together, greatest)
        people = [key for key in together if counts[key].is_about_people]
        if len(people) == 1 and counts[people[0]].is_small:
            least[people[0]] = 0 if counts[people[0]].hides_zero else 1
            most[people[0]] = counts[people[0]].threshold - 1
        relations = [each for each in holds if set(keys_of(each)) & set(together)]
        found |= {key: set() for key in together}
        tried: list[Key] = []
        for solution in _solutions(dict(known), together, relations, least, most, tried):
            for key in together:
                found[key].add(solution[key])
    return found


def _parts(unknown: set[Key], holds: list[Relation]) -> Iterator[list[Key]]:
    """The unknown counts, those that have to do with one another together."""
    left = set(unknown)
    while left:
        together = {min(left)}
        while True:
            more = {key for each in holds if set(keys_of(each)) & together for key in keys_of(each)} & unknown
            if more <= together:
                break
            together |= more
        left -= together
        yield sorted(together)


def _solutions(
    values: Values, left: list[Key], relations: list[Relation], least: Values, most: Values, tried: list[Key]
) -> Iterator[Values]:
    if not all(_may_hold(each, values) for each in relations):
        return
    if not left:
        yield values
        return
    key = max(left, key=lambda key: (any(_lacks_only(each, key, values) for each in relations), key))
    tried.append(key)
    if len(tried) > MOST_TRIED:
        raise TooMany
    rest = [other for other in left if other != key]
    for value in range(least[key], most[key] + 1):
        yield from _solutions({**values, key: value}, rest, relations, least, most, tried)


def _lacks_only(relation: Relation, key: Key, values: Values) -> bool:
    return isinstance(relation, Sum) and {each for each in keys_of(relation) if each not in values} == {key}


def _may_hold(relation: Relation, values: Values) -> bool:
    """Whether a relation holds, or can still come to hold when more is known."""
    if isinstance(relation, Sum):
        parts = [values[key] for key in relation.parts if key in values]
        if relation.total not in values:
            return True
        total = values[relation.total]
        return sum(parts) == total if len(parts) == len(relation.parts) else sum(parts) <= total
    if any(key not in values for key in keys_of(relation)):
        return True
    if isinstance(relation, Within):
        return values[relation.part] <= values[relation.whole]
    if isinstance(relation, Bound):
        number = values[relation.of]
        return (relation.low is None or relation.low <= number) and (relation.high is None or number <= relation.high)
    part, whole = (sum(values[key] for key in keys) for keys in (relation.numerator, relation.denominator))
    low, high = relation.reach
    return whole > 0 and low * whole <= part <= high * whole
