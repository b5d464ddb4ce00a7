"""Licensing's quarterly return: what it received, decided and inspected by family and month, and licences in force.

It feeds ComS_065 to 069, 093a to 093d and 097. A register of licences is full of persons; counts have no place for one.
What Environmental Health licenses and registers for itself, ComS_046, is `environmental_health_activity.py`.
"""

from cs_pipeline.declare.source import AsAt, Source
from cs_pipeline.sources.shapes.licences_in_force import IN_FORCE
from cs_pipeline.sources.shapes.licensing_counts import COUNTS

SOURCE = Source(
    name="licensing",
    title="Licensing",
    description="What Licensing did by family of licences, activity and month, and how many licences are in force.",
    owner="Licensing Manager",
    due="Two weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Return made on (\d{2}/\d{2}/\d{4})", example="Return made on 10/07/2019"),
    counts_only=True,
    tables=(IN_FORCE, COUNTS),  # The narrow one first: where a sheet is as near to either, it is that.
)
