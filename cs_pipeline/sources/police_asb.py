"""The force's workbook of anti-social behaviour incidents, a tab a month: what ComS_011 is counted from.

Counted on the closing code; later deliveries revise earlier months by the incident number. Street texts are not stored.
Public street-level data is another source, `police_street.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.rows import TOTALS_ROW
from cs_pipeline.words.fields import BOROUGH_WARD

# The thirteen headings of the National Standard for Incident Recording, then what a log can turn out to be instead.
INCIDENT_TYPES = (
    "Abandoned vehicle", "Vehicle nuisance", "Rowdy or inconsiderate behaviour", "Nuisance neighbours",
    "Littering/drugs paraphernalia", "Animal problems", "Trespass", "Nuisance communications", "Street drinking",
    "Prostitution-related activity", "Noise", "Begging", "Fireworks",
)  # fmt: skip
QUALIFIERS = ("Alcohol", "Drugs", "Youth", "Mental health", "Hate", "Vehicle", "COVID-19")
NOT_ASB = ("Crime recorded", "Concern for safety", "Duplicate log")
MONTH_TAB = r"(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec) \d{4}( \(revised\))?"  # noqa: E501 (one pattern)

SOURCE = Source(
    name="police_asb",
    title="Police ASB",
    description="Incident logs of anti-social behaviour from the police force, each quarter with revisions.",
    owner="Senior Communities Officer Crime and ASB",
    due="Three weeks after the quarter ends",
    as_at=AsAt(
        place="title",
        found_by=r"Data extracted on (\d{2}/\d{2}/\d{4})",
        example="Data extracted on 14/07/2019",
    ),
    sensitivity="person_ordinary",
    reads=("wards",),
    tables=(
        Table(
            name="police_asb",
            one_row="incident as one tab of one delivery lists it",
            key=("incident_number",),
            repeats="last",
            time="occurred_on",
            columns=(
                Column(
                    name="tab_month",
                    kind="period",
                    description="Month of the tab in which the incident is listed.",
                    place="sheet name",
                    found_by=r"^(\w+ \d{4})",
                    required=True,
                ),
                headed(
                    "Incident No",
                    "incident_number",
                    "The force's own number of the incident log.",
                    required=True,
                    pattern=r"[A-Z]{2}-\d{8}-\d{4}",
                    example="NP-20190401-0012",
                ),
                headed(
                    "Date",
                    "occurred_on",
                    "Day on which the incident was reported to the force.",
                    kind="date",
                    required=True,
                ),
                headed("Time", "occurred_at", "Time of day at which the incident was reported.", kind="time"),
                headed(
                    "Opening Code",
                    "opening_type",
                    "What the log was opened as, in the force's words.",
                    allowed=INCIDENT_TYPES + NOT_ASB,
                ),
                headed(
                    "Closing Code",
                    "closing_type",
                    "What the log was closed as; incidents are counted on it. Blank while open.",
                    allowed=INCIDENT_TYPES + NOT_ASB,
                ),
                headed(
                    "ASB Type",
                    "asb_type",
                    "Group of the incident: personal, nuisance or environmental.",
                    allowed=("Personal", "Nuisance", "Environmental"),
                ),
                headed(
                    "Qualifiers",
                    "qualifiers",
                    "What else the force noted, such as alcohol or youth, joined by semicolons.",
                    pattern=rf"(?i:{'|'.join(QUALIFIERS)})( ?[;,] ?(?i:{'|'.join(QUALIFIERS)}))*",
                    example="Alcohol; Youth",
                ),
                headed(
                    "Beat Code",
                    "beat_code",
                    "Code of the police beat in which the incident lies.",
                    pattern=r"[A-Z]{1,3}\d{1,3}",
                    example="ZB01",
                ),
                Column(**BOROUGH_WARD),
            ),
            not_stored=("Beat Name", "District", "Street", "Easting", "Northing"),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets=MONTH_TAB,
                    sheet_example="April 2019",
                    because="The workbook as the force sent it from 2019.",
                ),
                Layout(
                    since=date(2021, 4, 1),
                    sheets=MONTH_TAB,
                    sheet_example="April 2019",
                    because="From April 2021 the force's new system groups and renames the columns.",
                    renamed={
                        "incident_number": ("Incident Number",),
                        "occurred_on": ("Incident Date",),
                        "occurred_at": ("Incident Time",),
                        "opening_type": ("Initial Type",),
                        "closing_type": ("Closing Type",),
                        "asb_type": ("ASB Category",),
                        "beat_code": ("Beat",),
                    },
                ),
            ),
            ignores=(TOTALS_ROW,),
            rules=(
                RowRule(
                    rule="date outside the tab's month",
                    broken_when="""occurred_on not between tab_month_from and tab_month_to and incident_number not in (
                        select incident_number from typed where occurred_on between tab_month_from and tab_month_to)""",
                    cells=("occurred_on",),
                    what="the date does not lie in the month of the tab",
                    remedy="Check that the day stands before the month, or move the incident to the tab of its month.",
                ),
                RowRule(
                    rule="date after the extract",
                    broken_when="occurred_on > as_at",
                    cells=("occurred_on",),
                    what="the date lies after the day on which the data was extracted",
                    remedy="Ask the force for the right date of the incident.",
                ),
            ),
        ),
    ),
)
