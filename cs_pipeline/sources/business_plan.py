"""The Community Safety Business Plan, one workbook an edition: figures, objectives, actions, money, risks, strategies.

Values stand as printed, errors included; reading them into numbers and reasons is `words/typed.py`, saying what a dash
means is `sql/core/fact_stated_figure.sql`. Comparing the plan with itself is done in marts, never here.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Cells, Layout, Source, Table
from cs_pipeline.words.fields import ACTION_CODE, PI_CODE, PLAN_EDITION

EDITION = Column(**PLAN_EDITION, example="Business Plan 2023–26")
CODE = Column(**PI_CODE)
GROUP = headed("Group", "group_heading", "Heading under which the plan prints a group of rows.")
NAME = headed("Name", "printed_name", "Name of the indicator as this table of the plan prints it.", required=True)
NOTE = headed("Note", "note", "The plan's own comment on the row, in short words.")
PERIOD = Column(
    name="stated_period",
    kind="period",
    description="Period of the figure, as its heading prints it.",
    words=("future",),
)
FIGURE = Column(name="printed", kind="figure", description="The figure exactly as it is printed.")


def one_sheet(sheet: str) -> tuple[Layout, ...]:
    return (
        Layout(
            since=date(2023, 4, 1),
            sheets=sheet,
            because="The edition of 2023–26, the first that was taken in.",
        ),
    )


def cells(heading: str, measure: str) -> Cells:
    return Cells(
        example=f"{heading.split('|')[0]} 2021/22",
        heading=rf"(?P<measure>{heading}) (?P<period>\d{{4}}/\d{{2}}|future)",
        measure=Column(name="measure", description=measure, allowed=("Actual", "Achieved", "Target", "Budget")),
        period=PERIOD,
        figure=FIGURE,
    )


WHAT_IT_IS = "Whether the figure is an actual, an achieved value, a target or a budget."

SOURCE = Source(
    name="business_plan",
    title="Business Plan",
    description="The Community Safety Business Plan as printed, one workbook for each edition and one table a sheet.",
    owner="Chief Communities Officer",
    due="Each April, when the edition of the new year is approved",
    as_at=AsAt(place="title", found_by=r"As at (\d{1,2} \w+ \d{4})", example="As at 1 April 2023"),
    tables=(
        Table(
            name="plan_service_data",
            one_row="printed cell of the service data: an indicator in a year",
            key=("edition_from", "indicator_code", "stated_period"),
            columns=(
                EDITION,
                headed("Section", "section", "Service under which the plan prints the row.", required=True),
                GROUP,
                CODE,
                NAME,
                NOTE,
            ),
            layouts=one_sheet("Service data"),
            cells=cells("Actual", WHAT_IT_IS),
        ),
        Table(
            name="plan_performance_indicators",
            one_row="printed cell of the CSI, KPI and MPI tables: an indicator, a measure and a year",
            key=("edition_from", "indicator_set", "indicator_code", "measure", "stated_period"),
            columns=(
                EDITION,
                headed(
                    "Set",
                    "indicator_set",
                    "Table of the plan in which the figure stands: service data, CSI, KPI or MPI.",
                    required=True,
                    allowed=("CSI", "KPI", "MPI"),
                ),
                headed(
                    "Objective",
                    "objective_code",
                    "Code of the objective that the indicator serves, such as CS1.",
                    pattern=r"CS\d",
                    example="CS1",
                ),
                GROUP,
                CODE,
                NAME,
                headed(
                    "Owner", "owner_title", "Post that answers for the indicator as the plan prints it, or not stated."
                ),
                NOTE,
            ),
            layouts=one_sheet("Performance indicators"),
            cells=cells("Achieved|Target", WHAT_IT_IS),
        ),
        Table(
            name="plan_objectives",
            one_row="objective of the plan",
            key=("edition_from", "objective_code"),
            columns=(
                EDITION,
                headed(
                    "Objective code",
                    "objective_code",
                    "Code of the objective that the indicator serves, such as CS1.",
                    pattern=r"CS\d",
                    example="CS1",
                    required=True,
                ),
                headed("Objective", "objective_name", "The objective in the plan's own words.", required=True),
                headed("Services", "services", "Services that carry the objective, joined by semicolons."),
            ),
            layouts=one_sheet("Objectives"),
        ),
        Table(
            name="plan_actions",
            one_row="key task of the plan",
            key=("edition_from", "action_code"),
            columns=(
                EDITION,
                Column(**{**ACTION_CODE, "required": True}),
                headed("Action", "action_name", "The key task in the plan's own words.", required=True),
                headed("Outcome", "intended_outcome", "What the key task is meant to bring about."),
                headed("Partners", "partners", "Partners in the key task, as the plan prints them."),
                headed("Officers", "officers", "Posts that answer for the key task."),
                headed("Due", "due", "Month by which the key task is due, as printed.", kind="period"),
                headed("Budget note", "budget_note", "What the plan says of the money for the key task."),
            ),
            layouts=one_sheet("Actions"),
        ),
        Table(
            name="plan_budgets",
            one_row="printed cell of the budget table: a budget line in a year",
            key=("edition_from", "budget_heading", "budget_item", "action_code", "stated_period"),
            columns=(
                EDITION,
                headed(
                    "Heading",
                    "budget_heading",
                    "Heading of the budget table under which the line stands.",
                    required=True,
                ),
                headed("Item", "budget_item", "What the budget line is for."),
                Column(**ACTION_CODE),
            ),
            layouts=one_sheet("Budgets"),
            cells=cells("Budget", WHAT_IT_IS),
        ),
        Table(
            name="plan_risks",
            one_row="risk as one of the plan's three risk tables prints it",
            key=("edition_from", "risk_kind", "risk_reference", "risk_name"),
            columns=(
                EDITION,
                headed("Kind", "risk_kind", "Table of the plan in which the risk stands.", required=True),
                headed(
                    "Reference", "risk_reference", "Number in the strategic risk register, or the key task at risk."
                ),
                headed("Risk", "risk_name", "The risk in the plan's own words.", required=True),
                headed("Mitigation", "mitigation", "What is done about the risk."),
                headed("Action codes", "action_codes", "Codes of the actions at risk, joined by spaces, as printed."),
                headed("Strategic risks", "strategic_risks", "Numbers of the strategic risks that apply, as printed."),
            ),
            layouts=one_sheet("Risks"),
        ),
        Table(
            name="plan_strategies",
            one_row="strategy or policy document with its renewal",
            key=("edition_from", "document"),
            columns=(
                EDITION,
                headed("Document", "document", "Title of the strategy or policy document.", required=True),
                headed(
                    "Renewal",
                    "renewal",
                    "When the document is renewed, as printed.",
                    kind="period",
                    words=("Updated annually", "Under constant review"),
                ),
                headed("Responsible", "responsible", "Posts or bodies that answer for the document."),
            ),
            layouts=one_sheet("Strategies"),
        ),
    ),
)
