"""What is protected of the committed deliveries, with the plan as printed on the register; and what stops a pack."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from cs_pipeline.disclosure.engine.audit import Leak
from cs_pipeline.disclosure.policy import COMMITTED, read_policy
from cs_pipeline.disclosure.protection import CannotPublish, Protection, find_protection, open_public
from cs_pipeline.reports.audit import Known, find_leaks
from cs_pipeline.reports.make import Ask, make_checked, make_packs
from cs_pipeline.reports.officer import officer_pack
from cs_pipeline.reports.published import published_rows
from cs_pipeline.words.settings import PROJECT

Connection = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def publication(committed: Path) -> Iterator[Connection]:
    with duckdb.connect(str((committed / "published" / "community_safety.duckdb").resolve()), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def protection(publication: Connection) -> Protection:
    return find_protection(publication, read_policy())


@pytest.fixture(scope="module")
def copy(publication: Connection, protection: Protection) -> Iterator[Connection]:
    with open_public(publication, PROJECT / "sql", protection) as opened:
        yield opened


def test_nothing_that_is_hidden_can_be_worked_out(protection: Protection) -> None:
    assert protection.leaks == ()
    hidden = list(protection.numbers(hidden=True))
    assert len(hidden) > 200
    assert {slot[0] for slot, _, _ in hidden} <= protection.about_people


def test_no_small_number_is_open_but_what_was_public_before(protection: Protection) -> None:
    rules = {code: kept.rule for code, kept in protection.equations.kept.items()}
    public = {(slot, round(value, 1)) for slot, value, _ in protection.equations.public}
    known = {each.key for each in protection.pattern.open}
    for slot, value, unit in protection.numbers(hidden=False):
        rule = rules[slot[0]]
        is_small = unit == "number" and value < rule.threshold and (value > 0 or rule.hides_zero)
        key = protection.equations.figures[slot].get(value)
        assert not is_small or key in known or (slot, round(value, 1)) in public, slot


def test_what_the_plan_prints_of_a_figure_is_open(protection: Protection) -> None:
    hidden = {(slot, value) for slot, value, _ in protection.numbers(hidden=True)}
    printed = [(slot, value) for slot, value, _ in protection.equations.public]
    assert len(printed) == 183
    assert set(printed) & hidden == set()


def test_the_same_publication_gives_the_same_pattern(publication: Connection, protection: Protection) -> None:
    again = find_protection(publication, read_policy())
    assert again.pattern == protection.pattern


def test_of_the_borough_the_same_is_hidden_whether_or_not_anybody_asks_for_wards(
    protection: Protection, with_wards: Protection
) -> None:
    assert with_wards.leaks == ()
    of_borough = {each for each in with_wards.pattern.hidden if each[3] == ""}
    assert of_borough == protection.pattern.hidden
    open_wards = Counter(slot[0] for slot, _, _ in with_wards.numbers(hidden=False) if slot[3])
    assert open_wards["ComS_011"] > 300  # police incidents, by far the most
    assert "ComS_014b" not in open_wards


def test_the_copy_holds_only_what_is_open(copy: Connection, protection: Protection) -> None:
    shown = copy.execute(
        """select f.indicator_code, f.period_kind, f.period_key, f.value from marts.figure as f
           inner join meta.indicator as i using (indicator_code)
           where i.sensitivity <> 'not_people' and f.value is not null"""
    ).fetchall()
    open_numbers = {(*slot[:3], round(value, 6)) for slot, value, _ in protection.numbers(hidden=False) if not slot[3]}
    assert {(*row[:3], round(row[3], 6)) for row in shown} <= open_numbers
    attached = {name for (name,) in copy.execute("select database_name from duckdb_databases()").fetchall()}
    assert "inside" not in attached


def test_a_table_that_is_neither_listed_nor_selected_for_the_public_is_not_in_the_copy(copy: Connection) -> None:
    for name in ("marts.figure_calculated", "marts.ward_quarter", "meta.measured", "marts.marac_quarter"):
        with pytest.raises(duckdb.CatalogException):
            copy.execute(f"from {name}")


def test_a_count_of_nobody_is_never_hidden(copy: Connection) -> None:
    hidden = copy.execute(
        """select count(*) from marts.figure as f inner join meta.indicator as i using (indicator_code)
           where i.sensitivity = 'not_people' and f.missing_reason = 'suppressed'"""
    ).fetchall()
    assert hidden == [(0,)]


def test_where_a_number_is_hidden_so_are_its_status_its_trend_and_its_limits(copy: Connection) -> None:
    told = copy.execute(
        """select distinct figure_status, short_trend, long_trend, variance_pct from marts.pack_figure
           where missing_reason = 'suppressed'"""
    ).fetchall()
    assert {row[0] for row in told} <= {"data only", "unknown"}
    assert {row[1:] for row in told} == {(None, None, None)}
    limits = copy.execute(
        """select count(*) from marts.figure_limit as l inner join marts.figure as f
               on f.indicator_code = l.indicator_code and f.period_kind = 'quarter' and f.quarter_key = l.quarter_key
           where f.missing_reason = 'suppressed'"""
    ).fetchall()
    assert limits == [(0,)]


@pytest.mark.parametrize("quarter", ["2021-22-Q3", "2022-23-Q3"])
def test_packs_made_of_the_copy_pass_and_show_what_is_hidden_as_confidential(
    copy: Connection, protection: Protection, quarter: str
) -> None:
    packs = make_checked(copy, protection, Ask("quarterly", quarter))
    assert len(packs) == 7
    assert all(pack.notice.startswith("Small numbers of people") for pack in packs)
    cells = [cell for pack in packs for table in pack.tables for row in table.rows for cell in row]
    assert sum("[c]" in cell.marks for cell in cells) > 50
    said = {words for pack in packs for part in pack.sections for words in part.sentences}
    assert read_policy().words in said


def test_packs_made_of_the_publication_itself_would_be_stopped_and_say_that_they_are_internal(
    publication: Connection, protection: Protection
) -> None:
    packs = make_packs(publication, Ask("quarterly", "2021-22-Q3", ("gmt", "service")))
    assert all(pack.key.endswith("-internal") and "must not be published" in pack.notice for pack in packs)
    known = Known(protection)
    assert [pack.key for pack in packs if pack.key.endswith(("gmt-internal", "communities-internal"))
            and not list(find_leaks(pack, known))] == []  # fmt: skip
    with pytest.raises(CannotPublish, match="gives a protected number away"):
        make_checked(publication, protection, Ask("quarterly", "2021-22-Q3", ("gmt",)))


def test_a_leak_stops_all_packs_and_names_the_figure_and_what_it_follows_from(
    publication: Connection, protection: Protection
) -> None:
    key = ("ComS_022", "quarter", "2021-22-Q3", "", "", "")
    because = (("ComS_022", "year", "2021-22", "", "", ""), ("ComS_022", "year to date", "2021-22-Q2", "", "", "1"))
    leaking = replace(protection, leaks=(Leak(key, "worked out", because),))
    with pytest.raises(CannotPublish) as caught, open_public(publication, PROJECT / "sql", leaking):
        pass
    assert str(caught.value) == (
        "A protected number could be worked out or narrowed too far: ComS_022 for 2021/22 Q3 (from ComS_022 for "
        "2021/22, ComS_022 for 2021/22 Q2 to date as it was told before). Nothing was written for the public; tell the "
        "information governance officer, and use --internal for use inside the council."
    )


def test_what_went_out_is_registered_as_it_was_printed(copy: Connection) -> None:
    (pack,) = make_packs(copy, Ask("outturn", "2021-22"))
    rows = published_rows(copy, pack, (datetime.now(UTC) + timedelta(days=1)).date())
    printed = {(row.indicator_code, row.period_kind, row.period_key): row.printed for row in rows}
    assert printed["ComS_012", "year", "2021-22"] == "433"
    assert printed["ComS_007", "quarter", "2021-22-Q1"].isdigit()  # from its history
    assert "[c]" in printed.values()
    assert not any(row.ward_code for row in rows)


def test_the_officer_s_page_tells_the_policy_what_is_hidden_and_holds_no_hidden_number(
    publication: Connection, protection: Protection
) -> None:
    page = officer_pack(publication, protection)
    assert list(find_leaks(page, Known(protection))) == []
    titles = [section.title for section in page.sections]
    assert titles == ["In short", "The policy", "What is hidden now", "What cannot be protected",
                      "What the audit proves", "What it does not prove", "How to run it"]  # fmt: skip
    hidden = next(table for table in page.tables if table.name == "hidden")
    of_page = sum(int(row[4].number or 0) + int(row[5].number or 0) for row in hidden.rows)
    now = [next(iter(of.values())) for slot, of in protection.equations.figures.items()
           if slot[0] in protection.about_people]  # fmt: skip
    assert of_page == sum(key in protection.pattern.hidden for key in now)
    assert "approved by nobody yet" in " ".join(page.sections[1].sentences)


def test_rounded_counts_are_shown_rounded_and_said_to_be(publication: Connection, tmp_path: Path) -> None:
    ordinary = "    threshold: 5\n    zeros: shown\n    rounds_to:"
    text = COMMITTED.read_text()
    assert ordinary in text
    (tmp_path / "policy.yml").write_text(text.replace(ordinary, f"{ordinary} 5"))
    protection = find_protection(publication, read_policy(tmp_path / "policy.yml"))
    with open_public(publication, PROJECT / "sql", protection) as copy:
        values = copy.execute(
            """select f.value from marts.figure as f inner join meta.indicator as i using (indicator_code)
               where i.sensitivity = 'person_ordinary' and i.unit = 'number' and f.value is not null"""
        ).fetchall()
        packs = make_checked(copy, protection, Ask("quarterly", "2021-22-Q3", ("members",)))
    assert len(values) > 200
    assert {value % 5 for (value,) in values} == {0}
    assert any("rounded to 5" in words for part in packs[0].sections for words in part.sentences)


def test_a_publication_of_an_older_version_gives_no_public_pack(publication: Connection, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    with duckdb.connect(str(older)) as made:
        made.execute("create schema marts; create table marts.figure (indicator_code varchar)")
        with pytest.raises(
            CannotPublish, match=r"made before small numbers could be protected, .* Run cs run, then ask"
        ):
            find_protection(made, read_policy())
