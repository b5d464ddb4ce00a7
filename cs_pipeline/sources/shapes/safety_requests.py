"""Requests to Environmental Health on health and safety, a row each, with the days between which each was answered."""

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import Table
from cs_pipeline.sources.shapes.rows import NOTE_ROW, TOTALS_ROW, one_sheet, rule

KINDS = ("Complaint", "Service request", "Accident notification", "None")


def day(heading: str, name: str, description: str) -> Column:
    return headed(heading, name, description, kind="date")


REQUESTS = Table(
    name="health_and_safety_requests",
    one_row="request or notification; equal rows are separate ones",
    key=("return_quarter_from",),
    many_per_key=True,
    time="return_quarter_from",
    columns=(
        Column(
            name="return_quarter",
            kind="period",
            description="Quarter for which the return is made.",
            place="title",
            found_by=r"Quarter: (Q[1-4] \d{4}/\d{2})",
            required=True,
            example="Quarter: Q1 2019/20",
        ),
        headed(
            "Kind",
            "hs_request_kind",
            "Complaint, service request or notification of an accident; None says that there was nothing.",
            allowed=KINDS,
            aliases={
                "Complaints": "Complaint",
                "Request": "Service request",
                "Request for service": "Service request",
                "Accident": "Accident notification",
                "RIDDOR": "Accident notification",
                "None in the quarter": "None",
                "Nil": "None",
            },
            required=True,
        ),
        day("Received", "requested_on", "Day on which the request or notification was received."),
        headed(
            "Urgent",
            "urgent",
            "Yes where health and safety may be prejudiced in the short term, otherwise No.",
            allowed=("Yes", "No"),
            aliases={"Y": "Yes", "N": "No"},
        ),
        day("First response", "first_response_on", "Day of the first response; empty while there is none."),
    ),
    layouts=one_sheet("H&S requests"),
    ignores=(TOTALS_ROW, NOTE_ROW),
    rules=(
        rule(
            "request without day or urgency",
            "hs_request_kind <> 'None' and (requested_on is null or urgent is null)",
            "requested_on urgent",
            "a request stands without the day it was received, or without whether it was urgent",
            "Fill both in, or write None in the quarter where there was nothing.",
        ),
        rule(
            "received outside the quarter",
            "requested_on not between return_quarter_from and return_quarter_to",
            "requested_on",
            "the day of receipt does not lie in the quarter of the return",
            "Check that the day stands before the month, or put it into the return of its quarter.",
        ),
        rule(
            "answered before received",
            "first_response_on < requested_on",
            "requested_on first_response_on",
            "the first response is earlier than the request",
            "Correct the date that is wrong.",
        ),
        rule(
            "day after the return",
            "greatest(requested_on, first_response_on) > as_at",
            "requested_on first_response_on",
            "a day lies after the day of the return",
            "Correct the date that is wrong.",
        ),
    ),
)
