"""`cs report`, and the packs that a run writes by itself: where they are, and what a person is told."""

import json
from pathlib import Path

import pytest
from conftest import run_cs

from cs_pipeline.reports.make import Ask, make_packs, open_for_packs
from cs_pipeline.reports.parts import NoSuchPack
from cs_pipeline.words.settings import read_settings


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
    assert "Small numbers of people, and any that would give one away, are not shown: [c]." in done.stdout


def test_an_internal_pack_says_so_in_its_name_and_on_its_page(committed: Path, tmp_path: Path) -> None:
    done = run_cs("report", "quarterly", "2021-22-Q3", "--for", "gmt", "--internal", "--form", "html",
                  "--to", str(tmp_path), "--warehouse", str(committed))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["quarterly-2021-22-Q3-gmt-internal.html"]
    assert "this must not be published" in done.stdout
    assert "[c]" not in (tmp_path / "quarterly-2021-22-Q3-gmt-internal.html").read_text()


@pytest.mark.parametrize("asked", [("outturn", "2021-22"), ("quarterly", "2021-22-Q3"),
                                   ("quarterly", "2021-22-Q3", "--for", "gmt", "--for", "members")])  # fmt: skip
def test_only_packs_for_managers_and_services_can_be_internal(committed: Path, asked: tuple[str, ...]) -> None:
    done = run_cs("report", *asked, "--internal", "--warehouse", str(committed))
    assert (done.returncode, done.stdout) == (3, "")
    assert "only --for gmt or --for service can be asked for with --internal." in done.stderr


def test_an_outturn_shows_as_many_earlier_years_as_asked(committed: Path, tmp_path: Path) -> None:
    run_cs("report", "outturn", "2021-22", "--earlier-years", "1", "--form", "csv", "--to", str(tmp_path),
           "--warehouse", str(committed))  # fmt: skip
    head = (tmp_path / "outturn-2021-22" / "kpi.csv").read_text("utf-8-sig").splitlines()[0]
    assert "value_2020_21," in head
    assert "value_2019_20," not in head


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (Ask("quarterly", "2021-22"), '"2021-22" is no financial quarter. Write it as 2021-22-Q3.'),
        (Ask("outturn", "2021-22-Q3"), '"2021-22-Q3" is no financial year. Write it as 2021-22.'),
        (Ask("outturn", "2010-11"), '"2010-11" is no financial year. Write it as 2021-22.'),
        (Ask("quarterly", "2010-11-Q1"), "No figure of 2010/11 Q1 has been published."),
        (Ask("business-plan", "2019-22"), 'There is no edition "2019-22" of the Business Plan on record.'),
        (Ask("quarterly", "2021-22-Q3", service="Parks"), '"Parks" is no service that has indicators. Give one of'),
        (Ask("ward", "2021-22-Q3", ward="Ilkeston"), '"Ilkeston" is no ward in which anything was counted'),
    ],
)
def test_what_cannot_be_made_is_said_in_two_sentences(committed: Path, ask: Ask, told: str) -> None:
    settings = read_settings(None, committed)
    with open_for_packs(settings, internal=True) as (source, _), pytest.raises(NoSuchPack) as caught:
        make_packs(source, ask)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (("quarterly", "2021-22"), 2, '"2021-22" is no financial quarter. Write it as 2021-22-Q3.'),
        (("outturn", "2021-22", "--for", "gmt"), 3, "only quarterly packs are made for an audience."),
        (("outturn", "2021-22", "--ward", "Kimberley"), 3, "only the pages of wards are made for a ward."),
    ],
)
def test_what_is_asked_for_wrongly_is_said_without_a_traceback(
    committed: Path, asked: tuple[str, ...], code: int, told: str
) -> None:
    done = run_cs("report", *asked, "--warehouse", str(committed))
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_before_the_first_publication_there_is_nothing_to_report(tmp_path: Path) -> None:
    done = run_cs("report", "outturn", "2021-22", "--warehouse", str(tmp_path))
    assert (done.returncode, "Nothing has been published yet. Run cs run first." in done.stderr) == (2, True)
