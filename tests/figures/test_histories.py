"""What was built night by night equals what is built at once: random histories of a council's year.

A history delivers, corrects by file and by decision, withdraws and takes that back, changes definitions, issues figures
and restates them, each at a moment of its own, with a night after every few steps. At its end the build and what was
published are thrown away; archive, decisions and ledger give them again, table for table.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from ruamel.yaml import YAML
from timeline import (
    DAY,
    HATE,
    MARAC_REPEATS,
    OFFENCES,
    QUARTERS,
    ROBBERY,
    Numbers,
    Timeline,
    asb_return,
    case_list,
    copy_of,
    crime_cell,
    crime_extract,
    edit,
    few_models,
    hurry_more,
    marac_return,
    new_definition,
    number_of,
    own_world,
)
from worlds import World, copy_sql, differing, hurry, sha256, small_folder

from cs_pipeline.figures.issue import CannotRecord
from cs_pipeline.operate.night import forget_build

N_HISTORIES = 50
IN_FOURS = [(0, 1, 2, 3)]
IN_SEVENS = [(4, 5, 6, 7), *(tuple(range(start, start + 7)) for start in range(8, N_HISTORIES, 7))]

SOURCES = ("police_crime", "marac", "police_asb", "housing_cases", "communities_cases")
MEETINGS = ("Members Matters", "Cabinet")
CODES = ("Noise", "Trespass", "Begging", "", "Crime recorded")
# What a definition may be changed to say, by indicator; the first is what it says in the project's own file.
SAID: dict[str, tuple[dict[str, Any], ...]] = {
    "ComS_009": ({"of": "robbery"}, {"of": "hate"}, {"of": "violence with injury"}),
    "ComS_013": ({"measure": "case_received"}, {"measure": "case_closed_under_3_months"}),
    "ComS_013c": ({"measure": "case_over_6_months_or_open"}, {"measure": "case_closed_3_to_6_months"}),
    "ComS_014": ({"measure": "case_received"}, {"measure": "case_closed_3_to_6_months"}),
    "ComS_014d": ({"measure": "case_closed_share"}, {"measure": "case_cohort_closed_share"}),
    "ComS_020": ({"of": "hate"}, {"of": "domestic abuse"}),
    "ComS_024": ({"of": "Broxtowe"}, {"of": "South Nottinghamshire"}),
    "ComS_024a": ({"of": "Broxtowe"}, {"of": "South Nottinghamshire"}, {"measure": "marac_repeats"}),
}
STEPS = {
    "delivery": 7,
    "corrected file": 4,
    "correction": 3,
    "correction taken back": 1,
    "withdrawal": 2,
    "withdrawal taken back": 3,
    "new definition": 2,
    "other since": 2,
    "other measure": 2,
    "end": 1,
    "retitling": 1,
    "measure's condition": 1,
    "issue": 4,
    "restatement": 6,
    "restatement taken out": 2,
}


class NothingToDo(Exception):
    """A step has nothing to work on yet."""


N_VERSIONS = 3
BEGUN = datetime(2021, 7, 21, 9, tzinfo=UTC)  # the morning after the first night


@dataclass(frozen=True)
class Sent:
    """The latest file of a source for a quarter."""

    name: str
    version: int
    raw: bytes


def name_of(source: str, number: int) -> str:
    return f"{source} {number + 1}.xlsx"


@cache
def returned(source: str, number: int, version: int) -> bytes:
    """What a source sends for a quarter of the year: each version is made later and tells something else.

    All histories share these, so that each is read once.
    """
    quarter = QUARTERS[number]
    as_at = quarter.last + (14 + 5 * version) * DAY
    if source == "police_crime":
        return crime_extract(as_at, range(number * 3 + 3), crimes(number, version))
    if source == "marac":
        return marac_return(quarter, as_at, 9 - version, 2 + version % 2)
    rng = Random(f"{source} {number} {version}")  # noqa: S311 - a history to repeat
    if source == "police_asb":
        return asb_return(quarter, as_at, tuple(tuple(rng.choices(CODES, k=2)) for _ in range(3)))
    days = [QUARTERS[0].first + place * 33 * DAY for place in range(8)]
    return case_list(source, as_at, tuple((day, rng.choice([None, day + 10 * DAY, day + 120 * DAY])) for day in days))


def crimes(number: int, version: int) -> Numbers:
    """What a version tells otherwise: one offence in one month, of any quarter so far."""
    rng = Random(f"crime {number} {version}")  # noqa: S311 - a history to repeat
    return {(rng.choice(OFFENCES[1:]), rng.randrange(number * 3 + 3)): 20 + version} if version else {}


class History:
    """One history as it is lived: what stands in the folders, what was decided, and how often each kind of step was."""

    def __init__(self, seed: int, time: Timeline, sqls: tuple[Path, Path], happened: Counter[str]) -> None:
        self.rng = Random(seed)  # noqa: S311 (a history must come out the same again)
        self.time, self.sqls = time, sqls
        self.unsent = [(source, number) for number in range(4) for source in self.rng.sample(SOURCES, 3)]
        self.sent: dict[tuple[str, int], Sent] = {}
        self.cells: list[tuple[bytes, str]] = []
        self.changed: set[str] = set()
        self.restated: set[tuple[str, str]] = set()
        self.happened = happened  # in this history and those before it, so that what never was comes soon

    def begin(self) -> None:
        """The first quarter's returns, and some of the next, before there are any figures."""
        for _ in range(self.rng.randint(4, 6)):
            self.step("delivery")
        self.time.night()

    def go_on(self, n_nights: int) -> None:
        for _ in range(n_nights):
            n_steps = self.rng.randint(5, 8)
            while n_steps:
                n_steps -= self.step(self._next())
            self.time.night()
            self.restated.clear()
            self.happened["waiting"] += len(self.time.waiting())
        self.happened["agreed"] += len(self.time.world.published("from marts.restatement"))

    def _next(self) -> str:
        names = [name for name in STEPS if name != "delivery" or self.unsent]
        weights = [STEPS[name] * (1 if self.happened[name] else 5) for name in names]
        return self.rng.choices(names, weights)[0]

    def step(self, name: str) -> bool:
        """Takes a step, where there is anything for it to work on."""
        self.time.pass_hours(0.25)
        do: Callable[[], None] = getattr(self, f"_{name.replace(' ', '_').replace(chr(39), '')}")
        try:
            do()
        except (NothingToDo, CannotRecord):
            return False
        self.happened[name] += 1
        return True

    def _some(self, of: Any) -> Any:
        listed = sorted(of)
        if not listed:
            raise NothingToDo
        return self.rng.choice(listed)

    # ------------------------------------------------------------ deliveries

    def _delivery(self) -> None:
        source, number = self.unsent.pop(0)
        self._send(source, number, 0, name_of(source, number))

    def _corrected_file(self) -> None:
        """What happened turns out to be otherwise; the file comes again, in the place of the first or beside it."""
        source, number = self._some(slot for slot in self.sent if self.sent[slot].version < N_VERSIONS)
        before = self.sent[source, number]
        name = self.rng.choice([before.name, f"{before.version + 1} {before.name}"])
        self._send(source, number, before.version + 1, name)

    def _send(self, source: str, number: int, version: int, name: str) -> None:
        raw = returned(source, number, version)
        self.sent[source, number] = Sent(name, version, raw)
        self.time.world.drop(source, name, raw)

    # ------------------------------------------------------------ decisions

    def _correction(self) -> None:
        source, number = self._some(slot for slot in self.sent if slot[0] in ("police_crime", "marac"))
        sent = self.sent[source, number]
        if source == "marac":
            cell, old, new = MARAC_REPEATS, 2 + sent.version % 2, self.rng.randint(0, 4)
        else:
            offence, month = self.rng.choice([ROBBERY, HATE]), self.rng.randrange(number * 3 + 3)
            old = number_of(crimes(number, sent.version), offence, month)
            cell, new = crime_cell(offence, month), self.rng.randint(0, 30)
        raw = sent.raw
        if (raw, cell) in self.cells or old == new:
            raise NothingToDo
        self.cells.append((raw, cell))
        self.time.correct(source, raw, cell, old, new)

    def _correction_taken_back(self) -> None:
        raw, cell = self._some(self.cells)
        self.cells.remove((raw, cell))
        self.time.leave_uncorrected(raw, cell)

    def _withdrawal(self) -> None:
        slot = self._some(slot for slot in self.sent if not self._is_withdrawn(slot))
        self.time.withdraw(slot[0], self.sent[slot].raw)

    def _withdrawal_taken_back(self) -> None:
        self.time.take_back(self.sent[self._some(slot for slot in self.sent if self._is_withdrawn(slot))].raw)

    def _is_withdrawn(self, slot: tuple[str, int]) -> bool:
        return sha256(self.sent[slot].raw) in self.time.withdrawn

    # ------------------------------------------------------------ definitions

    def _new_definition(self) -> None:
        code, since = self._some(SAID.keys() - self.changed), self.rng.choice(QUARTERS).key
        comparable = {} if self.rng.random() < 0.5 else {"comparable": False}
        add = new_definition(since, **self.rng.choice(SAID[code][1:]), **comparable)

        def change(entry: Any) -> None:
            last = entry["definitions"][-1]
            if last["since"] >= since or "until" in last:
                raise NothingToDo
            add(entry)

        self._edit(code, change)
        self.changed.add(code)

    def _other_since(self) -> None:
        since = self.rng.choice(QUARTERS).key

        def change(entry: Any) -> None:
            before, last = entry["definitions"][-2:]
            if not before["since"] < since <= last.get("until", since) or last["since"] == since:
                raise NothingToDo
            last["since"] = since

        self._edit(self._some(self.changed), change)

    def _other_measure(self) -> None:
        code = self._some(SAID)
        says = self.rng.choice(SAID[code])

        def change(entry: Any) -> None:
            last = entry["definitions"][-1]
            if all(last.get(key) == value for key, value in says.items()):
                raise NothingToDo
            last.update(says)

        self._edit(code, change)

    def _end(self) -> None:
        """The indicator ends with a quarter, or goes on after all."""

        def change(entry: Any) -> None:
            last = entry["definitions"][-1]
            if last.pop("until", None) is None:
                last["until"] = self.rng.choice(["2021-22-Q3", "2021-22-Q4"])
                if last["until"] < last["since"]:
                    raise NothingToDo

        self._edit(self._some(SAID), change)

    def _retitling(self) -> None:
        key, value = self.rng.choice([("title", "Renamed by Cabinet"), ("owner", "Head of Service"), ("note", "New.")])
        self._edit(self._some(SAID), lambda entry: entry.update({key: value}))

    def _edit(self, code: str, change: Callable[[Any], None]) -> None:
        edit(self.time.world.indicators, code, change)

    def _measures_condition(self) -> None:
        """A measure counts otherwise from now on, or as before."""
        world = self.time.world
        world.sql = self.sqls[world.sql == self.sqls[0]]

    # ------------------------------------------------------------ issues

    def _issue(self) -> None:
        there = self.time.world.published(
            """select distinct period_key from marts.figure
               where value is not null and period_kind in ('quarter', 'year') order by 1"""
        )
        self.time.issue(self._some(there)[0], self.rng.choice(MEETINGS))

    def _restatement(self) -> None:
        code, period = self._some({(code, period) for code, _, period in self.time.waiting()} - self.restated)
        self.restated.add((code, period))
        self.time.restate(code, period)

    def _restatement_taken_out(self) -> None:
        path = self.time.settings.decisions / "restatements.yml"
        entries = YAML(typ="base").load(path.read_text()) if path.exists() else None
        if not entries:
            raise NothingToDo
        del entries[self.rng.randrange(len(entries))]
        path.write_text("")
        if entries:
            YAML().dump(entries, path)


@pytest.fixture(scope="module")
def sqls() -> Iterator[dict[bool, tuple[Path, Path]]]:
    """The project's SQL, and the same with a measure changed; few of its models, or all of them."""
    with small_folder() as folder:
        found = {}
        for is_whole, make in ((False, few_models), (True, copy_sql)):
            pair = make(folder / f"as it is {is_whole}"), make(folder / f"changed {is_whole}")
            path = pair[1] / "measures" / "crime_recorded.sql"
            path.write_text(f"{path.read_text().rstrip()}\nwhere f.n_recorded <> 4\n")
            found[is_whole] = pair
        yield found


@pytest.fixture(scope="module")
def begun(sqls: dict[bool, tuple[Path, Path]]) -> Iterator[World]:
    """A world after its first night, with the first quarter's returns of every source."""
    with own_world(sqls[False][0]) as world:
        with pytest.MonkeyPatch.context() as patched:
            hurry_more(patched)
            for source in SOURCES:
                world.drop(source, name_of(source, 0), returned(source, 0, 0))
            Timeline(world, patched).night()
        yield world


def check(history: History, n_nights: int) -> None:
    """Lives one history to its end, then makes everything again at that moment."""
    history.go_on(n_nights)
    world = history.time.world
    before, told = world.state(is_timed=True), world.published("select fingerprint from meta.publication")
    forget_build(world.settings)
    shutil.rmtree(world.settings.published)
    shutil.rmtree(world.settings.restricted)
    assert world.run().exit_code < 2
    assert differing(before, world.state(is_timed=True)) == [], history.happened
    assert world.published("select fingerprint from meta.publication") == told
    assert {"meta.figure_history", "meta.built", "marts.figure", "published:marts.figure"} <= before.keys()


def hold_everything(happened: Counter[str]) -> None:
    """Every kind of step was, some restatements waited, and some were agreed."""
    missing = {*STEPS, "waiting", "agreed"} - {name for name, n in happened.items() if n}
    assert not missing, f"{missing} never was, in {happened}"


@pytest.mark.proof
@pytest.mark.parametrize("seeds", IN_FOURS)
def test_a_history_gives_what_its_inputs_give_at_once(
    seeds: tuple[int, ...], begun: World, sqls: dict[bool, tuple[Path, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them begin alike."""
    hurry_more(monkeypatch)
    happened = Counter[str]()
    for seed in seeds:
        with copy_of(begun) as world:
            history = History(seed, Timeline(world, monkeypatch, now=BEGUN), sqls[False], happened)
            history.sent = {(source, 0): Sent(name_of(source, 0), 0, returned(source, 0, 0)) for source in SOURCES}
            history.unsent = [slot for slot in history.unsent if slot not in history.sent]
            check(history, 3 if seed % 4 == 0 else 2)
    hold_everything(happened)


@pytest.mark.proof
@pytest.mark.parametrize("seeds", IN_SEVENS)
def test_a_longer_history_gives_what_its_inputs_give_at_once(
    seeds: tuple[int, ...], sqls: dict[bool, tuple[Path, Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every model and claim, and both files of a publication."""
    hurry(monkeypatch)
    happened = Counter[str]()
    for seed in seeds:
        with own_world(sqls[True][0]) as world:
            history = History(seed, Timeline(world, monkeypatch), sqls[True], happened)
            history.begin()
            check(history, 2 + seed % 4)
    hold_everything(happened)
