"""What was issued stays readable as it was issued: cuts, figures that wait, restatements, and the commands for them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import run_cs
from ruamel.yaml import YAML
from timeline import (
    DAY,
    MARAC_REPEATS,
    QUARTERS,
    ROBBERY,
    YEAR,
    Timeline,
    case_list,
    copy_of,
    crime_extract,
    edit,
    few_models,
    hurry_more,
    marac_return,
    new_definition,
    own_world,
    robberies,
)
from worlds import World, differing, hurry, small_folder, write_comments

from cs_pipeline.figures.issue import CannotRecord
from cs_pipeline.operate.night import forget_build, has_work
from cs_pipeline.publish.release import roll_back

Key = tuple[str, str, str]  # indicator, kind of period, period
Figure = tuple[Any, ...]
Q1, Q2, Q3, Q4 = QUARTERS
EARLY = datetime(2021, 7, 20, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def sql() -> Iterator[Path]:
    with small_folder() as folder:
        yield few_models(folder / "sql")


# ---------------------------------------------------------------- a year with twenty restatements


class Year:
    """2021/22 as it was lived, with all that was published on the way, for every indicator."""

    def __init__(self, time: Timeline) -> None:
        self.time = time
        self.figures: dict[Key, Figure] = {}
        self.known: dict[date, dict[Key, Figure]] = {}
        self.ever_a_number: set[Key] = set()
        self.issued: dict[str, dict[Key, Figure]] = {}
        self.restated: list[Figure] = []

    def night(self) -> None:
        assert self.time.night().publication is not None
        self.figures = self._read("marts.figure", "figure_state")
        calculated = self._read("marts.figure_calculated", "'calculated'")
        self.ever_a_number |= {key for key, figure in calculated.items() if figure[0] is not None}
        gone = (None, None, None, "not yet available")
        self.known[self.time.now.date()] = {key: calculated.get(key, gone)[:4] for key in self.ever_a_number}

    def _read(self, table: str, state: str) -> dict[Key, Figure]:
        rows = self.time.world.published(
            f"""select indicator_code, period_kind, period_key, value, numerator, denominator, missing_reason,
                    {state}
                from {table}"""
        )
        return {row[:3]: row[3:] for row in rows}

    def issue(self, period: str, to: str) -> None:
        """Cuts an issue, and keeps what was published at that moment: of every figure that was ever a number, what
        stood as issued already, and else what it was, unless it was not there to be issued.
        """
        cut = self.time.issue(period, to)
        self.issued[cut.issue.key] = {
            (code, kind, key): figure
            for (code, kind, key), figure in self.figures.items()
            if is_covered(period, kind, key)
            and (code, kind, key) in self.ever_a_number
            and (figure[4] != "provisional" or figure[3] not in ("not yet available", "held"))
        }

    def restate(self, code: str, *periods: str) -> None:
        standing = self.time.world.published(
            """select period_kind, period_key, standing_value, calculated_value, calculated_missing_reason
               from marts.restatement_waiting where indicator_code = ?""",
            code,
        )
        because, agreed_by = f"Reason number {len(self.restated)}.", f"Meeting number {len(self.restated)}"
        made = self.time.restate(code, *periods, because=because, agreed_by=agreed_by)
        agreed = (because, agreed_by, self.time.now.date(), self.time.now.replace(tzinfo=None))
        expected = [(code, *row, *agreed) for row in standing if row[1] in periods]
        assert len(made) == len(expected) > 0
        self.restated += expected


def is_covered(period: str, kind: str, key: str) -> bool:
    """Whether an issue of a quarter or a year carries the figures of a period."""
    if period == YEAR:
        return (kind, key) in [("year", YEAR), ("year to date", Q4.key)]
    ends = [("quarter", period), ("year to date", period), *([("year", YEAR)] if period == Q4.key else [])]
    return (kind, key) in ends


def live_a_year(year: Year) -> None:
    """Each quarter is delivered, issued, corrected, restated and issued again with the next; then the year."""
    time, world = year.time, year.time.world
    numbers: dict[tuple[str, int], int] = {}
    for number, quarter in enumerate(QUARTERS):
        time.now = datetime(*(quarter.last + 20 * DAY).timetuple()[:3], 18, tzinfo=UTC)
        months = range(number * 3 + 3)
        marac = marac_return(quarter, quarter.last + 15 * DAY, 9, 3)
        world.drop("police_crime", f"crime {number}.xlsx", crime_extract(quarter.last + 14 * DAY, months, numbers))
        world.drop("marac", f"marac {number}.xlsx", marac)
        cases = tuple((Q1.first + place * 40 * DAY, Q1.first + (place * 40 + 9) * DAY) for place in range(9))
        world.drop("communities_cases", "list.xlsx", case_list("communities_cases", quarter.last + 5 * DAY, cases))
        year.night()
        if number:
            year.issue(QUARTERS[number - 1].key, "Cabinet")
        year.issue(quarter.key, "Members Matters")
        numbers[ROBBERY, number * 3] = 20 + number
        world.drop("police_crime", f"later {number}.xlsx", crime_extract(quarter.last + 30 * DAY, months, numbers))
        time.correct("marac", marac, MARAC_REPEATS, 3, 4)
        year.night()
        year.restate("ComS_009", quarter.key)
        year.restate("ComS_024", quarter.key)
    year.night()
    year.issue(Q4.key, "Cabinet")
    year.issue(YEAR, "Full Council")
    numbers[ROBBERY, 0] = 3
    world.drop("police_crime", "last.xlsx", crime_extract(Q4.last + 60 * DAY, range(12), numbers))
    edit(world.indicators, "ComS_020", new_definition(Q2.key, of="domestic abuse"))
    time.withdraw("marac", marac_return(Q1, Q1.last + 15 * DAY, 9, 3))
    year.night()
    year.restate("ComS_009", Q1.key, YEAR)
    year.restate("ComS_020", Q2.key)
    year.restate("ComS_024a", Q1.key)
    year.restate("ComS_024a", YEAR)
    year.night()
    year.issue(YEAR, "Members Matters")


@pytest.fixture(scope="module")
def year(sql: Path) -> Iterator[Year]:
    with own_world(sql) as world:
        with pytest.MonkeyPatch.context() as patched:
            hurry_more(patched)
            made = Year(Timeline(world, patched))
            live_a_year(made)
            made.night()
        yield made


def test_every_issue_can_be_read_as_it_was_issued(year: Year) -> None:
    assert len(year.issued) == 10
    for key, figures in year.issued.items():
        rows = year.time.world.published(
            """select indicator_code, period_kind, period_key, value, numerator, denominator, missing_reason,
                   is_restated from marts.figure_as_issued(?)""",
            key,
        )
        told = {of: (*figure[:4], figure[4] == "restated") for of, figure in figures.items()}
        assert {row[:3]: row[3:] for row in rows} == told, key
        assert len(rows) == len(told) > 10


def test_the_issues_differ_as_the_figures_did(year: Year) -> None:
    """The same quarter, issued before and after its correction, in numbers that the returns were made from."""
    first, second = (f"{Q2.key}-{to}" for to in ("members-matters", "cabinet"))
    of_robbery = ("ComS_009", "quarter", Q2.key)
    assert year.issued[first][of_robbery][0] == robberies({}, range(3, 6))
    assert year.issued[second][of_robbery][0] == robberies({(ROBBERY, 3): 21}, range(3, 6))
    assert year.issued[first][of_robbery][0] != year.issued[second][of_robbery][0]
    assert [year.issued[key][of_robbery][4] for key in (first, second)] == ["provisional", "restated"]


def test_every_restatement_tells_old_and_new_why_by_whom_and_when(year: Year) -> None:
    assert len(year.restated) >= 20
    rows = year.time.world.published(
        """select indicator_code, period_kind, period_key, value_before, restated_value, missing_reason,
               restated_because, agreed_by, agreed_on, stands_from_at
           from marts.restatement"""
    )
    assert sorted(map(repr, rows)) == sorted(map(repr, year.restated))
    first = year.time.world.published(
        """select issued_value, restatement_number from marts.restatement
           where indicator_code = 'ComS_009' and period_kind = 'quarter' and period_key = ? order by 2""",
        Q1.key,
    )
    assert first == [(float(robberies({}, range(3))), 1), (float(robberies({}, range(3))), 2)]


def test_every_day_can_be_asked_what_was_known_then(year: Year) -> None:
    assert len(year.known) == 12
    for day, figures in year.known.items():
        rows = year.time.world.published(
            """select indicator_code, period_kind, period_key, value, numerator, denominator, missing_reason
               from marts.figure_as_known(?)""",
            day,
        )
        assert {row[:3]: row[3:] for row in rows} == figures, day
    before = year.time.world.published("select count(*) from marts.figure_as_known('2021-07-20')")
    assert before == [(0,)]


# ---------------------------------------------------------------- what waits, and what does not


@pytest.fixture(scope="module")
def issued(sql: Path) -> Iterator[World]:
    """Q1 was delivered and issued; of Q2 the extract of recorded crime alone has come."""
    with own_world(sql) as world:
        with pytest.MonkeyPatch.context() as patched:
            hurry_more(patched)
            time = Timeline(world, patched, EARLY)
            world.drop("police_crime", "crime 1.xlsx", CRIME_1)
            world.drop("marac", "marac 1.xlsx", MARAC_1)
            time.night()
            time.issue(Q1.key)
            world.drop("police_crime", "crime 2.xlsx", CRIME_2)
            time.night()
        yield world


CRIME_1 = crime_extract(Q1.last + 14 * DAY, range(3))
CRIME_2 = crime_extract(Q1.last + 20 * DAY, range(3))
MARAC_1 = marac_return(Q1, Q1.last + 15 * DAY, 9, 3)
AS_ISSUED = float(robberies({}, range(3)))
CORRECTED = {(ROBBERY, 1): 50}
AFTERWARDS = float(robberies(CORRECTED, range(3)))


@pytest.fixture
def time(issued: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Timeline]:
    """The issued world at an evening of August, to go on from there."""
    hurry_more(monkeypatch)
    with copy_of(issued) as world:
        yield Timeline(world, monkeypatch, datetime(2021, 8, 2, 18, tzinfo=UTC))


def correct_april_to_june(time: Timeline) -> None:
    """The force says otherwise what it recorded in May, and what it recorded in July for the first time."""
    raw = crime_extract(Q1.last + 32 * DAY, range(4), CORRECTED)
    time.world.drop("police_crime", "crime again.xlsx", raw)


def test_an_issued_figure_keeps_its_value_and_waits_and_all_else_is_published(time: Timeline) -> None:
    correct_april_to_june(time)
    outcome = time.night()
    assert outcome.publication is not None
    assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", True)
    assert time.figure("ComS_009", Q1.key, "year to date") == (AS_ISSUED, None, "issued", True)
    assert time.figure("ComS_001", Q1.key) == (90.0, None, "issued", False)
    assert time.waiting() == [("ComS_009", "quarter", Q1.key), ("ComS_009", "year to date", Q1.key)]
    assert time.world.published(
        """select standing_value, calculated_value, would_change_by from marts.restatement_waiting
           where period_kind = 'quarter'"""
    ) == [(AS_ISSUED, AFTERWARDS, AFTERWARDS - AS_ISSUED)]
    assert time.world.published("select count(*) from core.fact_offence_month where month_key = '2021-07'") == [(5,)]


def test_a_figure_that_was_not_issued_is_revised_freely(time: Timeline) -> None:
    for version, n in enumerate((20, 21)):
        numbers = {(ROBBERY, 4): n}
        time.world.drop("police_crime", "Q2.xlsx", crime_extract(Q2.last + (14 + version) * DAY, range(6), numbers))
        time.night()
        assert time.figure("ComS_009", Q2.key) == (robberies(numbers, range(3, 6)), None, "provisional", False)
        assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", False)
    assert time.waiting() == []


def test_an_agreed_restatement_changes_the_figure_and_no_other(time: Timeline) -> None:
    correct_april_to_june(time)
    time.correct("marac", MARAC_1, MARAC_REPEATS, 3, 4)
    time.night()
    made = time.restate("ComS_009", "2021/22 Q1", because="The force found late records.", agreed_by="Members Matters")
    assert [(r.figure, r.issued, r.now) for r in made] == [
        ("quarter", f"{AS_ISSUED:.0f}", f"{AFTERWARDS:.0f}"),
        ("year to date", f"{AS_ISSUED:.0f}", f"{AFTERWARDS:.0f}"),
    ]
    time.night()
    assert time.figure("ComS_009", Q1.key) == (AFTERWARDS, None, "restated", False)
    assert {code for code, _, _ in time.waiting()} == {"ComS_024", "ComS_024b"}
    assert time.figure("ComS_024b", Q1.key) == (3.0, None, "issued", True)


@pytest.mark.proof
def test_a_restated_figure_waits_again_when_it_would_change_again(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    time.restate("ComS_009", Q1.key)
    time.night()
    time.world.drop("police_crime", "crime 3.xlsx", crime_extract(Q1.last + 40 * DAY, range(3), {(ROBBERY, 2): 60}))
    time.night()
    assert time.figure("ComS_009", Q1.key) == (AFTERWARDS, None, "restated", True)


def test_a_figure_that_becomes_what_was_issued_again_waits_no_longer(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    time.withdraw("police_crime", crime_extract(Q1.last + 32 * DAY, range(4), CORRECTED))
    time.night()
    assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", False)


@pytest.mark.proof
def test_a_restatement_taken_out_of_the_file_puts_the_issued_figure_back(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    time.restate("ComS_009", Q1.key)
    time.night()
    time.world.decide(None, "restatements.yml")
    time.night()
    assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", True)
    assert time.world.published("from marts.restatement") == []


def test_a_restatement_to_what_never_was_changes_nothing_and_is_said(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    time.restate("ComS_009", Q1.key)
    path = time.settings.decisions / "restatements.yml"
    entries = YAML(typ="base").load(path.read_text())
    YAML().dump([{**entry, "fingerprint": "0" * 16} for entry in entries], path)
    notes = time.night().notes
    assert len(notes) == 2
    assert all("ComS_009 for 2021-22-Q1" in note and "was never known as what it says" in note for note in notes)
    assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", True)


def test_a_delivery_withdrawn_after_the_issue_lets_its_figures_wait(time: Timeline) -> None:
    time.withdraw("marac", MARAC_1)
    time.night()
    assert time.figure("ComS_024", Q1.key) == (100 * 3 / 9, None, "issued", True)
    rows = time.world.published(
        """select indicator_code, standing_value, calculated_value, calculated_missing_reason
           from marts.restatement_waiting where period_kind = 'quarter' order by 1"""
    )
    assert rows == [
        (code, value, None, "not yet available")
        for code, value in (("ComS_024", 100 * 3 / 9), ("ComS_024a", 9.0), ("ComS_024b", 3.0))
    ]
    time.restate("ComS_024", Q1.key)
    time.night()
    assert time.figure("ComS_024", Q1.key) == (None, "not yet available", "restated", False)
    assert time.figure("ComS_024a", Q1.key) == (9.0, None, "issued", True)


def test_all_deliveries_withdrawn_leave_every_issued_figure(time: Timeline) -> None:
    """Then no return tells of any quarter, and still nothing that was issued is gone."""
    before = time.world.published(
        "select * exclude (is_restated) from marts.figure_as_issued('2021-22-Q1-members-matters')"
    )
    for source, raw in (("police_crime", CRIME_1), ("police_crime", CRIME_2), ("marac", MARAC_1)):
        time.withdraw(source, raw)
    time.night()
    rows = time.world.published("select count(*), bool_and(is_waiting) from marts.figure where figure_state = 'issued'")
    assert rows == [(len(before), True)]


def test_a_definition_changed_after_the_issue_lets_its_figures_wait(time: Timeline) -> None:
    edit(time.world.indicators, "ComS_020", new_definition(Q1.key, of="domestic abuse"))
    time.night()
    assert time.waiting() == [("ComS_020", "quarter", Q1.key), ("ComS_020", "year to date", Q1.key)]


def test_an_indicator_taken_out_of_the_files_leaves_its_issued_figures_waiting(time: Timeline) -> None:
    (time.world.indicators / "ComS_025.yml").unlink()
    time.night()
    assert time.waiting() == [("ComS_025", "quarter", Q1.key), ("ComS_025", "year to date", Q1.key)]


def test_a_figure_that_was_not_there_at_the_cut_is_not_issued(time: Timeline) -> None:
    cases = case_list("communities_cases", Q1.last + 35 * DAY, ((Q1.first, Q1.first + 9 * DAY),))
    assert time.figure("ComS_014", Q1.key) == (None, "not yet available", "provisional", False)
    time.world.drop("communities_cases", "cases.xlsx", cases)
    time.night()
    assert time.figure("ComS_014", Q1.key) == (1.0, None, "provisional", False)
    codes = time.world.published(
        "select distinct indicator_code from marts.figure_as_issued('2021-22-Q1-members-matters')"
    )
    assert ("ComS_014",) not in codes
    assert len(codes) == 7


def test_a_figure_that_came_later_is_issued_with_the_next_meeting(time: Timeline) -> None:
    """Then its value at that cut is what stands; what the first meeting got stays as it was."""
    cases = case_list("communities_cases", Q1.last + 35 * DAY, ((Q1.first, Q1.first + 9 * DAY),))
    time.world.drop("communities_cases", "cases.xlsx", cases)
    correct_april_to_june(time)
    time.night()
    time.issue(Q1.key, "Cabinet")
    time.night()
    assert time.figure("ComS_014", Q1.key) == (1.0, None, "issued", False)
    for meeting in ("members-matters", "cabinet"):
        assert time.world.published(OF_ROBBERY, f"2021-22-Q1-{meeting}") == [(AS_ISSUED,)]


def test_issued_figures_outlive_the_build_and_the_publications(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    before = time.world.state(is_timed=True)
    forget_build(time.settings)
    for path in (*time.settings.published.iterdir(), *time.settings.restricted.iterdir()):
        path.unlink()
    time.night()
    assert differing(before, time.world.state(is_timed=True)) == []
    assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", True)


def test_an_issue_and_a_restatement_are_work_for_the_night(time: Timeline) -> None:
    time.issue(Q1.key, "Cabinet")
    assert has_work(time.settings)
    correct_april_to_june(time)
    time.night()
    assert not has_work(time.settings)
    time.restate("ComS_009", Q1.key)
    assert has_work(time.settings)


# ---------------------------------------------------------------- what is refused


@contextmanager
def refused(time: Timeline, said: str) -> Iterator[None]:
    """Nothing is recorded, and there are two sentences: what is wrong, and what to do."""
    before = {path.name: path.read_bytes() for path in time.settings.decisions.iterdir()}
    with pytest.raises(CannotRecord, match=said) as caught:
        yield
    text = str(caught.value)
    assert text.count(". ") == 1
    assert text.endswith(".")
    assert {path.name: path.read_bytes() for path in time.settings.decisions.iterdir()} == before


def test_restating_what_does_not_wait_is_refused(time: Timeline) -> None:
    with refused(time, "Nothing of ComS_009 waits to be restated for 2021-22-Q1"):
        time.restate("ComS_009", Q1.key)
    correct_april_to_june(time)
    time.night()
    with refused(time, "Nothing of ComS_001 waits"):
        time.restate("ComS_001", Q1.key)
    with refused(time, "waits to be restated for 2021-22-Q2"):
        time.restate("ComS_009", Q1.key, Q2.key)
    with refused(time, "no period that figures have"):
        time.restate("ComS_009", "last summer")
    with refused(time, "needs a reason and who agreed"):
        time.restate("ComS_009", Q1.key, because="Late.")
    with refused(time, "needs a reason and who agreed"):
        time.restate("ComS_009", Q1.key, agreed_by=" ")


def test_issuing_twice_to_a_meeting_is_refused(time: Timeline) -> None:
    with refused(time, "2021/22 Q1 was issued to Members Matters on .* already"):
        time.issue(Q1.key)
    with refused(time, "already"):
        time.issue("2021/22 Q1", " members  matters ")
    assert time.issue(Q1.key, "Cabinet").n_indicators == 7


@pytest.mark.parametrize("to", ["C", " "])
def test_a_meeting_without_a_name_is_refused(time: Timeline, to: str) -> None:
    with refused(time, "meeting"):
        time.issue(Q1.key, to)


def test_issuing_what_was_not_published_is_refused(time: Timeline) -> None:
    with refused(time, "No figure of 2021/22 Q4 has been published"):
        time.issue(Q4.key)
    for period in ("summer", "2021-04"):
        with refused(time, "is no quarter or financial year"):
            time.issue(period)


# ---------------------------------------------------------------- moments between


OF_ROBBERY = """select value from marts.figure_as_issued(?)
                where indicator_code = 'ComS_009' and period_kind = 'quarter'"""


@pytest.mark.proof
def test_an_issue_after_a_killed_night_is_what_readers_saw(time: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the night had counted when it was killed was never published, so no meeting can have had it."""
    time.world.drop("police_crime", "Q2.xlsx", crime_extract(Q2.last + 14 * DAY, range(6)))
    time.night()
    published = time.figure("ComS_009", Q2.key)
    time.world.drop("police_crime", "Q2 again.xlsx", crime_extract(Q2.last + 20 * DAY, range(6), {(ROBBERY, 4): 70}))
    with monkeypatch.context() as patched:
        patched.setattr("cs_pipeline.operate.night._publish", _killed)
        with pytest.raises(KeyboardInterrupt):
            time.night()
    time.pass_hours(7)
    assert time.figure("ComS_009", Q2.key) == published
    time.issue(Q2.key)
    time.night()
    assert published is not None
    assert time.world.published(OF_ROBBERY, "2021-22-Q2-members-matters") == [published[:1]]


@pytest.mark.proof
def test_an_issue_after_a_rollback_is_what_readers_saw(time: Timeline) -> None:
    time.world.drop("police_crime", "Q2.xlsx", crime_extract(Q2.last + 14 * DAY, range(6)))
    time.night()
    published = time.figure("ComS_009", Q2.key)
    time.world.drop("police_crime", "Q2 again.xlsx", crime_extract(Q2.last + 20 * DAY, range(6), {(ROBBERY, 4): 70}))
    time.night()
    assert roll_back(time.settings) is not None
    assert time.figure("ComS_009", Q2.key) == published
    time.issue(Q2.key)
    time.night()
    assert published is not None
    assert time.world.published(OF_ROBBERY, "2021-22-Q2-members-matters") == [published[:1]]


def _killed(*_: Any) -> None:
    raise KeyboardInterrupt


def test_an_issue_before_a_restatement_is_published_is_what_readers_saw(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    time.restate("ComS_009", Q1.key)
    assert time.figure("ComS_009", Q1.key) == (AS_ISSUED, None, "issued", True)
    time.issue(Q1.key, "Cabinet")
    time.night()
    assert time.world.published(OF_ROBBERY, "2021-22-Q1-cabinet") == [(AS_ISSUED,)]
    assert time.figure("ComS_009", Q1.key) == (AFTERWARDS, None, "restated", False)


def test_a_restatement_is_not_recorded_twice_before_the_night(time: Timeline) -> None:
    correct_april_to_june(time)
    time.night()
    time.restate("ComS_009", Q1.key)
    with refused(time, "ComS_009"):
        time.restate("ComS_009", Q1.key)


INDENTED = "  - period: 2021-22-Q1\n    to: Cabinet\n    on: 2021-08-01\n    cut_at: 2021-08-01T10:00:00Z\n"


@pytest.mark.parametrize("text", ["[]\n", "# Nothing was issued yet.\n", INDENTED])
def test_an_issue_is_added_to_whatever_stands_in_the_file(time: Timeline, text: str) -> None:
    time.world.decide(text, "issues.yml")
    time.issue(Q1.key)
    time.night()
    assert ("2021-22-Q1-members-matters",) in time.world.published("select issue_key from meta.issue")


# ---------------------------------------------------------------- the commands


@pytest.mark.proof  # in make test the README page "How definitions change" walks most of them
def test_the_commands_from_an_issue_to_its_restatement(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Looking ahead needs no daemon: `cs preview` and `cs stale` are run where importing Dagster is an error."""
    hurry(monkeypatch)
    write_comments(monkeypatch)  # the command finds those of the tables that it does not build
    (tmp_path / "dagster").mkdir()
    (tmp_path / "dagster" / "__init__.py").write_text("raise ImportError('nobody asked for Dagster')\n")
    with own_world() as world:
        time = Timeline(world, monkeypatch, EARLY)

        def cs(*arguments: str) -> tuple[int, str]:
            time.pass_hours(1)
            done = run_cs(
                *arguments,
                CS_SOURCES=str(world.settings.sources),
                CS_WAREHOUSE=str(world.settings.warehouse),
                CS_INDICATORS=str(world.indicators),
                CS_KEY_FILE=str(world.settings.key_file),
                CS_LAST_QUARTER=world.settings.last_quarter,
                PYTHONPATH=str(tmp_path) if arguments[0] in ("preview", "stale", "why") else "",
            )
            return done.returncode, done.stdout + done.stderr

        world.drop("police_crime", "crime 1.xlsx", CRIME_1)
        time.night()
        code, said = cs("issue", Q1.key, "--on", "14/07/2021", "--to", "Members Matters")
        assert code == 0, said
        assert "2021-22-Q1-members-matters, with 4 indicators." in said

        world.drop("police_crime", "crime again.xlsx", crime_extract(Q1.last + 32 * DAY, range(3), CORRECTED))
        code, said = cs("preview")
        assert code == 1, said
        assert "New: crime again.xlsx. It was issued, so it waits." in said
        assert "Nothing was changed. cs run makes it so." in said
        code, said = cs("stale", "--json")
        assert code == 1
        assert [(c["indicator"], c["quarter"], c["old"], c["new"], c["is_issued"]) for c in json.loads(said)] == [
            ("ComS_009", Q1.key, f"{AS_ISSUED:.0f}", f"{AFTERWARDS:.0f}", True)
        ]
        time.night()

        reason = ("--because", "The force found late records.", "--agreed-by", "Cabinet")
        code, said = cs("restate", "ComS_009", "2021/22 Q1", *reason)
        assert code == 0, said
        assert f"ComS_009, 2021-22-Q1 (quarter): {AS_ISSUED:.0f} becomes {AFTERWARDS:.0f}." in said
        code, said = cs("restate", "ComS_009", "2021/22 Q1", *reason)
        nothing = "Nothing of ComS_009 waits to be restated for 2021-22-Q1. cs status lists what waits."
        assert (code, said) == (2, f"cs: {nothing}\n")

        code, said = cs("why", "ComS_009", "2021/22 Q1")
        assert code == 0
        assert "Restated [r] since it was issued." in said
        assert f"Issued on 14/07/2021 to Members Matters as {AS_ISSUED:.0f}." in said
        code, said = cs("why", "ComS_009", Q1.key, "--json")
        told = json.loads(said)
        assert code == 0
        assert (told["figure"]["value"], told["figure"]["figure_state"]) == (AFTERWARDS, "restated")
        assert [(v["value"], v["version_state"]) for v in told["versions"]] == [
            (AS_ISSUED, "issued"),
            (AFTERWARDS, "restated"),
        ]
        assert [d["file_name"] for d in told["deliveries"]] == ["crime again.xlsx"]
        assert told["issues"][0]["value"] == AS_ISSUED
