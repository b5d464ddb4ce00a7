"""The borough's ward codes and when each is first listed, so that a ward has dates. Areas are `areas.py`."""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, Source, Table
from cs_pipeline.words.fields import WARD_CODE, WARD_NAME

SOURCE = Source(
    name="wards",
    title="Wards of the borough",
    description="Electoral wards of the borough with the year in which each code is first listed.",
    owner="not stated",
    due="When boundaries change",
    folder="reference/wards",
    form="flat",
    as_at=AsAt(place="file name", found_by=r"(\d{4}-\d{2}-\d{2})", example="wards 2023-05-04.csv"),
    licence="Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
    tables=(
        Table(
            name="wards",
            one_row="ward of the borough as one list gives it",
            key=("ward_code",),
            columns=(
                Column(**{**WARD_CODE, "required": True}),
                Column(**{**WARD_NAME, "required": True}),
                headed(
                    "first_listed",
                    "first_listed",
                    "Year in which the ward code is first listed.",
                    kind="whole",
                    at_least=1974,
                    at_most=2100,
                    required=True,
                ),
            ),
            layouts=(Layout(since=date(2023, 5, 4), because="Codes of the reviews of 2015 and 2023."),),
        ),
    ),
)
