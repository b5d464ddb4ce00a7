"""Records of sources and deliveries: what arrived, what became of its rows, and what was found in it."""

from cs_pipeline.warehouse.records.columns import DELIVERY, QUARTER, SHEET, SOURCE_NAME, Records

DELIVERIES: Records = {
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
    "arrived": (
        "Rows that hold now in each table of stage, by the financial quarter they belong to.",
        (
            ("stage_table", "varchar", "Table of stage to which the rows belong."),
            SOURCE_NAME,
            QUARTER,
            ("n_rows", "bigint", "Rows of the table, or of its quarter."),
        ),
    ),
}
