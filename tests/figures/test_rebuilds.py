"""A change rebuilds what it touches and nothing else, and its rehearsal says so before anything is rebuilt."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from timeline import (
    DAY,
    DOMESTIC,
    MARAC_REPEATS,
    MONTHS,
    QUARTERS,
    ROBBERY,
    Timeline,
    agenda,
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
from worlds import World, small_folder

from cs_pipeline.operate.night import Listener, night
from cs_pipeline.operate.rehearse import Change, NothingToCompare, rehearse
from cs_pipeline.words.periods import quarters
from cs_pipeline.words.settings import PROJECT

Quarter = tuple[str, str]  # indicator, quarter
Q1, Q2, Q3, Q4 = QUARTERS
SPRING = datetime(2022, 4, 20, 18, tzinfo=UTC)

CRIME = crime_extract(Q4.last + 14 * DAY, range(12))
MARAC = {quarter: marac_return(quarter, quarter.last + 15 * DAY, 9, 3) for quarter in QUARTERS}
LOGS = (("Noise", "Trespass"), ("Begging",), ("Noise", "Crime recorded"))
ASB = {quarter: asb_return(quarter, quarter.last + 14 * DAY, LOGS) for quarter in QUARTERS}
CASES = tuple((MONTHS[place].replace(day=9), MONTHS[place].replace(day=19)) for place in range(12))
LIST = case_list("communities_cases", Q4.last + 5 * DAY, CASES)


@pytest.fixture(scope="module")
def counted() -> Iterator[World]:
    """The year's returns, counted and published; one quarter and the year were issued. It has SQL of its own."""
    with own_world() as world:
        with pytest.MonkeyPatch.context() as patched:
            hurry_more(patched)
            world.sql = few_models(world.folder / "sql")
            time = Timeline(world, patched, SPRING)
            world.drop("police_crime", "crime.xlsx", CRIME)
            world.drop("communities_cases", "cases.xlsx", LIST)
            for quarter in QUARTERS:
                world.drop("marac", f"marac {quarter.key}.xlsx", MARAC[quarter])
                world.drop("police_asb", f"asb {quarter.key}.xlsx", ASB[quarter])
            time.night()
            time.issue(Q1.key)
            time.night()
        yield world


@pytest.fixture
def time(counted: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Timeline]:
    hurry_more(monkeypatch)
    with copy_of(counted) as world:
        world.sql = world.folder / "sql"
        yield Timeline(world, monkeypatch, datetime(2022, 4, 23, 9, tzinfo=UTC))


def contents(world: World) -> dict[Quarter, str]:
    """What stands in each indicator's counts, quarter by quarter."""
    rows = world.ask("select table_name, quarter_key, content_hash from meta.built where table_name like 'figures.%'")
    return {(name.removeprefix("figures."), quarter): content for name, quarter, content in rows}


def rebuilt(time: Timeline) -> set[Quarter]:
    """What a night changes, counted from `meta.built`; what it told its listener is the same."""
    before = contents(time.world)
    outcome = time.night()
    after = contents(time.world)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    told = {
        (built.name.removeprefix("figures."), quarter)
        for built in outcome.built
        if built.name.startswith("figures.")
        for quarter in built.changed
    }
    assert told == changed
    return changed


def every(codes: str, *among: Any) -> set[Quarter]:
    return {(f"ComS_{code}", quarter.key) for code in codes.split() for quarter in among}


# ---------------------------------------------------------------- one definition, one delivery, one decision


def test_a_definition_from_the_third_quarter_on_rebuilds_those_quarters_of_it(time: Timeline) -> None:
    edit(time.world.indicators, "ComS_009", new_definition(Q3.key, of="domestic abuse"))
    assert rebuilt(time) == every("009", Q3, Q4)
    assert time.figure("ComS_009", Q3.key) == (sum(number_of({}, DOMESTIC, m) for m in range(6, 9)), None, *UNISSUED)
    assert rebuilt(time) == set()


UNISSUED = ("provisional", False)


def test_a_quarter_that_waits_for_a_new_definition_keeps_the_date_of_the_one_it_was_counted_by(time: Timeline) -> None:
    since = "select quarter_key, since_quarter_key from meta.measured where indicator_code = 'ComS_009'"
    before = dict(time.world.ask(since))
    edit(time.world.indicators, "ComS_009", new_definition(Q3.key, of="domestic abuse"))
    night(time.world.settings, Listener(), {"figures.ComS_009"}, {Q3.key})
    assert dict(time.world.ask(since)) == before | {Q3.key: Q3.key}
    assert time.world.ask("select indicator_code, quarter_key from meta.stale") == [("ComS_009", Q4.key)]
    assert rebuilt(time) == every("009", Q4)
    assert dict(time.world.ask(since)) == before | {Q3.key: Q3.key, Q4.key: Q3.key}
    assert time.world.ask("from meta.stale") == []


def test_a_ratio_s_definition_rebuilds_it_and_not_its_parts(time: Timeline) -> None:
    edit(time.world.indicators, "ComS_024", new_definition(Q3.key, of="South Nottinghamshire", comparable=False))
    assert rebuilt(time) == every("024", Q3, Q4)
    assert time.figure("ComS_024", "2021-22", "year") == (None, "not comparable", *UNISSUED)


def test_an_earlier_since_rebuilds_the_quarters_between(time: Timeline) -> None:
    edit(time.world.indicators, "ComS_020", new_definition(Q4.key, of="domestic abuse"))
    assert rebuilt(time) == every("020", Q4)
    edit(time.world.indicators, "ComS_020", lambda entry: entry["definitions"][-1].update(since=Q2.key))
    assert rebuilt(time) == every("020", Q2, Q3)


def test_a_definition_that_ends_takes_its_later_quarters_away(time: Timeline) -> None:
    edit(time.world.indicators, "ComS_025", lambda entry: entry["definitions"][-1].update(until=Q2.key))
    assert rebuilt(time) == every("025", Q3, Q4)
    assert time.figure("ComS_025", Q3.key) == (None, "not yet available", *UNISSUED)


def test_a_definition_in_force_without_another_measure_rebuilds_nothing(time: Timeline) -> None:
    edit(time.world.indicators, "ComS_009", new_definition(Q3.key, comparable=False))
    assert rebuilt(time) == set()
    assert time.figure("ComS_009", "2021-22", "year") == (None, "not comparable", *UNISSUED)


def test_a_corrected_delivery_of_four_quarters_that_changes_one_rebuilds_one(time: Timeline) -> None:
    again = crime_extract(Q4.last + 30 * DAY, range(12), {(ROBBERY, 7): 40})
    time.world.drop("police_crime", "crime again.xlsx", again)
    assert rebuilt(time) == every("009", Q3), "robbery, and no other group of the extract"


def test_a_corrected_delivery_that_changes_nothing_rebuilds_nothing(time: Timeline) -> None:
    time.world.drop("police_crime", "crime again.xlsx", crime_extract(Q4.last + 30 * DAY, range(12)))
    assert rebuilt(time) == set()


def test_a_measure_that_reaches_over_quarters_rebuilds_what_its_rows_change(time: Timeline) -> None:
    """A case received in June is told to have been closed in July: the closings of one quarter, and no receipts."""
    cases = (*CASES[:2], (CASES[2][0], Q2.first + 9 * DAY), *CASES[3:])
    time.world.drop("communities_cases", "cases.xlsx", case_list("communities_cases", Q4.last + 6 * DAY, cases))
    assert rebuilt(time) == every("014a 014d", Q1, Q2)


NO_NUMBER: dict[str, Callable[[Any], None]] = {
    "title": lambda entry: entry.update(title="Robbery, by another name"),
    "owner": lambda entry: entry.update(owner="Head of Service"),
    "sets": lambda entry: entry.update(sets=["KPI"], note="It was moved.", aim="none"),
    "reason": lambda entry: entry["definitions"][-1].update(because="The reason is told better than before."),
    "words": lambda entry: entry["definitions"][-1].update(numerator="Robberies, whoever was robbed."),
    "thresholds": lambda entry: entry.update(thresholds={"amber_within_pct": 20}),
    "rate": lambda entry: entry.update(rate_per="households"),
}


@pytest.mark.proof
def test_what_changes_no_number_rebuilds_none_and_is_published(time: Timeline) -> None:
    before = contents(time.world)
    for name, change in NO_NUMBER.items():
        edit(time.world.indicators, "ComS_009", change)
        assert rehearse(time.settings) == [], name
    outcome = time.night()
    assert contents(time.world) == before
    assert not [built.name for built in outcome.built if built.name.startswith("figures.")]
    assert outcome.publication is not None
    assert time.world.published("select indicator_title from meta.indicator where indicator_code = 'ComS_009'") == [
        ("Robbery, by another name",)
    ]
    assert time.waiting() == []


def test_a_correction_by_decision_makes_its_quarter_stale(time: Timeline) -> None:
    time.correct("marac", MARAC[Q2], MARAC_REPEATS, 3, 5)
    assert stale(rehearse(time.settings)) == every("024 024b", Q2)
    assert rebuilt(time) == every("024 024b", Q2)
    time.correct("police_crime", CRIME, crime_cell(ROBBERY, 11), number_of({}, ROBBERY, 11), 90)
    assert rebuilt(time) == every("009", Q4)
    time.leave_uncorrected(MARAC[Q2], MARAC_REPEATS)
    assert rebuilt(time) == every("024 024b", Q2)


def test_a_withdrawal_makes_the_quarters_of_its_delivery_stale(time: Timeline) -> None:
    time.withdraw("marac", MARAC[Q3])
    assert rebuilt(time) == every("024 024a 024b", Q3)
    time.take_back(MARAC[Q3])
    assert rebuilt(time) == every("024 024a 024b", Q3)


# ---------------------------------------------------------------- a measure's SQL


def edit_measure(world: World, name: str, change: Callable[[str], str]) -> None:
    path = world.sql / "measures" / f"{name}.sql"
    text = change(path.read_text())
    assert text != path.read_text()
    path.write_text(text)


@pytest.mark.proof
def test_a_measure_whose_query_stays_makes_nothing_stale(time: Timeline) -> None:
    for change in (
        lambda text: text.replace("-- Recorded crime", "-- Crime as the force records it"),
        lambda text: text.replace("f.row_number\n", "f.row_number -- as the sheet numbers them\n"),
        lambda text: text.replace("\n    ", "\n  ").replace("inner join", "INNER JOIN"),
    ):
        edit_measure(time.world, "crime_recorded", change)
        assert rehearse(time.settings) == []
    assert rebuilt(time) == set()


def test_a_measure_whose_condition_changes_makes_its_indicators_stale(time: Timeline) -> None:
    """Only those that count otherwise by it are told to change: 4 of a month occur in no other group."""
    edit_measure(time.world, "crime_recorded", lambda text: f"{text.rstrip()}\nwhere f.n_recorded <> 4\n")
    before = dict(time.world.ask("select indicator_code || period_key, made_from from meta.measured"))
    said = stale(rehearse(time.settings))
    assert rebuilt(time) == said
    after = dict(time.world.ask("select indicator_code || period_key, made_from from meta.measured"))
    counted_anew = {key[:8] for key in before if before[key] != after[key]}
    of_crime = time.world.ask("select distinct indicator_code from meta.measured where measure_name = 'crime_recorded'")
    assert counted_anew == {code for (code,) in of_crime}
    assert {code for code, _ in said} == {"ComS_009", "ComS_020", "ComS_025"}


# ---------------------------------------------------------------- the rehearsal


def stale(changes: list[Change]) -> set[Quarter]:
    return {(change.indicator, change.quarter) for change in changes if change.is_counted}


def files_of(world: World) -> dict[str, str]:
    """Every file of the warehouse and of what goes into it, with its bytes."""
    return {
        path.relative_to(world.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if not path.is_symlink()
        else path.readlink().as_posix()
        for path in sorted(world.folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def figures_of(world: World) -> dict[tuple[str, str, str], tuple[float | None, str | None]]:
    rows = world.ask(
        "select indicator_code, period_kind, period_key, value, missing_reason from marts.figure_calculated"
    )
    return {row[:3]: row[3:] for row in rows}


def shown(figure: tuple[float | None, str | None] | None, *, is_percent: bool) -> str:
    value, missing = figure or (None, "not yet available")
    if value is None:
        return f"[{missing}]"
    return f"{value:.1f}%" if is_percent else f"{value:,.0f}"


def _drop(source: str, name: str, raw: bytes) -> Callable[[Timeline], None]:
    return lambda time: time.world.drop(source, name, raw) and None


def _edit(code: str, change: Callable[[Any], None]) -> Callable[[Timeline], None]:
    return lambda time: edit(time.world.indicators, code, change)


NEXT = quarters("2022-23-Q1", "2022-23-Q1")[0]
CHANGES: dict[str, Callable[[Timeline], None]] = {
    "a corrected file": _drop(
        "police_crime", "again.xlsx", crime_extract(Q4.last + 30 * DAY, range(12), {(ROBBERY, 2): 9, (DOMESTIC, 8): 1})
    ),
    "a file in place": _drop("marac", f"marac {Q2.key}.xlsx", marac_return(Q2, Q2.last + 40 * DAY, 8, 2)),
    "a quarter that has begun": _drop("marac", "begun.xlsx", marac_return(NEXT, NEXT.first + 25 * DAY, 7, 1)),
    "a new quarter": _drop("marac", "next.xlsx", marac_return(NEXT, NEXT.last + 15 * DAY, 7, 1)),
    "fewer logs": _drop("police_asb", "fewer.xlsx", asb_return(Q3, Q3.last + 50 * DAY, ((), ("",), ("Trespass",)))),
    "a longer list": _drop(
        "communities_cases",
        "longer.xlsx",
        case_list("communities_cases", Q4.last + 99 * DAY, (*CASES, (NEXT.first, None), (Q4.first, Q4.last))),
    ),
    "a first list": _drop("housing_cases", "cases.xlsx", case_list("housing_cases", Q4.last + 5 * DAY, CASES)),
    "a first agenda": _drop(
        "asb_panel", "agenda.xlsx", agenda(NEXT.last - 40 * DAY, ((Q1.first, Q2.last), (Q4.last, None)))
    ),
    "a correction": lambda time: time.correct("marac", MARAC[Q1], MARAC_REPEATS, 3, 4),
    "a withdrawal": lambda time: time.withdraw("police_asb", ASB[Q4]),
    "everything of a source withdrawn": lambda time: time.withdraw("police_crime", CRIME),
    "a definition": _edit("ComS_014", new_definition(Q2.key, measure="case_closed_under_3_months")),
    "the proposed definition": _edit("ComS_014d", new_definition(Q1.key, measure="case_cohort_closed_share")),
    "a definition of a break": _edit("ComS_011", new_definition(Q3.key, comparable=False)),
    "an end": _edit("ComS_024b", lambda entry: entry["definitions"][-1].update(until=Q3.key)),
    "an indicator less": lambda time: (time.world.indicators / "ComS_025.yml").unlink(),
    "a year's count": _edit("ComS_014c", new_definition(Q4.key, measure="case_closed_under_3_months")),
}


IN_FOURS = [list(CHANGES)[at : at + 4] for at in range(0, len(CHANGES), 4)]


@pytest.mark.proof
@pytest.mark.parametrize("changes", IN_FOURS)
def test_what_the_rehearsal_says_is_what_the_night_then_changes(time: Timeline, changes: list[str]) -> None:
    """Its quarters are those that change, its old and new values those before and after; and it leaves no trace."""
    percents = {code for (code,) in time.world.ask("select indicator_code from meta.indicator where unit = 'percent'")}
    for name in changes:
        CHANGES[name](time)
        untouched, before = files_of(time.world), figures_of(time.world)
        said = rehearse(time.settings)
        assert files_of(time.world) == untouched, name
        assert rebuilt(time) == stale(said), name
        after = figures_of(time.world)
        told = {(c.indicator, c.kind, c.period): (c.old, c.new) for c in said}
        assert len(told) == len(said) > 0, name
        for key, (old, new) in told.items():
            is_percent = key[0] in percents
            assert (old, new) == tuple(shown(at.get(key), is_percent=is_percent) for at in (before, after)), (name, key)
        assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} <= told.keys(), name
        assert rehearse(time.settings) == [], name


def test_a_rehearsal_of_several_changes_gives_each_its_reason(time: Timeline) -> None:
    for name in ("a corrected file", "a correction", "a withdrawal", "a definition"):
        CHANGES[name](time)
    whys = {change.indicator: change.why for change in rehearse(time.settings) if change.is_counted}
    assert whys["ComS_009"] == "New: again.xlsx."
    assert whys["ComS_024"] == f"Corrected by decision: marac {Q1.key}.xlsx. The sender wrote to us."
    assert whys["ComS_011"].startswith(f"Withdrawn: asb {Q4.key}.xlsx. Sent by mistake, see the letter.")
    assert whys["ComS_014"] == f"Its definition since {Q2.key}: Since {Q2.key} it is counted otherwise."


def test_a_rehearsal_tells_which_figures_were_issued(time: Timeline) -> None:
    CHANGES["a corrected file"](time)
    said = {(c.indicator, c.kind, c.period): c.is_issued for c in rehearse(time.settings)}
    assert said["ComS_009", "quarter", Q1.key]
    assert said["ComS_009", "year to date", Q1.key]
    assert not said["ComS_009", "year to date", Q2.key]
    assert not said["ComS_025", "quarter", Q3.key]


def test_there_is_nothing_to_rehearse_before_the_first_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry_more(monkeypatch)
    with own_world() as world, pytest.raises(NothingToCompare, match="Run cs run first"):
        rehearse(world.settings)


def test_a_rehearsal_that_was_killed_stops_no_night(time: Timeline) -> None:
    """What it leaves is a copy, and the next run clears it away."""
    left = time.settings.rehearsal / "archive"
    left.mkdir(parents=True)
    (left.parent / "build.duckdb").write_bytes(b"half a copy")
    CHANGES["a corrected file"](time)
    assert rebuilt(time) == every("009", Q1) | every("025", Q3)
    assert not left.exists()


@pytest.mark.proof
def test_a_rehearsal_makes_no_key(time: Timeline) -> None:
    """The first return about people waits; the key is the night's to make."""
    with small_folder() as folder:
        for source in ("communities_cases", "police_asb", "marac"):
            shutil.rmtree(time.world.folder / "sources" / source)
        shutil.rmtree(time.settings.warehouse)
        time.world.key_file = folder / "key"
        time.night()
        CHANGES["a first list"](time)
        assert stale(rehearse(time.settings)) >= every("013", Q1)
        assert not time.world.key_file.exists()


@pytest.mark.proof
def test_a_rehearsal_after_a_killed_night_knows_what_that_night_took(time: Timeline) -> None:
    """What a killed run had committed stands in its log of writes, and the file that it took may be gone."""
    CHANGES["a corrected file"](time)
    path = time.world.folder / "sources" / "police_crime" / "again.xlsx"
    where = [str(at) for at in (time.world.folder, time.world.sql, time.world.indicators)]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *where], cwd=PROJECT / "tests", capture_output=True, text=True
    )
    assert killed.returncode == 9, killed.stderr
    path.unlink()
    assert stale(rehearse(time.settings)) == every("009", Q1) | every("025", Q3)
    assert rebuilt(time) == every("009", Q1) | every("025", Q3)


KILLED = """
import os, sys
from pathlib import Path
from worlds import World
from cs_pipeline.operate import night
night.build_all = lambda *_: os._exit(9)
folder, sql, indicators = map(Path, sys.argv[1:])
World(folder, sql=sql, indicators=indicators).run()
"""


# ---------------------------------------------------------------- what a count was made from


def test_another_roll_up_counts_anew_what_it_needs(time: Timeline) -> None:
    """A percentage that becomes a count has no denominator any more, whatever was counted before."""

    def as_a_count(entry: Any) -> None:
        entry.update(rollup="sum", unit="number")
        del entry["operands"]
        for definition in entry["definitions"]:
            del definition["denominator"]

    edit(time.world.indicators, "ComS_024", as_a_count)
    time.night()
    asked = "select denominator from meta.measured where indicator_code = 'ComS_024'"
    assert set(time.world.ask(asked)) == {(None,)}


def test_a_count_that_becomes_a_percentage_has_its_denominator(time: Timeline) -> None:
    def as_a_share(entry: Any) -> None:
        entry.update(rollup="ratio", unit="percent")
        entry["definitions"][-1]["denominator"] = "Cases that were discussed."

    share = {"measure": "marac_repeat_share"}
    edit(time.world.indicators, "ComS_024b", lambda entry: entry["definitions"][-1].update(share))
    time.night()
    edit(time.world.indicators, "ComS_024b", as_a_share)
    time.night()
    assert time.figure("ComS_024b", Q2.key) == (100 * 3 / 9, None, *UNISSUED)
