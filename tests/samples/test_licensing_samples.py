"""Samples of Licensing's return: the committed ones are what the module writes, and their years add to the plan's.

They are read with openpyxl alone. What a figure counts is written out here anew, by the words that stand in the sheets.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from test_samples import assert_same_files, read_date

from cs_pipeline.samples.licensing import write_licensing
from cs_pipeline.samples.licensing_book import ALSO_CALLED
from cs_pipeline.words.periods import parse_period, year_of
from cs_pipeline.words.settings import PROJECT

FOLDER = PROJECT / "sources" / "licensing"
MEANT = {said: name for name, said in ALSO_CALLED.items()}
FIRST = ("Licence type", "Family", "Licences", "Family of licences")
CHANGED_ON = dt.date(2021, 7, 1)
ACTS = ("Licensing Act 2003 premises", "Licensing Act 2003 clubs")
TAXIS = (
    "Hackney carriage and private hire drivers",
    "Hackney carriage and private hire vehicles",
    "Private hire operators",
)
OTHERS = ("Street trading", "Scrap metal", "Other licences and permits")
NOT_STATUTORY = (*TAXIS, *OTHERS)

Key = tuple[str, str, str, str]  # family, activity, how prompted, month
Counted = Callable[[str, str, str], bool]


def inspected(*families: str, prompts: tuple[str, ...] = ("", "Pro-active", "Reactive")) -> Counted:
    return lambda family, activity, prompt: activity == "Inspected" and family in families and prompt in prompts


PRO_ACTIVE = ("Pro-active",)
PRINTED: dict[str, tuple[Counted, tuple[int, ...]]] = {
    "ComS_065": (lambda _, activity, __: activity in ("Issued", "Refused", "Notices dealt with"), (1385, 1012, 1058)),
    "ComS_066": (inspected(*ACTS), (42, 105, 49)),
    "ComS_067": (inspected("Gambling Act 2005"), (2, 0, 1)),
    "ComS_068": (inspected("Private hire operators", *OTHERS), (2, 0, 6)),
    "ComS_093a": (inspected(*ACTS, prompts=PRO_ACTIVE), (0, 0, 49)),
    "ComS_093b": (inspected(*TAXIS, prompts=PRO_ACTIVE), (0, 0, 21)),
    "ComS_093c": (inspected("Gambling Act 2005", prompts=PRO_ACTIVE), (0, 0, 1)),
    "ComS_093d": (inspected(*OTHERS, prompts=PRO_ACTIVE), (0, 0, 4)),
    "ComS_097": (inspected("Animal welfare", prompts=PRO_ACTIVE), (0, 0, 6)),
}
PRINTED_IN_TIME = (100, 99, 100)


@dataclass(frozen=True)
class Return:
    """A workbook: the day it was made, its quarter, its numbers by month, its stocks, and what it says of itself."""

    path: Path
    made_on: dt.date
    quarter: str
    counts: dict[Key, int]
    in_force: dict[tuple[str, str], int]
    says: set[str]


def read_return(path: Path) -> Return:
    book = load_workbook(path, read_only=True)
    notes, activity, stock = (list(sheet.values) for sheet in book.worksheets)
    names = book.sheetnames
    book.close()
    titles = [str(row[0]) for row in activity[:4]]
    assert titles == [str(row[0]) for row in stock[:4]]
    made_on = read_date(titles[1].removeprefix("Return made on "))
    old = ["Notes", "Licensing activity", "Licences in force"]
    assert names == (old if made_on < CHANGED_ON else ["Notes", "Monthly activity", "In force at 31 March"])
    says = {titles[3], str(notes[1][0]).rstrip(".")}
    return Return(path, made_on, titles[2], counts_of(activity), stocks_of(stock), says)


def below(rows: list[tuple[Any, ...]]) -> tuple[list[Any], list[list[Any]]]:
    """The headings, and the rows under them that are neither blank, nor a total, nor a note."""
    top = next(place for place, row in enumerate(rows) if row and row[0] in FIRST)
    kept = [list(row) for row in rows[top + 1 :] if row and row[0] and not str(row[0]).startswith(("Total", "Note"))]
    return [cell for cell in rows[top] if cell], kept


def counts_of(rows: list[tuple[Any, ...]]) -> dict[Key, int]:
    headings, kept = below(rows)
    n_names = 3 if headings[2] == "How prompted" else 2
    counts: dict[Key, int] = {}
    for row in kept:
        family, activity, prompt = (MEANT.get(said or "", said or "") for said in [*row[:n_names], ""][:3])
        values = row[n_names : len(headings)]
        for heading, value in zip(headings[n_names:-1], values, strict=False):
            period = parse_period(heading if isinstance(heading, str) else f"{heading:%Y-%m}")
            assert period
            assert value >= 0
            assert (family, activity, prompt, period.key) not in counts
            counts[family, activity, prompt, period.key] = value
        assert values[-1] == sum(values[:-1])
    return counts


def stocks_of(rows: list[tuple[Any, ...]]) -> dict[tuple[str, str], int]:
    headings, kept = below(rows)
    return {(MEANT.get(row[0], row[0]), day): n for row in kept for day, n in zip(headings[1:], row[1:], strict=False)}


@cache
def committed() -> tuple[Return, ...]:
    return tuple(sorted(map(read_return, FOLDER.glob("*.xlsx")), key=lambda one: one.made_on))


def latest(returns: tuple[Return, ...]) -> dict[Key, int]:
    return {key: n for one in returns for key, n in one.counts.items()}


def by_year(counts: dict[Key, int], counted: Counted) -> tuple[int, ...]:
    added = Counter[int]()
    for (family, activity, prompt, told), n in counts.items():
        period = parse_period(told)
        assert period
        added[year_of(period.first).first.year] += n if counted(family, activity, prompt) else 0
    return tuple(added[start] for start in (2019, 2020, 2021))


def issued(name: str) -> Counted:
    return lambda family, activity, _: activity == name and family in NOT_STATUTORY


def test_the_committed_returns_are_those_written_from_the_seed(tmp_path: Path) -> None:
    assert len(write_licensing(tmp_path)) == 16
    assert_same_files(tmp_path, FOLDER)


def test_the_years_are_those_that_the_plan_prints() -> None:
    counts = latest(committed())
    assert {code: by_year(counts, counted) for code, (counted, _) in PRINTED.items()} == {
        code: printed for code, (_, printed) in PRINTED.items()
    }
    in_time, of = (by_year(counts, issued(name)) for name in ("Issued within 14 days", "Issued"))
    assert tuple(round(100 * n / whole) for n, whole in zip(in_time, of, strict=True)) == PRINTED_IN_TIME


def test_every_return_tells_every_month_so_far_of_every_family_and_activity() -> None:
    for one in committed():
        months = {key[3] for key in one.counts}
        rows = {key[:3] for key in one.counts}
        is_old = one.made_on < CHANGED_ON
        assert len(months) == 3 * int(one.quarter[len("Quarter: Q")])
        assert len(one.counts) == len(months) * len(rows)
        assert len(rows) == 12 + 3 * 11 + 1 + 10 * (1 if is_old else 2)
        assert {prompt for _, activity, prompt in rows if activity == "Inspected"} == (
            {""} if is_old else {"Pro-active", "Reactive"}
        )


def test_the_rules_of_a_return_are_kept() -> None:
    for one in committed():
        for (family, activity, _, told), n in one.counts.items():
            period = parse_period(told)
            assert period
            assert period.last < one.made_on
            if activity == "Issued within 14 days":
                assert n <= one.counts[family, "Issued", "", told]


def test_later_returns_put_earlier_ones_right() -> None:
    told: dict[Any, int] = {}
    corrected = Counter[tuple[str, str]]()
    for one in committed():
        now = one.counts | {(family, "stock", "", day): n for (family, day), n in one.in_force.items()}
        corrected.update((key[0], key[1]) for key, n in now.items() if told.get(key, n) != n)
        told |= now
    vehicles = "Hackney carriage and private hire vehicles"
    assert corrected.keys() == {(ACTS[0], "Inspected"), (vehicles, "Inspected"), (vehicles, "stock")}
    assert (corrected[ACTS[0], "Inspected"], corrected[vehicles, "stock"]) == (2, 1)
    again = [one.path.stem for one in committed() if one.quarter == "Quarter: Q2 2021/22"]
    assert again == ["Licensing return 2021-22 Q2", "Licensing return 2021-22 Q2 corrected"]


def test_every_return_tells_every_end_of_a_year_that_is_over() -> None:
    for one in committed():
        days = [f"31 March {year}" for year in range(2019, 2023) if dt.date(year, 3, 31) < one.made_on]
        assert list(dict.fromkeys(day for _, day in one.in_force)) == days
        assert {family for family, _ in one.in_force} == {key[0] for key in one.counts} - {"Temporary event notices"}


def test_every_sheet_says_that_it_is_synthetic_and_2022_illustrative() -> None:
    for one in committed():
        kind = "Synthetic and illustrative sample" if "2022/23" in one.quarter else "Synthetic sample"
        assert one.says == {f"{kind}: no real licence, person or place"}


def test_a_larger_sample_adds_to_as_many_times_the_years(tmp_path: Path) -> None:
    counts = latest(tuple(sorted(map(read_return, write_licensing(tmp_path, 7, 2)), key=lambda one: one.made_on)))
    assert {code: by_year(counts, counted) for code, (counted, _) in PRINTED.items()} == {
        code: tuple(2 * n for n in printed) for code, (_, printed) in PRINTED.items()
    }
