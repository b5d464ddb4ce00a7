"""Environmental Health's activities by month, each with its number and, where one was planned or due, what it is of."""

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import Cells, Table
from cs_pipeline.sources.shapes.rows import NOTE_ROW, TOTALS_ROW, one_sheet, rule
from cs_pipeline.words.fields import MONTH_NAMES

# Activity -> other spellings of it. Those of OF_A_WHOLE are done of a number that was planned or due.
ACTIVITIES = {
    "Infectious disease notifications investigated": ("Infectious disease notifications",),
    "Health and safety inspections": ("H&S inspections",),
    "Health and safety intervention visits": ("H&S intervention visits", "H&S visits of the programme"),
    "Licensing and registration actions": ("Licensing/registration actions",),
    "Pollution complaints": ("Pollution complaints (including noise)",),
    "Caravan sites inspected": ("Caravan site inspections",),
    "Traveller encampments": ("Traveller encampments in the borough",),
    "Traveller encampments on Council land": ("Of which on Council owned land",),
}
OF_A_WHOLE = ("Health and safety intervention visits", "Caravan sites inspected")
HAS_WHOLE = f"health_activity_name in {OF_A_WHOLE}"
OTHER = """from typed as o where (o.sheet_name, o.row_number, o.health_activity_month)
    = (typed.sheet_name, typed.row_number, typed.health_activity_month) and o.figure_role <> typed.figure_role"""
COUNTS = Table(
    name="environmental_health_counts",
    one_row="activity and month with its number, or with the number that it is of",
    key=("health_activity_name", "health_activity_month", "figure_role"),
    once=("health_activity_name", "health_activity_month", "figure_role"),
    time="health_activity_month_from",
    columns=(
        headed(
            "Activity",
            "health_activity_name",
            "What Environmental Health did or received, in the words of its return.",
            allowed=tuple(ACTIVITIES),
            aliases={seen: name for name, spellings in ACTIVITIES.items() for seen in spellings},
            required=True,
        ),
    ),
    cells=Cells(
        example="Apr 2019 number",
        heading=rf"(?P<period>({MONTH_NAMES})[ -]\d{{2,4}}) (?P<measure>number|of)",
        measure=Column(
            name="figure_role",
            description="Whether it is the number itself, or what the number is of: visits planned or sites due.",
            allowed=("number", "of"),
        ),
        period=Column(
            name="health_activity_month", kind="month", description="Calendar month of the activity, such as 2019-04."
        ),
        figure=Column(
            name="n_health_activity",
            kind="whole",
            description="The number of the activity in the month, or what it is of; empty where there is none.",
            at_least=0,
        ),
    ),
    not_stored=("Total", "Year to date"),
    layouts=one_sheet("Monthly counts"),
    ignores=(TOTALS_ROW, NOTE_ROW),
    rules=(
        rule(
            "month not over",
            "health_activity_month_to >= as_at and n_health_activity is not null",
            "n_health_activity",
            "the month was not over on the day of the return",
            "Leave the cell blank; the month comes with the next return.",
        ),
        rule(
            "no number for a month",
            f"""n_health_activity is null and health_activity_month_to < as_at
                and (figure_role = 'number' or {HAS_WHOLE})""",
            "n_health_activity",
            "a month that is over has no number",
            "Enter it, and 0 where there was nothing.",
        ),
        rule(
            "number without its whole",
            f"n_health_activity is not null and {HAS_WHOLE} and not exists (select 1 {OTHER})",
            "n_health_activity",
            "of the number and what it is of only one has a column",
            "Send both columns of the month.",
        ),
        rule(
            "whole of nothing",
            f"figure_role = 'of' and n_health_activity is not null and not ({HAS_WHOLE})",
            "n_health_activity",
            "the activity has no number that it is of, and one stands here",
            "Leave the cell blank.",
        ),
        rule(
            "more than the whole",
            f"figure_role = 'number' and n_health_activity > (select min(o.n_health_activity) {OTHER})",
            "n_health_activity",
            "more was done than was planned or due",
            "Correct the number that is wrong; what was not planned or due does not count.",
        ),
    ),
)
