"""The export of actions from Pentana: how far each is, and by when it is due.

Codes of actions are not unique in Pentana, so two rows of one export may share one; a whole export replaces the one
before it. Who an action is assigned to is kept where it is a post, and never where a person is named.
"""

from datetime import date

from cs_pipeline.declare.columns import Column, headed
from cs_pipeline.declare.source import AsAt, Ignore, Layout, RowRule, Source, Table
from cs_pipeline.words.fields import ACTION_CODE

SOURCE = Source(
    name="pentana_actions",
    title="Pentana actions",
    description="Actions of the Business Plan in Pentana with their status, progress and due dates.",
    owner="Corporate Performance Officer",
    due="Four weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Generated on:? (\d{1,2} \w+ \d{4})", example="Generated on 28 July 2021"),
    form="either",
    file_words=("action", "report", "export", "pentana"),
    tables=(
        Table(
            name="pentana_actions",
            one_row="action as one export tells it; a code may stand twice",
            key=("action_code",),
            many_per_key=True,
            columns=(
                Column(**{**ACTION_CODE, "headings": ("Action Code", "Code"), "required": True}),
                headed("Action Title", "action_title", "Title of the action in Pentana.", required=True),
                headed(
                    "Status",
                    "action_status",
                    "Status of the action in Pentana.",
                    allowed=("Unassigned", "Assigned", "In Progress", "Warning", "Overdue", "Completed", "Cancelled"),
                    aliases={"Check Progress": "Warning", "Not Started": "Assigned", "Complete": "Completed"},
                    required=True,
                ),
                headed(
                    "Progress",
                    "progress_pct",
                    "How far the action is, in per cent.",
                    kind="percent",
                    at_least=0,
                    at_most=100,
                    required=True,
                ),
                headed("Due Date", "action_due_on", "Day by which the action is due.", kind="date", required=True),
                headed("Original Due Date", "first_due_on", "Day by which the action was first due.", kind="date"),
                headed("Assigned To", "assigned_to", "Post to which the action is assigned.", kind="post"),
                headed("Latest Note", "latest_note", "Latest note on it in Pentana, as plain words.", kind="note"),
            ),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets="(Actions)?",
                    sheet_example="Actions",
                    because="The export of actions as it was set up in 2019.",
                ),
            ),
            not_stored=("Managed By", "Parent", "Description", "Traffic Light"),
            ignores=(
                Ignore(rule="line under the table", when="regexp_matches(row_text, '^(page \\d|generated)', 'i')"),
            ),
            rules=(
                RowRule(
                    rule="completed but not done",
                    broken_when="action_status = 'Completed' and progress_pct < 100",
                    cells=("action_status", "progress_pct"),
                    what="the action is completed and its progress is under 100%",
                    remedy="Correct the progress or the status in Pentana.",
                    warns=True,
                ),
                RowRule(
                    rule="due before it was first due",
                    broken_when="action_due_on < first_due_on",
                    cells=("action_due_on", "first_due_on"),
                    what="the action is due before the day on which it was first due",
                    remedy="Check both dates in Pentana.",
                    warns=True,
                ),
            ),
        ),
    ),
)
