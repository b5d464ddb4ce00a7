"""The register of numbers that went out to the public, one file for each pack, written by the pipeline itself.

What is public cannot be taken back, so whoever looks for what a later pack would give away needs it. What the Business
Plan's editions print is public too and is not here: it is `business_plan.py`. The files are written by
`disclosure/register.py`; nobody sends them and there are no samples of them.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table
from cs_pipeline.words.fields import PI_CODE, WARD_CODE

SOURCE = Source(
    name="published_numbers",
    title="Published numbers",
    description="Every number, and every mark for a small one, that a pack showed to the public, as it was printed.",
    owner="Information governance officer",
    due="The day on which a pack goes out to the public; it is written then",
    as_at=AsAt(
        place="file name",
        found_by=r"^Published (\d{4}-\d{2}-\d{2}) ",
        example="Published 2022-08-15 quarterly-2022-23-Q1-members.csv",
    ),
    form="flat",
    keep_years=100,  # Public for ever.
    made_here=True,
    file_words=("quarterly", "outturn", "business", "plan", "ward", "members", "cabinet", "gmt", "service"),
    tables=(
        Table(
            name="published_numbers",
            one_row="figure that a pack showed to the public, as a number or as the mark for a small one",
            key=("published_on", "pack_key", "indicator_code", "period_kind", "period_key", "ward_code", "printed"),
            columns=(
                headed(
                    "published_on",
                    "published_on",
                    "Day from which the number was public: when its pack went out, or when its edition begins.",
                    kind="date",
                    required=True,
                ),
                headed(
                    "pack_key",
                    "pack_key",
                    "Name of the pack that shows the number, or of the edition of the plan that prints it.",
                    pattern=r"[a-z]+(-[a-z]+)*-\d{4}-\d{2}(-[A-Za-z0-9]+)*",
                    example="quarterly-2022-23-Q1-members",
                    required=True,
                ),
                Column(**PI_CODE | {"headings": ("indicator_code",)}),
                headed(
                    "period_kind",
                    "period_kind",
                    "Kind of period: month, quarter, year to date, year, odd period or span.",
                    allowed=("quarter", "year to date", "year", "odd period"),
                    required=True,
                ),
                headed(
                    "period_key",
                    "period_key",
                    "Key of the period: 2021-10, 2021-22-Q3, 2021-22, or first and last month of an odd period.",
                    pattern=r"\d{4}-\d{2}(-Q[1-4]|/\d{4}-\d{2})?",
                    example="2022-23-Q1",
                    required=True,
                ),
                Column(**WARD_CODE | {"words": ("not placed",)}),
                headed("printed", "printed", "The figure exactly as it is printed.", kind="figure", required=True),
                headed(
                    "unit",
                    "unit",
                    "Unit of the indicator: a number or a percentage.",
                    allowed=("number", "percent"),
                    required=True,
                ),
                headed(
                    "cut_at",
                    "cut_at",
                    "Moment at which the figures were cut, in universal time.",
                    pattern=r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}",
                    example="2022-08-14T03:00:12",
                    required=True,
                ),
            ),
            layouts=(Layout(since=date(2022, 4, 1), because="The register as the pipeline itself began to write it."),),
            rules=(
                RowRule(
                    rule="day of another file",
                    broken_when="published_on <> as_at",
                    cells=("published_on",),
                    what="the day is not the day in the file's name",
                    remedy="Put the file back as it was written, under its own name.",
                ),
                RowRule(
                    rule="neither number nor mark",
                    broken_when="printed_value is null and printed_missing_reason is distinct from 'suppressed'",
                    cells=("printed",),
                    what="neither a number nor the mark [c] stands where what was published is needed",
                    remedy="Enter the number as it was printed, or [c] where it was hidden.",
                ),
                RowRule(
                    rule="period of another kind",
                    broken_when="period_kind <> case when contains(period_key, '/') then 'odd period' "
                    "when not contains(period_key, 'Q') then 'year' when period_kind = 'quarter' then 'quarter' "
                    "else 'year to date' end",
                    cells=("period_kind", "period_key"),
                    what="the key is that of a period of another kind",
                    remedy="Write a quarter or a year to date as 2022-23-Q1, and a year as 2022-23.",
                ),
                RowRule(
                    rule="cut after it was published",
                    broken_when="coalesce(try_cast(try_cast(cut_at as timestamp) as date) > published_on, true)",
                    cells=("cut_at", "published_on"),
                    what="the figures were not cut on or before the day on which they were published",
                    remedy="Correct the day or the moment.",
                ),
            ),
        ),
    ),
)
