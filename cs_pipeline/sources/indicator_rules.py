"""How each indicator is read: unit, aim, roll-up, source, sensitivity, first year. Reference data kept by the performance team.

The figures that the plan prints are `business_plan.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
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
                Column(
                    name="unit",
                    description="Unit of the indicator: a number or a percentage.",
                    headings=("unit",),
                    allowed=("number", "percent"),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="aim",
                    description="Direction that counts as better: maximise, minimise or none.",
                    headings=("aim",),
                    allowed=("maximise", "minimise", "none"),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="aim_disputed",
                    description="Says yes where officers do not agree on the aim.",
                    headings=("aim_disputed",),
                    allowed=("yes",),
                ),  # fmt: skip
                Column(
                    name="rollup",
                    description="How quarters become a year: sum, ratio, annual, year end or distinct people.",
                    headings=("rollup",),
                    allowed=("sum", "ratio", "annual", "year_end", "distinct_in_year"),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="fed_by",
                    description="Source from which the indicator is counted.",
                    headings=("source",),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="sensitivity",
                    description="Class that decides how small counts are protected.",
                    headings=("sensitivity",),
                    allowed=("not_people", "person_ordinary", "person_sensitive"),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="first_year",
                    kind="period",
                    description="First financial year in which the indicator can be compared.",
                    headings=("first_year",),
                ),  # fmt: skip
                Column(
                    name="rule_note",
                    description="What a reader must know before using the indicator.",
                    headings=("note",),
                ),  # fmt: skip
            ),
            layouts=(Layout(since=date(2023, 4, 1), because="The rules drawn up with the edition of 2023–26."),),
        ),
    ),
)
