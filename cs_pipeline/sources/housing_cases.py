"""The Housing Division's list of anti-social behaviour cases in general housing: ComS_013 and its bands.

Open and closed cases stand on two sheets of one shape. Tenants and addresses are not read.
"""

from cs_pipeline.declare.source import Source
from cs_pipeline.sources.shapes.case_list import AS_AT, case_table

TYPES = (
    "Noise", "Verbal abuse or harassment", "Vandalism", "Drugs", "Garden or rubbish", "Pets or animals",
    "Other housing nuisance",
)  # fmt: skip

SOURCE = Source(
    name="housing_cases",
    title="Housing cases",
    description="Anti-social behaviour cases received by the Housing Division, with when each was closed.",
    owner="Housing Operations Manager",
    due="Two weeks after the quarter ends",
    as_at=AS_AT,
    sensitivity="person_ordinary",
    reads=("wards",),
    file_words=("ASB",),
    tables=(
        case_table(
            "housing_cases",
            TYPES,
            sheets="(Open|Closed) cases",
            sheet_example="Open cases",
            example="HSG-2019-0045",
        ),
    ),
)
