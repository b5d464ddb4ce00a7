"""The Communities team's list of anti-social behaviour cases: ComS_014 and its bands.

From about 2021/22 it takes neighbour nuisance referrals from the police. Individuals before the panel are
`asb_panel.py`.
"""

from cs_pipeline.declare.source import Source
from cs_pipeline.sources.shapes.case_list import AS_AT, case_table

TYPES = (
    "Neighbour dispute", "Nuisance youths", "Street drinking", "Vehicle nuisance", "Drugs", "Harassment",
    "Other community nuisance",
)  # fmt: skip

SOURCE = Source(
    name="communities_cases",
    title="Communities cases",
    description="Anti-social behaviour cases received by the Communities team, with when each was closed.",
    owner="Chief Communities Officer",
    due="Two weeks after the quarter ends",
    as_at=AS_AT,
    sensitivity="person_ordinary",
    reads=("wards",),
    file_words=("ASB",),
    tables=(case_table("communities_cases", TYPES, sheets="Cases", sheet_example="Cases", example="CS-0412"),),
)
