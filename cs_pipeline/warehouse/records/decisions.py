"""Records of what people decided of figures, conflicts and sources."""

from cs_pipeline.declare.conflict import COLUMNS
from cs_pipeline.warehouse.records.columns import (
    CONFLICT_KEY,
    DECIDED,
    FINGERPRINT,
    INDICATOR_CODE,
    PERIOD_KEY,
    PERIOD_KIND,
    SOURCE_NAME,
    STATED_BY,
    Records,
)

DECISIONS: Records = {
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
}
