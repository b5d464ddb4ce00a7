"""How many licences of each family were in force at the end of each year: a stock, of which the latest holds."""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import Cells, Layout, Table
from cs_pipeline.sources.shapes.licence_families import FAMILY, NOTICES
from cs_pipeline.sources.shapes.licensing_counts import CHANGED_ON
from cs_pipeline.sources.shapes.rows import NOTE_ROW, TOTALS_ROW, rule

IN_FORCE = Table(
    name="licensing_stock",
    one_row="family of licences and 31 March",
    key=("licence_family_name", "in_force_on"),
    once=("licence_family_name", "in_force_on"),
    columns=(FAMILY.model_copy(update={"headings": ("Licences",)}),),  # Headed so that no sheet is taken for the other.
    cells=Cells(
        example="31 March 2019",
        heading=r"(?P<period>31 Mar(ch)? \d{4}|\d{4}-03-31)",
        period=Column(name="in_force_on", kind="date", description="31 March on which the licences were in force."),
        figure=Column(
            name="n_in_force",
            kind="whole",
            description="Licences of the family in force on the day; a stock, so never added over years.",
            required=True,
            at_least=0,
        ),
    ),
    not_stored=("Change on last year",),
    layouts=(
        Layout(
            since=date(2019, 4, 1),
            sheets="Licences in force",
            because="Every return tells the ends of all years known since March 2019, so each can be put right.",
        ),
        Layout(
            since=CHANGED_ON,
            sheets="In force at 31 March",
            renamed={"licence_family_name": ("Family of licences",)},
            because="Renamed with the sheet of the activities from the return for April to June 2021.",
        ),
    ),
    ignores=(TOTALS_ROW, NOTE_ROW),
    rules=(
        rule(
            "day not reached",
            "in_force_on > as_at",
            "n_in_force",
            "the day lies after that of the return",
            "Delete the column; it comes with the return made after the day.",
        ),
        rule(
            "notices in force",
            f"licence_family_name = '{NOTICES}'",
            "licence_family_name",
            "a notice is no licence, so none is in force",
            "Delete the row.",
        ),
    ),
)
