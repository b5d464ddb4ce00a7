"""The records in `meta` that code keeps: their columns and descriptions, as data.

Tables made by SQL files are described in those files; how these tables come to be is `tables.py`.
"""

from cs_pipeline.declare import gather
from cs_pipeline.declare.conflict import COLUMNS
from cs_pipeline.declare.source import PROVENANCE

Columns = tuple[tuple[str, str, str], ...]

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
RESTRICTED = frozenset({"measured_from"})  # A delivery of one meeting or one case would tell of people.
META: dict[str, tuple[str, Columns]] = {
    "source": (
        "Every declared source: who answers for it, when it is due, how long it is kept.",
        (
            SOURCE_NAME,
            ("source_title", "varchar", "Name of the source as messages and reports write it."),
            ("source_description", "varchar", "What the source delivers and where it comes from."),
            ("source_owner", "varchar", "Post that answers for the source."),
            ("due_when", "varchar", "When a delivery of the source is due, in words."),
            ("sensitivity", "varchar", "Class that decides how small counts are protected."),
            ("keep_years", "integer", "Years for which deliveries of the source are kept."),
            ("licence", "varchar", "Licence under which the source is published, where it is."),
        ),
    ),
    "delivery": (
        "Every delivery that was taken in, with the day it speaks for and what became of its rows.",
        (
            *DELIVERY,
            SOURCE_NAME,
            ("sha256", "varchar", "SHA-256 of the file's bytes, by which the archive keeps it."),
            (
                "file_name",
                "varchar",
                "Name under which the file arrived; the first in the alphabet if there were several.",
            ),
            ("as_at", "date", "The day that the delivery speaks for, read from its declared place."),
            (
                "outcome",
                "varchar",
                "What became of the delivery: accepted, refused or withdrawn by decision.",
            ),
            (
                "n_read",
                "bigint",
                "Rows read beneath the headings; empty when the delivery was refused unread.",
            ),
            ("n_accepted", "bigint", "Rows that became typed rows in stage."),
            ("n_quarantined", "bigint", "Rows that were not accepted because they broke a rule."),
            ("n_ignored", "bigint", "Rows that a declared rule leaves out, such as totals."),
            ("withdrawn_because", "varchar", "Reason for which a decision withdrew the delivery."),
            ("reading_fingerprint", "varchar", "Hash of the declarations by which the delivery was read."),
        ),
    ),
    "sheet_count": (
        "Rows of each sheet of each delivery by what became of them: read is the sum of the other three.",
        (
            *DELIVERY,
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            SHEET,
            (
                "n_read",
                "bigint",
                "Rows read beneath the headings; empty when the delivery was refused unread.",
            ),
            ("n_accepted", "bigint", "Rows that became typed rows in stage."),
            ("n_quarantined", "bigint", "Rows that were not accepted because they broke a rule."),
            ("n_ignored", "bigint", "Rows that a declared rule leaves out, such as totals."),
        ),
    ),
    "ignored": (
        "Rows left out of each sheet on purpose, counted by the declared rule that leaves them out.",
        (
            *DELIVERY,
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            SHEET,
            ("rule", "varchar", "The declared rule that the rows met or broke, in words."),
            ("n_ignored", "bigint", "Rows that a declared rule leaves out, such as totals."),
        ),
    ),
    "finding": (
        "One thing wrong in a delivery: which cells, what is wrong, what to do, how severe.",
        (
            *DELIVERY,
            ("finding_number", "integer", "Place of the finding in its delivery, counted from 1."),
            ("rule", "varchar", "The declared rule that the rows met or broke, in words."),
            ("severity", "varchar", "What it costs: refused, quarantined, fail, hold, warned or warn."),
            ("dimension", "varchar", "Dimension of data quality to which the rule belongs."),
            SHEET,
            ("cells", "varchar", "Addresses of the cells concerned, as a spreadsheet shows them."),
            ("sentence", "varchar", "The two sentences that people read: what is wrong and what to do."),
        ),
    ),
    "quarantine": (
        "Rows that were not accepted, by address and rule; the values stay in the archive.",
        (
            *DELIVERY,
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            SHEET,
            ("row_number", "integer", "The row's number as a spreadsheet shows it, headings counted."),
            ("cells", "varchar", "Addresses of the cells concerned, as a spreadsheet shows them."),
            ("rule", "varchar", "The declared rule that the rows met or broke, in words."),
            ("remedy", "varchar", "What to do so that the row can be accepted."),
        ),
    ),
    "correction": (
        "Cells that were read as another value than the file holds, by decision; the values stand in the decision.",
        (
            *DELIVERY,
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            SHEET,
            ("corrected_cell", "varchar", "Address of the cell whose value was replaced."),
            ("column_name", "varchar", "Name of the column that is made."),
            ("corrected_because", "varchar", "Reason for which the value was replaced."),
            ("decided_by", "varchar", "Post that took the decision."),
            ("decided_on", "date", "Day on which the decision was taken."),
        ),
    ),
    "tie": (
        "Keys for which two deliveries of the same day say different things; one was taken by a fixed rule.",
        (
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            (
                "key_text",
                "varchar",
                "Values of the key that ties, joined by semicolons; empty for sources about people.",
            ),
            ("as_at", "date", "The day that the delivery speaks for, read from its declared place."),
            ("n_deliveries", "bigint", "Deliveries of that day that hold the key."),
        ),
    ),
    "calendar": (
        "The first and last day that the warehouse has periods for, from the settings.",
        (
            ("calendar_from", "date", "First day of the first quarter that is kept."),
            ("calendar_to", "date", "Last day of the last quarter for which there is a place."),
        ),
    ),
    "bank_holiday": (
        "Every bank holiday of England in the calendar, from the holidays library: on these days nobody is at work.",
        (
            (
                "bank_holiday_on",
                "date",
                "Day of a bank holiday of England, substitute days and those of one year included.",
            ),
            ("bank_holiday_name", "varchar", "Name of the bank holiday that the day is; empty on any other day."),
        ),
    ),
    "claim": (
        "What must be true of the warehouse, whether it is, and how many rows break it.",
        (
            ("claim_name", "varchar", "Name of the claim, which is also the name of its SQL file."),
            ("table_name", "varchar", "Name of the table concerned, its schema first."),
            ("severity", "varchar", "What it costs: refused, quarantined, fail, hold, warned or warn."),
            ("dimension", "varchar", "Dimension of data quality to which the rule belongs."),
            ("claim_sentence", "varchar", "The claim in one sentence, as reports print it."),
            ("n_broken", "bigint", "Rows that break the claim; 0 when it holds."),
        ),
    ),
    "claim_row": (
        "Every row that breaks a claim, with the sentence that says how.",
        (
            ("claim_name", "varchar", "Name of the claim, which is also the name of its SQL file."),
            ("table_name", "varchar", "Name of the table concerned, its schema first."),
            ("severity", "varchar", "What it costs: refused, quarantined, fail, hold, warned or warn."),
            ("broken_by", "varchar", "One sentence on the row that breaks the claim."),
            ("broken_row", "json", "The row that breaks the claim, its columns by name."),
        ),
    ),
    "indicator": (
        "Every indicator as its owner defines it: title, sets, unit, aim, how quarters become a year, sensitivity.",
        (
            INDICATOR_CODE,
            ("indicator_title", "varchar", "Title of the indicator in its file of definitions."),
            ("indicator_sets", "varchar", "Sets of the plan in which the indicator stands, joined by commas."),
            ("objective_code", "varchar", "Code of the objective that the indicator serves, such as CS1."),
            ("owner_title", "varchar", "Post that answers for the indicator as the plan prints it, or not stated."),
            ("unit", "varchar", "Unit of the indicator: a number or a percentage."),
            ("aim", "varchar", "Direction that counts as better: maximise, minimise, plan is best or none."),
            ("is_aim_disputed", "boolean", "Whether officers disagree on which direction is better."),
            ("rollup", "varchar", "How quarters become a year: sum, ratio, latest, annual, year end or distinct."),
            ("fed_by", "varchar", "Source from which the indicator is counted."),
            ("sensitivity", "varchar", "Class that decides how small counts are protected."),
            ("first_comparable_day", "date", "First day of the first year in which the indicator can be compared."),
            ("missing_before", "varchar", "Why there is no figure before that day: not comparable or not introduced."),
            ("rule_note", "varchar", "What a reader must know before using the indicator."),
            ("is_heading", "boolean", "Whether it is only a heading over other indicators."),
            ("green_within_pct", "double", "Distance from target, in per cent of it, up to which a figure is green."),
            ("amber_within_pct", "double", "Distance from target, in per cent of it, up to which a figure is amber."),
            ("green_at", "double", "Value at which a figure is green, where the limits are values of their own."),
            ("amber_at", "double", "Value at which a figure is amber, where the limits are values of their own."),
            ("pentana_quarters", "varchar", "What Pentana's cell of a quarter holds: the quarter or the year to date."),
            ("rate_per", "varchar", "What its years are told per 1,000 of: persons or households; empty for none."),
        ),
    ),
    "definition": (
        "How each indicator is calculated, from which quarter on and why.",
        (
            INDICATOR_CODE,
            ("definition_number", "integer", "Place of the definition in the history of its indicator, from 1."),
            SINCE,
            ("until_quarter_key", "varchar", "Last quarter in which the definition is in force; empty while it holds."),
            ("definition_because", "varchar", "Reason for which the definition was made or changed."),
            ("numerator_words", "varchar", "What the numerator, or the count, is, in words."),
            ("denominator_words", "varchar", "What the denominator of a ratio is, in words."),
            MEASURE_NAME,
            COUNTED_PART,
            ("awaited_source", "varchar", "Source that is still to come, where nothing can be counted yet."),
            ("is_comparable", "boolean", "Whether figures under it compare with those under the definition before."),
            COMPARABLE_RUN,
        ),
    ),
    "measure": (
        "What can be counted: each measure in words and as the query that counts it.",
        (
            MEASURE_NAME,
            ("measure_words", "varchar", "What the measure counts, in one sentence."),
            ("measure_sql", "varchar", "The query of the measure, as its file holds it."),
        ),
    ),
    "indicator_part": (
        "How indicators belong together: parts of a whole, operands of a ratio, one counted inside another, headings.",
        (
            INDICATOR_CODE,
            ("part_kind", "varchar", "How the other belongs to it: part, contained, numerator, denominator or headed."),
            ("part_code", "varchar", "Code of the other indicator that belongs to it."),
        ),
    ),
    "other_basis": (
        "Other bases on which a percentage is reckoned, each as sums of indicators over sums of indicators.",
        (
            INDICATOR_CODE,
            ("basis_words", "varchar", "The other basis, in words."),
            ("basis_place", "varchar", "Where the other indicator stands in it: numerator or denominator."),
            ("part_code", "varchar", "Code of the other indicator that belongs to it."),
        ),
    ),
    "odd_period": (
        "Periods that the plan prints in the column of a year although they are none, such as October to September.",
        (
            INDICATOR_CODE,
            ("stands_for_year_key", "varchar", "Financial year in whose column the odd period is printed."),
            ("first_quarter_key", "varchar", "First financial quarter of the period, such as 2021-22-Q1."),
            ("last_quarter_key", "varchar", "Last financial quarter of the period, such as 2021-22-Q4."),
        ),
    ),
    "target_share": (
        "How the annual target of each counted indicator is shared out over its quarters.",
        (
            INDICATOR_CODE,
            ("quarter_number", "integer", "Number of the quarter in its financial year, 1 to 4."),
            ("share_pct", "double", "Share of the annual target, in per cent, that falls into the quarter."),
        ),
    ),
    "measured": (
        "What each indicator's definition counts in each period that it measures: all figures follow from these.",
        (
            INDICATOR_CODE,
            PERIOD_KIND,
            PERIOD_KEY,
            QUARTER,
            MEASURE_NAME,
            COUNTED_PART,
            ("numerator", "bigint", "What is counted for the figure; for a percentage, the part."),
            ("denominator", "bigint", "For a percentage, the whole that the part is taken of; empty for a count."),
            ("is_whole", "boolean", "Whether every month of the period is on record in whole."),
            ("is_held", "boolean", "Whether a claim holds back rows that the figure counts."),
            SINCE,
            COMPARABLE_RUN,
            ("made_from", "varchar", "Hash over the SQL and the contents that the table was made from."),
        ),
    ),
    "measured_from": (
        "Which rows of which delivery stand behind each figure in `meta.measured`.",
        (
            INDICATOR_CODE,
            PERIOD_KIND,
            PERIOD_KEY,
            *DELIVERY,
            SHEET,
            ("n_rows", "bigint", "Rows of the table, or of its quarter."),
            ("first_row_number", "integer", "First row counted, as a spreadsheet numbers it, headings included."),
            ("last_row_number", "integer", "Last row counted, as a spreadsheet numbers it, headings included."),
            ("part_numerator", "bigint", PART_NUMERATOR),
            ("part_denominator", "bigint", PART_DENOMINATOR),
        ),
    ),
    "stale": (
        "Counts that stand from other rows or another definition than hold now, because only others were asked for.",
        (INDICATOR_CODE, PERIOD_KIND, PERIOD_KEY, QUARTER),
    ),
    "figure_history": (
        "Every figure as it was known from the first publication that held it: the ledger's record, never rewritten.",
        (
            INDICATOR_CODE,
            PERIOD_KIND,
            PERIOD_KEY,
            ("version_number", "integer", "Place of the version in its history, counted from 1."),
            ("value", "double", "The figure as a number, in the unit of its indicator; empty where there is none."),
            ("numerator", "bigint", "What is counted for the figure; for a percentage, the part."),
            ("denominator", "bigint", "For a percentage, the whole that the part is taken of; empty for a count."),
            ("missing_reason", "varchar", MISSING),
            SINCE,
            ("figure_fingerprint", "varchar", FINGERPRINT),
            ("known_at", "timestamp", "Moment from which the version was known, in universal time."),
        ),
    ),
    "issue": (
        "Every issue: the cut of a period's figures that went to a meeting, on a date.",
        (
            ("issue_key", "varchar", "Key of the issue: its period and who it went to."),
            PERIOD_KEY,
            ("issued_on", "date", "Day on which it was issued, made, imposed or received."),
            ("issued_to", "varchar", "Meeting or paper that the figures were issued to."),
            ("cut_at", "timestamp", "Moment at which the figures were cut, in universal time."),
        ),
    ),
    "restated": (
        "Every decision to restate an issued figure: which, to what, why, agreed by whom.",
        (
            INDICATOR_CODE,
            PERIOD_KIND,
            PERIOD_KEY,
            ("figure_fingerprint", "varchar", FINGERPRINT),
            ("restated_because", "varchar", "Reason for which the issued figure was restated."),
            ("agreed_by", "varchar", "Post or meeting that agreed to the restatement."),
            ("agreed_on", "date", "Day on which the restatement was agreed."),
            ("restated_at", "timestamp", "Moment at which the restatement was recorded, in universal time."),
        ),
    ),
    "conflict_kind": (
        "Every kind of conflict that is looked for, what settles one, and whether a figure is held while it is open.",
        (
            CONFLICT_KIND,
            ("kind_words", "varchar", "The kind of conflict in words."),
            ("settled_by", "varchar", "What would settle a conflict of the kind."),
            (
                "kind_holds_figure",
                "boolean",
                "Whether no figure goes out while a conflict of the kind is open over it.",
            ),
        ),
    ),
    "conflict_history": (
        "Every conflict as it was known from the first publication that held it, and when it had gone: the ledger's "
        "record, never rewritten.",
        (
            CONFLICT_KEY,
            ("version_number", "integer", "Place of the version in its history, counted from 1."),
            ("is_there", "boolean", "Whether the conflict was found, or had gone."),
            CONFLICT_KIND,
            *(
                (name, *COLUMNS[name])
                for name in (
                    "edition_code",
                    "indicator_code",
                    "subject",
                    "period_key",
                    "first_by",
                    "first_said",
                    "second_by",
                    "second_said",
                    "ask",
                    "disagrees",
                )
            ),
            ("known_at", "timestamp", "Moment from which the version was known, in universal time."),
        ),
    ),
    "precedence": (
        "Who holds where statements of a figure disagree, by decision: the first of an order that says anything.",
        (
            ("for_indicator_code", "varchar", "Code of the indicator; empty where the decision is for all."),
            ("for_first_day", "date", "First day of the period decided on; empty where the decision is for all."),
            ("for_last_day", "date", "Last day of the period decided on; empty where the decision is for all."),
            ("stated_by", "varchar", STATED_BY),
            ("place_in_order", "integer", "Place of the party in the order that was decided, counted from 1."),
            *DECIDED,
        ),
    ),
    "settlement": (
        "Conflicts that somebody has settled or accepted, with what was said then.",
        (
            CONFLICT_KEY,
            ("first_said", *COLUMNS["first_said"]),
            ("second_said", *COLUMNS["second_said"]),
            *DECIDED,
        ),
    ),
    "comment": (
        "What officers say of figures, by decision; of several on one figure the last of the latest day is shown.",
        (
            INDICATOR_CODE,
            PERIOD_KIND,
            PERIOD_KEY,
            ("comment_number", "integer", "Place of the comment in its files, counted from 1."),
            ("comment_words", "varchar", "What an officer says of the figure, in one paragraph."),
            ("commented_by", "varchar", "Post or meeting that commented on the figure."),
            ("commented_on", "date", "Day on which the figure was commented on."),
        ),
    ),
    "sign_off": (
        "Every sign-off of a figure, by decision, with the figure as it was printed then.",
        (
            INDICATOR_CODE,
            PERIOD_KIND,
            PERIOD_KEY,
            ("sign_off_number", "integer", "Place of the sign-off in its files, counted from 1."),
            ("signed_figure", "varchar", "The figure as it was printed when it was signed, such as 2,415 or [held]."),
            ("signed_by", "varchar", "Post or meeting that signed the figure off."),
            ("signed_on", "date", "Day on which the figure was signed off."),
        ),
    ),
    "illustrative": (
        "Sources whose every delivery is a synthetic sample, by decision: what they alone say is illustrative.",
        (
            SOURCE_NAME,
            ("illustrative_because", "varchar", "Reason for which what the source says is illustrative."),
            *DECIDED[1:],
        ),
    ),
    "lineage": (
        "From which columns each column of the star and the marts is made, read from the SQL.",
        (
            ("table_name", "varchar", "Name of the table concerned, its schema first."),
            ("column_name", "varchar", "Name of the column that is made."),
            ("from_table", "varchar", "Table that holds a column it is made from, its schema first."),
            ("from_column", "varchar", "Column that it is made from, in the table named beside it."),
        ),
    ),
    "held": (
        "Which rows of the star a claim holds back, so that marts show a reason in place of a figure.",
        (
            ("table_name", "varchar", "Name of the table concerned, its schema first."),
            ("claim_name", "varchar", "Name of the claim, which is also the name of its SQL file."),
            ("held_because", "varchar", "The sentence of the claim that holds the figure."),
            ("held_row", "json", "The key of what is held, its columns by name."),
        ),
    ),
    "arrived": (
        "Rows that hold now in each table of stage, by the financial quarter they belong to.",
        (
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            SOURCE_NAME,
            QUARTER,
            ("n_rows", "bigint", "Rows of the table, or of its quarter."),
        ),
    ),
    "built": (
        "What stands in each table, quarter by quarter, as a hash: a quarter whose hash changed was rebuilt.",
        (
            ("table_name", "varchar", "Name of the table concerned, its schema first."),
            QUARTER,
            ("n_rows", "bigint", "Rows of the table, or of its quarter."),
            ("content_hash", "varchar", "Hash over the rows, whatever their order."),
            ("made_from", "varchar", "Hash over the SQL and the contents that the table was made from."),
        ),
    ),
}
