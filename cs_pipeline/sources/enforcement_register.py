"""The register of notices, warnings, contracts, injunctions, orders and trigger requests, a tab a quarter.

It holds what was done, by whom and when, and never to whom: ComS_002, 016, 018, 019, 028 and 029. Each register sent
replaces the quarters that it holds; a tab that says that there was nothing is an entry too, so it can replace others.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.rows import TOTALS_ROW

ACTION_TYPES = (
    "Acceptable Behaviour Contract", "Community Protection Notice warning letter", "Community Protection Notice",
    "Injunction", "Public Spaces Protection Order", "Community Trigger request", "None",
)  # fmt: skip
ALIASES = {
    "None in the quarter": "None",
    "Nil": "None",
    "Nil return": "None",
    "ABC": "Acceptable Behaviour Contract",
    "CPN warning letter": "Community Protection Notice warning letter",
    "CPN warning": "Community Protection Notice warning letter",
    "CPW": "Community Protection Notice warning letter",
    "CPN": "Community Protection Notice",
    "Civil injunction": "Injunction",
    "PSPO": "Public Spaces Protection Order",
    "Community Trigger": "Community Trigger request",
    "ASB case review": "Community Trigger request",
}

SOURCE = Source(
    name="enforcement_register",
    title="Enforcement register",
    description="Notices, warnings, contracts, injunctions, orders and trigger requests by type, issuer and date.",
    owner="Senior Communities Officer Crime and ASB",
    due="Two weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Register as at (\d{2}/\d{2}/\d{4})", example="Register as at 05/07/2019"),
    sensitivity="person_sensitive",
    counts_only=True,
    tables=(
        Table(
            name="enforcement_register",
            one_row="entry of the register; equal rows are separate entries",
            key=("register_quarter_from",),
            many_per_key=True,
            time="register_quarter_from",
            columns=(
                Column(
                    name="register_quarter",
                    kind="period",
                    description="Quarter of the tab in which the entry stands.",
                    place="sheet name",
                    found_by=r"^(Q[1-4] \d{4}-\d{2})$",
                    required=True,
                ),
                Column(
                    name="enforcement_type",
                    description="What was issued, made, imposed or asked for; None says that there was nothing.",
                    headings=("Type", "Action"),
                    allowed=ACTION_TYPES,
                    aliases=ALIASES,
                    required=True,
                ),
                Column(
                    name="issued_by",
                    description="Body that issued it, or that received the request.",
                    headings=("Issued by", "Issuer"),
                    allowed=("Council", "Police"),
                    aliases={"Broxtowe Borough Council": "Council", "Nottinghamshire Police": "Police"},
                ),
                Column(
                    name="issued_on",
                    kind="date",
                    description="Day on which it was issued, made, imposed or received.",
                    headings=("Date", "Date issued"),
                ),
            ),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets=r"Q[1-4] \d{4}-\d{2}",
                    sheet_example="Q1 2019-20",
                    because="The register as it has been kept since April 2019.",
                ),
            ),
            ignores=(TOTALS_ROW,),
            rules=(
                RowRule(
                    rule="entry without issuer or date",
                    broken_when="enforcement_type <> 'None' and (issued_by is null or issued_on is null)",
                    cells=("issued_by", "issued_on"),
                    what="an entry stands without its issuer or its date",
                    remedy="Fill both in, or write None in the quarter where there was nothing.",
                ),
                RowRule(
                    rule="date outside the tab's quarter",
                    broken_when="issued_on not between register_quarter_from and register_quarter_to",
                    cells=("issued_on",),
                    what="the date does not lie in the quarter of the tab",
                    remedy="Check that the day stands before the month, or move the entry to the tab of its quarter.",
                ),
                RowRule(
                    rule="date after the register",
                    broken_when="issued_on > as_at",
                    cells=("issued_on",),
                    what="the date lies after the day that the register speaks for",
                    remedy="Correct the date.",
                ),
            ),
        ),
    ),
)
