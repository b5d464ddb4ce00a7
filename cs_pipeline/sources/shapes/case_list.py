"""A list of anti-social behaviour cases as a service keeps it: received, closed, opened again; one shape for all.

Which words a service uses for its cases stands in that service's own file. Nothing about the people in a case is read.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Table
from cs_pipeline.sources.shapes.rows import TOTALS_ROW
from cs_pipeline.words.fields import BOROUGH_WARD

AS_AT = AsAt(place="title", found_by=r"List as at (\d{2}/\d{2}/\d{4})", example="List as at 05/07/2019")
RECEIVED_LATE = RowRule(
    rule="received after the list",
    broken_when="received_on > as_at",
    cells=("received_on",),
    what="the case was received after the day that the list speaks for",
    remedy="Check that the day stands before the month, and correct the date.",
)
CLOSED_TOO_SOON = RowRule(
    rule="closed before it was received",
    broken_when="closed_on < received_on",
    cells=("received_on", "closed_on"),
    what="the case was closed before it was received",
    remedy="Correct the date that is wrong.",
)
CLOSED_LATE = RowRule(
    rule="closed after the list",
    broken_when="closed_on > as_at",
    cells=("closed_on",),
    what="the case was closed after the day that the list speaks for",
    remedy="Check that the day stands before the month, and correct the date.",
)
REOPENED_LATE = RowRule(
    rule="opened again after the list",
    broken_when="reopened_on > as_at",
    cells=("reopened_on",),
    what="the case was opened again after the day that the list speaks for",
    remedy="Check that the day stands before the month, and correct the date.",
)
REOPENED_TOO_SOON = RowRule(
    rule="opened again before it was received",
    broken_when="reopened_on < received_on",
    cells=("received_on", "reopened_on"),
    what="the case was opened again before it was received",
    remedy="Correct the date that is wrong.",
)


def case_table(name: str, types: tuple[str, ...], sheets: str, sheet_example: str, example: str) -> Table:
    """The table of one service's list; `types` are its words for what a case is about."""
    return Table(
        name=name,
        one_row="case as one delivery lists it",
        key=("case_key",),
        time="received_on",
        columns=(
            Column(
                name="case_key",
                kind="reference",
                description="Keyed hash of the case reference, which is itself not stored.",
                headings=("Case reference", "Reference", "Case ref", "Ref No"),
                required=True,
                example=example,
            ),
            Column(
                name="received_on",
                kind="date",
                description="Day on which the service received the case.",
                headings=("Received", "Date received"),
                required=True,
            ),
            Column(
                name="closed_on",
                kind="date",
                description="Day on which the case was last closed; blank while it is open.",
                headings=("Closed", "Date closed"),
            ),
            Column(
                name="reopened_on",
                kind="date",
                description="Day on which a closed case was opened again, where it was.",
                headings=("Re-opened", "Opened again"),
                may_be_absent=True,
            ),
            Column(
                name="case_type",
                description="What the case is about, in the service's words.",
                headings=("Type", "Case type", "Category"),
                allowed=types,
            ),
            Column(**BOROUGH_WARD),
        ),
        layouts=(
            Layout(
                since=date(2018, 4, 1),
                sheets=sheets,
                sheet_example=sheet_example,
                because="The list as the service has sent it since 2018.",
            ),
        ),
        ignores=(TOTALS_ROW,),
        rules=(RECEIVED_LATE, CLOSED_TOO_SOON, CLOSED_LATE, REOPENED_TOO_SOON, REOPENED_LATE),
    )
