"""The export of performance indicators from Pentana, one row an indicator: values, targets and statuses by period.

Its headings change each quarter, so they are read by their pattern, for any month, quarter or year. Whether a quarter's
value is the quarter alone or the year to date is said with the indicator, `pentana_quarters`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Cells, Ignore, Layout, RowRule, Source, Table
from cs_pipeline.words.fields import MONTH_NAMES

STATUSES = ("Green", "Amber", "Red", "Data only", "Unknown")
# Codes that stood in Pentana before the plan's own, and may still head a row of an old export.
FORMER_CODES = {"CS_ASB01": "ComS_011", "CS_DA03": "ComS_024", "EH_FOOD1": "ComS_048", "EH_FOOD2": "ComS_049"}

SOURCE = Source(
    name="pentana_indicators",
    title="Pentana indicators",
    description="Values, targets and reported statuses of the performance indicators as Pentana exports them.",
    owner="Corporate Performance Officer",
    due="Four weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Generated on:? (\d{1,2} \w+ \d{4})", example="Generated on 28 July 2021"),
    form="either",
    file_words=("pi", "report", "export", "pentana"),
    tables=(
        Table(
            name="pentana_indicators",
            one_row="value, target or status of an indicator in a period, as one export states it",
            key=("indicator_code", "pi_measure", "stated_period_from", "stated_period_to"),
            columns=(
                Column(
                    name="indicator_code",
                    kind="coded_name",
                    description="Code of the performance indicator in Pentana, such as ComS_011.",
                    headings=("PI Code", "Code", "PI Code & Short Name"),
                    aliases=FORMER_CODES,
                    required=True,
                    example="ComS_011",
                ),
                Column(
                    name="pi_name",
                    description="Name of the indicator in Pentana, where it stands in a column of its own.",
                    headings=("Short Name", "Title"),
                    may_be_absent=True,
                ),
                Column(
                    name="latest_note",
                    kind="note",
                    description="Latest note on it in Pentana, as plain words.",
                    headings=("Latest Note", "Note"),
                    may_be_absent=True,
                ),
            ),
            cells=Cells(
                example="Q3 2021/22 Value",
                heading=rf"(?P<period>Q[1-4] \d{{4}}/\d{{2}}|\d{{4}}/\d{{2}}|({MONTH_NAMES}) \d{{4}}) "
                r"(?P<measure>Value|Target|Status)",
                measure=Column(
                    name="pi_measure",
                    description="Whether the cell holds the value, the target or the reported status.",
                    allowed=("Value", "Target", "Status"),
                ),
                period=Column(
                    name="stated_period", kind="period", description="Period of the figure, as its heading prints it."
                ),
                figure=Column(
                    name="printed",
                    kind="figure",
                    description="The figure exactly as it is printed.",
                    words=STATUSES,
                ),
            ),
            not_stored=(
                "Managed By",
                "Short Trend",
                "Long Trend",
                "Short Trend Arrow",
                "Long Trend Arrow",
                "Traffic Light",
                "Gauge Format Type",
                "Data Collection Period",
                "Last Update",
                "Current Value",
                "Current Target",
            ),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets="(PI Report)?",
                    sheet_example="PI Report",
                    because="The export as it was set up in 2019: the code and the name in columns of their own.",
                ),
                Layout(
                    since=date(2021, 7, 1),
                    sheets="(PI Export)?",
                    sheet_example="PI Export",
                    because="With the upgrade of July 2021 the code and the name stand together in one column.",
                    renamed={"indicator_code": ("PI Code & Short Name",)},
                ),
            ),
            ignores=(
                Ignore(rule="line under the table", when="regexp_matches(row_text, '^(page \\d|generated)', 'i')"),
            ),
            rules=(
                RowRule(
                    rule="a status that is none",
                    broken_when="pi_measure = 'Status' and printed is not null and printed_value is not null",
                    cells=("printed",),
                    what="a number stands where Pentana's status is needed",
                    remedy="Use one of: Green, Amber, Red, Data only, Unknown.",
                ),
                RowRule(
                    rule="a status among figures",
                    broken_when=f"pi_measure <> 'Status' and printed in {STATUSES[:4]}",
                    cells=("printed",),
                    what="a status stands where a figure is needed",
                    remedy="Check that the columns of the export were not moved against their headings.",
                ),
            ),
        ),
    ),
)
