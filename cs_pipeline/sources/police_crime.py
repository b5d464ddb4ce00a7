"""The force's counts of recorded crime by offence and month: ComS_001, 007 to 010, 020 and 025.

Counts are live: each extract tells the months of its financial year anew, and the latest one holds. Public street-level
data is another source, `police_street.py`; incidents of anti-social behaviour are `police_asb.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Cells, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.rows import NOTE_ROW
from cs_pipeline.words.fields import MONTH_HEADING

# The offences that add to all crime, by the heading under which they are counted together.
CRIMES = {
    "violence with injury": ("Violence with injury",),
    "violence without injury": ("Violence without injury", "Stalking and harassment"),
    "sexual offences": ("Sexual offences",),
    "robbery": ("Personal robbery", "Business robbery"),
    "burglary": ("Residential burglary", "Business and community burglary"),
    "vehicle crime": ("Theft of a vehicle", "Theft from a vehicle", "Vehicle interference"),
    "other theft": ("Bicycle theft", "Shoplifting", "Theft from the person", "Other theft"),
    "criminal damage": ("Criminal damage and arson",),
    "other crime": ("Drug offences", "Possession of weapons", "Public order offences", "Other crimes against society"),
}
ALL_CRIME = "All crime"
# Counted across all offences by a mark on the record, crimes and incidents alike, so they are parts of no total.
MARKED = ("Hate crimes and incidents", "Domestic abuse crimes and incidents")
OFFENCES = (*(offence for listed in CRIMES.values() for offence in listed), ALL_CRIME, *MARKED)

SOURCE = Source(
    name="police_crime",
    title="Police crime",
    description="Recorded crime in the borough by offence and month, with the query that produced the counts.",
    owner="Senior Communities Officer Crime and ASB",
    due="Three weeks after the quarter ends",
    as_at=AsAt(
        place="title", found_by=r"Data extracted on (\d{2}/\d{2}/\d{4})", example="Data extracted on 14/07/2019"
    ),
    counts_only=True,
    tables=(
        Table(
            name="police_crime",
            one_row="offence and month as one extract counts it",
            key=("offence_name", "recorded_month"),
            once=("offence_name", "recorded_month"),
            time="recorded_month_from",
            columns=(
                Column(
                    name="extract_query",
                    description="Query on the force's system that produced the counts, as the extract states it.",
                    place="title",
                    found_by=r"Query: (.+)",
                    required=True,
                    pattern=r"(offences|crimes) by date (recorded|committed), Broxtowe (borough|district), "
                    r"counting rules \d{4}/\d{2}",
                    example="offences by date recorded, Broxtowe district, counting rules 2019/20",
                ),
                headed(
                    "Offence",
                    "offence_name",
                    "Offence, or group of crimes and incidents, in the force's words.",
                    allowed=OFFENCES,
                    aliases={
                        "Total recorded crime": ALL_CRIME,
                        "Burglary - residential": "Residential burglary",
                        "Burglary - business and community": "Business and community burglary",
                        "Robbery - personal": "Personal robbery",
                        "Robbery - business": "Business robbery",
                        "Hate crime": "Hate crimes and incidents",
                        "Domestic abuse": "Domestic abuse crimes and incidents",
                    },
                    required=True,
                ),
            ),
            cells=Cells(
                example="Apr 2019",
                heading=MONTH_HEADING,
                period=Column(
                    name="recorded_month",
                    kind="month",
                    description="Calendar month in which the offences were recorded, such as 2019-04.",
                ),
                figure=Column(
                    name="n_recorded",
                    kind="whole",
                    description="Offences, or crimes and incidents, recorded in the month.",
                    required=True,
                    at_least=0,
                ),
            ),
            not_stored=("Total", "Year to date", "Home Office class", "Change on last year"),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets="Recorded crime",
                    because="The extract as the force sent it from April 2019.",
                ),
                Layout(
                    since=date(2021, 7, 1),
                    sheets="Monthly counts",
                    because="From July 2021 the force's new system names its classes and spells its months out.",
                    renamed={"offence_name": ("Offence category",)},
                ),
            ),
            ignores=(NOTE_ROW,),
            rules=(
                RowRule(
                    rule="month not over",
                    broken_when="recorded_month_to >= as_at",
                    cells=("n_recorded",),
                    what="the month was not over on the day on which the data was extracted",
                    remedy="Leave the month out; it comes with the next extract.",
                ),
            ),
        ),
    ),
)
