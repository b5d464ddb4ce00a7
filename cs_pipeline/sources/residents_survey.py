"""Nottinghamshire County Council's annual survey of residents, one workbook a survey year: ComS_032 and 033.

The survey publishes a percentage and how many answered; how many that were is reckoned from the two in
`sql/core/fact_survey_answer.sql`. Nobody's own answer is here.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Layout, RowRule, Source, Table
from cs_pipeline.sources.shapes.rows import NOTE_ROW

QUESTIONS = ("Safe outside during the day", "Safe outside after dark")
ALIASES = {
    "Feel safe when outside in the local area during the day": QUESTIONS[0],
    "Safe outside in the local area during the day": QUESTIONS[0],
    "How safe do you feel when outside in your local area during the day?": QUESTIONS[0],
    "Feel safe when outside in the local area after dark": QUESTIONS[1],
    "Safe outside in the local area after dark": QUESTIONS[1],
    "How safe do you feel when outside in your local area after dark?": QUESTIONS[1],
}
PERCENTAGE = "cast(rtrim(feeling_safe_printed, ' %') as double)"

SOURCE = Source(
    name="residents_survey",
    title="Residents' survey",
    description="Percentages of residents who feel safe outside, with how many answered, from the annual survey.",
    owner="Chief Communities Officer",
    due="Each spring, once the County Council has published the survey",
    as_at=AsAt(
        place="title", found_by=r"Results published on (\d{2}/\d{2}/\d{4})", example="Results published on 14/06/2019"
    ),
    counts_only=True,
    tables=(
        Table(
            name="residents_survey",
            one_row="question and survey year as one delivery tells it",
            key=("survey_question", "survey_year_from"),
            columns=(
                headed(
                    "Question",
                    "survey_question",
                    "What residents were asked, in short words.",
                    allowed=QUESTIONS,
                    aliases=ALIASES,
                    required=True,
                ),
                Column(
                    name="survey_year",
                    kind="period",
                    description="Financial year in which residents were surveyed.",
                    headings=("Year", "Survey year"),
                    required=True,
                ),
                Column(
                    name="feeling_safe_printed",
                    description="Residents who feel safe, in per cent of those who answered, as the survey prints it.",
                    headings=("Percentage", "Feel safe", "Per cent"),
                    pattern=r"\d{1,3}(\.\d+)? ?%?",
                    example="94%",
                    required=True,
                ),
                Column(
                    name="n_answered",
                    kind="whole",
                    description="Residents who answered the question.",
                    headings=("Base", "Number who answered", "Respondents"),
                    required=True,
                    at_least=1,
                ),
            ),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets="Survey results",
                    because="The results as the County Council has sent them since 2019.",
                ),
            ),
            ignores=(NOTE_ROW,),
            rules=(
                RowRule(
                    rule="not a financial year",
                    broken_when="month(survey_year_from) <> 4 or survey_year_to <> survey_year_from + interval 1 year "
                    "- interval 1 day",
                    cells=("survey_year",),
                    what="the survey year is no financial year",
                    remedy="Write it as 2019/20.",
                ),
                RowRule(
                    rule="year not begun",
                    broken_when="survey_year_from > as_at",
                    cells=("survey_year",),
                    what="the survey year had not begun on the day on which the results were published",
                    remedy="Correct the year, or the day of publication.",
                ),
                RowRule(
                    rule="share for a percentage",
                    broken_when=f"not contains(feeling_safe_printed, '%') and {PERCENTAGE} <= 1",
                    cells=("feeling_safe_printed",),
                    what="a number of 1 or less stands where a percentage is needed",
                    remedy="Write it as 94%, or format the cell as a percentage.",
                ),
                RowRule(
                    rule="more than all",
                    broken_when=f"{PERCENTAGE} > 100",
                    cells=("feeling_safe_printed",),
                    what="the percentage is larger than 100",
                    remedy="Correct the percentage.",
                ),
            ),
        ),
    ),
)
