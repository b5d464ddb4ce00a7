"""Samples of recorded crime and MARAC: the committed ones are what the modules write, and add to what the plan prints.

They are read with openpyxl alone; only the declared words come from the sources, since samples write out their own.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_samples import assert_same_files, read_date

from cs_pipeline.declare.source import Source
from cs_pipeline.samples.marac import write_marac
from cs_pipeline.samples.police_crime import write_police_crime
from cs_pipeline.sources import marac, police_crime
from cs_pipeline.words.settings import PROJECT

SOURCES = PROJECT / "sources"
BURGLARY, VEHICLES, ROBBERY = (police_crime.CRIMES[name] for name in ("burglary", "vehicle crime", "robbery"))
HATE, DOMESTIC_ABUSE = (("Hate crimes and incidents",), ("Domestic abuse crimes and incidents",))
# Offences, first month, last month, and what the plan prints for them.
PRINTED_CRIME = (
    (("All crime",), "2019-04", "2020-03", 7140),
    (("All crime",), "2020-04", "2021-03", 6180),
    (("All crime",), "2021-04", "2022-03", 6358),
    (BURGLARY, "2019-04", "2020-03", 845),
    (BURGLARY, "2020-04", "2021-03", 563),
    (BURGLARY, "2021-04", "2022-03", 291),
    (VEHICLES, "2021-04", "2022-03", 494),
    (ROBBERY, "2021-04", "2022-03", 44),
    (("Violence with injury",), "2021-04", "2022-03", 2191),
    (DOMESTIC_ABUSE, "2019-04", "2020-03", 749),
    (DOMESTIC_ABUSE, "2020-04", "2021-03", 786),
    (DOMESTIC_ABUSE, "2021-04", "2022-03", 789),
    (HATE, "2019-10", "2020-09", 103),
    (HATE, "2020-10", "2021-09", 93),
    (HATE, "2021-04", "2022-03", 99),
)
PRINTED_MARAC = {2019: (129, 18), 2020: (107, 27), 2021: (153, 27)}
PERSONAL = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Dr)\b|@|(?:\d[ -]?){7,}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2,}[-/]\d"
    r"|\b\d+ \w+ (Street|Road|Lane|Close|Avenue|Drive)\b"
)


@dataclass(frozen=True)
class Sheet:
    """The data sheet of one workbook: its title lines, its headings, and its rows as (place, texts)."""

    file_name: str
    name: str
    titles: list[str]
    headings: list[Any]
    rows: list[tuple[Any, ...]]
    notes: list[str]

    @property
    def says_on(self) -> dt.date:
        return next(read_date(text[-10:]) for text in self.titles if re.search(r" on \d\d/\d\d/\d{4}$", text))

    @property
    def records(self) -> list[dict[Any, Any]]:
        return [dict(zip(self.headings, row, strict=True)) for row in self.rows]


def read_sheets(folder: Path, last_heading: str) -> list[Sheet]:
    """Every workbook of a folder, in the order of the day it speaks for; its headings end as `last_heading` says."""
    sheets = []
    for path in folder.glob("*.xlsx"):
        book = load_workbook(path, read_only=True)
        notes, data = book.worksheets
        rows = list(data.values)
        top = next(place for place, row in enumerate(rows) if re.fullmatch(last_heading, str(row[-1])))
        titles = [str(row[0]) for row in rows[:top] if row[0]]
        told = [str(row[0]) for row in notes.values]
        sheets.append(Sheet(path.name, data.title, titles, list(rows[top]), rows[top + 1 :], told))
        book.close()
    return sorted(sheets, key=lambda sheet: sheet.says_on)


def read_crime(folder: Path) -> list[Sheet]:
    return read_sheets(folder, "Total|Year to date")


def read_marac(folder: Path) -> list[Sheet]:
    return read_sheets(folder, r"(Perpetrators|Persons causing harm) aged 17 or under")


@pytest.fixture(scope="module")
def crime() -> list[Sheet]:
    return read_crime(SOURCES / "police_crime")


@pytest.fixture(scope="module")
def returns() -> list[Sheet]:
    return read_marac(SOURCES / "marac")


# ---------- recorded crime


def month_of(heading: Any) -> str | None:
    if isinstance(heading, dt.datetime):
        return f"{heading:%Y-%m}"
    found = re.fullmatch(r"([A-Z][a-z]{2})[a-z]* (\d{4})", heading)
    return f"{dt.datetime.strptime(' '.join(found.groups()), '%b %Y'):%Y-%m}" if found else None  # noqa: DTZ007


def counts_of(sheet: Sheet) -> dict[tuple[str, str], int]:
    """(offence as declared, month) -> recorded, and under the month `total` what the sheet adds them to."""
    spellings = {name: name for name in police_crime.OFFENCES} | column_of(police_crime.SOURCE, "offence_name").aliases
    place = 0 if sheet.headings[0] == "Offence" else 1
    others = [row for row in sheet.rows if row[place] not in spellings and any(row)]
    assert all(re.match("Source: |Note: ", row[0]) for row in others)
    return {
        (spellings[row[place]], month_of(heading) or "total"): number
        for row in sheet.rows
        if row[place] in spellings
        for heading, number in list(zip(sheet.headings, row, strict=True))[place + 1 :]
    }


def latest_of(sheets: list[Sheet]) -> dict[tuple[str, str], int]:
    return {cell: number for sheet in sheets for cell, number in counts_of(sheet).items()}


def column_of(source: Source, name: str) -> Any:
    return next(column for column in source.tables[0].columns if column.name == name)


def add(counts: dict[tuple[str, str], int], offences: tuple[str, ...], first: str, last: str) -> int:
    return sum(n for (offence, month), n in counts.items() if offence in offences and first <= month <= last)


def test_the_crime_extracts_are_those_written_from_the_seed(tmp_path: Path) -> None:
    write_police_crime(tmp_path)
    assert_same_files(tmp_path, SOURCES / "police_crime")


def test_the_latest_counts_of_crime_add_to_the_figures_the_plan_prints(crime: list[Sheet]) -> None:
    latest = latest_of(crime)
    assert [add(latest, *printed[:3]) for printed in PRINTED_CRIME] == [printed[3] for printed in PRINTED_CRIME]


def test_without_the_year_end_extracts_no_printed_figure_of_crime_comes_out(crime: list[Sheet]) -> None:
    earlier = latest_of([sheet for sheet in crime if "year end" not in sheet.file_name])
    assert not [printed for printed in PRINTED_CRIME if add(earlier, *printed[:3]) == printed[3]]


def test_a_later_extract_of_the_same_year_tells_a_handful_of_counts_differently(crime: list[Sheet]) -> None:
    n_pairs = 0
    for before, after in pairwise(crime):
        first, then = counts_of(before), counts_of(after)
        shared = [cell for cell in first.keys() & then.keys() if cell[0] != "All crime" and cell[1] != "total"]
        if shared:
            n_pairs += 1
            assert 2 <= sum(first[cell] != then[cell] for cell in shared) <= 10, after.file_name
    assert n_pairs == 14


def test_all_crime_is_the_sum_of_its_offences_and_the_last_column_that_of_its_months(crime: list[Sheet]) -> None:
    added = [offence for listed in police_crime.CRIMES.values() for offence in listed]
    assert len(added) == 20
    for sheet in crime:
        counts = counts_of(sheet)
        months = sorted({month for _, month in counts} - {"total"})
        assert {offence for offence, _ in counts} == set(police_crime.OFFENCES)
        for month in [*months, "total"]:
            assert counts["All crime", month] == sum(counts[offence, month] for offence in added)
        for offence in police_crime.OFFENCES:
            assert counts[offence, "total"] == sum(counts[offence, month] for month in months)


def test_an_extract_holds_its_financial_year_to_date_and_no_month_that_was_not_over(crime: list[Sheet]) -> None:
    assert len(crime) == 18
    for sheet in crime:
        start, name = re.fullmatch(
            r"Recorded crime Broxtowe (\d{4})-\d\d (Q\d|year end)\.xlsx", sheet.file_name
        ).groups()
        months = [month for month in map(month_of, sheet.headings[1:]) if month]
        assert months == [
            f"{int(start) + n // 9}-{(n + 3) % 12 + 1:02d}"
            for n in range(12 if name == "year end" else 3 * int(name[1]))
        ]
        assert months[-1] < f"{sheet.says_on:%Y-%m}"


def test_an_extract_is_laid_out_and_titled_as_declared(crime: list[Sheet]) -> None:
    table = police_crime.SOURCE.tables[0]
    for sheet in crime:
        layout = table.layout_at(sheet.says_on)
        offence = layout.headings_of(column_of(police_crime.SOURCE, "offence_name"))[0]
        before = [] if offence == "Offence" else ["Home Office class"]
        assert sheet.name == layout.sheets
        assert sheet.headings[: len(before) + 1] == [*before, offence]
        assert set(before) | {sheet.headings[-1]} <= set(table.not_stored)
        query = re.fullmatch(column_of(police_crime.SOURCE, "extract_query").found_by, sheet.titles[2])
        assert query
        assert re.fullmatch(column_of(police_crime.SOURCE, "extract_query").pattern, query[1])
        assert f"counting rules {sheet.file_name.split(' ')[3].replace('-', '/')}" in query[1]
        assert all(re.fullmatch(table.cells.heading, heading_text(h)) for h in sheet.headings[len(before) + 1 : -1])
    assert sum("date committed" in sheet.titles[2] for sheet in crime) == 1


def heading_text(heading: Any) -> str:
    return f"{heading:%Y-%m-%d}" if isinstance(heading, dt.datetime) else heading


def test_three_times_the_crime_adds_to_three_times_the_figures(tmp_path: Path) -> None:
    write_police_crime(tmp_path, scale=3)
    latest = latest_of(read_crime(tmp_path))
    assert [add(latest, *printed[:3]) for printed in PRINTED_CRIME] == [3 * printed[3] for printed in PRINTED_CRIME]


# ---------- MARAC


def meetings_of(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of meetings with the declared names of their columns; totals, notes and blank rows are left out."""
    layout = marac.SOURCE.tables[0].layout_at(sheet.says_on)
    names = {h: column.name for column in marac.SOURCE.tables[0].columns for h in layout.headings_of(column)}
    area = column_of(marac.SOURCE, "marac_area")
    rows = []
    for record in sheet.records:
        row = {names[heading]: value for heading, value in record.items()}
        if row["marac_area"] and row["meeting_on"] != "Total":
            row["meeting_on"] = read_date(row["meeting_on"])
            row["marac_area"] = area.aliases.get(row["marac_area"], row["marac_area"])
            rows.append(row)
    return rows


def broxtowe_by_year(sheets: list[Sheet]) -> dict[int, tuple[int, int]]:
    """Cases and repeats by the calendar year a financial year starts in; a later return replaces its quarter."""
    latest = {sheet.titles[1]: meetings_of(sheet) for sheet in sheets}
    cases, repeats = Counter[int](), Counter[int]()
    for row in (row for rows in latest.values() for row in rows if row["marac_area"] == "Broxtowe"):
        year = row["meeting_on"].year - (row["meeting_on"].month < 4)
        cases[year] += row["n_cases"]
        repeats[year] += row["n_repeats"]
    return {year: (cases[year], repeats[year]) for year in PRINTED_MARAC}


def test_the_marac_returns_are_those_written_from_the_seed(tmp_path: Path) -> None:
    write_marac(tmp_path)
    assert_same_files(tmp_path, SOURCES / "marac")


def test_broxtowes_cases_and_repeats_add_to_the_figures_the_plan_prints(returns: list[Sheet]) -> None:
    assert broxtowe_by_year(returns) == PRINTED_MARAC


def test_without_the_revised_returns_their_years_add_to_other_figures(returns: list[Sheet]) -> None:
    first = broxtowe_by_year([sheet for sheet in returns if "revised" not in sheet.file_name])
    assert first[2019] == PRINTED_MARAC[2019]
    assert all(
        n != printed for year in (2020, 2021) for n, printed in zip(first[year], PRINTED_MARAC[year], strict=True)
    )


def test_a_revised_return_restates_every_meeting_of_its_quarter(returns: list[Sheet]) -> None:
    by_name = {sheet.file_name: sheet for sheet in returns}
    revised = [name for name in by_name if "revised" in name]
    assert revised == ["MARAC return 2020-21 Q2 revised.xlsx", "MARAC return 2021-22 Q4 revised.xlsx"]
    for name in revised:
        first, then = by_name[name.replace(" revised", "")], by_name[name]
        keys = [{(row["meeting_on"], row["marac_area"]) for row in meetings_of(sheet)} for sheet in (first, then)]
        assert keys[0] == keys[1]
        assert first.says_on < then.says_on


def test_every_row_of_a_return_keeps_the_declared_rules(returns: list[Sheet]) -> None:
    for sheet in returns:
        rows = {(row["meeting_on"], row["marac_area"]): row for row in meetings_of(sheet)}
        assert len(rows) == len(meetings_of(sheet))
        assert len(rows) in (12, 14)
        for (day, area), row in rows.items():
            numbers = {name: value for name, value in row.items() if name.startswith("n_")}
            assert len(numbers) == 23
            assert all(type(value) is int and value >= 0 for value in numbers.values())
            assert sum(row[f"n_referred_by_{agency}"] for agency in marac.AGENCIES) == row["n_cases"]
            assert max(row["n_repeats"], *(row[group] for group in marac.SUBGROUPS)) <= row["n_cases"]
            whole = rows[day, "South Nottinghamshire"]
            assert area in ("Broxtowe", "South Nottinghamshire")
            assert all(value <= whole[name] for name, value in numbers.items())


def test_a_return_is_made_three_to_four_weeks_after_its_quarter_and_holds_only_its_meetings(
    returns: list[Sheet],
) -> None:
    assert len(returns) == 17
    for sheet in returns:
        assert sheet.name == "MARAC data"
        number, start = re.fullmatch(r"Quarter: Q([1-4]) (\d{4})/\d\d", sheet.titles[1]).groups()
        months = [(int(start) + (int(number) > 3), 3 * int(number) % 12 + n) for n in (1, 2, 3)]
        assert {(row["meeting_on"].year, row["meeting_on"].month) for row in meetings_of(sheet)} <= set(months)
        assert f"{start}-{(int(start) + 1) % 100} Q{number}" in sheet.file_name
        end = dt.date(months[2][0], months[2][1], 28)
        if "revised" not in sheet.file_name:
            assert dt.timedelta(21) < sheet.says_on - end <= dt.timedelta(31)


def test_nothing_in_a_return_looks_like_a_person(returns: list[Sheet]) -> None:
    for sheet in returns:
        for text in (*sheet.titles, *sheet.notes, *sheet.headings, *(cell for row in sheet.rows for cell in row)):
            assert not (isinstance(text, str) and PERSONAL.search(text)), sheet.file_name


def test_three_times_the_cases_add_to_three_times_the_figures(tmp_path: Path) -> None:
    write_marac(tmp_path, scale=3)
    tripled = {year: (3 * cases, 3 * repeats) for year, (cases, repeats) in PRINTED_MARAC.items()}
    assert broxtowe_by_year(read_marac(tmp_path)) == tripled


# ---------- both


def test_every_sheet_says_it_is_synthetic(crime: list[Sheet], returns: list[Sheet]) -> None:
    for sheets, what in ((crime, "crime"), (returns, "case")):
        for sheet in sheets:
            kind = "Synthetic and illustrative sample" if " 2022-23 " in sheet.file_name else "Synthetic sample"
            said = f"{kind}: no real {what}, person or place"
            assert said in sheet.titles
            assert f"{said}." in sheet.notes
