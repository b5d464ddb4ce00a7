"""Errors planted in a plan in which nothing disagrees: each is found, nothing else is told, whatever the codes are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from clean_plan import ERRORS, Code, Sheets, Told, as_it_is, clean_plan, definitions, renamed
from worlds import World, hurry, longer, new_world, plan_book

from cs_pipeline.operate.night import Listener, night
from cs_pipeline.words.settings import PROJECT

PLANS = sorted({error.plan for error in ERRORS})


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch, reconciles=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "defaults.yml").write_text(
        (PROJECT / "cs_pipeline/indicators/site/defaults.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with new_world(indicators=tmp_path) as made:
        yield made


def told(world: World, sheets: Sheets, code: Code) -> set[Told]:
    """Kind and subject of every conflict that is found in a plan."""
    (world.indicators / "all.yml").write_text(definitions(code), encoding="utf-8")
    world.drop(
        "business_plan", "plan.xlsx", plan_book(**{name.replace(" ", "_"): rows for name, rows in sheets.items()})
    )
    night(world.settings, Listener(), may_publish=False)
    assert world.ask("select outcome from meta.delivery where source_name = 'business_plan'") == [("accepted",)]
    assert world.ask("select count(*) from meta.quarantine") == [(0,)]
    return set(world.ask("select conflict_kind, subject from marts.conflict"))


def wanted(plan: int, code: Code) -> set[Told]:
    return {(kind, _subject(subject, code)) for error in ERRORS if error.plan == plan for kind, subject in error.told}


def _subject(subject: str, code: Code) -> str:
    number = subject.removesuffix(" short")
    if not re.fullmatch(r"\d{3}[a-z]?", number):
        return subject
    return code(number) if number == subject else code(number).replace("_0", "_")


def planted(plan: int, code: Code) -> Sheets:
    sheets = clean_plan(code)
    for error in ERRORS:
        if error.plan == plan:
            error.change(sheets, code)
    return sheets


def test_there_are_forty_errors_of_many_kinds() -> None:
    assert len(ERRORS) >= 40
    assert len({kind for error in ERRORS for kind, _ in error.told}) >= 12


@pytest.mark.parametrize("code", [as_it_is, longer(renamed)])
def test_nothing_is_told_of_a_plan_in_which_nothing_disagrees(world: World, code: Code) -> None:
    assert told(world, clean_plan(code), code) == set()


@pytest.mark.parametrize(
    ("plan", "code"),
    [(plan, as_it_is) for plan in PLANS] + [longer(plan, renamed) for plan in PLANS[1:]] + [(1, renamed)],
)
def test_every_planted_error_is_found_and_nothing_else(world: World, plan: int, code: Code) -> None:
    assert told(world, planted(plan, code), code) == wanted(plan, code)
