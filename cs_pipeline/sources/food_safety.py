"""The food safety programme by quarter, and the food complaints and service requests by month.

ComS_038 to 041, 048 and 049. Each workbook tells the quarters and months of its financial year anew, and the latest one
holds. A food business can be one person, so a premises is known by the keyed hash of its reference and by nothing else.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Cells, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.food_premises import PREMISES
from cs_pipeline.sources.shapes.rows import TOTALS_ROW
from cs_pipeline.words.fields import MONTH_HEADING

RECEIVED = Table(
    name="food_requests",
    one_row="kind of request and month as one delivery counts it",
    key=("request_kind", "requested_month"),
    once=("request_kind", "requested_month"),
    time="requested_month_from",
    columns=(
        Column(
            name="request_kind",
            headings=("Received", "Request"),
            required=True,
            description="What was received about food: complaints, or requests for service.",
            allowed=("Complaints", "Service requests"),
            aliases={"Food complaints": "Complaints", "Requests for service": "Service requests"},
        ),
    ),
    cells=Cells(
        example="Apr 2019",
        heading=MONTH_HEADING,
        period=Column(
            name="requested_month",
            kind="month",
            description="Calendar month in which complaints or requests about food were received.",
        ),
        figure=Column(
            name="n_food_requests",
            kind="whole",
            required=True,
            at_least=0,
            description="Complaints or requests for service about food received in the month.",
        ),
    ),
    not_stored=("Total", "Year to date"),
    layouts=(
        Layout(since=date(2019, 4, 1), sheets="Requests", because="The sheet as it has been kept since April 2019."),
    ),
    ignores=(TOTALS_ROW,),
    rules=(
        RowRule(
            rule="month not over",
            broken_when="requested_month_to >= as_at",
            cells=("n_food_requests",),
            what="the month was not over on the day that the programme speaks for",
            remedy="Leave the month out; it comes with the next workbook.",
        ),
    ),
)

SOURCE = Source(
    name="food_safety",
    title="Food safety",
    description="Food premises due for inspection and what was done, a tab a quarter, and food requests by month.",
    owner="Chief Environmental Health Officer",
    due="Two weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Programme as at (\d{2}/\d{2}/\d{4})", example="Programme as at 05/07/2019"),
    sensitivity="person_ordinary",
    tables=(PREMISES, RECEIVED),
)
