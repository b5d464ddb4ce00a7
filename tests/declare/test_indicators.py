"""The committed definitions against the facts of the plan. Which files are refused is `test_definition_files.py`."""

import csv
import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from cs_pipeline.declare.definition_files import read_indicators
from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.words.settings import PROJECT

FOLDER = PROJECT / "cs_pipeline" / "indicators"
PLAN = PROJECT.parent / "shared" / "plan"
SETS = ("service data", "CSI", "KPI", "MPI")
needs_plan = pytest.mark.skipif(not PLAN.exists(), reason="The facts of the plan do not stand beside this project.")


def read_plan(name: str) -> list[dict[str, str]]:
    with (PLAN / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row | {"code": re.sub(r"_(?=\d\d$)", "_0", row["code"])} for row in rows]  # ComS_24 is ComS_024


@pytest.fixture(scope="module")
def committed() -> dict[str, Indicator]:
    measures = frozenset(path.stem for path in (PROJECT / "sql" / "measures").glob("*.sql"))
    read = read_indicators(FOLDER, measures, frozenset(source.name for source in all_sources()), "2018-19-Q1")
    return {indicator.code: indicator for indicator in read}


@needs_plan
def test_the_definitions_say_what_the_plan_and_our_reading_of_it_say(committed: dict[str, Indicator]) -> None:
    service, performance = read_plan("service_data.csv"), read_plan("performance_indicators.csv")

    def expected(rule: dict[str, str]) -> dict[str, Any]:
        printed = [{"set": "service data"} | row for row in service if row["code"] == rule["code"]]
        printed += [row for row in performance if row["code"] == rule["code"]]
        name = ": ".join(part for part in (printed[0]["group"].replace(" (ComS_015)", ""), printed[0]["name"]) if part)
        same = ("unit", "aim", "rollup", "source", "sensitivity")
        return {key: rule[key] for key in same} | {
            "aim_disputed": rule["aim_disputed"] == "yes",
            "first_year": rule["first_year"] or None,
            "sets": tuple(known for known in SETS if known in {row["set"] for row in printed}),
            "objective": next((row["objective"] for row in printed if row.get("objective")), None),
            "owner": next((row["owner"] for row in printed if row.get("owner")), "not stated"),
            "title": name.casefold(),
        }

    facts = {rule["code"]: expected(rule) for rule in read_plan("indicator_rules.csv")}
    fields = set(facts["ComS_011"])
    found = {code: i.model_dump(include=fields) | {"title": i.title.casefold()} for code, i in committed.items()}
    assert found.pop("ComS_015")["sets"] == ("service data",)
    assert found == facts


def test_sixty_seven_are_defined_under_one_heading(committed: dict[str, Indicator]) -> None:
    assert len([code for code, indicator in committed.items() if indicator.definitions]) == 67
    assert [code for code, indicator in committed.items() if indicator.heading] == ["ComS_015"]


@needs_plan
def test_a_printed_percentage_follows_from_its_operands(committed: dict[str, Indicator]) -> None:
    rows = [*read_plan("performance_indicators.csv"), *read_plan("service_data.csv")]
    printed = {row["code"]: row.get("actual_2021_22") or row["achieved_2021_22"] for row in rows}
    operands = {code: i.operands for code, i in committed.items() if i.operands}
    assert set(operands) == {"ComS_012d", "ComS_013d", "ComS_014d", "ComS_024"}
    for code, (part, whole) in operands.items():
        assert printed[code] == f"{100 * int(printed[part]) / int(printed[whole]):.0f}%", code


def test_each_definition_has_a_reason_of_its_own(committed: dict[str, Indicator]) -> None:
    reasons = [definition.because for indicator in committed.values() for definition in indicator.definitions]
    assert len(set(reasons)) == len(reasons)


def test_a_file_holds_one_owner_s_indicators_in_order_of_code_and_of_key() -> None:
    for path in FOLDER.glob("*.yml"):
        entries = YAML(typ="safe").load(path)
        (owner,) = {entry["owner"] for entry in entries}
        assert path.stem.startswith(owner.lower().replace(" ", "_"))
        assert [entry["code"] for entry in entries] == sorted(entry["code"] for entry in entries)
        for entry in entries:
            assert list(entry) == [key for key in Indicator.model_fields if key in entry], entry["code"]
