"""Deliveries go wrong and are mended: nothing stops for one of them, only its own rows change, and what was said stays
on record.
"""

import sys
from collections.abc import Iterator
from shutil import rmtree

import duckdb
import pytest
import worlds
from worlds import (
    INSIDE,
    OUTSIDE,
    PLAN,
    World,
    areas_csv,
    asb_book,
    copy_sql,
    differing,
    hurry,
    log,
    longer,
    new_world,
    plan_book,
    sha256,
    street_csv,
    withdrawal,
)

from cs_pipeline.declare.entries import BrokenDecision
from cs_pipeline.declare.registry import all_sources, declaration_fingerprint
from cs_pipeline.declare.source import Source
from cs_pipeline.operate.night import forget_build, has_work
from cs_pipeline.publish import release
from cs_pipeline.warehouse import take as taking

FIRST = asb_book("2019-07-14", {"2019-04": [log("NP-20190401-0001"), log("NP-20190402-0001", "Begging")]})
REVISED = asb_book("2019-08-14", {"2019-04": [log("NP-20190401-0001", "Trespass")]}, is_revised=True)
CURRENT = "select incident_number, closing_type from current.police_asb order by 1"
DELIVERIES = "select file_name, outcome from meta.delivery where source_name = 'police_asb' order by all"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    hurry(monkeypatch)
    with new_world() as made:
        yield made


# ---------------------------------------------------------------- one bad file among good ones


def test_one_bad_file_among_good_ones_stops_nothing(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.drop("police_asb", "broken.xlsx", FIRST[: len(FIRST) // 2])
    world.drop("police_asb", "scan.pdf", b"%PDF-1.4")
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
    world.drop("police_street", "street.csv", street_csv("2022-08"))
    world.drop("business_plan", "empty.xlsx", b"")
    outcome = world.run()
    assert outcome.exit_code == 1
    assert outcome.publication is not None
    assert world.ask("select outcome, count(*) from meta.delivery group by 1 order by 1") == [
        ("accepted", 4),
        ("refused", 4),
    ]
    assert world.published("select n_incidents from marts.asb_month") == [(2,)]
    assert world.published("select n_incidents from marts.street_crime_month") == [(4,)]
    assert outcome.verdict is not None
    assert len(outcome.verdict.refused) == 4
    assert world.ask("select count(*) from stage.plan_actions") == [(0,)]


def test_a_refused_file_says_refused_and_leaves_no_rows(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST.replace(b"PK", b"KP", 1))
    world.run()
    assert world.ask(
        """select outcome, as_at, n_read, n_accepted, n_quarantined, n_ignored
           from meta.delivery where source_name = 'police_asb'"""
    ) == [("refused", None, None, None, None, None)]
    assert world.ask("select count(*) from stage.police_asb") == [(0,)]
    assert world.ask("select severity from meta.finding where delivery_key like 'police_asb%'") == [("refused",)]


def test_a_quarantined_row_stops_no_other_row(world: World) -> None:
    august = log("NP-20190801-0001")
    world.drop("police_asb", "Q1.xlsx", asb_book("2019-09-14", {"2019-04": [log("NP-20190401-0001"), august]}))
    outcome = world.run()
    assert outcome.publication is not None
    assert world.ask(CURRENT) == [("NP-20190401-0001", "Noise")]
    assert world.ask("select sheet_name, rule from meta.quarantine") == [("April 2019", "date outside the tab's month")]


# ---------------------------------------------------------------- corrections


def test_a_later_delivery_replaces_only_its_own_rows(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.run()
    before = world.ask("select * from stage.police_asb order by all")
    world.drop("police_asb", "Q1 revised.xlsx", REVISED)
    world.run()
    assert world.ask(CURRENT) == [("NP-20190401-0001", "Trespass"), ("NP-20190402-0001", "Begging")]
    after = world.ask("select * from stage.police_asb order by all")
    assert set(before) < set(after)
    assert len(after) == 3
    assert world.ask(DELIVERIES) == [("Q1 revised.xlsx", "accepted"), ("Q1.xlsx", "accepted")]


@pytest.mark.proof
def test_an_earlier_delivery_that_comes_late_replaces_nothing(world: World) -> None:
    world.drop("police_asb", "Q1 revised.xlsx", REVISED)
    world.run()
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.run()
    assert world.ask(CURRENT) == [("NP-20190401-0001", "Trespass"), ("NP-20190402-0001", "Begging")]


@pytest.mark.proof
def test_a_file_corrected_in_place_is_a_new_delivery_and_the_first_stays_on_record(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.run()
    world.drop("police_asb", "Q1.xlsx", REVISED)
    world.run()
    assert world.ask(DELIVERIES) == [("Q1.xlsx", "accepted"), ("Q1.xlsx", "accepted")]
    assert world.ask(CURRENT) == [("NP-20190401-0001", "Trespass"), ("NP-20190402-0001", "Begging")]
    state = world.state()
    forget_build(world.settings)
    world.run()
    assert differing(state, world.state()) == [], "the first version is only in the archive"


@pytest.mark.proof
def test_a_refused_file_that_is_mended_in_place_is_taken(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST[:2000])
    assert world.run().exit_code == 1
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.run()
    assert world.ask(DELIVERIES) == [("Q1.xlsx", "accepted"), ("Q1.xlsx", "refused")]
    assert len(world.ask(CURRENT)) == 2


def test_two_deliveries_of_one_day_that_differ_are_a_tie_that_is_told(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    again = asb_book(
        "2019-07-14", {"2019-04": [log("NP-20190401-0001", "Trespass"), log("NP-20190402-0001", "Begging")]}
    )
    world.drop("police_asb", "Q1 again.xlsx", again)
    outcome = world.run()
    assert world.ask("select stage_table, as_at::varchar, n_deliveries from meta.tie") == [
        ("police_asb", "2019-07-14", 2)
    ]
    assert outcome.verdict is not None
    assert [
        s
        for s in outcome.verdict.warns
        if "1 keys are told differently by two deliveries that speak for 14/07/2019" in s
    ]
    taken = dict(world.ask(CURRENT))["NP-20190401-0001"]
    assert taken == ("Noise" if sha256(FIRST)[:12] > sha256(again)[:12] else "Trespass")


@pytest.mark.proof
def test_the_same_bytes_under_two_names_are_one_delivery_with_the_first_name(world: World) -> None:
    world.drop("police_asb", "b.xlsx", FIRST)
    world.run()
    world.drop("police_asb", "a.xlsx", FIRST)
    world.run()
    assert world.ask(DELIVERIES) == [("a.xlsx", "accepted")]
    world.drop("police_asb", "c.xlsx", FIRST)
    world.run()
    assert world.ask(DELIVERIES) == [("a.xlsx", "accepted")]
    assert world.ask("select count(*) from stage.police_asb") == [(2,)]


@pytest.mark.proof
def test_a_new_name_is_read_anew_where_the_name_says_something(world: World) -> None:
    """The street data's day stands in the file's name, and findings name the file."""
    raw = street_csv("2022-07")
    world.drop("police_street", "2022-08-nottinghamshire-street.csv", raw)
    world.run()
    assert world.ask("select n_accepted from meta.delivery where source_name = 'police_street'") == [(0,)]
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", raw)
    assert has_work(world.settings)
    world.run()
    assert world.ask("select as_at::varchar, n_accepted from meta.delivery where source_name = 'police_street'") == [
        ("2022-07-31", 4)
    ]
    assert world.ask("select count(*) from meta.finding where sentence like '%2022-08%'") == [(0,)]
    assert world.published("select month_key, n_incidents from marts.street_crime_month") == [("2022-07", 4)]


def test_an_incident_in_two_tabs_counts_once(world: World) -> None:
    late = log("NP-20190430-0099", "Noise")
    world.drop("police_asb", "Q1.xlsx", asb_book("2019-07-14", {"2019-04": [late], "2019-05": [late]}))
    world.run()
    assert world.ask("select count(*) from stage.police_asb") == [(2,)]
    assert world.ask(CURRENT) == [("NP-20190430-0099", "Noise")]
    assert world.published("select month_key, n_incidents from marts.asb_month") == [("2019-04", 1)]


@pytest.mark.proof
def test_an_incident_in_two_tabs_of_one_delivery_and_one_of_another_is_no_tie(world: World) -> None:
    """Both say the same of the incident; how often they list it is no contradiction."""
    late = log("NP-20190430-0099", "Noise")
    world.drop("police_asb", "Q1.xlsx", asb_book("2019-07-14", {"2019-04": [late], "2019-05": [late]}))
    world.drop("police_asb", "April.xlsx", asb_book("2019-07-14", {"2019-04": [late]}))
    world.run()
    assert world.ask("from meta.tie") == []


@pytest.mark.proof
def test_the_plan_of_a_later_day_replaces_cells_and_keeps_the_rest(world: World) -> None:
    world.drop("business_plan", "plan.xlsx", plan_book())
    world.run()
    changed = [{**PLAN["Service data"][0], "Actual 2019/20": "7"}]
    world.drop("business_plan", "plan June.xlsx", plan_book("1 June 2023", Service_data=changed))
    world.run()
    asked = "select period_key, value from core.fact_stated_figure where indicator_set = 'service data' order by 1"
    assert world.ask(asked) == [("2019-20", 7.0), ("2020-21", None), ("2021-22", 2415.0)]
    assert world.ask("select count(*) from stage.plan_service_data") == [(6,)]


# ---------------------------------------------------------------- withdrawals


def test_a_withdrawn_delivery_no_longer_counts_and_stays_on_record(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.run()
    before = world.state()
    world.drop("police_asb", "wrong.xlsx", REVISED)
    world.run()
    world.decide(withdrawal("police_asb", sha256(REVISED)[:12]))
    world.run()
    assert world.ask(CURRENT) == [("NP-20190401-0001", "Noise"), ("NP-20190402-0001", "Begging")]
    assert world.ask(DELIVERIES) == [("Q1.xlsx", "accepted"), ("wrong.xlsx", "withdrawn")]
    assert world.ask("select withdrawn_because from meta.delivery where outcome = 'withdrawn'") == [
        ("Sent by mistake, see the letter. (Head of Service, 01/05/2023)",)
    ]
    assert world.ask("select count(*) from stage.police_asb") == [(3,)]
    facts = {name for name in differing(before, world.state()) if name.startswith(("core.fact", "marts.", "current."))}
    assert facts == set()


@pytest.mark.proof
def test_a_withdrawal_that_is_taken_back_leaves_no_trace(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.drop("police_asb", "Q1 revised.xlsx", REVISED)
    world.run()
    before = world.state()
    world.decide(withdrawal("police_asb", sha256(REVISED)[:12]))
    world.run()
    assert differing(before, world.state()) != []
    world.decide(None)
    world.run()
    assert differing(before, world.state()) == []


@pytest.mark.proof
def test_a_refused_delivery_that_is_withdrawn_and_taken_back_is_refused_again(world: World) -> None:
    raw = b"%PDF-1.4"
    world.drop("police_asb", "scan.xlsx", raw)
    assert world.run().exit_code == 1
    world.decide(withdrawal("police_asb", sha256(raw)))
    assert world.run().exit_code == 0
    world.decide(None)
    assert world.run().exit_code == 1
    assert world.ask(DELIVERIES) == [("scan.xlsx", "refused")]


@pytest.mark.proof
def test_a_withdrawal_that_fits_no_delivery_is_told_and_applies_when_it_arrives(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.decide(withdrawal("police_asb", sha256(REVISED)[:12]))
    outcome = world.run()
    assert [note for note in outcome.notes if "no delivery of police_asb has the hash" in note]
    world.drop("police_asb", "wrong.xlsx", REVISED)
    assert world.run().notes == []
    assert dict(world.ask(CURRENT))["NP-20190401-0001"] == "Noise"


@pytest.mark.proof
def test_a_withdrawn_list_of_areas_is_not_looked_up_even_in_the_run_that_brings_it(world: World) -> None:
    """One night is enough: what is read against reference data is read against the list that holds."""
    wrong = areas_csv(INSIDE, OUTSIDE)
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07", 4, n_outside=2))
    world.run()
    world.drop("reference/areas", "areas 2024-05-04.csv", wrong)
    world.decide(withdrawal("areas", sha256(wrong)[:12]))
    world.run()
    assert world.ask("select count(*) from current.police_street") == [(4,)]
    state = world.state()
    assert not has_work(world.settings)
    world.run()
    assert differing(state, world.state()) == []


@pytest.mark.proof
def test_a_list_of_areas_that_is_withdrawn_later_is_looked_up_no_more_from_that_night_on(world: World) -> None:
    wrong = areas_csv(INSIDE, OUTSIDE)
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07", 4, n_outside=2))
    world.drop("reference/areas", "areas 2024-05-04.csv", wrong)
    world.run()
    assert world.ask("select count(*) from current.police_street") == [(6,)]
    world.decide(withdrawal("areas", sha256(wrong)[:12]))
    world.run()
    assert world.ask("select count(*) from current.police_street") == [(4,)]
    assert not has_work(world.settings)


def test_broken_decisions_are_found_before_anything_is_taken(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.decide("source: police_asb\n")
    with pytest.raises(BrokenDecision):
        world.run()
    assert not list(world.settings.archive.rglob("*.*")) + [p for p in world.settings.archive.rglob("*") if p.is_file()]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- source: police_asb\n  sha256: [\n", 3, "cannot be read as YAML"),
        longer("source: police_asb\n", 1, "is not a list of entries"),
        longer(withdrawal("police_asb", "0123456789ab") + withdrawal("police_asb", "short"), 6, "sha256"),
        longer(withdrawal("police_asb", "0123456789ab").replace("  by: Head of Service\n", ""), 1, "by"),
        longer(withdrawal("police_asb", "0123456789ab", "short"), 1, "because"),
    ],
)
def test_broken_decisions_stop_the_run_with_file_and_line(world: World, text: str, line: int, said: str) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.run()
    before = release.current_publication(world.settings)
    world.decide(text)
    world.drop("police_asb", "Q1 revised.xlsx", REVISED)
    with pytest.raises(BrokenDecision) as stopped:
        world.run()
    sentence = str(stopped.value)
    assert sentence.startswith(f"Decisions, file withdrawals.yml, line {line} — ")
    assert said in sentence
    assert sentence.count(". ") == 1, "two sentences: what is wrong, what to do"
    assert release.current_publication(world.settings) == before
    world.decide(None)
    assert world.run().exit_code == 0
    assert len(world.ask("select * from stage.police_asb")) == 3


def test_an_empty_file_of_decisions_decides_nothing(world: World) -> None:
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.decide("# nothing yet\n")
    assert world.run().exit_code == 0


@pytest.mark.proof
def test_a_hash_of_digits_needs_no_quotation_marks(world: World) -> None:
    """YAML takes 012345678901 and 1234567e8901 for numbers; to the person who pastes them they are hashes."""
    world.drop("police_asb", "Q1.xlsx", FIRST)
    for digits in ("123456789012", "1234567e8901"):
        world.decide(withdrawal("police_asb", digits).replace('"', ""))
        assert [note for note in world.run().notes if digits in note]


# ---------------------------------------------------------------- declarations


@pytest.mark.proof
def test_a_refused_file_is_judged_again_when_its_declaration_changes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alias was added: the refused file is read from the archive, without being sent again."""
    world.drop(
        "police_street",
        "2022-07-nottinghamshire-street.csv",
        street_csv("2022-07").replace(b"Crime type", b"Type of crime"),
    )
    world.drop("police_asb", "Q1.xlsx", FIRST)
    assert world.run().exit_code == 1
    declared = next(source for source in all_sources() if source.name == "police_street")
    (table,) = declared.tables
    columns = tuple(
        column.model_copy(update={"headings": (*column.headings, "Type of crime")})
        if column.name == "crime_type"
        else column
        for column in table.columns
    )
    mended = declared.model_copy(update={"tables": (table.model_copy(update={"columns": columns}),)})

    def fingerprint(source: Source, *rest: object) -> str:
        return declaration_fingerprint(source, *rest) + (" mended" if source.name == "police_street" else "")  # type: ignore[arg-type]

    declare(monkeypatch, tuple(mended if source is declared else source for source in all_sources()))
    monkeypatch.setattr(taking, "declaration_fingerprint", fingerprint)
    assert has_work(world.settings)
    outcome = world.run()
    assert [(taken.delivery.source, taken.is_new) for taken in outcome.taken] == [("police_street", False)]
    assert outcome.exit_code == 0
    assert world.published("select n_incidents from marts.street_crime_month") == [(4,)]


def declare(monkeypatch: pytest.MonkeyPatch, known: tuple[Source, ...]) -> None:
    """Puts other declarations in the place of those that are found by folder, wherever they were imported."""
    for name, module in list(sys.modules.items()):
        if name.startswith("cs_pipeline.") and hasattr(module, "all_sources"):
            monkeypatch.setattr(module, "all_sources", lambda: known)
    monkeypatch.setattr(worlds, "_plans", {})
    monkeypatch.setattr(worlds.ReaderHere, "kept", {})


# ---------------------------------------------------------------- rows and subsets


def test_rows_add_up_sheet_by_sheet_and_delivery_by_delivery(world: World) -> None:
    world.drop(
        "police_asb", "Q1.xlsx", asb_book("2019-09-14", {"2019-04": [log("NP-20190401-0001"), log("NP-20190801-0001")]})
    )
    world.drop(
        "police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07", 4, n_outside=2, n_unplaced=1)
    )
    world.drop("business_plan", "plan.xlsx", plan_book())
    world.run()
    assert world.ask("select distinct n_read - n_accepted - n_quarantined - n_ignored from meta.delivery") == [(0,)]
    assert world.ask("select distinct n_read - n_accepted - n_quarantined - n_ignored from meta.sheet_count") == [(0,)]
    assert world.ask(
        "select n_read, n_accepted, n_quarantined, n_ignored from meta.delivery where source_name = 'police_street'"
    ) == [(7, 4, 0, 3)]
    assert world.ask(
        "select rule, n_ignored from meta.ignored where delivery_key like 'police_street%' order by 1"
    ) == [
        ("no LSOA, so not known to lie in the borough", 1),
        ("outside the borough", 2),
    ]
    assert world.ask("select n_broken from meta.claim where claim_name = 'rows_add_up'") == [(0,)]


def test_rows_that_do_not_add_up_block_the_publication(world: World) -> None:
    """The claim looks at what the database holds: rows that went missing afterwards are found."""
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
    world.run()
    with duckdb.connect(world.settings.build.as_posix()) as connection:
        connection.execute(
            "update meta.sheet_count set n_accepted = n_accepted - 1 where stage_table = 'police_street'"
        )
    world.drop("police_street", "2022-08-nottinghamshire-street.csv", street_csv("2022-08"))
    outcome = world.run()
    assert outcome.exit_code == 2
    assert outcome.verdict is not None
    assert len(outcome.verdict.fails) == 1


SUBSETS: dict[str, dict[str, tuple[str, bytes]]] = {
    "none": {},
    "police_asb": {"police_asb": ("Q1.xlsx", FIRST)},
    "police_street": {"police_street": ("2022-07-nottinghamshire-street.csv", street_csv("2022-07"))},
    "business_plan": {"business_plan": ("plan.xlsx", plan_book())},
}
SUBSETS["asb and street"] = SUBSETS["police_asb"] | SUBSETS["police_street"]
SUBSETS["asb and plan"] = SUBSETS["police_asb"] | SUBSETS["business_plan"]


SOON = ("none", "asb and street")  # the others in make proof


@pytest.mark.parametrize("present", [name if name in SOON else longer(name) for name in SUBSETS])
def test_models_build_with_any_subset_of_sources(world: World, present: str) -> None:
    for source, (name, raw) in SUBSETS[present].items():
        world.drop(source, name, raw)
    outcome = world.run()
    assert outcome.exit_code == 0
    assert outcome.publication is not None
    n_rows = {
        "police_asb": "marts.asb_month",
        "police_street": "marts.street_crime_month",
        "business_plan": "marts.plan_action",
    }
    for source, mart in n_rows.items():
        (count,) = world.published(f"select count(*) from {mart}")[0]
        assert bool(count) == (source in SUBSETS[present]), mart


def test_models_build_without_any_reference_data(world: World) -> None:
    for path in world.settings.sources.glob("reference/*/*.csv"):
        path.unlink()
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
    assert world.run().exit_code == 0
    assert world.ask("select n_accepted, n_ignored from meta.delivery") == [(0, 7)]


@pytest.mark.proof
def test_areas_that_arrive_later_bring_the_rows_of_the_borough(world: World) -> None:
    areas = next(world.settings.sources.glob("reference/areas/*.csv"))
    raw = areas.read_bytes()
    areas.unlink()
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
    world.run()
    world.drop("reference/areas", areas.name, raw)
    outcome = world.run()
    assert [(taken.delivery.source, taken.is_new) for taken in outcome.taken] == [
        ("areas", True),
        ("police_street", False),
    ]
    assert world.published("select n_incidents from marts.street_crime_month") == [(4,)]


@pytest.mark.proof
def test_a_source_that_is_no_longer_declared_stops_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its models are gone with it; its rows stay in stage until the build is made anew."""
    world.sql = copy_sql(world.folder / "sql")
    for name in (
        "core/fact_street_crime",
        "core/dim_crime_type",
        "marts/street_crime_file",
        "marts/street_crime_month",
        "marts/context_month",
        "marts/context_quarter",
    ):
        (world.sql / f"{name}.sql").unlink()
    world.drop("police_asb", "Q1.xlsx", FIRST)
    world.drop("police_street", "2022-07-nottinghamshire-street.csv", street_csv("2022-07"))
    for table in ("core.fact_street_crime", "marts.context_month", "marts.context_quarter"):
        rmtree(world.sql / "checks" / table)
    world.run()
    declare(monkeypatch, tuple(source for source in all_sources() if source.name != "police_street"))
    assert world.run().exit_code == 0
    assert not has_work(world.settings)
