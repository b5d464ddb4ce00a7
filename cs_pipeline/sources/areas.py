"""The borough's lower layer super output areas with their best-fit ward: reference data that decides what lies in the borough.

Matched by code, never by name: "Broxtowe Estate" is in Nottingham. Wards with their dates are `wards.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Layout, Source, Table
from cs_pipeline.words.fields import LSOA_CODE, WARD_CODE, WARD_NAME

SOURCE = Source(
    name="areas",
    title="Areas of the borough",
    description="Lower layer super output areas of the borough with their best-fit ward, from national statistics geography.",
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
                Column(
                    name="lsoa_name",
                    description="Name of the lower layer super output area.",
                    headings=("lsoa_name",),
                    required=True,
                ),  # fmt: skip
                Column(**{**WARD_CODE, "required": True}),
                Column(**{**WARD_NAME, "required": True}),
                Column(
                    name="area_share",
                    kind="decimal",
                    description="Share of the area's land that lies in its best-fit ward, 0 to 1.",
                    headings=("share_of_lsoa_area_in_ward",),
                    at_least=0,
                    at_most=1,
                    required=True,
                ),  # fmt: skip
            ),
            layouts=(Layout(since=date(2023, 5, 4), because="Best fit to the wards in force from May 2023."),),
        ),
    ),
)
