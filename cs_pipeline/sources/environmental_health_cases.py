"""Environmental Health's list of anti-social behaviour cases: what ComS_012 and its bands are counted from.

The same cases stand inside the pollution complaints of ComS_047: the two are never added. Counts by activity are
another return.
"""

from cs_pipeline.declare.source import Source
from cs_pipeline.sources.shapes.case_list import AS_AT, case_table

TYPES = ("Noise", "Bonfire or smoke", "Accumulation of waste", "Animal nuisance", "Artificial light", "Other nuisance")

SOURCE = Source(
    name="environmental_health_cases",
    title="Environmental Health cases",
    description="Anti-social behaviour cases received by Environmental Health, with when each was closed.",
    owner="Chief Environmental Health Officer",
    due="Two weeks after the quarter ends",
    as_at=AS_AT,
    sensitivity="person_ordinary",
    reads=("wards",),
    file_words=("EH", "ASB"),
    tables=(
        case_table(
            "environmental_health_cases",
            TYPES,
            sheets="ASB cases",
            sheet_example="ASB cases",
            example="EH/19/00123",
        ),
    ),
)
