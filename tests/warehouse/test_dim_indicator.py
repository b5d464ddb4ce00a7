"""An indicator is as the latest edition that prints it says, and never as two editions say in parts."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from worlds import World, hurry, new_world, plan_book

Row = dict[str, str]

# No definition names these codes, so all that is known of them is printed. What the earlier edition says comes last in
# the alphabet, so that the greatest text is never the right one.


def counted(code: str, section: str, name: str) -> Row:
    return {"Section": section, "PI code": code, "Name": name, "Actual 2021/22": "6"}


def targeted(code: str, of_set: str, objective: str, owner: str, name: str = "Visits") -> Row:
    return {"Set": of_set, "Objective": objective, "PI code": code, "Name": name, "Target 2023/24": "9", "Owner": owner}


def objective(code: str, services: str) -> Row:
    return {"Objective code": code, "Objective": f"Objective {code}", "Services": services}


EARLIER = plan_book(
    "1 April 2023",
    "2023–26",
    Service_data=[counted("ComS_901", "Zoo Services", "Zoo visits")],
    Performance_indicators=[
        targeted("ComS_901", "MPI", "CS9", "Zoo Head"),
        targeted("ComS_902", "KPI", "CS8", "Yard Head"),
        targeted("ComS_903", "KPI", "CS8", "Yard Head"),
    ],
    Objectives=[objective("CS9", "Zoo Services; Animal services")],
)
LATEST = plan_book(
    "1 April 2024",
    "2024–27",
    Service_data=[counted("ComS_901", "Animal Services", "Animal visits")],
    Performance_indicators=[
        targeted("ComS_901", "KPI", "CS7", "Board of Visitors"),
        targeted("ComS_901", "CSI", "CS1", "Animal Head"),
        targeted("ComS_903", "KPI", "", "not stated"),
        targeted("ComS_904", "KPI", "CS2", "YARD HEAD"),
    ],
    Objectives=[objective("CS1", "Animal Services")],
)
EARLIER_AGAIN = plan_book(
    "1 June 2024",
    "2023–26",
    Service_data=[counted("ComS_901", "Zoo Services", "Zoo visits")],
    Performance_indicators=[targeted("ComS_901", "MPI", "CS6", "Zoo Keeper")],
)
FILES = {"earlier.xlsx": EARLIER, "latest.xlsx": LATEST, "earlier again.xlsx": EARLIER_AGAIN}
INDICATORS = """
    select indicator_code, indicator_name, indicator_sets, objective_code, service_key, owner_key, edition_code
    from core.dim_indicator where indicator_code like 'ComS_9%' and unit is null order by all"""
EXPECTED = [
    ("ComS_901", "Animal visits", "CSI, KPI, service data", "CS1", "animal_services", "animal_head", "2024-27"),
    ("ComS_902", "Visits", "KPI", "CS8", None, "yard_head", "2023-26"),
    ("ComS_903", "Visits", "KPI", None, None, "not_stated", "2024-27"),
    ("ComS_904", "Visits", "KPI", "CS2", None, "yard_head", "2024-27"),
]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as made:
        yield made


def warned(world: World) -> list[Any]:
    told = "select broken_by from meta.claim_row where claim_name = 'defined_as_the_latest_edition_prints' order by 1"
    return [row[0] for row in world.ask(told)]


def test_each_indicator_is_as_the_latest_edition_that_prints_it_says(world: World) -> None:
    for name, raw in FILES.items():
        world.drop("business_plan", name, raw)
    assert world.run().exit_code == 0
    assert world.ask(INDICATORS) == EXPECTED
    owners = "select owner_name from core.dim_owner where owner_key in ('yard_head', 'zoo_keeper') order by 1"
    assert world.ask(owners) == [("YARD HEAD",), ("Zoo Keeper",)], "however it is spelt, one post"
    services = "select service_name from core.dim_service where service_key in ('animal_services', 'zoo_services')"
    assert world.ask(f"{services} order by 1") == [("Animal Services",), ("Zoo Services",)]


@pytest.mark.proof
@pytest.mark.parametrize("order", [*permutations(FILES)], ids="-".join)
def test_in_whatever_order_the_editions_come(order: tuple[str, ...], world: World) -> None:
    for name in order:
        world.drop("business_plan", name, FILES[name])
        world.run()
    assert world.ask(INDICATORS) == EXPECTED


@pytest.mark.proof
def test_a_definition_that_the_latest_edition_contradicts_is_a_warning(world: World) -> None:
    said = [targeted("ComS_011", "CSI", "CS3", "Head of Parks"), targeted("ComS_024", "CSI", "CS2", "not stated")]
    world.drop("business_plan", "latest.xlsx", plan_book("1 April 2024", "2024–27", Performance_indicators=said))
    agreed = [targeted("ComS_011", "CSI", "CS1", "Chief Communities Officer")]
    world.drop("business_plan", "earlier.xlsx", plan_book("1 April 2023", "2023–26", Performance_indicators=agreed))
    assert world.run().exit_code == 0
    assert warned(world) == [
        "ComS_011, from cell F5 on: the edition 2024-27 prints the objective CS3 and the definition names CS1.",
        'ComS_011, from cell F5 on: the edition 2024-27 prints the owner "Head of Parks" and the definition names '
        '"Chief Communities Officer".',
    ]
    defined = "select objective_code, owner_key, edition_code from core.dim_indicator where indicator_code = 'ComS_011'"
    assert world.ask(defined) == [("CS1", "chief_communities_officer", "2024-27")], "the definition holds"
