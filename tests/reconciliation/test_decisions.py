"""A conflict over a figure holds it, and it alone, until a decision says which statement holds; what has gone stays."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from worlds import PLAN, World, asb_book, hurry, log, longer, new_world, plan_book, small_folder

from cs_pipeline.declare.decisions import Precedence, read_decisions, read_precedences
from cs_pipeline.declare.entries import BrokenDecision, add_decisions
from cs_pipeline.figures.issue import CannotRecord, cut_issue
from cs_pipeline.operate.night import has_work
from cs_pipeline.publish.release import open_publication
from cs_pipeline.words.settings import PROJECT

MONTHS = [f"{2019 + (month > 12)}-{(month - 1) % 12 + 1:02}" for month in range(4, 16)]
SETS = {"service data": "Actual", "KPI": "Achieved"}


@pytest.fixture(scope="module")
def first_night() -> Iterator[World]:
    """Twelve incidents of 2019/20, one a month, and a plan whose KPI table says thirteen; made once and copied."""
    with pytest.MonkeyPatch.context() as patched, new_world() as made:
        hurry(patched, reconciles=True)
        tabs = {month: [log(f"NP-{month.replace('-', '')}05-0001")] for month in MONTHS}
        made.drop("police_asb", "asb.xlsx", asb_book("2020-04-15", tabs))
        state_in(made, "12", "13")
        made.run()
        yield made


@pytest.fixture
def world(first_night: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch, reconciles=True)
    with small_folder() as folder:
        shutil.copytree(first_night.folder, folder / "world", symlinks=True)
        yield World(folder / "world", outcomes=list(first_night.outcomes))


def state_in(world: World, service: str, kpi: str, as_at: str = "1 April 2023") -> None:
    """Sends a plan that states ComS_011 for 2019/20 in its service data and in its KPI table."""
    sheets: dict[str, Any] = {}
    for sheet, heading, text in (
        ("Service data", "Actual 2019/20", service),
        ("Performance indicators", "Achieved 2019/20", kpi),
    ):
        sheets[sheet.replace(" ", "_")] = [{**PLAN[sheet][0], heading: text}]
    world.drop("business_plan", f"plan as at {as_at}.xlsx", plan_book(as_at, **sheets))


def order(*parties: str, period: str = "2019/20", indicator: str = "ComS_011", on: str = "2023-05-04") -> str:
    said = f"- indicator: {indicator}\n  period: {period}\n  order: [{', '.join(parties)}]\n"
    return f"{said}  because: The incidents were counted one by one.\n  by: Chief Communities Officer\n  on: {on}\n"


FIGURES = """
    select period_kind, period_key, value, numerator, missing_reason, held_over is not null, taken_from
    from marts.figure where indicator_code = 'ComS_011' and year_key = '2019-20' and period_kind <> 'odd period'
    order by all"""
STATES = """
    select conflict_kind, second_by, conflict_state, decided_by from marts.reconciliation
    where indicator_code = 'ComS_011' and period_key = '2019-20'
        and conflict_kind in ('two_values', 'calculated_against_stated') order by all"""


def of_year(world: World) -> list[tuple[Any, ...]]:
    """The figure of the year, and the year to date that is of the same days."""
    return [
        row[2:] for row in world.published(FIGURES) if row[:2] in {("year", "2019-20"), ("year to date", "2019-20-Q4")}
    ]


def test_a_conflict_holds_its_figure_alone_and_names_itself(world: World) -> None:
    assert world.outcomes[0].exit_code == 1
    assert of_year(world) == [(None, None, "held", True, None)] * 2
    rest = [row for row in world.published(FIGURES) if row[0] == "quarter"]
    assert rest == [("quarter", f"2019-20-Q{n}", 3.0, 3, None, False, None) for n in (1, 2, 3, 4)]
    ((said,),) = world.published(
        "select held_over from marts.indicator_year where indicator_code = 'ComS_011' and year_key = '2019-20'"
    )
    assert said == "ComS_011 for 2019/20 is 12 by the deliveries, and 13 in the plan's KPI, cell F5"
    assert world.published(STATES) == [
        ("calculated_against_stated", "KPI", "open", None),
        ("two_values", "KPI", "open", None),
    ]
    assert world.outcomes[0].verdict is not None
    assert world.outcomes[0].verdict.holds == (f"{said}; the figure is held until precedence.yml says which holds.",)
    assert not has_work(world.settings)


def test_statements_that_agree_are_shown_side_by_side_and_hold_nothing(world: World) -> None:
    state_in(world, "12", "12", as_at="2 April 2023")
    assert world.run().exit_code == 0
    assert of_year(world) == [(12.0, 12, None, False, None)] * 2
    rows = world.published(
        """select first_by, second_by, first_said, second_said, conflict_state, is_unsettled from marts.reconciliation
           where conflict_kind = 'agrees' and period_key = '2019-20' order by all"""
    )
    assert rows == [
        ("deliveries", "KPI", "12", "12", "agrees", False),
        ("deliveries", "service data", "12", "12", "agrees", False),
        ("service data", "KPI", "12", "12", "agrees", False),
    ]


def test_the_first_of_the_order_holds_and_the_row_stays_with_who_and_why(world: World) -> None:
    world.decide(order("deliveries", "service data", "KPI"), "precedence.yml")
    assert world.run().exit_code == 0
    assert of_year(world) == [(12.0, 12, None, False, None)] * 2
    assert world.published(STATES) == [
        ("calculated_against_stated", "KPI", "settled", "Chief Communities Officer"),
        ("two_values", "KPI", "settled", "Chief Communities Officer"),
    ]


def test_a_document_that_holds_is_named_and_the_count_beneath_it_stays(world: World) -> None:
    world.decide(order("KPI", "deliveries", "service data"), "precedence.yml")
    world.run()
    assert of_year(world) == [(13.0, 13, None, False, "KPI of 2023-26")] * 2
    counted = world.published(
        "select value from marts.figure_counted where indicator_code = 'ComS_011' and period_key = '2019-20'"
    )
    assert counted == [(12.0,)]


@pytest.mark.proof
def test_an_order_that_leaves_one_of_the_two_out_settles_nothing_between_them(world: World) -> None:
    stranger = order("deliveries", "service data", "KPI", indicator="ComS_999")
    world.decide(order("deliveries", "service data") + stranger, "precedence.yml")
    outcome = world.run()
    assert outcome.exit_code == 1
    assert [note for note in outcome.notes if "precedence.yml — ComS_999 is an indicator that nobody" in note]
    assert of_year(world) == [(None, None, "held", True, None)] * 2


@pytest.mark.parametrize(
    ("rule", "one", "value"),
    [
        (order("deliveries", "KPI", "service data", indicator="all", period="all"), "", 12.0),
        longer(
            order("deliveries", "KPI", "service data", indicator="all", period="all"),
            order("KPI", "deliveries", "service data"),
            13.0,
        ),
        (
            order("deliveries", "KPI", "service data", period="all"),
            order("KPI", "deliveries", "service data", period="2020/21"),
            12.0,
        ),
    ],
)
def test_a_rule_stands_for_all_and_a_nearer_decision_goes_before_it(
    world: World, rule: str, one: str, value: float
) -> None:
    world.decide(rule + one, "precedence.yml")
    world.run()
    assert [row[0] for row in of_year(world)] == [value] * 2


@pytest.mark.proof
def test_a_conflict_that_has_gone_stays_and_opens_again_when_it_comes_back(world: World) -> None:
    world.decide(order("deliveries", "service data", "KPI"), "precedence.yml")
    world.run()
    state_in(world, "12", "12", as_at="2 April 2023")
    assert world.run().exit_code == 0
    assert world.published(STATES) == [
        ("calculated_against_stated", "KPI", "no longer found", "Chief Communities Officer"),
        ("two_values", "KPI", "no longer found", "Chief Communities Officer"),
    ]
    assert not has_work(world.settings)

    state_in(world, "12", "13", as_at="3 April 2023")
    assert world.run().exit_code == 1
    assert {row[2] for row in world.published(STATES)} == {"re-opened"}
    assert of_year(world) == [(None, None, "held", True, None)] * 2
    assert not has_work(world.settings)

    today = dt.datetime.now(dt.UTC).date().isoformat()
    world.decide(order("deliveries", "service data", "KPI", on=today), "precedence.yml")
    assert world.run().exit_code == 0
    assert {row[2] for row in world.published(STATES)} == {"settled"}


@pytest.mark.proof
def test_a_rule_for_all_is_not_used_up(world: World) -> None:
    world.decide(order("deliveries", "service data", "KPI", period="all"), "precedence.yml")
    for day, kpi in enumerate(("12", "13"), start=2):
        state_in(world, "12", kpi, as_at=f"{day} April 2023")
        assert world.run().exit_code == 0
    assert {row[2] for row in world.published(STATES)} == {"settled"}


@pytest.mark.proof
def test_an_issued_figure_stays_as_it_was_issued_when_a_conflict_comes_up(world: World) -> None:
    state_in(world, "12", "12", as_at="2 April 2023")
    world.run()
    with open_publication(world.settings) as publication:
        cut_issue(world.settings, publication, "2019-20", "Cabinet", dt.date(2020, 7, 1))
    state_in(world, "12", "13", as_at="3 April 2023")
    assert world.run().exit_code == 1
    assert of_year(world) == [(12.0, 12, None, False, None)] * 2
    waits = world.published(
        """select standing_value, calculated_missing_reason from marts.restatement_waiting
           where indicator_code = 'ComS_011'"""
    )
    assert waits == [(12.0, "held")] * 2


def test_a_held_figure_is_not_issued(world: World) -> None:
    with open_publication(world.settings) as publication, pytest.raises(CannotRecord):
        cut_issue(world.settings, publication, "2019-20", "Cabinet", dt.date(2020, 7, 1))
    world.decide(order("deliveries", "service data", "KPI"), "precedence.yml")
    world.run()
    assert [row[0] for row in of_year(world)] == [12.0, 12.0]


# ---------------------------------------------------------------- conflicts of other kinds


def _two_names(world: World) -> tuple[str, str, str | None]:
    rows = world.published(
        """select conflict_key, conflict_state, decided_because from marts.reconciliation
           where conflict_kind = 'several_names'"""
    )
    assert len(rows) == 1
    return rows[0]


def test_any_other_conflict_is_settled_by_its_key_and_opens_when_something_else_is_said(world: World) -> None:
    key, stands, _ = _two_names(world)
    assert stands == "open"
    settled = f"""- conflict: "{key}"\n  first: {PLAN["Service data"][0]["Name"]}\n  second: {{}}
  because: The two tables are for two readers.\n  by: Chief Communities Officer\n  on: 2023-05-04\n"""
    world.decide(settled.format(PLAN["Performance indicators"][0]["Name"]), "settlements.yml")
    world.run()
    assert _two_names(world) == (key, "settled", "The two tables are for two readers.")
    assert not has_work(world.settings)
    world.decide(settled.format("Another name"), "settlements.yml")
    world.run()
    assert _two_names(world)[:2] == (key, "re-opened")


def test_a_decision_that_is_added_leaves_what_the_file_explains(tmp_path: Path) -> None:
    path = tmp_path / "precedence.yml"
    shutil.copyfile(PROJECT / "sources" / "decisions" / "precedence.yml", path)
    explained = path.read_text(encoding="utf-8")
    told = {"order": ["deliveries", "KPI"], "because": "Counted twice.", "by": "Head of Service", "on": "2023-05-04"}
    entries = [
        Precedence.model_validate({"indicator": "ComS_011", "period": f"20{n}/{n + 1}", **told}) for n in (19, 20)
    ]
    for entry in entries:
        add_decisions(path, [entry])
    assert path.read_text(encoding="utf-8").startswith(explained)
    assert read_precedences(tmp_path) == entries


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("precedence.yml", order("deliveries", "Excel"), "order"),
        ("precedence.yml", order("deliveries", "deliveries"), "line 1"),
        ("precedence.yml", order("deliveries", "KPI", period="last year"), "line 1"),
        ("precedence.yml", order("deliveries", "KPI") * 2, "ComS_011 stands twice for one period"),
        ("settlements.yml", "- conflict: no key\n", "conflict"),
    ],
)
def test_a_decision_that_cannot_be_used_is_refused_with_its_file_and_line(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(BrokenDecision) as refused:
        read_decisions(tmp_path)
    assert file in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.proof
def test_a_decision_that_is_used_up_makes_way_for_a_rule(world: World) -> None:
    one = order("KPI", "deliveries", "service data")
    world.decide(one, "precedence.yml")
    world.run()
    state_in(world, "12", "12", as_at="2 April 2023")
    world.run()
    state_in(world, "12", "13", as_at="3 April 2023")
    world.decide(one + order("deliveries", "KPI", "service data", period="all"), "precedence.yml")
    assert world.run().exit_code == 0
    assert [row[0] for row in of_year(world)] == [12.0, 12.0]
