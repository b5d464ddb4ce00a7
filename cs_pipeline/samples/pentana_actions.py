"""Makes up how the plan's actions and risks moved from export to export: Pentana's own words for what the plan prints.

Titles, codes and due months are those of the Business Plan 2023–26; progress, scores and dates of change are invented.
One code stands for two actions, as Pentana allows.
"""

import datetime as dt
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import Row, lay_sheet, save, say_synthetic, start_book

SEED = 2023
EXPORTS = (dt.date(2022, 7, 27), dt.date(2022, 10, 26), dt.date(2023, 1, 25), dt.date(2023, 4, 26))
ACTIONS = (
    ("COMS2324_01", "Annual Broxtowe Crime Reduction Action Plan", dt.date(2024, 3, 31), "Senior Communities Officer"),
    ("COMS2224_02", "Safer Streets Action Plan for Eastwood", dt.date(2023, 9, 30), "Chief Communities Officer"),
    ("COMS2023_05a", "Cross departmental ASB Action Plan", dt.date(2023, 10, 31), "Senior Communities Officer"),
    ("COMS2324_06", "Food Service Plan", dt.date(2023, 6, 30), "Chief Environmental Health Officer"),
    ("COMS2224_01", "Knife Crime Action Plan", dt.date(2024, 3, 31), "Chief Communities Officer"),
    ("COMS2223_04", "Cyber fraud training for members and staff", dt.date(2023, 3, 31), "Chief Communities Officer"),
    ("COMS2224_05", "Renewal of Public Spaces Protection Orders", dt.date(2023, 11, 30), "Chief Communities Officer"),
    ("COMS2224_05", "Consultation on Protection Orders", dt.date(2023, 9, 30), "Senior Communities Officer"),
    ("COMS2224_08", "Multi-agency White Ribbon Action Plan", dt.date(2023, 12, 31), "Domestic Abuse Coordinator"),
    ("COMS2223_07", "Tobacco Control Action Plan", dt.date(2022, 11, 30), "Communities Officer Health"),
    ("COMS2224_10", "Hate Crime Action Plan", dt.date(2024, 3, 31), "Communities Officer"),
)  # fmt: skip
RISKS = (
    ("COMS_R01", "Failure to contribute effectively to dealing with crime and disorder", "COMS2324_01; COMS2224_02"),
    ("COMS_R02", "Failure to produce a fit for purpose Food Service Plan", "COMS2324_06"),
    ("COMS_R03", "Failure to comply with relevant legislation", None),
    ("COMS_R04", "Loss of funding for partnership work", "COMS2223_04; COMS2224_08"),
)
NOTE = "<p>Draft with partners &amp; on track.</p>"


def write_pentana_actions(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write four exports of the actions, a workbook each; `scale` is how often the list stands in it."""
    rng = Random(f"actions {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    begun = {title: rng.randrange(0, 40) for _, title, _, _ in ACTIONS}
    pace = {title: rng.choice([10, 15, 20, 30]) for _, title, _, _ in ACTIONS}
    headings = (
        "Action Code",
        "Action Title",
        "Status",
        "Progress",
        "Due Date",
        "Original Due Date",
        "Assigned To",
        "Latest Note",
    )
    paths = []
    for place, made_on in enumerate(EXPORTS):
        rows: list[Row] = []
        for code, title, due, post in ACTIONS * scale:
            progress = min(100, begun[title] + place * pace[title])
            slipped = dt.timedelta(days=92) if place > 1 and title.startswith("Tobacco") else dt.timedelta()
            status = _status(progress, due + slipped, made_on)
            rows.append(
                [code, title, status, f"{progress}%", due + slipped, due, post, NOTE if progress % 20 else None]
            )
        paths.append(_save(to_dir, "Actions", made_on, headings, rows))
    return paths


def write_pentana_risks(to_dir: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write four exports of the risks, a workbook each; `scale` changes nothing, for a risk stands once."""
    rng = Random(f"risks {seed}")  # noqa: S311  a sample must come out the same again, not be hard to guess
    scores = {code: rng.choice([4, 6, 9, 12, 16]) for code, _, _ in RISKS}
    headings = ("Risk Code", "Risk Title", "Current Risk Score", "Status", "Linked Actions")
    paths = []
    for made_on in EXPORTS:
        rows: list[Row] = [[code, title, scores[code], _colour(scores[code]), linked] for code, title, linked in RISKS]
        paths.append(_save(to_dir, "Risks", made_on, headings, rows))
        scores = {code: max(1, score + rng.choice([-3, 0, 0, 2])) for code, score in scores.items()}
    return paths


def _status(progress: int, due: dt.date, made_on: dt.date) -> str:
    if progress == 100:
        return "Completed"
    return "Overdue" if due < made_on else "In Progress" if progress else "Assigned"


def _colour(score: int) -> str:
    return "Green" if score < 6 else "Amber" if score < 12 else "Red"


def _save(to_dir: Path, what: str, made_on: dt.date, headings: Row, rows: list[Row]) -> Path:
    says = say_synthetic(is_illustrative=True, what="action")
    title = f"Community Safety {what.lower()}"
    workbook = start_book(title, says, ["An export of the performance system, made up."])
    head = (title, f"Generated on {made_on.day} {made_on:%B %Y}", says)
    lay_sheet(workbook.create_sheet(what), head, 5, headings, rows)
    path = to_dir / f"{what} export {made_on:%Y-%m}.xlsx"
    save(workbook, path)
    return path


WRITES = {"pentana_actions": write_pentana_actions, "pentana_risks": write_pentana_risks}
