"""A good register of published numbers and a bad one: typed rows, every sentence, every row not accepted."""

from datetime import date
from pathlib import Path

import makers
import pytest
import returns
from good_published_numbers import FILE, HEADINGS, good, row
from makers import counts_of, quarantine_of, rows_of

from cs_pipeline.intake.reading import Reading

AT = f'Published numbers, file "{FILE}", cell'
NAMES = ("indicator_code", "period_kind", "period_key", "ward_code", "printed", "printed_value", "unit")


def read(rows: list[list[str]], folder: Path) -> Reading:
    path = returns.save("published_numbers", {"": [HEADINGS, *rows]}, folder)
    return makers.read("published_numbers", path, folder)


def test_a_good_register_is_accepted_whole(tmp_path: Path) -> None:
    reading = read(good()[""][1:], tmp_path)
    assert (reading.sentences(), reading.as_at) == ([], date(2022, 8, 15))
    typed = rows_of(reading, "published_numbers")
    assert [tuple(each[name] for name in NAMES) for each in typed] == [
        ("ComS_011", "quarter", "2022-23-Q1", None, "1,044", 1044.0, "number"),
        ("ComS_011", "year to date", "2022-23-Q1", None, "1,044", 1044.0, "number"),
        ("ComS_011", "quarter", "2022-23-Q1", "E05010516", "61", 61.0, "number"),
        ("ComS_011", "quarter", "2022-23-Q1", "not placed", "12", 12.0, "number"),
        ("ComS_012d", "year", "2021-22", None, "75.3%", 75.3, "percent"),
        ("ComS_020", "odd period", "2019-10/2020-09", None, "103", 103.0, "number"),
        ("ComS_024", "quarter", "2022-23-Q1", None, "[c]", None, "percent"),
    ]
    assert typed[6]["printed_missing_reason"] == "suppressed"
    assert {(each["published_on"], each["pack_key"], each["cut_at"]) for each in typed} == {
        (date(2022, 8, 15), "quarterly-2022-23-Q1-members", "2022-08-14T03:00:12")
    }


def test_a_bad_register_is_told_cell_by_cell(tmp_path: Path) -> None:
    first = ("ComS_011", "quarter", "2022-23-Q1", "1,044")
    reading = read(
        [
            row(*first),
            row(*first[:3], "1,045", pack_key="quarterly-2022-23-Q1-cabinet", published_on="2022-08-16"),
            row("ComS_012d", "quarter", "2022-23-Q1", "n/a"),
            row("ComS_014d", "year", "2022-23-Q1", "5%"),
            row("ComS_013d", "quarter", "2021-22", "5%"),
            row("ComS_022", "quarter", "2022-23-Q1", "14", cut_at="2022-08-16T00:00:00"),
            row("ComS_023", "quarter", "2022-23-Q1", "14", cut_at="2022-08-41T00:00:00"),
            row("ComS_025", "quarter", "2022-23-Q1", "14", pack_key="Members' pack"),
            row("ComS_026", "quarter", "2022-23-Q1", "14", ward_code="Bramcote"),
            row("ComS_027", "quarter", "2022-23-Q1", "14"),
            row("ComS_027", "quarter", "2022-23-Q1", "14", unit="percent"),
        ],
        tmp_path,
    )
    key = "the key is that of a period of another kind. Write a quarter or a year to date as 2022-23-Q1, and a year as"
    cut = "the figures were not cut on or before the day on which they were published. Correct the day or the moment."
    same = (
        'the same "published_on", "pack_key", "indicator_code", "period_kind", "period_key", "ward_code" and "printed"'
    )
    assert sorted(reading.sentences()) == sorted(
        [
            f"{AT} A3 — the day is not the day in the file's name. Put the file back as it was written, under its own "
            "name.",
            f"{AT} G4 — neither a number nor the mark [c] stands where what was published is needed. Enter the number "
            "as it was printed, or [c] where it was hidden.",
            f"{AT}s D5, E5, D6, E6 — {key} 2022-23.",
            f"{AT}s A7, I7, A8, I8 — {cut}",
            f'{AT} B9 — "Members\' pack" where a text such as quarterly-2022-23-Q1-members is needed under "pack_key". '
            "Write it as in quarterly-2022-23-Q1-members.",
            f'{AT} F10 — something else where a text such as E05010516 is needed under "ward_code". Write it as in '
            "E05010516, or leave the cell blank.",
            f"{AT}s {', '.join([f'{c}11' for c in 'ABCDEFG'] + [f'{c}12' for c in 'ABCDE'])} and 2 more — {same} "
            "stand in more than one row, "
            "with different contents. Keep the row that is right and delete the others.",
        ]
    )
    assert counts_of(reading) == [("", 11, 1, 10, {})]
    assert len(quarantine_of(reading)) == 10


@pytest.mark.parametrize("day", ["2022-08-01", "2022-08-15", "2023-01-31"])
def test_the_day_in_its_name_is_that_day_also_where_a_month_begins(day: str, tmp_path: Path) -> None:
    """`2022-08-01` was read as the month of August, and so as its last day."""
    path = returns.save("published_numbers", {"": [HEADINGS, row("ComS_011", "year", "2021-22", "9")]}, tmp_path)
    path = path.rename(path.with_name(path.name.replace("2022-08-15", day)))
    assert makers.read("published_numbers", path, tmp_path).as_at == date.fromisoformat(day)
