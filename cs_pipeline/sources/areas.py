"""The borough's lower layer super output areas with their best-fit ward: what lies in the borough, for every source.

Matched by code, never by name: "Broxtowe Estate" is in Nottingham. Wards with their dates are `wards.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, Source, Table
from cs_pipeline.words.fields import LSOA_CODE, WARD_CODE, WARD_NAME

SOURCE = Source(
    name="areas",
    title="Areas of the borough",
    description="Lower layer super output areas of the borough with their best-fit ward, from national statistics.",
    owner="not stated",
    due="When boundaries change",
    folder="reference/areas",
    form="flat",
    as_at=AsAt(place="file name", found_by=r"(\d{4}-\d{2}-\d{2})", example="areas 2023-05-04.csv"),
    licence="Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
    tables=(
        Table(
            name="areas",
            one_row="area of the borough as one list gives it",
            key=("lsoa_code",),
            columns=(
                Column(**{**LSOA_CODE, "headings": ("lsoa_code", "LSOA code"), "required": True}),
                headed("lsoa_name", "lsoa_name", "Name of the lower layer super output area.", required=True),
                Column(**{**WARD_CODE, "required": True}),
                Column(**{**WARD_NAME, "required": True}),
                headed(
                    "share_of_lsoa_area_in_ward",
                    "area_share",
                    "Share of the area's land that lies in its best-fit ward, 0 to 1.",
                    kind="decimal",
                    at_least=0,
                    at_most=1,
                    required=True,
                ),
            ),
            layouts=(Layout(since=date(2023, 5, 4), because="Best fit to the wards in force from May 2023."),),
        ),
    ),
)
