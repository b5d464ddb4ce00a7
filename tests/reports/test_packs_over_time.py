"""Packs of one year as it was lived: issued, changed, waiting, restated, commented on and signed off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from figures.timeline import DAY, DOMESTIC, QUARTERS, Timeline, crime_extract, hurry_more, number_of, own_world

from cs_pipeline.figures.commentary import comment_on_figure, sign_figures
from cs_pipeline.operate.packs import MadePacks, make_due
from cs_pipeline.publish.release import open_publication
from cs_pipeline.reports.make import Ask, make_packs
from cs_pipeline.reports.pack import Cell, Pack, Table

Q1, Q2, *_ = QUARTERS
CHANGED = {(DOMESTIC, 1): 19}  # May
BEFORE, AFTER = (sum(number_of(numbers, DOMESTIC, month) for month in range(3)) for numbers in ({}, CHANGED))


@dataclass
class Lived:
    """The packs for managers as they were after each step, and which packs a night wrote anew."""

    first: Pack
    waiting: Pack
    restated: Pack
    of_q1: Pack
    written: list[list[MadePacks]]


def gmt(time: Timeline, quarter: str) -> Pack:
    with open_publication(time.settings) as publication:
        return make_packs(publication, Ask("quarterly", quarter, ("gmt",)))[0]


def make(time: Timeline, **given: set[str]) -> list[MadePacks]:
    return make_due(time.settings, **given)


@pytest.fixture(scope="module")
def lived() -> Iterator[Lived]:
    with own_world() as world, pytest.MonkeyPatch.context() as patched:
        hurry_more(patched, reconciles=True)
        time = Timeline(world, patched)
        world.drop("police_crime", "crime Q1.xlsx", crime_extract(Q1.last + 14 * DAY, range(3)))
        time.night()
        first = gmt(time, Q1.key)
        written = [make(time, only={"reports.quarterly"}, quarters={Q1.key}), make(time)]
        time.issue(Q1.key)
        world.drop("police_crime", "crime Q2.xlsx", crime_extract(Q2.last + 14 * DAY, range(6), CHANGED))
        time.night()
        waiting = gmt(time, Q2.key)
        written.append(make(time))
        time.restate("ComS_025", Q1.key)
        say(time)
        time.night()
        written += [make(time), make(time)]
        yield Lived(first, waiting, gmt(time, Q2.key), gmt(time, Q1.key), written)


def say(time: Timeline) -> None:
    time.pass_hours(1)
    with open_publication(time.settings) as publication:
        by, on = "Chief Communities Officer", time.now.date()
        comment_on_figure(time.settings, publication, "ComS_025", Q2.key, "Two arrests in May.", by, on)
        sign_figures(time.settings, publication, ["ComS_025"], Q2.key, by, on)


def table(pack: Pack, name: str) -> Table:
    return next(table for table in pack.tables if table.name == name)


def cells(pack: Pack, code: str) -> dict[str, Cell]:
    """The row of an indicator of the success indicators, by heading; no plan names its objective."""
    found = table(pack, "csi")
    row = next(row for row in found.rows if row[0].text == code)
    return {column.heading: cell for column, cell in zip(found.columns, row, strict=True)}


def section(pack: Pack, title: str) -> tuple[str, ...]:
    return next(part.sentences + part.listed for part in pack.sections if part.title == title)


CHANGES = "What has changed since the last pack"


def test_before_anything_was_issued_there_is_no_last_pack(lived: Lived) -> None:
    assert section(lived.first, CHANGES) == (
        "No earlier pack is on record as issued, so there is none to compare with.",
    )
    assert cells(lived.first, "ComS_025")["Quarter"].shown == f"{BEFORE} [p]"


def test_the_last_pack_is_named_with_its_meeting_and_day(lived: Lived) -> None:
    assert section(lived.waiting, CHANGES)[0] == (
        "The last pack was that of 2021/22 Q1, which went to Members Matters on 21 July 2021."
    )


@pytest.mark.parametrize(("pack", "how"), [("waiting", "would change, once that is agreed"), ("restated", "restated")])
def test_a_changed_return_is_told_in_the_next_pack_with_both_values(lived: Lived, pack: str, how: str) -> None:
    rows = [[cell.shown for cell in row] for row in table(getattr(lived, pack), "changed").rows]
    domestic = ["ComS_025", "Domestic abuse (incidents and crime) reported in Broxtowe"]
    values = [str(BEFORE), str(AFTER), how]
    assert rows == [[*domestic, "2021/22 Q1", *values], [*domestic, "2021/22 to the end of Q1", *values]]


def test_the_pack_of_the_restated_quarter_shows_the_new_value_as_revised(lived: Lived) -> None:
    assert cells(lived.of_q1, "ComS_025")["Quarter"].shown == f"{AFTER} [r]"
    assert "Restated: ComS_025" in " ".join(section(lived.of_q1, "What matters"))


def test_the_cut_is_the_issue_s_until_a_restatement_and_then_its_moment(lived: Lived) -> None:
    assert lived.first.cut_at < lived.of_q1.cut_at
    assert lived.of_q1.cut_at - lived.first.cut_at > timedelta(hours=1)


def test_a_comment_stands_beside_its_figure_and_a_foreign_sign_off_does_not_count(lived: Lived) -> None:
    told = cells(lived.restated, "ComS_025")["Comment"].text
    assert told == "Two arrests in May. (Chief Communities Officer, 22/07/2021)"  # no owner is stated, so nobody signs
    assert "Without an owner who could sign it off: ComS_025." in section(lived.restated, "What needs a decision")


def test_packs_are_written_again_when_they_say_something_else_and_only_then(lived: Lived) -> None:
    said = [[made.ask.key for made in night] for night in lived.written]
    asked, nothing, issued, restated, again = said
    assert asked == [Q1.key]
    assert nothing == []
    assert issued == [Q1.key]  # what was provisional is issued, and would change
    assert restated == [Q1.key]
    assert again == []


def test_a_pack_names_only_the_returns_that_its_own_figures_wait_for(lived: Lived) -> None:
    waiting = {code for row in table(lived.waiting, "late").rows for code in row[3].text.split(", ")}
    shown = {row[0].text for name in ("csi", "kpi", "mpi") for row in table(lived.waiting, name).rows}
    assert waiting
    assert waiting <= shown
    assert "ComS_025" not in waiting
