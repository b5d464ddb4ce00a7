"""Columns that several records share, each described once."""

from cs_pipeline.declare import gather
from cs_pipeline.declare.source import PROVENANCE
from cs_pipeline.words import fields

Columns = tuple[tuple[str, str, str], ...]
Records = dict[str, tuple[str, Columns]]

DELIVERY: Columns = PROVENANCE[:1]
SOURCE_NAME = (
    "source_name",
    "varchar",
    "Name of the source, which is also its folder and its file of declarations.",
)
INDICATOR_CODE = ("indicator_code", "varchar", "Code of the performance indicator in Pentana, such as ComS_011.")
PERIOD_KIND = ("period_kind", "varchar", "Kind of period: month, quarter, year to date, year, odd period or span.")
PERIOD_KEY = (
    "period_key",
    "varchar",
    "Key of the period: 2021-10, 2021-22-Q3, 2021-22, or first and last month of an odd period.",
)
QUARTER = ("quarter_key", "varchar", "Financial quarter, such as 2021-22-Q3.")
SHEET = ("sheet_name", "varchar", "The sheet of the workbook in which the row stood; empty for a flat file.")
WARD_CODE = ("ward_code", "varchar", str(fields.WARD_CODE["description"]))
MEASURE_NAME = ("measure_name", "varchar", "Name of the measure that counts it, which is its file in sql/measures.")
COUNTED_PART = ("counted_part", "varchar", gather.COUNTED_PART)
SINCE = ("since_quarter_key", "varchar", "First quarter in which the definition is in force, such as 2021-22-Q3.")
COMPARABLE_RUN = (
    "comparable_run",
    "integer",
    "Number of the run of definitions whose figures compare with one another.",
)
MISSING = "Why there is no number: a typed reason such as not comparable, nil or held."
PART_NUMERATOR = "What these rows add to the numerator; empty where one delivery would tell of people."
PART_DENOMINATOR = "What these rows add to the denominator; empty where one delivery would tell of people."
FINGERPRINT = "Hash over what the figure is and what it was calculated by: whatever changes it changes the number."
CONFLICT_KEY = ("conflict_key", "varchar", "Key of the conflict, by which it is settled.")
CONFLICT_KIND = ("conflict_kind", "varchar", "Kind of conflict, which is also the name of its SQL file.")
STATED_BY = "Who says it: service data, CSI, KPI, MPI, Pentana or the deliveries."
DECIDED: Columns = (
    ("decided_because", "varchar", "Reason for which it was decided so."),
    ("decided_by", "varchar", "Post that took the decision."),
    ("decided_on", "date", "Day on which the decision was taken."),
)
