"""The disclosure policy: what the committed one says, how each indicator falls under it, what a broken one is told."""

import csv
from pathlib import Path

import pytest

from cs_pipeline.declare.definition_files import BrokenDefinition
from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.disclosure.policy import COMMITTED, Rule, read_policy, rule_for
from cs_pipeline.figures.declared import load_indicators
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.words.settings import PROJECT, Settings

RULES = PROJECT.parent / "shared" / "plan" / "indicator_rules.csv"
PUBLIC = ("members", "cabinet", "outturn", "business-plan", "ward")
INTERNAL = ("gmt", "service")


@pytest.fixture(scope="module")
def indicators() -> tuple[Indicator, ...]:
    settings = Settings(PROJECT / "sources", PROJECT / "warehouse")
    return load_indicators(settings, Plan.read(settings.sql))


def test_people_are_hidden_below_five_and_where_it_is_sensitive_below_ten_and_at_nought() -> None:
    policy = read_policy()
    assert rule_for(policy, "person_ordinary") == Rule(5, hides_zero=False, rounds_to=None)
    assert rule_for(policy, "person_sensitive") == Rule(10, hides_zero=True, rounds_to=None)
    assert rule_for(policy, "not_people") == Rule(0, hides_zero=False, rounds_to=None)
    assert (policy.audiences.public, policy.may_be_internal) == (PUBLIC, INTERNAL)
    assert policy.least_values == 4


def test_it_says_which_version_holds_and_that_nobody_approved_it() -> None:
    assert read_policy().words == (
        "Counts of people below 5, and of domestic abuse, hate crime, the panel and encampments below 10 and none, are "
        "not shown, nor is what would give one away: [c]. Version 1 of the disclosure policy, of 1 December 2026, "
        "approved by nobody yet."
    )


def test_hate_crime_domestic_abuse_the_panel_and_encampments_are_sensitive(indicators: tuple[Indicator, ...]) -> None:
    sensitive = [i for i in indicators if i.source in ("marac", "asb_panel")]
    words = ("hate crime", "domestic", "marac", "panel", "encampment")
    sensitive += [i for i in indicators if any(word in i.title.lower() for word in words)]
    assert len({i.code for i in sensitive}) > 5
    assert {i.code for i in sensitive if i.sensitivity != "person_sensitive"} == set()


@pytest.mark.skipif(not RULES.exists(), reason="../shared/plan is not beside this checkout")
def test_every_indicator_has_the_sensitivity_that_the_plan_s_rules_give_it(indicators: tuple[Indicator, ...]) -> None:
    with RULES.open(encoding="utf-8", newline="") as file:
        ruled = {row["code"]: row["sensitivity"] for row in csv.DictReader(file)}
    assert {i.code: i.sensitivity for i in indicators if not i.heading} == ruled


def test_a_base_of_the_class_rounds_people_alone(tmp_path: Path) -> None:
    policy = read_policy(changed(tmp_path, "zeros: hidden\n    rounds_to:", "zeros: hidden\n    rounds_to: 3"))
    bases = [rule_for(policy, kind).rounds_to for kind in ("not_people", "person_ordinary", "person_sensitive")]
    assert bases == [None, None, 3]
    assert "Those that are shown are rounded to 3. " in policy.words


def test_a_sensitivity_that_is_none_has_no_rule() -> None:
    with pytest.raises(ValueError, match=r'no sensitivity "people" in the disclosure policy\. Known are not_people, '):
        rule_for(read_policy(), "people")


def changed(folder: Path, old: str, new: str, path: Path = COMMITTED) -> Path:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / "policy.yml").write_text(text.replace(old, new), encoding="utf-8")
    return folder / "policy.yml"


def line_of(text: str) -> int:
    return COMMITTED.read_text(encoding="utf-8").splitlines().index(text) + 1


ORDINARY, SENSITIVE = line_of("    threshold: 5"), line_of("    threshold: 10")
LEAST, PUBLIC_LINE = line_of("least_values: 4"), line_of("audiences:")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("threshold: 5", "threshold: five", ORDINARY, "has classes.person_ordinary.threshold that cannot be used: "),
        ("threshold: 5", "threshold: 1", ORDINARY, "it must be greater than or equal to 2. Correct it and run again."),
        ("threshold: 5", "threshold:", ORDINARY, "has no threshold for person_ordinary. Give a number of 2 or more."),
        ("threshold: 10", "treshold: 10", SENSITIVE, "classes.person_sensitive.treshold, which means nothing here. "),
        ("    threshold:\n", "    threshold: 5\n", ORDINARY - 5, "hides or rounds what counts no people. Leave thresh"),
        ("[gmt, service]", "[gmt, members]", PUBLIC_LINE, "names members twice. Keep each audience in one of the two"),
        ("least_values: 4", "least_values: 1", LEAST, "has least_values that cannot be used: it must be greater than"),
        ("least_values: 4", "", 1, "has no least_values. Add least_values."),
        (
            "least_per_ward: 5",
            "least_per_ward: -1",
            LEAST + 3,
            "has least_per_ward that cannot be used: it must be gre",
        ),
        ("since: 2026-12-01", "since: soon", line_of("since: 2026-12-01"), "has since that cannot be used: it must be"),
    ],
)
def test_a_broken_policy_is_told_with_its_line_and_what_to_do(
    old: str, new: str, line: int, told: str, tmp_path: Path
) -> None:
    with pytest.raises(BrokenDefinition) as broken:
        read_policy(changed(tmp_path, old, new))
    assert str(broken.value).startswith(f"Definitions, file policy.yml, line {line} — The policy ")
    assert told in str(broken.value)
    assert str(broken.value).count(". ") == 1


def test_a_policy_that_is_empty_or_away_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "policy.yml").write_text("")
    with pytest.raises(BrokenDefinition, match=r"line 1 — holds no settings\. Give version, since, approved_by, "):
        read_policy(tmp_path / "policy.yml")
    with pytest.raises(BrokenDefinition, match=r"line 1 — cannot be read: it is not there\. "):
        read_policy(tmp_path / "none.yml")
