"""The second lock: a finished pack in which something was planted, in each place where a number can stand."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from reports.packs import make_pack

from cs_pipeline.disclosure.protection import CannotPublish
from cs_pipeline.reports.audit import Known, check_packs, find_leaks
from cs_pipeline.reports.pack import Cell, Chart, Column, Line, Pack, Point, Section, Table, figure

HIDDEN, OPEN = ("ComS_022", "quarter", "2021-22-Q3"), ("ComS_022", "quarter", "2021-22-Q2")
WARD = ("ComS_022", "quarter", "2021-22-Q3", "E05010516")
NOBODY = ("ComS_007", "quarter", "2021-22-Q3")


@dataclass(frozen=True)
class Found:
    """What a protection tells of its numbers: seven is hidden, twelve and 71.1% are open."""

    about_people: frozenset[str] = frozenset({"ComS_022", "ComS_024"})
    equations: Any = field(default_factory=lambda: SimpleNamespace(public=[]))
    bases: Any = field(default_factory=dict)

    def numbers(self, *, hidden: bool) -> list[Any]:
        if hidden:
            return [((*HIDDEN, ""), 7.0, "number"), (WARD, 3.0, "number")]
        return [((*OPEN, ""), 12.0, "number"), (("ComS_024", "quarter", "2021-22-Q2", ""), 71.08, "percent")]


def pack_with(*, cell: Cell | None = None, said: str | None = None, chart: Chart | None = None) -> Pack:
    columns = (Column("indicator_code", "Code", "code"), Column("indicator_title", "Indicator"), Column("value", "Is"))
    title = Cell("Hate crimes closed in under 7 months")
    rows = ((Cell("ComS_022"), title, cell or Cell("", None, ("[c]",), of=(HIDDEN,))),)
    section = Section(
        "CSI", (said,) if said else (), (), (Table("csi", "CSI", columns, rows),), (chart,) if chart else ()
    )
    return replace(make_pack(), sections=(section,))


def leaks(pack: Pack) -> list[str]:
    return list(find_leaks(pack, Known(Found())))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        Cell("", None, ("[c]",), of=(HIDDEN,)),
        Cell("unknown", of=(HIDDEN,)),
        replace(figure(12, "number"), of=(OPEN,)),
        Cell("improving", of=(OPEN,)),
        replace(figure(7, "number"), of=(NOBODY,)),
        replace(figure(71.08, "percent"), of=(("ComS_024", "quarter", "2021-22-Q2"),)),
        Cell("Two of the 12 came in June.", None),
    ],
)
def test_what_is_open_or_is_said_of_nobody_passes(cell: Cell) -> None:
    assert leaks(pack_with(cell=cell)) == []


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(replace(figure(7, "number"), of=(HIDDEN,)), id="the number"),
        pytest.param(replace(figure(8, "number"), of=(HIDDEN,)), id="a number near it"),
        pytest.param(replace(figure(7, "number", ("[r]",)), of=(OPEN,)), id="an earlier version of an open one"),
        pytest.param(replace(figure(3, "number"), of=(WARD,)), id="a ward's"),
        pytest.param(Cell("red", of=(HIDDEN,)), id="its status"),
        pytest.param(Cell("improving", of=(HIDDEN,)), id="its trend"),
        pytest.param(Cell("within noise", of=(HIDDEN,)), id="its noise"),
        pytest.param(Cell("30 (24 to 36)", None, ("[e]",), of=(HIDDEN,)), id="a projection from it"),
        pytest.param(Cell("All 7 were adults.", None), id="a comment"),
        pytest.param(Cell("", line=Line("number", (Point("Q3", 7, 1, None, (HIDDEN,)),))), id="a point of its history"),
    ],
)
def test_what_is_planted_in_a_table_is_found_and_not_repeated(cell: Cell) -> None:
    found = leaks(pack_with(cell=cell))
    assert found
    assert all("ComS_022" in each and not {"7", "8"} & set(each.split()) for each in found)


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("Most improved: hate crimes (ComS_022), 7 from 12.", True),
        ("ComS_022 was 7.", True),
        ("Hate crimes closed in under 7 months (ComS_022), 12 in 2021/22 Q2.", False),
        ("ComS_022 went to Cabinet on 7 February 2022 and 07/02/2022, as 12.", False),
        ("More than noise: ComS_022, 12 (above what chance gives, 1 to 7).", False),
        ("Burglary (ComS_007), 7 in the quarter.", False),
        ("Furthest from target: burglary (ComS_007), 7 against 9; hate crimes (ComS_022), 12 against 8.", False),
        ("Furthest from target: burglary (ComS_007), 8 against 9; hate crimes (ComS_022), 7 against 8.", True),
        ("Of 7 targets: 5 green and 2 red.", False),
    ],
)
def test_a_sentence_is_read_for_the_hidden_numbers_of_the_indicators_that_it_names(said: str, is_found: bool) -> None:
    assert bool(leaks(pack_with(said=said))) == is_found


@pytest.mark.parametrize("where", ["title", "words", "line"])
def test_a_chart_is_read_too(where: str) -> None:
    line = Line("number", (Point("2021/22 Q2", 12, 1, None, (OPEN,)),))
    chart = Chart("chart_csi_coms_022", "Hate crimes (ComS_022): 12 in 2021/22 Q2", "2021/22 Q2 12", line)
    assert leaks(pack_with(chart=chart)) == []
    planted = {
        "title": "Hate crimes (ComS_022): 7 in 2021/22 Q3",
        "words": "ComS_022: 2021/22 Q2 12, 2021/22 Q3 7",
        "line": Line("number", (*line.points, Point("2021/22 Q3", 7, 1, None, (HIDDEN,)))),
    }
    assert leaks(pack_with(chart=replace(chart, **{where: planted[where]})))  # type: ignore[arg-type]


def test_the_message_names_pack_figure_and_place_and_says_what_to_do() -> None:
    with pytest.raises(CannotPublish) as caught:
        check_packs([pack_with(cell=replace(figure(7, "number"), of=(HIDDEN,)))], Found())  # type: ignore[arg-type]
    assert str(caught.value) == (
        "The pack quarterly-2021-22-Q3-gmt gives a protected number away: ComS_022 for 2021/22 Q3 in the column "
        '"Is" of "CSI". Nothing was written for the public; tell whoever keeps this program, and use --internal inside '
        "the council."
    )


def test_the_words_of_a_conflict_were_judged_by_the_public_copy() -> None:
    assert leaks(pack_with(said="Held: ComS_022 for 2021/22 Q2 is 12 by the deliveries, and 7 in Pentana.")) == []
