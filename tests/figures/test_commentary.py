"""Comments and sign-offs: what is shown with a figure, when a sign-off counts, and the two verbs."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from conftest import run_cs
from test_commentary_files import OTHER, OWNER, entry, signed
from timeline import (
    DAY,
    QUARTERS,
    Timeline,
    case_list,
    copy_of,
    crime_extract,
    few_models,
    hurry_more,
    own_world,
    robberies,
)
from worlds import World, asb_book, log, new_world, small_folder

from cs_pipeline.cli.main import main
from cs_pipeline.declare.commentary import read_commentary
from cs_pipeline.operate.night import has_work
from cs_pipeline.warehouse.connect import write_anew
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.tables import make_tables
from cs_pipeline.words.figures import show_figure
from cs_pipeline.words.settings import PROJECT

Q1 = QUARTERS[0]
ROBBERIES = str(robberies({}, range(3)))
DAYS = [dt.date(2021, 8, n) for n in range(1, 6)]


# ---------------------------------------------------------------- the mart, from given rows


class Given:
    """`marts.figure_commentary` over figures, comments and sign-offs that are given."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        make_tables(self.connection)
        self.connection.execute(
            """insert into meta.indicator (indicator_code, owner_title, unit) values
               ('Count', 'Chief Communities Officer', 'number'), ('Share', 'Licensing Manager', 'percent'),
               ('Nobody''s', 'not stated', 'number')"""
        )
        (self.mart,) = [m.text for m in Plan.read(PROJECT / "sql").models if m.name == "marts.figure_commentary"]

    def show(
        self, columns: str, figures: list[Any], comments: list[Any] | None = None, sign_offs: list[Any] | None = None
    ) -> list[Any]:
        """Figures: (code, value, reason). Comments: (code, words, by, on). Sign-offs: (code, figure, by, on)."""
        self.connection.execute(
            """create or replace table marts.figure (indicator_code varchar, period_kind varchar, period_key varchar,
               value double, missing_reason varchar)"""
        )
        for code, value, reason in figures:
            row = [code, "quarter", Q1.key, value, reason]
            self.connection.execute("insert into marts.figure values (?, ?, ?, ?, ?)", row)
        for name, told in (("comment", comments or []), ("sign_off", sign_offs or [])):
            rows = [(code, "quarter", Q1.key, number, *rest) for number, (code, *rest) in enumerate(told, 1)]
            write_anew(self.connection, name, rows)
        return self.connection.execute(f"select {columns} from ({self.mart}) order by all").fetchall()


@pytest.fixture(scope="module")
def given_rows() -> Given:
    return Given()


def test_a_later_comment_takes_the_place_of_an_earlier_one_wherever_it_stands(given_rows: Given) -> None:
    comments = [
        ("Count", "Of the third.", OTHER, DAYS[2]),
        ("Count", "Of the first.", OTHER, DAYS[0]),
        ("Share", "Said first.", OTHER, DAYS[1]),
        ("Share", "Said last on the same day.", OWNER, DAYS[1]),
    ]
    assert given_rows.show("indicator_code, comment_words, commented_by, commented_on", [], comments) == [
        ("Count", "Of the third.", OTHER, DAYS[2]),
        ("Share", "Said last on the same day.", OWNER, DAYS[1]),
    ]


@pytest.mark.parametrize(
    ("code", "signed", "expected"),
    [
        ("Count", [(OWNER, 0)], (OWNER, True)),
        ("Count", [("chief communities officer", 0)], ("chief communities officer", True)),
        ("Count", [(OTHER, 0)], (OTHER, False)),
        ("Count", [(OWNER, 0), (OTHER, 1)], (OWNER, True)),
        ("Count", [(OTHER, 0), (OTHER, 2), ("Head of Housing", 1)], (OTHER, False)),
        ("Share", [(OWNER, 0)], (OWNER, False)),
        ("Nobody's", [(OWNER, 0)], (OWNER, False)),
        ("Nobody's", [("not stated", 0)], ("not stated", False)),
        ("Not defined", [(OWNER, 0)], (OWNER, False)),
    ],
)
def test_a_sign_off_is_the_owner_s_or_somebody_else_s(
    given_rows: Given, code: str, signed: list[tuple[str, int]], expected: tuple[str, bool]
) -> None:
    sign_offs = [(code, "5", by, DAYS[day]) for by, day in signed]
    assert given_rows.show("signed_by, is_signed_by_owner", [(code, 5.0, None)], None, sign_offs) == [expected]


@pytest.mark.parametrize(
    ("figure", "signed", "stands"),
    [
        (("Count", 2415.0, None), "2,415", True),
        (("Count", 2416.0, None), "2,415", False),
        (("Share", 84.61538, None), "84.6%", True),
        (("Share", 84.66, None), "84.6%", False),
        (("Count", 85.0, None), "85.0%", False),
        (("Count", None, "held"), "[held]", True),
        (("Count", None, "not yet available"), "[held]", False),
        (("Count", 5.0, None), "[held]", False),
        (("Count", None, "held"), "5", False),
        (("Share", 5.0, None), "5", False),
    ],
)
def test_a_sign_off_counts_while_the_figure_is_printed_as_it_was_signed(
    given_rows: Given, figure: tuple[Any, ...], signed: str, stands: bool
) -> None:
    rows = given_rows.show("is_signed_as_it_stands", [figure], None, [(figure[0], signed, OWNER, DAYS[0])])
    assert rows == [(stands,)]


def test_only_the_owner_s_last_sign_off_counts(given_rows: Given) -> None:
    """Signed as 5, then as 6: a figure that goes back to 5 is not signed."""
    sign_offs = [("Count", "5", OWNER, DAYS[0]), ("Count", "6", OWNER, DAYS[1]), ("Count", "5", OTHER, DAYS[2])]
    columns = "signed_figure, printed_figure, is_signed_as_it_stands"
    assert given_rows.show(columns, [("Count", 5.0, None)], None, sign_offs) == [("6", "5", False)]


def test_what_was_said_of_no_figure_is_there_and_signed_by_nobody(given_rows: Given) -> None:
    comments = [("Count", "The return never came.", OWNER, DAYS[0])]
    columns = "printed_figure, comment_words, signed_by, is_signed_by_owner, is_signed_as_it_stands"
    assert given_rows.show(columns, [("Share", 5.0, None)], comments) == [
        (None, "The return never came.", None, False, False)
    ]


def test_the_mart_prints_a_figure_as_python_does(given_rows: Given) -> None:
    """Halves above all: 6.25% and 2.5 are printed by the same rule, or a sign-off would lapse of itself."""
    for number in (0.0, 0.05, 0.5, 1.5, 2.5, 6.25, 6.35, 12.25, 99.95, 100.0, 999.5, 2415.0, 1_234_567.0):
        for code, unit in (("Count", "number"), ("Share", "percent")):
            rows = given_rows.show("printed_figure", [(code, number, None)], [(code, "Said of it.", OWNER, DAYS[0])])
            assert rows == [(show_figure(number, unit, None),)]


# ---------------------------------------------------------------- from the files to the publication


@pytest.fixture(scope="module")
def published() -> Iterator[World]:
    """Q1 with three cases of Communities (ComS_014) and some robberies (ComS_009, of which the plan names no owner)."""
    with small_folder() as folder, own_world(few_models(folder / "sql", "figure_commentary")) as world:
        with pytest.MonkeyPatch.context() as patched:
            hurry_more(patched)
            time = Timeline(world, patched)
            world.drop("police_crime", "crime.xlsx", crime_extract(Q1.last + 14 * DAY, range(3)))
            receive(time, 3)
            time.night()
        yield world


@pytest.fixture
def time(published: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Timeline]:
    hurry_more(monkeypatch)
    with copy_of(published) as world:
        yield Timeline(world, monkeypatch, dt.datetime(2021, 8, 2, 18, tzinfo=dt.UTC))


def receive(time: Timeline, n: int) -> None:
    """Communities' list says that so many cases came in the quarter."""
    cases = tuple((Q1.first + day * DAY, None) for day in range(n))
    time.world.drop("communities_cases", f"{n}.xlsx", case_list("communities_cases", Q1.last + (5 + n) * DAY, cases))


SHOWN = """select indicator_code, comment_words, signed_figure, is_signed_by_owner, is_signed_as_it_stands
    from marts.figure_commentary where period_kind = 'quarter' order by all"""


def test_what_was_said_is_published_with_its_figure_and_kept(time: Timeline) -> None:
    said = [
        entry(indicator="ComS_014", comment=f"Said on the {day} of August.", on=f"2021-08-0{day}") for day in (2, 1)
    ]
    said += [signed("3", indicator="ComS_014"), signed("'[held]'", indicator="ComS_009")]
    time.world.decide("".join(said), "commentary/any name.yml")
    time.world.decide(entry(indicator="ComS_999"), "commentary/another.yml")
    assert has_work(time.settings)
    assert time.night().notes == [
        "Decisions, folder commentary, period 2021-22-Q1 — ComS_999 is an indicator that nobody defines, so its "
        "comments and sign-offs stand with no figure. Correct the code, or take the entries out."
    ]
    assert not has_work(time.settings)
    assert time.world.published(SHOWN) == [
        ("ComS_009", None, "[held]", False, False),
        ("ComS_014", "Said on the 2 of August.", "3", True, True),
        ("ComS_999", "The force sent late logs.", None, False, False),
    ]
    on_record = "select commented_on from meta.comment where indicator_code = 'ComS_014' order by 1"
    assert time.world.published(on_record) == [(DAYS[0],), (DAYS[1],)]


def test_a_source_is_illustrative_by_decision_and_a_stranger_is_noted(time: Timeline) -> None:
    said = "".join(
        f"- source: {source}\n  because: Its file says that it is a sample.\n  by: {OTHER}\n  on: 2021-08-01\n"
        for source in ("marac", "marac_of_others")
    )
    time.world.decide(said, "illustrative.yml")
    assert time.night().notes == [
        "Decisions, file illustrative.yml — marac_of_others is no source, so nothing is illustrative by it. "
        "Correct the name, or take the entry out."
    ]
    rows = time.world.published("from meta.illustrative where source_name = 'marac'")
    assert rows == [("marac", "Its file says that it is a sample.", OTHER, DAYS[0])]


# ---------------------------------------------------------------- the verbs


@pytest.fixture
def cs(time: Timeline, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command in this process; the run that follows a decision is a night of this world."""
    settings = time.settings
    where = ["--sources", str(settings.sources), "--warehouse", str(settings.warehouse)]
    monkeypatch.setattr("cs_pipeline.cli.run.run", lambda asked: time.night().exit_code)
    return lambda *arguments: main([*arguments, *where])


def test_a_sign_off_lapses_when_the_figure_changes_and_is_given_again(
    time: Timeline, cs: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cs("sign", "ComS_014", "ComS_009", "2021/22 Q1", "--by", OWNER, "--on", "02/08/2021") == 0
    assert capsys.readouterr().out.splitlines()[:-1] == [
        "ComS_014, 2021-22-Q1: signed off as 3.",
        f"ComS_009, 2021-22-Q1: signed off as {ROBBERIES}.",
        "    It still lacks its owner's sign-off: the plan names no owner.",
    ]
    assert cs("comment", "ComS_014", "2021-22-Q1", "More  cases were\nsent on.", "--by", OWNER) == 0
    shown = ("ComS_014", "More cases were sent on.", "3", True, True)
    assert time.world.published(SHOWN) == [("ComS_009", None, ROBBERIES, False, True), shown]

    receive(time, 4)
    time.night()
    assert time.world.published(SHOWN)[1] == (*shown[:4], False)
    assert cs("sign", "ComS_009", "ComS_014", "2021-22-Q1", "--by", OWNER) == 0
    assert time.world.published(SHOWN)[1] == (*shown[:2], "4", True, True)
    _, sign_offs = read_commentary(time.settings.decisions)
    assert [(s.indicator, s.signs) for s in sign_offs] == [
        ("ComS_014", "3"),
        ("ComS_009", ROBBERIES),
        ("ComS_014", "4"),
    ]
    assert sign_offs[0].on == dt.date(2021, 8, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sign", "ComS_014", "last summer"], '"last summer" is no quarter or financial year. Write it as'),
        (["sign", "ComS_014", "2021-04"], '"2021-04" is no quarter or financial year. Write it as'),
        (["sign", "ComS_014", "ComS_999", "2021-22-Q1"], "There is no indicator ComS_999. Write its code as"),
        (["sign", "ComS_014", "1998-99-Q1"], "No figure of ComS_014 for 1998/99 Q1 has been published. Run cs run"),
        (["comment", "ComS_999", "2021-22-Q1", "Nobody counts it."], "There is no indicator ComS_999. Write"),
        (["comment", "ComS_014", "2021-22-Q1", "Late."], "The comment is too short or too long, or"),
        (["comment", "ComS_014", "2021-22-Q1", "Ask Mrs Sample of NG9 1AB."], "The comment is too short or"),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_refused_in_two_sentences(
    time: Timeline, cs: Any, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cs(*arguments, "--by", OWNER) == 2
    told = capsys.readouterr().err.strip()
    assert told.startswith(f"cs: {said}")
    assert told.count(". ") == 1
    assert told.endswith(".")
    assert "Sample" not in told
    assert not (time.settings.decisions / "commentary").exists()


def test_a_person_does_not_sign(time: Timeline, cs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["sign", "ComS_014", "2021-22-Q1"], ["comment", "ComS_014", "2021-22-Q1", "All is well."]):
        assert cs(*verb, "--by", "Mr Sample") == 2
        assert "Give --by with a post or meeting in full, and no person's name." in capsys.readouterr().err
    assert not (time.settings.decisions / "commentary").exists()


def test_nothing_is_recorded_twice(time: Timeline, cs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    comment = ["comment", "ComS_014", "2021-22", "All of it is known.", "--by", OWNER, "--on", "2021-08-02"]
    sign = ["sign", "ComS_014", "2021-22", "--by", OWNER]
    assert [cs(*verb) for verb in (comment, sign)] == [0, 0]
    capsys.readouterr()
    assert [cs(*verb) for verb in (comment, sign)] == [2, 2]
    assert capsys.readouterr().err.splitlines() == [
        "cs: The comment on ComS_014 for 2021/22 is recorded already. Run cs run to publish it.",
        "cs: Nothing of ComS_014 for 2021/22 is left to sign. Sign again when a figure has changed.",
    ]
    assert [len(entries) for entries in read_commentary(time.settings.decisions)] == [1, 1]


@pytest.mark.proof
def test_a_comment_goes_out_with_the_run_that_its_verb_starts() -> None:
    with new_world() as world:
        world.drop("police_asb", "asb.xlsx", asb_book("2019-07-15", {"2019-04": [log("NP-20190405-0001")]}))
        settings = world.settings
        at = ("--warehouse", str(settings.warehouse))
        where = ("--sources", str(settings.sources), *at)
        named = {"CS_KEY_FILE": str(settings.key_file)}
        assert run_cs("run", *where, **named).returncode == 0
        said = ("comment", "ComS_011", "2019-20-Q1", "The log of May has not come.", "--by", OWNER)
        done = run_cs(*said, *where, **named)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"Recorded in {settings.decisions / 'commentary' / '2019-20-Q1.yml'}." in done.stdout
        rows = run_cs("sql", "--csv", "select comment_words from marts.figure_commentary", *at).stdout
        assert rows.splitlines() == ["comment_words", "The log of May has not come."]
