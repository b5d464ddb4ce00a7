"""The agenda of the multi-agency panel on anti-social behaviour: ComS_017 and the bands of ComS_015.

An individual is known by a keyed hash of the panel's reference and by nothing else; one who comes back stands again.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.rows import TOTALS_ROW

SOURCE = Source(
    name="asb_panel",
    title="ASB panel",
    description="Individuals on the agenda of the multi-agency panel on anti-social behaviour, with their dates.",
    owner="Senior Communities Officer Crime and ASB",
    due="Two weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Agenda as at (\d{2}/\d{2}/\d{4})", example="Agenda as at 05/07/2019"),
    sensitivity="person_sensitive",
    tables=(
        Table(
            name="asb_panel",
            one_row="individual's time on the agenda as one delivery lists it",
            key=("panel_person_key", "first_discussed_on"),
            time="first_discussed_on",
            columns=(
                Column(
                    name="panel_person_key",
                    kind="reference",
                    description="Keyed hash of the panel's reference for an individual, which is itself not stored.",
                    headings=("Panel reference", "Reference", "Panel ref"),
                    required=True,
                    example="P-0031",
                ),
                Column(
                    name="first_discussed_on",
                    kind="date",
                    description="Day of the panel meeting at which the individual was first discussed.",
                    headings=("First discussed", "Date first discussed"),
                    required=True,
                ),
                Column(
                    name="removed_on",
                    kind="date",
                    description="Day on which the individual was taken off the agenda; blank while on it.",
                    headings=("Removed", "Date removed", "Removed from agenda"),
                ),
            ),
            layouts=(
                Layout(
                    since=date(2018, 4, 1),
                    sheets="Agenda",
                    because="The agenda's list as the panel has kept it since 2018.",
                ),
            ),
            ignores=(TOTALS_ROW,),
            rules=(
                RowRule(
                    rule="removed before discussed",
                    broken_when="removed_on < first_discussed_on",
                    cells=("first_discussed_on", "removed_on"),
                    what="the individual was removed before being first discussed",
                    remedy="Correct the date that is wrong.",
                ),
                RowRule(
                    rule="after the agenda",
                    broken_when="first_discussed_on > as_at or removed_on > as_at",
                    cells=("first_discussed_on", "removed_on"),
                    what="a date lies after the day that the agenda speaks for",
                    remedy="Check that the day stands before the month, and correct the date.",
                ),
            ),
        ),
    ),
)
