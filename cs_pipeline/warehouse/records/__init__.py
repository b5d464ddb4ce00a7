"""The records in `meta` that code keeps: their columns and descriptions, as data.

Tables made by SQL files are described in those files; how these tables come to be is `tables.py`.
"""

from cs_pipeline.warehouse.records.build import BUILD
from cs_pipeline.warehouse.records.columns import Columns, Records
from cs_pipeline.warehouse.records.decisions import DECISIONS
from cs_pipeline.warehouse.records.deliveries import DELIVERIES
from cs_pipeline.warehouse.records.figures import FIGURES

__all__ = ["META", "RESTRICTED", "Columns"]

META: Records = DELIVERIES | FIGURES | DECISIONS | BUILD
# A delivery of one meeting or one case would tell of people, and so would a ward of one case.
RESTRICTED = frozenset({"measured_from", "measured_ward"})
