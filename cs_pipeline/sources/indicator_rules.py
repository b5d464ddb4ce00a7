"""How each indicator is read: unit, aim, roll-up, source, sensitivity, first year. Kept by the performance team.

The figures that the plan prints are `business_plan.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, Source, Table
from cs_pipeline.words.fields import PI_CODE

SOURCE = Source(
    name="indicator_rules",
    title="Indicator rules",
    description="One reading of each indicator of the plan: its unit, aim, roll-up, source and sensitivity.",
    owner="not stated",
    due="Each April, with the edition of the plan",
    folder="reference/indicator_rules",
    form="flat",
    as_at=AsAt(place="file name", found_by=r"(\d{4}-\d{2}-\d{2})", example="indicator_rules 2023-04-01.csv"),
    tables=(
        Table(
            name="indicator_rules",
            one_row="indicator as one list of rules reads it",
            key=("indicator_code",),
            columns=(
                Column(**PI_CODE),
                headed(
                    "unit",
                    "unit",
                    "Unit of the indicator: a number or a percentage.",
                    allowed=("number", "percent"),
                    required=True,
                ),
                headed(
                    "aim",
                    "aim",
                    "Direction that counts as better: maximise, minimise or none.",
                    allowed=("maximise", "minimise", "none"),
                    required=True,
                ),
                headed(
                    "aim_disputed", "aim_disputed", "Says yes where officers do not agree on the aim.", allowed=("yes",)
                ),
                headed(
                    "rollup",
                    "rollup",
                    "How quarters become a year: sum, ratio, annual, year end or distinct people.",
                    allowed=("sum", "ratio", "annual", "year_end", "distinct_in_year"),
                    required=True,
                ),
                headed("source", "fed_by", "Source from which the indicator is counted.", required=True),
                headed(
                    "sensitivity",
                    "sensitivity",
                    "Class that decides how small counts are protected.",
                    allowed=("not_people", "person_ordinary", "person_sensitive"),
                    required=True,
                ),
                headed(
                    "first_year",
                    "first_year",
                    "First financial year in which the indicator can be compared.",
                    kind="period",
                ),
                headed("note", "rule_note", "What a reader must know before using the indicator."),
            ),
            layouts=(Layout(since=date(2023, 4, 1), because="The rules drawn up with the edition of 2023–26."),),
        ),
    ),
)
