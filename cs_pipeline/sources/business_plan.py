"""The Community Safety Business Plan, one workbook an edition: service data, indicators, objectives, actions, money, risks, strategies.

Values stand as printed, errors included; reading them into numbers and reasons is `words/typed.py`, saying what a dash means
is `sql/core/fact_stated_figure.sql`. Comparing the plan with itself is done in marts, never here.
"""

from datetime import date

from cs_pipeline.declare.columns import Column
from cs_pipeline.declare.source import AsAt, Cells, Layout, Source, Table
from cs_pipeline.words.fields import ACTION_CODE, PI_CODE, PLAN_EDITION

EDITION = Column(**PLAN_EDITION, example="Business Plan 2023–26")
CODE = Column(**PI_CODE)
GROUP = Column(
    name="group_heading",
    description="Heading under which the plan prints a group of rows.",
    headings=("Group",),
)
NAME = Column(name="printed_name", description="Name of the indicator as this table of the plan prints it.", headings=("Name",), required=True)  # fmt: skip
NOTE = Column(name="note", description="The plan's own comment on the row, in short words.", headings=("Note",))
PERIOD = Column(name="stated_period", kind="period", description="Period of the figure, as its heading prints it.", words=("future",))  # fmt: skip
FIGURE = Column(name="printed", kind="figure", description="The figure exactly as the plan prints it.")


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
                Column(
                    name="section",
                    description="Service under which the plan prints the row.",
                    headings=("Section",),
                    required=True,
                ),  # fmt: skip
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
                Column(
                    name="indicator_set",
                    description="Table of the plan in which the figure stands: service data, CSI, KPI or MPI.",
                    headings=("Set",),
                    required=True,
                    allowed=("CSI", "KPI", "MPI"),
                ),  # fmt: skip
                Column(
                    name="objective_code",
                    description="Code of the objective that the indicator serves, such as CS1.",
                    headings=("Objective",),
                    pattern=r"CS\d",
                    example="CS1",
                ),  # fmt: skip
                GROUP,
                CODE,
                NAME,
                Column(
                    name="owner_title",
                    description="Post that answers for the indicator as the plan prints it, or not stated.",
                    headings=("Owner",),
                ),  # fmt: skip
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
                Column(
                    name="objective_code",
                    description="Code of the objective that the indicator serves, such as CS1.",
                    headings=("Objective code",),
                    pattern=r"CS\d",
                    example="CS1",
                    required=True,
                ),  # fmt: skip
                Column(
                    name="objective_name",
                    description="The objective in the plan's own words.",
                    headings=("Objective",),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="services",
                    description="Services that carry the objective, joined by semicolons.",
                    headings=("Services",),
                ),  # fmt: skip
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
                Column(
                    name="action_name",
                    description="The key task in the plan's own words.",
                    headings=("Action",),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="intended_outcome",
                    description="What the key task is meant to bring about.",
                    headings=("Outcome",),
                ),
                Column(
                    name="partners",
                    description="Partners in the key task, as the plan prints them.",
                    headings=("Partners",),
                ),  # fmt: skip
                Column(name="officers", description="Posts that answer for the key task.", headings=("Officers",)),
                Column(
                    name="due",
                    kind="period",
                    description="Month by which the key task is due, as printed.",
                    headings=("Due",),
                ),  # fmt: skip
                Column(
                    name="budget_note",
                    description="What the plan says of the money for the key task.",
                    headings=("Budget note",),
                ),  # fmt: skip
            ),
            layouts=one_sheet("Actions"),
        ),
        Table(
            name="plan_budgets",
            one_row="printed cell of the budget table: a budget line in a year",
            key=("edition_from", "budget_heading", "budget_item", "action_code", "stated_period"),
            columns=(
                EDITION,
                Column(
                    name="budget_heading",
                    description="Heading of the budget table under which the line stands.",
                    headings=("Heading",),
                    required=True,
                ),  # fmt: skip
                Column(name="budget_item", description="What the budget line is for.", headings=("Item",)),
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
                Column(
                    name="risk_kind",
                    description="Table of the plan in which the risk stands.",
                    headings=("Kind",),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="risk_reference",
                    description="Number in the strategic risk register, or the key task at risk.",
                    headings=("Reference",),
                ),  # fmt: skip
                Column(
                    name="risk_name",
                    description="The risk in the plan's own words.",
                    headings=("Risk",),
                    required=True,
                ),  # fmt: skip
                Column(name="mitigation", description="What is done about the risk.", headings=("Mitigation",)),
                Column(
                    name="action_codes",
                    description="Codes of the actions at risk, joined by spaces, as printed.",
                    headings=("Action codes",),
                ),  # fmt: skip
                Column(
                    name="strategic_risks",
                    description="Numbers of the strategic risks that apply, as printed.",
                    headings=("Strategic risks",),
                ),  # fmt: skip
            ),
            layouts=one_sheet("Risks"),
        ),
        Table(
            name="plan_strategies",
            one_row="strategy or policy document with its renewal",
            key=("edition_from", "document"),
            columns=(
                EDITION,
                Column(
                    name="document",
                    description="Title of the strategy or policy document.",
                    headings=("Document",),
                    required=True,
                ),  # fmt: skip
                Column(
                    name="renewal",
                    kind="period",
                    description="When the document is renewed, as printed.",
                    headings=("Renewal",),
                    words=("Updated annually", "Under constant review"),
                ),  # fmt: skip
                Column(
                    name="responsible",
                    description="Posts or bodies that answer for the document.",
                    headings=("Responsible",),
                ),  # fmt: skip
            ),
            layouts=one_sheet("Strategies"),
        ),
    ),
)
