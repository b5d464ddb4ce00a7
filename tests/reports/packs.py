"""A small pack with one of everything: marks, a held figure, a break, a chart with limits, an empty table."""

from datetime import UTC, datetime

from cs_pipeline.reports.pack import Cell, Chart, Column, Line, Pack, Point, Section, Table, figure

QUARTERS = ("2020/21 Q3", "2020/21 Q4", "2021/22 Q1", "2021/22 Q2", "2021/22 Q3")
ASB = Line(
    "number",
    tuple(
        Point(label, value, run)
        for label, value, run in zip(QUARTERS, (565, 576, 714, 715, 523), (2, 2, 3, 3, 3), strict=True)
    ),
)
CLOSED = Line(
    "percent",
    tuple(Point(label, value, 1) for label, value in zip(QUARTERS, (81.25, None, 79.04, 82.5, 84.61538), strict=True)),
)


def make_pack(says: str = "Incidents of anti-social behaviour fell to 523, from 715 in 2021/22 Q2.") -> Pack:
    """The pack; `says` stands as a sentence, as a title, and in a cell of text."""
    columns = (
        Column("indicator_code", "Code", "code", 8),
        Column("indicator_title", "Indicator", width=26),
        Column("value", "Quarter", "number", 8),
        Column("target", "Target", "number", 8),
        Column("status", "Status", "status", 9),
        Column("history", "History", "line", 12),
    )
    table = Table(
        "csi_cs1",
        "Critical success indicators: reduce anti-social behaviour in Broxtowe",
        columns,
        (
            (
                Cell("ComS_011"),
                Cell("ASB incidents (police)"),
                figure(523, "number", ("[b]", "[p]")),
                figure(500, "number", ("[i]",)),
                Cell("red"),
                Cell(ASB.words, line=ASB),
            ),
            (
                Cell("ComS_012d"),
                Cell(says),
                figure(84.61538, "percent", ("[p]",)),
                figure(82, "percent"),
                Cell("green"),
                Cell(CLOSED.words, line=CLOSED),
            ),
            (
                Cell("ComS_014"),
                Cell("ASB cases received by Communities"),
                figure(None, "number", missing="held"),
                figure(1_200, "number"),
                Cell("unknown"),
                Cell("no figure yet", line=Line("number", ())),
            ),
        ),
        row_heading=1,
    )
    empty = Table("late", "Late returns", (Column("source", "Return"), Column("due", "Due")), (), empty="None is late.")
    chart = Chart(
        "chart_coms_011",
        "ASB incidents (police): 523 in 2021/22 Q3, within what chance gives",
        ASB.words,
        ASB,
        target=500,
        low=310.2,
        centre=650.7,
        high=991.1,
    )
    return Pack(
        "quarterly-2021-22-Q3-gmt",
        "Community safety, 2021/22 Q3",
        "Quarterly monitoring for the General Management Team",
        "gmt",
        "For use inside the council only. Small numbers are not protected.",
        datetime(2022, 2, 10, 9, 30, tzinfo=UTC),
        (
            Section("What matters", listed=(says, "ComS_014 is held: the plan says 68 and the service data 67.")),
            Section("Critical success indicators", sentences=("Two of three are on record.",), tables=(table,)),
            Section("Histories", charts=(chart,), level=3),
            Section("What is late", tables=(empty,)),
        ),
    )
