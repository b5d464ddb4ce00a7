"""The export of risks from Pentana: the score of each, its status, and the actions that are linked to it."""

from datetime import date

from cs_pipeline.declare.columns import headed
from cs_pipeline.declare.source import AsAt, Ignore, Layout, Source, Table

SOURCE = Source(
    name="pentana_risks",
    title="Pentana risks",
    description="Risks of the service in Pentana with their score, status and linked actions.",
    owner="Corporate Performance Officer",
    due="Four weeks after the quarter ends",
    as_at=AsAt(place="title", found_by=r"Generated on:? (\d{1,2} \w+ \d{4})", example="Generated on 28 July 2021"),
    form="either",
    file_words=("risk", "report", "export", "pentana"),
    tables=(
        Table(
            name="pentana_risks",
            one_row="risk as one export tells it",
            key=("risk_code",),
            columns=(
                headed(
                    "Risk Code",
                    "risk_code",
                    "Code of the risk in Pentana, such as COMS_R03.",
                    pattern=r"[A-Za-z]{2,8}_R\d{1,3}",
                    example="COMS_R03",
                    required=True,
                ),
                headed("Risk Title", "risk_title", "Title of the risk in Pentana.", required=True),
                headed(
                    "Current Risk Score",
                    "risk_score",
                    "Score of the risk: its likelihood times its impact, 1 to 25.",
                    kind="whole",
                    at_least=1,
                    at_most=25,
                    required=True,
                ),
                headed(
                    "Status",
                    "risk_status",
                    "Status of the risk in Pentana.",
                    allowed=("Green", "Amber", "Red", "Unknown"),
                    aliases={"OK": "Green", "Warning": "Amber", "Alert": "Red"},
                    required=True,
                ),
                headed(
                    "Linked Actions",
                    "linked_action_codes",
                    "Codes of the actions linked to the risk, joined by semicolons.",
                    pattern=r"COMS\d{4}_\d{2}[a-z]?( ?[;,] ?COMS\d{4}_\d{2}[a-z]?)*",
                    example="COMS2324_01; COMS2224_02",
                ),
            ),
            layouts=(
                Layout(
                    since=date(2019, 4, 1),
                    sheets="(Risks)?",
                    sheet_example="Risks",
                    because="The export of risks as it was set up in 2019.",
                ),
            ),
            not_stored=("Managed By", "Owner", "Description", "Matrix", "Latest Note"),
            ignores=(
                Ignore(rule="line under the table", when="regexp_matches(row_text, '^(page \\d|generated)', 'i')"),
            ),
        ),
    ),
)
