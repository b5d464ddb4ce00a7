"""The pictures: what is joined and what is not, what is named, and that the same history gives the same bytes."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from reports.hostile_texts import HOSTILE
from reports.packs import ASB, CLOSED, make_pack

from cs_pipeline.reports.charts import draw_chart, draw_line
from cs_pipeline.reports.pack import Chart, Line, Point

CHART = next(make_pack().charts)
SVG = "{http://www.w3.org/2000/svg}"


def read(picture: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - drawn just now


def history(svg: ElementTree.Element) -> list[list[tuple[float, float]]]:
    """The corners of each line that is drawn in the colour of the series without dashes."""
    drawn = [
        path.attrib["d"]
        for path in svg.iter(f"{SVG}path")
        if "stroke: var(--series)" in path.attrib.get("style", "") and "C" not in path.attrib["d"]
    ]
    return [[(float(x), float(y)) for x, y in re.findall(r"[ML] (\S+) (\S+)", each)] for each in drawn]


def texts(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def dashed(svg: ElementTree.Element, colour: str) -> list[ElementTree.Element]:
    return [
        path
        for path in svg.iter(f"{SVG}path")
        if "dasharray" in path.attrib.get("style", "") and f"stroke: var(--{colour})" in path.attrib["style"]
    ]


@pytest.mark.parametrize("draw", [lambda line: draw_line(line, "svg"), lambda line: draw_chart(_chart(line), "svg")])
def test_a_break_is_never_joined(draw) -> None:
    svg = read(draw(ASB))
    before, after = history(svg)
    assert (len(before), len(after)) == (2, 3)
    [at] = [float(re.findall(r"M (\S+)", each.attrib["d"])[0]) for each in dashed(svg, "limit")]
    assert before[-1][0] < at < after[0][0]


@pytest.mark.parametrize("draw", [lambda line: draw_line(line, "svg"), lambda line: draw_chart(_chart(line), "svg")])
def test_a_missing_value_is_a_gap_and_no_break(draw) -> None:
    svg = read(draw(CLOSED))
    assert [len(run) for run in history(svg)][-1] == 3
    assert not dashed(svg, "limit")
    assert "break" not in texts(svg)


def test_one_history_without_a_break_is_joined_throughout() -> None:
    line = Line("number", tuple(replace(point, run=1) for point in ASB.points))
    assert [len(run) for run in history(read(draw_line(line, "svg")))] == [5]


def test_a_chart_names_its_target_its_limits_its_break_and_both_ends() -> None:
    said = texts(read(draw_chart(CHART, "svg")))
    named = {"Target 500", "Lower limit 310.2", "Centre 650.7", "Upper limit 991.1", "break", "565", "523"}
    assert named <= set(said)
    assert {"2020/21", "2021/22", "Q3"} <= set(said)


def test_values_stand_in_proportion_from_nought() -> None:
    """Counts start at nought: heights over the axis are as the values, whatever the margins are."""
    svg = read(draw_chart(CHART, "svg"))
    [axes] = svg.iter(f"{SVG}rect")
    base = float(axes.attrib["y"]) + float(axes.attrib["height"])
    heights = [base - y for run in history(svg) for _, y in run]
    values = [point.value for point in ASB.points]
    assert [height / heights[0] for height in heights] == pytest.approx(
        [value / values[0] for value in values], rel=1e-4
    )


def test_a_percentage_above_half_stands_on_all_of_0_to_100() -> None:
    said = texts(read(draw_chart(_chart(CLOSED), "svg")))
    assert {"0%", "50%", "100%"} <= set(said)


def test_names_of_lines_near_to_each_other_do_not_overlap() -> None:
    chart = replace(CHART, name="near", target=500, low=499, centre=501, high=502)
    svg = read(draw_chart(chart, "svg"))
    named = [
        text
        for text in svg.iter(f"{SVG}text")
        if (text.text or "").split(" ")[0] in ("Target", "Lower", "Centre", "Upper")
    ]
    rows = sorted(float(text.attrib["y"]) for text in named)
    assert len(rows) == 4
    assert min(lower - upper for upper, lower in pairwise(rows)) > 8.5


def test_charts_in_one_page_share_no_id() -> None:
    one, other = read(draw_chart(CHART, "svg")), read(draw_chart(replace(CHART, name="other"), "svg"))
    ids = [[each.attrib["id"] for each in svg.iter() if "id" in each.attrib] for svg in (one, other)]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])
    assert not [each for each in read(draw_line(ASB, "svg")).iter() if "id" in each.attrib]


def test_every_reference_of_a_chart_has_its_id() -> None:
    svg = draw_chart(CHART, "svg").decode()
    asked = set(re.findall(r'(?:href="|url\()#(\w+)', svg))
    assert asked
    assert asked <= set(re.findall(r' id="(\w+)"', svg))


def test_an_svg_has_the_words_no_colour_of_its_own_and_no_style_for_the_page() -> None:
    svg = draw_chart(replace(CHART, name="words", words='a "<b>" & c'), "svg").decode()
    assert read(svg.encode()).attrib["aria-label"] == 'a "<b>" & c'
    assert not re.findall(r":\s*#[0-9a-f]{3,6}", svg)
    assert "<style" not in svg
    assert "<?xml" not in svg


@pytest.mark.parametrize("says", [text for text in HOSTILE if len(text) < 1_000])
def test_a_name_that_looks_like_a_formula_or_markup_is_drawn_as_it_is(says: str) -> None:
    line = Line("number", (Point(says.replace(" ", "_"), 1.0, 1), Point("2021/22 Q1", 2.0, 1)))
    chart = Chart("hostile", "", says, line)
    svg = read(draw_chart(chart, "svg"))
    assert says.replace(" ", "_") in texts(svg)
    assert svg.attrib["aria-label"] == says
    assert draw_chart(chart, "png").startswith(b"\x89PNG")


def test_a_history_without_a_value_is_an_empty_picture() -> None:
    for points in ((), (Point("2021/22 Q1", None, 1),)):
        line = Line("number", points)
        assert history(read(draw_line(line, "svg"))) == []
        assert history(read(draw_chart(_chart(line), "svg"))) == []


def test_the_same_history_gives_the_same_bytes_in_another_process() -> None:
    drawn = "from cs_pipeline.reports.charts import *; from reports.packs import *; import hashlib\n"
    drawn += "c = next(make_pack().charts); m = [draw_chart(c, f) + draw_line(ASB, f) for f in ('svg', 'png')]\n"
    drawn += "print(hashlib.sha256(b''.join(m)).hexdigest())"
    hashes = set()
    for seed in ("1", "2"):
        given = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([*sys.path, "tests"])}
        hashes.add(subprocess.run([sys.executable, "-c", drawn], env=given, capture_output=True, check=True).stdout)
    assert len(hashes) == 1


def test_a_png_says_nothing_of_the_program_or_the_time() -> None:
    picture = draw_chart(CHART, "png")
    assert not {b"tEXt", b"iTXt", b"zTXt", b"tIME"} & {picture[at : at + 4] for at in range(len(picture))}


def _chart(line: Line) -> Chart:
    return Chart("plain", "", "", line)
