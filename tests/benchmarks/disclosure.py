"""How long it takes to choose what to hide and to attack what is left, and how that grows with wards and quarters."""

import statistics
import sys
import time
from itertools import pairwise
from random import Random

from cs_pipeline.disclosure.engine.audit import audit
from cs_pipeline.disclosure.engine.suppress import suppress
from cs_pipeline.disclosure.engine.system import System
from cs_pipeline.words.settings import PROJECT

ROUNDS = 3


def time_disclosure() -> None:
    sys.path.append(str(PROJECT / "tests" / "disclosure"))
    from random_systems import in_time, wards

    def dice() -> Random:
        return Random(1906)  # noqa: S311 (counts to hide, not secrets)

    suppress(wards(dice()))  # What it costs to load the solver is told by no line below.
    _tell("70 indicators of 16 quarters", in_time(dice(), 70, 4, is_half_people=True, public=0), "about 2 s")
    _tell("20 wards, 16 quarters, 3 indicators", wards(dice(), 20, 16, 3), "under 5 s")
    for what, sizes in (("wards", [(n, 16) for n in (10, 20, 40)]), ("quarters", [(20, n) for n in (8, 16, 32)])):
        taken = [_time(wards(dice(), n_wards, n_quarters, 3))[0] for n_wards, n_quarters in sizes]
        ratios = " and ".join(f"{later / earlier:.1f}" for earlier, later in pairwise(taken))
        print(f"  twice and four times as many {what}: {ratios} times as long, each time it doubles")


def _tell(what: str, system: System, aim: str) -> None:
    both, suppressing, hidden = _time(system)
    counts = f"{len(system.counts)} counts, {hidden} hidden"
    print(f"  {what} ({counts}): {both:.2f} s, {suppressing:.2f} s of it to choose (aim: {aim})", flush=True)


def _time(system: System) -> tuple[float, float, int]:
    """The median of both steps, that of the first, and how many counts are hidden."""
    both, suppressing = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        pattern = suppress(system)
        suppressing.append(time.perf_counter() - begun)
        assert not audit(system, system.keys - pattern.hidden)
        both.append(time.perf_counter() - begun)
    return statistics.median(both), statistics.median(suppressing), len(pattern.hidden & set(system.by_key))
