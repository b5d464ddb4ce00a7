"""What Licensing received, decided and inspected: a row for each family of licences and activity, a column a month.

From April 2021 inspections stand in two rows, pro-active and reactive. Before they were not told apart, and who puts
such a month right later sends one row too, so that the old number is replaced and not added to.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import Cells, Layout, Table
from cs_pipeline.sources.shapes.licence_families import ACTIVITIES, FAMILY, HAS_ACTIVITY, other_spellings
from cs_pipeline.sources.shapes.rows import NOTE_ROW, TOTALS_ROW, rule
from cs_pipeline.words.fields import MONTH_HEADING

CHANGED_ON = date(2021, 7, 1)
APART = "licensing_month >= '2021-04'"
NO_PROMPT = "how_prompted is null and licensing_activity_name = 'Inspected'"
ISSUED = """select min(o.n_licensing) from typed as o where o.licensing_activity_name = 'Issued'
    and o.licence_family_name = typed.licence_family_name and o.licensing_month = typed.licensing_month"""
KEY = ("licence_family_name", "licensing_activity_name", "how_prompted", "licensing_month")
COUNTS = Table(
    name="licensing_activity",
    one_row="family of licences, activity, how it was prompted, and month",
    key=KEY,
    once=KEY,
    time="licensing_month_from",
    columns=(
        FAMILY,
        headed(
            "Activity",
            "licensing_activity_name",
            "What Licensing did or received; within 14 days is of a full application, days off counted.",
            allowed=tuple(ACTIVITIES),
            aliases=other_spellings(ACTIVITIES),
            required=True,
        ),
        headed(
            "How prompted",
            "how_prompted",
            "Reactive where a complaint prompted the inspection, otherwise pro-active; told from April 2021.",
            allowed=("Pro-active", "Reactive"),
            aliases={"Programmed": "Pro-active", "Complaint": "Reactive"},
            may_be_absent=True,
        ),
    ),
    cells=Cells(
        example="Apr 2019",
        heading=MONTH_HEADING,
        period=Column(
            name="licensing_month", kind="month", description="Calendar month of the activity of Licensing, as 2019-04."
        ),
        figure=Column(
            name="n_licensing",
            kind="whole",
            description="Applications, licences, notices or inspections in the month, by what was done.",
            at_least=0,
        ),
    ),
    not_stored=("Total", "Year to date"),
    layouts=(
        Layout(since=date(2019, 4, 1), sheets="Licensing activity", because="The return as made since April 2019."),
        Layout(
            since=CHANGED_ON,
            sheets="Monthly activity",
            renamed={"licence_family_name": ("Family",), "licensing_activity_name": ("What was done",)},
            because="From the return for April to June 2021 inspections are told apart by what prompted them.",
        ),
    ),
    ignores=(TOTALS_ROW, NOTE_ROW),
    rules=(
        rule(
            "activity of another family",
            f"not ({HAS_ACTIVITY})",
            "licence_family_name licensing_activity_name",
            "the family of licences has no such activity",
            "Delete the row, or name the family or the activity that is meant.",
        ),
        rule(
            "prompt of no inspection",
            "how_prompted is not null and licensing_activity_name <> 'Inspected'",
            *("how_prompted", "how it was prompted is told of inspections only", "Leave the cell blank."),
        ),
        rule(
            "prompted before it was told",
            f"how_prompted is not null and not ({APART}) and n_licensing is not null",
            "how_prompted",
            "inspections before April 2021 are not told apart by what prompted them",
            "Send those months in one row, with this cell blank.",
        ),
        rule(
            "inspection without its prompt",
            f"{NO_PROMPT} and {APART} and n_licensing is not null",
            "licensing_activity_name",
            "what prompted the inspections is not told",
            "From April 2021 send two rows, Pro-active and Reactive, under How prompted.",
        ),
        rule(
            "month not over",
            "licensing_month_to >= as_at and n_licensing is not null",
            "n_licensing",
            "the month was not over on the day of the return",
            "Leave the cell blank; the month comes with the next return.",
        ),
        rule(
            "no number for a month",
            f"""licensing_month_to < as_at and n_licensing is null and not (
                {NO_PROMPT} and {APART} or how_prompted is not null and not ({APART}))""",
            "n_licensing",
            "a month that is over has no number",
            "Enter it, and 0 where there was nothing.",
        ),
        rule(
            "more in time than issued",
            f"licensing_activity_name = 'Issued within 14 days' and n_licensing > ({ISSUED})",
            "n_licensing",
            "more were issued within 14 days than were issued",
            "Correct the number that is wrong.",
        ),
    ),
)
