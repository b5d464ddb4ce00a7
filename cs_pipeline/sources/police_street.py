"""Street-level crime and anti-social behaviour as published at data.police.uk, one CSV for each month and force.

Only rows whose LSOA lies in the borough become facts. The force's own incident workbook, which the indicators are
counted from, is `police_asb.py`: the two are never added.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Ignore, Layout, RowRule, Source, Table
from cs_pipeline.words.fields import LSOA_CODE

CRIME_TYPES = (
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
    "Other theft", "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person",
    "Vehicle crime", "Violence and sexual offences",
)  # fmt: skip

SOURCE = Source(
    name="police_street",
    title="Police street data",
    description="Street-level crime and anti-social behaviour for a force and month, from the public archive.",
    owner="Senior Communities Officer Crime and ASB",
    due="The last working day of the second month after the month",
    as_at=AsAt(place="file name", found_by=r"^(\d{4}-\d{2})-", example="2024-02-nottinghamshire-street.csv"),
    form="flat",
    reads=("areas",),
    file_words=("derbyshire", "leicestershire", "lincolnshire", "yorkshire"),
    licence="Contains public sector information licensed under the Open Government Licence v3.0.",
    tables=(
        Table(
            name="police_street",
            one_row="incident or crime at a street of the borough; equal rows are separate incidents",
            key=("month", "reported_by"),
            many_per_key=True,
            time="month_from",
            columns=(
                headed(
                    "Crime ID",
                    "crime_id",
                    "The archive's own identifier of a crime; blank for anti-social behaviour.",
                    pattern=r"[0-9a-f]{64}",
                    form="an identifier of 64 hexadecimal digits",
                ),
                headed(
                    "Month", "month", "Calendar month of the incident, such as 2024-02.", kind="month", required=True
                ),
                headed("Reported by", "reported_by", "Police force whose file the row stands in.", required=True),
                headed(
                    "Longitude",
                    "longitude",
                    "Longitude of the snapped point, in degrees.",
                    kind="decimal",
                    at_least=-9,
                    at_most=2,
                ),
                headed(
                    "Latitude",
                    "latitude",
                    "Latitude of the snapped point, in degrees.",
                    kind="decimal",
                    at_least=49,
                    at_most=61,
                ),
                Column(**LSOA_CODE),
                headed(
                    "Crime type",
                    "crime_type",
                    "One of the archive's fourteen crime types.",
                    required=True,
                    allowed=CRIME_TYPES,
                ),
                headed("Last outcome category", "last_outcome", "Last outcome of the crime as the archive words it."),
            ),
            not_stored=("Falls within", "Location", "LSOA name", "Context"),
            layouts=(
                Layout(
                    since=date(2013, 5, 1),
                    because="The archive's present heading row, in use since May 2013.",
                ),
            ),
            ignores=(
                Ignore(rule="no LSOA, so not known to lie in the borough", when="lsoa_code is null"),
                Ignore(
                    rule="outside the borough",
                    when="regexp_full_match(lsoa_code, '[EW]01[0-9]{6}') "
                    "and lsoa_code not in (select lsoa_code from areas)",
                ),
            ),
            rules=(
                RowRule(
                    rule="month of another file",
                    broken_when="last_day(month_from) <> as_at",
                    cells=("month",),
                    what="the month is not the month in the file's name",
                    remedy="Ask for the file of that month, or correct the name of this one.",
                ),
            ),
        ),
    ),
)
