"""The table of the food safety programme: premises due and inspected, a tab a quarter, and what followed.

A row stands in the tab of the quarter in which the premises was due. An inspection stands in the tab of its own
quarter: one that comes late stands there with the day on which it had been due, and the tab of that day keeps it
undone. What follows an inspection stands in its row or, once the year of that row is over, in a row of its own. The
source is `food_safety.py`.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import Layout, Table
from cs_pipeline.sources.shapes.rows import TOTALS_ROW, rule

CATEGORIES = ("A", "B", "C", "D", "E")
ALIASES = {
    "None in the quarter": "None",
    "Nil": "None",
    "Nil return": "None",
} | {f"{word} {letter}": letter for word in ("Cat", "Category") for letter in CATEGORIES}
DATES = ("inspection_due_on", "inspected_on", "reinspected_on", "warned_on")
DAY_FIRST = "Check that the day stands before the month"


def day(name: str, headings: tuple[str, ...], description: str) -> Column:
    return Column(name=name, kind="date", description=description, headings=headings)


PREMISES = Table(
    name="food_premises",
    one_row="premises and inspection of the programme, or what followed one, as one delivery lists it",
    key=("programme_quarter_from",),
    many_per_key=True,
    time="programme_quarter_from",
    columns=(
        Column(
            name="programme_quarter",
            kind="period",
            place="sheet name",
            found_by=r"^(Q[1-4] \d{4}-\d{2})$",
            description="Quarter of the programme's tab in which the row stands.",
            required=True,
        ),
        Column(
            name="premises_key",
            kind="reference",
            example="FB-0412",
            description="Keyed hash of the reference of the food premises, which is itself not stored.",
            headings=("Premises reference", "Premises ref", "Reference"),
        ),
        Column(
            name="listed_category",
            headings=("Risk category", "Category"),
            required=True,
            description="Risk category A to E of the Food Law Code of Practice; None says that there was nothing.",
            allowed=(*CATEGORIES, "None"),
            aliases=ALIASES,
        ),
        day(
            "inspection_due_on",
            ("Due", "Date due"),
            "Day on which the inspection was due; empty for one that was new, reactive or ahead of its time.",
        ),
        day("inspected_on", ("Inspected", "Date inspected"), "Day on which the premises was inspected."),
        day(
            "reinspected_on",
            ("Re-inspected", "Date re-inspected"),
            "Day on which the premises was inspected again after an inspection.",
        ),
        day(
            "warned_on",
            ("Written warning", "Date of written warning"),
            "Day on which a written warning was given to the premises.",
        ),
    ),
    layouts=(
        Layout(
            since=date(2019, 4, 1),
            sheets=r"Q[1-4] \d{4}-\d{2}",
            sheet_example="Q1 2019-20",
            because="The programme as it has been kept since April 2019.",
        ),
    ),
    ignores=(TOTALS_ROW,),
    rules=(
        rule(
            "row without premises or date",
            f"listed_category <> 'None' and (premises_key is null or coalesce({', '.join(DATES)}) is null)",
            "premises_key inspection_due_on",
            "a row stands without its premises or without any date",
            "Fill them in, or write None in the quarter where there was nothing.",
        ),
        rule(
            "nothing beside something",
            f"listed_category = 'None' and (premises_key is not null or coalesce({', '.join(DATES)}) is not null)",
            "listed_category",
            "a row says that there was nothing, and holds a premises or a date",
            "Give the risk category, or leave the rest of the row blank.",
        ),
        rule(
            "due after the tab's quarter",
            "inspection_due_on > programme_quarter_to",
            "inspection_due_on",
            "the premises is due after the quarter of the tab",
            "Put it into the tab of that quarter; where it was inspected ahead of its time, leave the due date blank.",
        ),
        rule(
            "due earlier and not inspected",
            "inspection_due_on < programme_quarter_from and inspected_on is null",
            "inspection_due_on",
            "the premises was due before the quarter of the tab, and was not inspected in it",
            "Leave the row in the tab of the quarter in which it was due; it stands here once it is inspected.",
        ),
        rule(
            "inspected outside the tab's quarter",
            "inspected_on not between programme_quarter_from and programme_quarter_to",
            "inspected_on",
            "the inspection does not lie in the quarter of the tab",
            f"{DAY_FIRST}, or put the inspection into the tab of its quarter, with the day on which it was due.",
        ),
        rule(
            "followed up before the inspection",
            "least(reinspected_on, warned_on) < coalesce(inspected_on, programme_quarter_from)",
            "inspected_on reinspected_on warned_on",
            "a re-inspection or a warning lies before the inspection, or before the quarter of the tab",
            "Correct the date that is wrong.",
        ),
        rule(
            "date after the programme",
            f"greatest({', '.join(DATES)}) > as_at",
            " ".join(DATES),
            "a date lies after the day that the programme speaks for",
            f"{DAY_FIRST}, and correct the date.",
        ),
        rule(
            "inspected twice on a day",
            """exists (select 1 from typed as w where w.premises_key = typed.premises_key
                and w.inspected_on = typed.inspected_on and w.row_number <> typed.row_number)""",
            "premises_key inspected_on",
            "the premises stands as inspected on the same day in more than one row",
            "Keep the inspection in one row; a second warning stands in a row with its own date and no other.",
        ),
    ),
)
