"""How many persons and households the borough has, by census day or mid-year: what rates are taken per.

Published counts only, each with where it was published; what a rate is made of is `sql/marts/indicator_rate.sql`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, Source, Table

SOURCE = Source(
    name="populations",
    title="Populations of the borough",
    description="Persons and households of the borough by census day or mid-year, from national statistics.",
    owner="not stated",
    due="When national statistics publish a census or a mid-year estimate",
    folder="reference/populations",
    form="flat",
    as_at=AsAt(place="file name", found_by=r"(\d{4}-\d{2}-\d{2})", example="populations 2023-01-05.csv"),
    licence="Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
    tables=(
        Table(
            name="populations",
            one_row="count of persons or households of an area on a day",
            key=("area_code", "population_kind", "population_day"),
            columns=(
                Column(
                    name="area_code",
                    description="Code of the area in national statistics geography.",
                    headings=("area_code", "Area code"),
                    pattern=r"E0[5-9]\d{6}",
                    example="E07000172",
                    required=True,
                ),
                headed(
                    "area_name",
                    "area_name",
                    "Name of the area; areas are matched by code, never by name.",
                    required=True,
                ),
                headed(
                    "kind",
                    "population_kind",
                    "What is counted in the area: persons, households or adult females.",
                    allowed=("persons", "households", "adult females"),
                    required=True,
                ),
                headed(
                    "day",
                    "population_day",
                    "Day for which the area was counted: a census day, or 30 June for a mid-year estimate.",
                    kind="date",
                    required=True,
                ),
                headed(
                    "number",
                    "population",
                    "Persons or households of the area on that day, as published.",
                    kind="whole",
                    at_least=1,
                    required=True,
                ),
                headed(
                    "made_as",
                    "made_as",
                    "How the number was made: a census count or a mid-year estimate.",
                    allowed=("census", "mid-year estimate"),
                    required=True,
                ),
                headed(
                    "rounded_to",
                    "rounded_to",
                    "To how many the number is rounded; 1 where it is not.",
                    kind="whole",
                    at_least=1,
                    required=True,
                ),
                headed("published_in", "published_in", "Publication in which the number stands.", required=True),
            ),
            layouts=(Layout(since=date(2023, 1, 5), because="The censuses of 2011 and 2021 as first listed here."),),
        ),
    ),
)
