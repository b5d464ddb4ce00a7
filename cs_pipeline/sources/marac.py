"""The quarterly return of the domestic abuse conference (MARAC), one row a meeting: ComS_024, 024a and 024b.

It is about a cohort and never about a case. A return replaces its whole quarter. Meetings are small, so only quarters
and above leave the restricted layer.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.rows import NOTE_ROW, TOTALS_ROW

AGENCIES = {
    "police": "Police",
    "idva": "IDVA",
    "childrens_social_care": "Children's social care",
    "primary_care": "Primary care",
    "secondary_care": "Secondary care",
    "education": "Education",
    "housing": "Housing",
    "mental_health": "Mental health",
    "probation": "Probation",
    "voluntary_sector": "Voluntary sector",
    "substance_abuse": "Substance abuse",
    "adult_social_care": "Adult social care",
    "mash": "MASH",
    "other": "Other",
}
# Column -> headings, and what it counts.
SUBGROUPS = {
    "n_victims_minoritised": (("Racially minoritised victims",), "Victims from racially minoritised communities."),
    "n_victims_lgbt": (("LGBT+ victims", "LGBTQ+ victims"), "Victims who are lesbian, gay, bisexual or trans."),
    "n_victims_disabled": (("Disabled victims",), "Victims with a disability."),
    "n_victims_male": (("Male victims",), "Victims of abuse who are male."),
    "n_victims_16_17": (("Victims aged 16-17", "Victims aged 16 and 17"), "Victims of abuse who are aged 16 or 17."),
    "n_harming_17_or_under": (
        ("Persons causing harm aged 17 or under",),
        "Persons causing harm who are aged 17 or under.",
    ),
}


def count(name: str, headings: tuple[str, ...], description: str) -> Column:
    return Column(name=name, kind="whole", description=description, headings=headings, required=True, at_least=0)


def within_cases(column: str) -> RowRule:
    label = column.removeprefix("n_").replace("_", " ")
    return RowRule(
        rule=f"more {label} than cases",
        broken_when=f"{column} > n_cases",
        cells=("n_cases", column),
        what="a part of the cases is larger than the cases discussed",
        remedy="Correct the number that is wrong.",
    )


SOURCE = Source(
    name="marac",
    title="MARAC",
    description="Counts of each meeting of the domestic abuse conference: all South Nottinghamshire, and Broxtowe.",
    owner="Senior Communities Officer Violence and Domestic Abuse",
    due="Four weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Return made on (\d{2}/\d{2}/\d{4})", example="Return made on 19/07/2019"),
    sensitivity="person_sensitive",
    counts_only=True,
    tables=(
        Table(
            name="marac",
            one_row="meeting and area as one return counts it",
            key=("return_quarter_from",),
            many_per_key=True,
            once=("meeting_on", "marac_area"),
            time="meeting_on",
            columns=(
                Column(
                    name="return_quarter",
                    kind="period",
                    description="Quarter for which the return is made.",
                    place="title",
                    found_by=r"Quarter: (Q[1-4] \d{4}/\d{2})",
                    required=True,
                    example="Quarter: Q1 2019/20",
                ),
                headed("Meeting date", "meeting_on", "Day on which the meeting was held.", kind="date", required=True),
                headed(
                    "Area",
                    "marac_area",
                    "Area that is counted: the whole of South Nottinghamshire, or Broxtowe as a part of it.",
                    allowed=("South Nottinghamshire", "Broxtowe"),
                    aliases={"South Notts": "South Nottinghamshire", "Whole MARAC": "South Nottinghamshire"},
                    required=True,
                ),
                count(
                    "n_cases", ("Cases discussed", "Number of cases discussed"), "Cases of domestic abuse discussed."
                ),
                count("n_repeats", ("Repeat cases", "Repeats"), "Of these, cases that came back within twelve months."),
                *(
                    count(f"n_referred_by_{key}", (name,), f"Cases referred by this agency: {name}.")
                    for key, name in AGENCIES.items()
                ),
                count("n_children", ("Children in household",), "Children who live in the households discussed."),
                *(count(name, headings, words) for name, (headings, words) in SUBGROUPS.items()),
            ),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets="MARAC data",
                    because="The return as it was made from April 2019.",
                    renamed={
                        "n_victims_minoritised": ("B&ME victims", "BAME victims"),
                        "n_victims_lgbt": ("LGBT victims",),
                        "n_harming_17_or_under": ("Perpetrators aged 17 or under",),
                    },
                ),
                Layout(
                    since=date(2021, 7, 1),
                    sheets="MARAC data",
                    because="From July 2021 SafeLives' form words its groups anew.",
                    renamed={"meeting_on": ("Date of meeting",)},
                ),
            ),
            ignores=(
                TOTALS_ROW,
                NOTE_ROW,
            ),
            rules=(
                RowRule(
                    rule="meeting outside its quarter",
                    broken_when="meeting_on not between return_quarter_from and return_quarter_to",
                    cells=("meeting_on",),
                    what="the meeting does not lie in the quarter of the return",
                    remedy="Check that the day stands before the month, or put it into the return of its quarter.",
                ),
                RowRule(
                    rule="more repeats than cases",
                    broken_when="n_repeats > n_cases",
                    cells=("n_cases", "n_repeats"),
                    what="there are more repeat cases than cases discussed",
                    remedy="Correct the number that is wrong.",
                ),
                *(within_cases(name) for name in SUBGROUPS),
                RowRule(
                    rule="part larger than the whole",
                    broken_when="""marac_area = 'Broxtowe' and exists (
                        select 1 from typed as w
                        where w.marac_area = 'South Nottinghamshire' and w.meeting_on = typed.meeting_on
                            and (w.n_cases < typed.n_cases or w.n_repeats < typed.n_repeats
                                or w.n_children < typed.n_children))""",
                    cells=("n_cases", "n_repeats", "n_children"),
                    what="Broxtowe has more than the whole of South Nottinghamshire at the same meeting",
                    remedy="Correct the number that is wrong; the whole counts Broxtowe too.",
                ),
                RowRule(
                    rule="agencies do not add up",
                    broken_when=f"{' + '.join(f'n_referred_by_{key}' for key in AGENCIES)} <> n_cases",
                    cells=("n_cases",),
                    what="the referrals of the agencies do not add to the cases discussed",
                    remedy="Check the referrals; the row was taken all the same.",
                    warns=True,
                ),
            ),
        ),
    ),
)
