"""The KPI scorecard of Riverdale, a council that does not exist: one sheet a directorate, one column a month.

All that it takes to read another council's file; `test_another_council.py` puts it beside the project's own sources.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Cells, Ignore, Layout, Source, Table

RAG = ("On track", "At risk", "Off track")
COLOURS = {"Green": RAG[0], "G": RAG[0], "Amber": RAG[1], "A": RAG[1], "Red": RAG[2], "R": RAG[2]}
GOOD = {"allowed": ("High", "Low"), "aliases": {"Bigger": "High", "Smaller": "Low"}}
DIRECTORATE = Column(
    name="directorate",
    description="Directorate that answers for the KPI, from the name of the sheet.",
    place="sheet name",
    found_by=r"KPIs - (.+)",
    required=True,
)
COLUMNS = (
    DIRECTORATE,
    headed("Ref.", "kpi_code", "Riverdale's code of the KPI.", pattern=r"RV/\d{3}", example="RV/017", required=True),
    headed("Measure", "kpi_name", "What the KPI measures, in the scorecard's words.", required=True),
    headed("Good is", "good_is", "Whether a high or a low figure is good.", required=True, **GOOD),
    headed("Year-end target", "kpi_target", "Target for the end of the year.", kind="figure"),
    headed("RAG", "kpi_rag", "How Riverdale judges the KPI itself.", allowed=RAG, aliases=COLOURS),
)
SINCE_2024 = Layout(since=date(2024, 4, 1), sheets="KPIs - .+", sheet_example="KPIs - Place", because="As first sent.")
MONTHS = Cells(
    heading=r"(?P<period>[A-Z][a-z]{2}-\d{2})",
    example="Apr-24",
    period=Column(name="kpi_month", kind="month", description="Month that the KPI's figure is about."),
    figure=Column(name="kpi_figure", kind="figure", description="Figure of the KPI as it is printed."),
)
KPIS = Table(
    name="riverdale_kpis",
    one_row="KPI and month as one scorecard prints it",
    key=("kpi_code", "kpi_month"),
    columns=COLUMNS,
    cells=MONTHS,
    time="kpi_month_from",
    layouts=(SINCE_2024,),
    ignores=(Ignore(rule="banner of a group of KPIs", when="row_text like '» %'"),),
)
SOURCE = Source(
    name="riverdale_kpis",
    title="Riverdale scorecard",
    description="Riverdale's key performance indicators by directorate and month, as its scorecard prints them.",
    owner="Riverdale Performance Team",
    due="Twelve days after each month",
    as_at=AsAt(place="file name", found_by=r"(\d{4}-\d{2}-\d{2})", example="Riverdale scorecard 2024-07-12"),
    tables=(KPIS,),
)
