"""The case lists, the panel's agendas and the enforcement registers: what is committed adds to what the plan prints.

Read with openpyxl and counted with pandas alone, so that neither the generators nor the pipeline's reader is believed.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pandas import DateOffset, Timestamp
from test_samples import assert_same_files, read_date

from cs_pipeline.declare.columns import plain
from cs_pipeline.declare.source import Source
from cs_pipeline.samples import case_lists
from cs_pipeline.samples.asb_panel import write_asb_panel
from cs_pipeline.samples.case_lists_plan import plan_cohorts
from cs_pipeline.samples.enforcement_register import write_enforcement_register
from cs_pipeline.samples.reference import list_wards
from cs_pipeline.sources import (
    asb_panel,
    communities_cases,
    enforcement_register,
    environmental_health_cases,
    housing_cases,
)
from cs_pipeline.words.periods import Period, quarter, year, year_of

SOURCES = Path(__file__).resolve().parents[2] / "sources"
WRITERS: dict[str, Callable[..., list[Path]]] = {
    "environmental_health_cases": case_lists.write_environmental_health_cases,
    "housing_cases": case_lists.write_housing_cases,
    "communities_cases": case_lists.write_communities_cases,
    "asb_panel": write_asb_panel,
    "enforcement_register": write_enforcement_register,
}
DECLARED: dict[str, Source] = {
    module.SOURCE.name: module.SOURCE
    for module in (environmental_health_cases, housing_cases, communities_cases, asb_panel, enforcement_register)
}
# By the year it starts in: received, closed in under 3 months, in 3 to 6, after more or open for more at 31 March.
CASES = {
    "environmental_health_cases": {2019: (386, 316, 31, 25), 2020: (561, 399, 42, 23), 2021: (433, 343, 40, 33)},
    "housing_cases": {2019: (126, 107, 22, 9), 2020: (118, 92, 19, 7), 2021: (84, 73, 18, 10)},
    "communities_cases": {2019: (22, 17, 2, 0), 2020: (67, 68, 3, 0), 2021: (46, 36, 18, 1)},
}
# On the agenda at any time, removed within 3 months, within 3 to 6, after more or on it for more at 31 March.
PANEL = {2019: (14, 6, 0, 8), 2020: (13, 1, 6, 4), 2021: (21, 4, 9, 4)}
REGISTER = {
    ("Acceptable Behaviour Contract", "Council"): (1, 0, 0),
    ("Injunction", "Council"): (2, 1, 1),
    ("Community Protection Notice warning letter", "Council"): (10, 30, 13),
    ("Community Protection Notice warning letter", "Police"): (5, 17, 12),
    ("Community Protection Notice", "Council"): (3, 6, 5),
    ("Community Protection Notice", "Police"): (1, 4, 2),
    ("Community Trigger request", "Council"): (2, 5, 3),
    ("Public Spaces Protection Order", "Council"): (1, 10, 0),
}
N_FILES = dict(zip(WRITERS, (18, 17, 16, 16, 15), strict=True))
EVERY_SOURCE = pytest.mark.parametrize("name", list(WRITERS))
EVERY_LIST = pytest.mark.parametrize("name", list(CASES))

Row = dict[str, Any]


@dataclass(frozen=True)
class Delivery:
    """A workbook: the day it speaks for, its quarter, its sheets as they are and its rows under the declared names."""

    path: Path
    as_at: dt.date
    period: Period
    sheets: dict[str, list[tuple[Any, ...]]]
    rows: list[Row]


# ---------------------------------------------------------------- reading and counting


@cache
def read_folder(folder: Path) -> list[Delivery]:
    """The deliveries of one source by the day they speak for."""
    return sorted((read_book(path, DECLARED[folder.name]) for path in folder.glob("*")), key=lambda one: one.as_at)


def committed(name: str) -> list[Delivery]:
    return read_folder(SOURCES / name)


def read_book(path: Path, source: Source) -> Delivery:
    book = load_workbook(path, read_only=True)
    sheets = {sheet.title: list(sheet.values) for sheet in book.worksheets}
    book.close()
    (as_at,) = {
        found[1]
        for rows in sheets.values()
        for row in rows[:4]
        if (found := re.search(source.as_at.found_by, str(row[0])))
    }
    called = re.search(r" (\d{4})-\d\d (?:Q([1-4])|year end)(?: corrected)?\.xlsx$", path.name)
    assert called
    rows = [row for sheet, values in sheets.items() if sheet != "Notes" for row in read_rows(sheet, values, source)]
    return Delivery(path, read_date(as_at), quarter(int(called[1]), int(called[2] or 4)), sheets, rows)


def read_rows(sheet: str, values: list[tuple[Any, ...]], source: Source) -> Iterator[Row]:
    """What stands between the headings and the total, days read; KeyError for a heading that is not declared."""
    named = {plain(text): column for column in source.tables[0].columns for text in column.headings}
    top = next(place for place, row in enumerate(values) if plain(str(row[0])) in named)
    columns = [named[plain(heading)] for heading in values[top]]
    for row in values[top + 1 :]:
        if row[0] in (None, "Total", "None in the quarter"):
            continue
        cells = dict(zip((column.name for column in columns), row, strict=True))
        days = {
            column.name: cells[column.name] and read_date(cells[column.name])
            for column in columns
            if column.kind == "date"
        }
        yield cells | days | {"sheet": sheet}


def latest_cases(deliveries: list[Delivery]) -> list[Row]:
    return list({row["case_key"]: row for delivery in deliveries for row in delivery.rows}.values())


def latest_stays(deliveries: list[Delivery]) -> list[Row]:
    rows = (row for delivery in deliveries for row in delivery.rows)
    return list({(row["panel_person_key"], row["first_discussed_on"]): row for row in rows}.values())


def count_bands(spans: list[tuple[dt.date, dt.date | None]], start: int) -> tuple[int, int, int]:
    ends, bands = dt.date(start + 1, 3, 31), Counter[str]()
    for first, last in spans:
        three, six = ((Timestamp(first) + DateOffset(months=months)).date() for months in (3, 6))
        if last and dt.date(start, 4, 1) <= last <= ends:
            bands["short" if last < three else "middle" if last <= six else "long"] += 1
        elif first <= ends and not (last and last <= ends) and six < ends:
            bands["long"] += 1
    return bands["short"], bands["middle"], bands["long"]


def count_cases(deliveries: list[Delivery]) -> dict[int, tuple[int, ...]]:
    cases = latest_cases(deliveries)
    spans = [(case["received_on"], case["closed_on"]) for case in cases]
    received = Counter(year_of(first).first.year for first, _ in spans)
    return {start: (received[start], *count_bands(spans, start)) for start in (2019, 2020, 2021)}


def count_panel(deliveries: list[Delivery]) -> dict[int, tuple[int, ...]]:
    stays = latest_stays(deliveries)
    days = [(row["first_discussed_on"], row["removed_on"]) for row in stays]
    counts = {}
    for start in (2019, 2020, 2021):
        individuals = {
            row["panel_person_key"]
            for row in stays
            if row["first_discussed_on"] <= year(start).last
            and (row["removed_on"] is None or row["removed_on"] >= year(start).first)
        }
        counts[start] = (len(individuals), *count_bands(days, start))
    return counts


def count_register(deliveries: list[Delivery]) -> dict[tuple[str, str], tuple[int, ...]]:
    """By the latest register that holds the tab of a quarter; its words as declared."""
    latest = {sheet: delivery for delivery in deliveries for sheet in delivery.sheets if sheet != "Notes"}
    rows = [row for sheet, delivery in latest.items() for row in delivery.rows if row["sheet"] == sheet]
    columns = {column.name: column for column in DECLARED["enforcement_register"].tables[0].columns}
    counts = Counter(
        (
            *(columns[name].read(row[name])[0] for name in ("enforcement_type", "issued_by")),
            year_of(row["issued_on"]).first.year,
        )
        for row in rows
    )
    return {
        (kind, issuer): tuple(counts[kind, issuer, start] for start in (2019, 2020, 2021)) for kind, issuer, _ in counts
    }


def threefold(counts: dict[Any, tuple[int, ...]]) -> dict[Any, tuple[int, ...]]:
    return {key: tuple(3 * number for number in numbers) for key, numbers in counts.items()}


# ---------------------------------------------------------------- what is committed


@EVERY_SOURCE
def test_the_deliveries_are_those_written_from_the_seed(name: str, tmp_path: Path) -> None:
    paths = WRITERS[name](tmp_path)
    assert_same_files(tmp_path, SOURCES / name)
    assert [path.name for path in paths] == [delivery.path.name for delivery in committed(name)]
    assert len(paths) == N_FILES[name]


@EVERY_LIST
def test_the_cases_of_each_year_add_to_what_the_plan_prints(name: str) -> None:
    assert count_cases(committed(name)) == CASES[name]


def test_the_panel_holds_as_many_individuals_as_the_plan_prints() -> None:
    assert count_panel(committed("asb_panel")) == PANEL


def test_the_register_adds_to_what_the_plan_prints() -> None:
    assert count_register(committed("enforcement_register")) == REGISTER


@pytest.mark.proof
def test_a_scale_of_three_triples_every_total(tmp_path: Path) -> None:
    for name, write in WRITERS.items():
        write(tmp_path / name, scale=3)
    for name, counts in CASES.items():
        assert count_cases(read_folder(tmp_path / name)) == threefold(counts)
    assert count_panel(read_folder(tmp_path / "asb_panel")) == threefold(PANEL)
    assert count_register(read_folder(tmp_path / "enforcement_register")) == threefold(REGISTER)


def test_another_seed_gives_other_cases_and_the_same_totals(tmp_path: Path) -> None:
    case_lists.write_communities_cases(tmp_path / "communities_cases", seed=7)
    others = read_folder(tmp_path / "communities_cases")
    assert latest_cases(others) != latest_cases(committed("communities_cases"))
    assert count_cases(others) == CASES["communities_cases"]


def test_a_year_that_cannot_add_up_is_not_planned() -> None:
    first, *rest = case_lists.COMMUNITIES.years
    short = replace(case_lists.COMMUNITIES, years=(replace(first, received=6), *rest))
    with pytest.raises(ValueError, match="2019 cannot add to"):
        list(plan_cohorts(short))


# ---------------------------------------------------------------- what every row keeps


@EVERY_SOURCE
def test_every_row_keeps_what_its_column_declares(name: str) -> None:
    wards = {plain(ward) for ward in list_wards("2016")}
    for delivery in committed(name):
        for row in delivery.rows:
            for column in DECLARED[name].tables[0].columns:
                value = row.get(column.name)
                if value is None:
                    assert not column.required or column.place == "sheet name"
                elif column.looked_up_in:
                    assert plain(value) in wards | {plain(alias) for alias in column.aliases}
                else:
                    assert column.read(str(value)), f"{delivery.path.name}: {value}"


@EVERY_SOURCE
def test_no_day_is_after_the_quarter_and_the_days_are_in_order(name: str) -> None:
    for delivery in committed(name):
        assert 0 < (delivery.as_at - delivery.period.last).days < (60 if "corrected" in delivery.path.name else 14)
        for row in delivery.rows:
            days = {key: value for key, value in row.items() if key.endswith("_on") and value}
            assert max(days.values()) <= delivery.period.last
            first = days.get("received_on") or days.get("first_discussed_on") or days["issued_on"]
            assert min(days.values()) == first


@EVERY_SOURCE
def test_sheets_are_declared_and_their_totals_count_the_rows_above(name: str) -> None:
    (layout,) = DECLARED[name].tables[0].layouts
    for delivery in committed(name):
        assert all(re.fullmatch(layout.sheets, sheet) for sheet in delivery.sheets if sheet != "Notes")
        assert "Notes" in delivery.sheets
        for sheet, values in delivery.sheets.items():
            head = " ".join(str(row[0]) for row in values[:3])
            kind = "Synthetic and illustrative sample" if delivery.period.key > "2022" else "Synthetic sample"
            assert f"{kind}: no real case, person or place" in head
            listed = sum(row["sheet"] == sheet for row in delivery.rows)
            if sheet != "Notes":
                assert values[-1][:2] == (("Total", listed) if listed else ("None in the quarter", None))


@EVERY_SOURCE
def test_nothing_looks_like_a_telephone_number_or_a_postcode(name: str) -> None:
    for delivery in committed(name):
        texts = [str(cell) for values in delivery.sheets.values() for row in values for cell in row if cell]
        assert not [text for text in texts if re.search(r"\d{7}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", text)]


# ---------------------------------------------------------------- the case lists


@EVERY_LIST
def test_an_open_case_stands_on_the_next_list_and_only_those_due_do(name: str) -> None:
    """Open when the quarter began, received in it, or opened again in it; on a first list, some that come late."""
    deliveries = [one for one in committed(name) if not has_correction(one, committed(name))]
    for before, delivery in pairwise(deliveries):
        still_open = {row["case_key"] for row in before.rows if not row["closed_on"]}
        keys = [row["case_key"] for row in delivery.rows]
        assert len(keys) == len(set(keys))
        assert still_open <= set(keys)
        for row in delivery.rows:
            came = row["received_on"] >= delivery.period.first
            came_again = row.get("reopened_on") and row["reopened_on"] >= delivery.period.first
            assert came or came_again or row["case_key"] in still_open


def has_correction(delivery: Delivery, deliveries: list[Delivery]) -> bool:
    return any(one.period == delivery.period and one.as_at > delivery.as_at for one in deliveries)


def test_corrected_lists_change_closings_types_and_what_was_received() -> None:
    n_corrected = 0
    for name in CASES:
        for delivery in committed(name):
            if has_correction(delivery, committed(name)):
                again = next(
                    one for one in committed(name) if "corrected" in one.path.name and one.period == delivery.period
                )
                first, right = ({row["case_key"]: row for row in one.rows} for one in (delivery, again))
                both = first.keys() & right.keys()
                assert first.keys() < right.keys()
                assert any(first[key]["closed_on"] != right[key]["closed_on"] for key in both)
                assert any(first[key]["case_type"] != right[key]["case_type"] for key in both)
                n_corrected += 1
    assert n_corrected == 3


@pytest.mark.parametrize("name", ["environmental_health_cases", "housing_cases"])
def test_without_its_corrected_lists_a_service_adds_to_other_figures(name: str) -> None:
    assert count_cases([one for one in committed(name) if "corrected" not in one.path.name]) != CASES[name]


@EVERY_LIST
def test_a_few_cases_are_opened_again_and_were_closed_on_an_earlier_list(name: str) -> None:
    again = {row["case_key"]: row for row in latest_cases(committed(name)) if row.get("reopened_on")}
    assert 2 <= len(again) <= 5
    for key, row in again.items():
        shown = [one for delivery in committed(name) for one in delivery.rows if one["case_key"] == key]
        earlier = [one["closed_on"] for one in shown if not one.get("reopened_on") and one["closed_on"]]
        assert earlier
        assert all(closed < row["reopened_on"] for closed in earlier)


def test_a_case_that_was_opened_again_also_stands_as_open() -> None:
    rows = [row for name in CASES for delivery in committed(name) for row in delivery.rows]
    assert any(row.get("reopened_on") and not row["closed_on"] for row in rows)


@EVERY_LIST
def test_days_are_typed_in_three_ways_and_some_cells_are_blank(name: str) -> None:
    kinds = Counter(
        type(cell)
        for delivery in committed(name)
        for sheet, values in delivery.sheets.items()
        if sheet != "Notes"
        for row in values
        for cell in row[1:2]
        if row[0] != "Total"
    )
    assert min(kinds[dt.datetime], kinds[str], kinds[int]) > 5
    rows = [row for delivery in committed(name) for row in delivery.rows]
    assert all(any(row[column] is None for row in rows) for column in ("case_type", "ward_name"))
    assert any("and" in (row["ward_name"] or "").split() for row in rows)


def test_housing_keeps_open_and_closed_cases_apart() -> None:
    for delivery in committed("housing_cases"):
        assert {(row["sheet"], row["closed_on"] is None) for row in delivery.rows} == {
            ("Open cases", True),
            ("Closed cases", False),
        }


# ---------------------------------------------------------------- the panel and the register


def test_one_individual_comes_back_to_the_panel_under_the_same_reference() -> None:
    stays = Counter(row["panel_person_key"] for row in latest_stays(committed("asb_panel")))
    (back,) = [key for key, count in stays.items() if count > 1]
    last = committed("asb_panel")[-1]
    first, second = [row for row in last.rows if row["panel_person_key"] == back]
    assert first["removed_on"] < second["first_discussed_on"]


def test_an_agenda_lists_everybody_on_it_in_the_quarter() -> None:
    deliveries = committed("asb_panel")
    for delivery in deliveries:
        on = {
            (row["panel_person_key"], row["first_discussed_on"])
            for row in latest_stays(deliveries)
            if row["first_discussed_on"] <= delivery.period.last
            and (row["removed_on"] is None or row["removed_on"] >= delivery.period.first)
        }
        assert {(row["panel_person_key"], row["first_discussed_on"]) for row in delivery.rows} == on


def test_a_register_holds_its_years_quarters_and_each_entry_stands_in_its_own() -> None:
    for delivery in committed("enforcement_register"):
        name, number = delivery.period.key.rsplit("-Q", 1)
        assert [*delivery.sheets] == ["Notes", *(f"Q{place} {name}" for place in range(1, int(number) + 1))]
        for row in delivery.rows:
            of = quarter(int(row["sheet"][3:7]), int(row["sheet"][1]))
            assert of.first <= row["issued_on"] <= of.last


def test_later_registers_correct_two_tabs_and_one_quarter_stays_without_entries() -> None:
    told: dict[str, list[list[Row]]] = {}
    for delivery in committed("enforcement_register"):
        for sheet in delivery.sheets:
            told.setdefault(sheet, []).append([row for row in delivery.rows if row["sheet"] == sheet])
    corrected = {sheet for sheet, versions in told.items() if any(rows != versions[-1] for rows in versions)}
    assert corrected == {"Q1 2019-20", "Q1 2020-21", "Q2 2021-22"}
    assert {sheet for sheet, versions in told.items() if not versions[-1]} == {"Notes", "Q2 2022-23"}


def test_the_ten_orders_are_of_one_day_in_november_2020() -> None:
    orders = {
        row["issued_on"]
        for delivery in committed("enforcement_register")
        for row in delivery.rows
        if row["enforcement_type"] in ("PSPO", "Public Spaces Protection Order")
        and delivery.period.key.startswith("2020")
    }
    assert orders == {dt.date(2020, 11, 16)}
