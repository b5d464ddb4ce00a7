"""Records of the warehouse itself: its calendar, its claims, and what stands in each table."""

from cs_pipeline.warehouse.records.columns import QUARTER, Records

BUILD: Records = {
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
