"""Environmental Health's quarterly return of what it did, by activity and month, and of health and safety requests.

Counts of ComS_042, 043, 046, 047, 052, 054, 089 and 089b stand by month for the year so far; requests of ComS_044, 045
and 053 a row each, without a name or a reference, for the quarter alone. Cases are `environmental_health_cases.py`.
"""

from cs_pipeline.declare.source import AsAt, Source
from cs_pipeline.sources.shapes.activity_counts import COUNTS
from cs_pipeline.sources.shapes.safety_requests import REQUESTS

SOURCE = Source(
    name="environmental_health_activity",
    title="Environmental Health activity",
    description="What Environmental Health did by month, and requests on health and safety with their days.",
    owner="Chief Environmental Health Officer",
    due="Three weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Return made on (\d{2}/\d{2}/\d{4})", example="Return made on 15/07/2019"),
    sensitivity="person_sensitive",
    counts_only=True,
    file_words=("EH",),
    tables=(COUNTS, REQUESTS),
)
