"""`cs report`, and the packs that a run writes by itself: where they are, and what a person is told."""

import json
from pathlib import Path

import pytest
from conftest import run_cs


def test_a_run_writes_the_last_quarter_the_last_outturn_and_the_plan_and_says_where(committed: Path) -> None:
    told = (committed / "told.txt").read_text().splitlines()
    assert f"Packs for meetings, as workbook, page, document and flat files: {committed / 'reports'}" in told
    for folder, kind, n_files in (
        ("2022-23-Q3", "quarterly", 28), ("2021-22", "outturn", 4), ("business-plan-2023-26", "business-plan", 4),
    ):  # fmt: skip
        assert f"  {folder}: {kind}, {n_files} files written" in told
        written = list((committed / "reports" / folder).iterdir())
        assert len(written) == n_files
        assert not [path for path in written if path.name.startswith(".")]
    names = {path.suffix for path in (committed / "reports" / "2021-22").iterdir()}
    assert names == {".xlsx", ".html", ".docx", ""}


def test_a_second_run_has_no_pack_to_write(committed: Path) -> None:
    known = json.loads((committed / "reports" / ".made.json").read_text())
    assert known["publication"] == (committed / "published" / "community_safety.duckdb").resolve().name
    assert set(known["packs"]) == {"quarterly 2022-23-Q3", "outturn 2021-22", "business-plan 2023-26"}
    done = run_cs("run", "--warehouse", str(committed), CS_MAKES_PACKS="yes")
    assert "Nothing new" in done.stdout


def test_one_pack_in_one_form_goes_where_it_is_asked_for(committed: Path, tmp_path: Path) -> None:
    done = run_cs("report", "quarterly", "2021-22-Q3", "--for", "members", "--form", "html", "--to", str(tmp_path),
                  "--warehouse", str(committed))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["quarterly-2021-22-Q3-members.html"]
    assert done.stdout.splitlines()[:2] == [f"Writing 1 pack to {tmp_path}", "  quarterly-2021-22-Q3-members.html"]
    assert "For use inside the council only" in done.stdout


def test_an_outturn_shows_as_many_earlier_years_as_asked(committed: Path, tmp_path: Path) -> None:
    for n in ("0", "1"):
        run_cs("report", "outturn", "2021-22", "--earlier-years", n, "--form", "csv", "--to", str(tmp_path / n),
               "--warehouse", str(committed))  # fmt: skip
    heads = [(tmp_path / n / "outturn-2021-22" / "kpi.csv").read_text("utf-8-sig").splitlines()[0] for n in ("0", "1")]
    assert ["value_2020_21," in head for head in heads] == [False, True]


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (("quarterly", "2021-22"), 2, '"2021-22" is no financial quarter. Write it as 2021-22-Q3.'),
        (("outturn", "2021-22-Q3"), 2, '"2021-22-Q3" is no financial year. Write it as 2021-22.'),
        (("outturn", "2010-11"), 2, '"2010-11" is no financial year. Write it as 2021-22.'),
        (("quarterly", "2010-11-Q1"), 2, "No figure of 2010/11 Q1 has been published."),
        (("business-plan", "2019-22"), 2, 'There is no edition "2019-22" of the Business Plan on record.'),
        (
            ("quarterly", "2021-22-Q3", "--service", "Parks"),
            2,
            '"Parks" is no service that has indicators. Give one of',
        ),
        (("outturn", "2021-22", "--for", "gmt"), 3, "only quarterly packs are made for an audience."),
    ],
)
def test_what_cannot_be_made_is_said_in_two_sentences(
    committed: Path, asked: tuple[str, ...], code: int, told: str
) -> None:
    done = run_cs("report", *asked, "--warehouse", str(committed))
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_before_the_first_publication_there_is_nothing_to_report(tmp_path: Path) -> None:
    done = run_cs("report", "outturn", "2021-22", "--warehouse", str(tmp_path))
    assert (done.returncode, "Nothing has been published yet. Run cs run first." in done.stderr) == (2, True)
