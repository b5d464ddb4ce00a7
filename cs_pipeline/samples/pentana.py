"""Turns the figures of `pentana_figures.csv` into the exports that Pentana would have made of them, quarter by quarter.

The figures are those that the committed deliveries give, so that Pentana disagrees only where it is meant to: ComS_011
of 2021/22 stands as the plan's own table of indicators has it, one status is judged by other limits, one code is wrong.
"""

import csv
import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from cs_pipeline.samples.book import BOLD, lay_sheet, save, say_synthetic, start_book
from cs_pipeline.words.periods import Period, parse_period, quarters

TITLE = "Community Safety performance indicators"
FIGURES = Path(__file__).with_name("pentana_figures.csv")
# The quarter after which an export was made, and its form: a workbook, or a CSV in one of two encodings.
EXPORTS = {
    "2020-21-Q3": "xlsx", "2020-21-Q4": "cp1252", "2021-22-Q1": "xlsx", "2021-22-Q2": "utf-8-sig", "2021-22-Q3": "xlsx",
    "2021-22-Q4": "utf-8-sig", "2022-23-Q1": "xlsx", "2022-23-Q2": "xlsx", "2022-23-Q3": "utf-8-sig",
}  # fmt: skip
JOINED_SINCE = "2021-22-Q1"
WRONG_CODE = ("2021-22-Q3", "ComS_068", "ComS_0068")
FORMER_CODE = ("2020-21-Q3", "ComS_024", "CS_DA03")
OTHER_LIMITS = ("ComS_014", "2022-23-Q2", "Amber")
NOTES = {
    "ComS_011": "<p>Incidents rose during the national restrictions &amp; have fallen since.</p>",
    "ComS_024": "<div>Repeat cases are reviewed at each meeting.<br/>Two agencies &ndash; new to the return.</div>",
    "ComS_048": "<p>Higher risk premises&nbsp;first.</p><ul><li>New businesses</li><li>Backlog of 2020/21</li></ul>",
}
Line = list[str]


@dataclass(frozen=True)
class Indicator:
    """One line of the file of figures; `figures` leads from a period's key to the value as Pentana holds it."""

    code: str
    name: str
    unit: str
    aim: str
    targets: dict[str, float]
    figures: dict[str, str]

    def target(self, period: Period) -> float | None:
        return self.targets.get(period.kind) if period.key.startswith("2022-23") else None


def write_pentana_indicators(to_dir: Path, seed: int = 0, scale: int = 1) -> list[Path]:
    """Write the nine exports; neither seed nor scale changes what Pentana holds."""
    indicators = _read()
    paths = []
    for place, (made_after, form) in enumerate(EXPORTS.items()):
        (quarter,) = quarters(made_after, made_after)
        head = (f"{TITLE}", f"Generated on {_long(quarter.last + dt.timedelta(days=24 + place % 4))}",
                say_synthetic(made_after.startswith("2022"), "case"), "")  # fmt: skip
        rows = _lay(quarter, indicators)
        name = f"PI export {made_after.replace('-Q', ' Q')}.{'xlsx' if form == 'xlsx' else 'csv'}"
        if form == "xlsx":
            _save_book(to_dir / name, head, rows, "PI Export" if made_after >= JOINED_SINCE else "PI Report")
        else:
            _save_csv(to_dir / name, head, rows, form)
        paths.append(to_dir / name)
    return paths


def _read() -> list[Indicator]:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return [
            Indicator(
                row.pop("code"), row.pop("name"), row.pop("unit"), row.pop("aim"),
                {kind: float(row[name]) for kind, name in TARGETS.items() if row[name]}, row,
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


TARGETS = {"year": "target_2022_23", "quarter": "quarter_target_2022_23"}


def _periods(quarter: Period) -> list[Period]:
    """The quarters of the year so far, its year where it is over, and the two years before."""
    year = quarter.key[:7]
    ended = [y for y in ("2019-20", "2020-21", "2021-22") if y < year or (y == year and quarter.key.endswith("Q4"))]
    years = [period for key in ended[-2:] if (period := parse_period(f"{key[:4]}/{key[-2:]}"))]
    return quarters(f"{year}-Q1", quarter.key) + years


def _lay(quarter: Period, indicators: list[Indicator]) -> list[Line]:
    """The headings and a row for each indicator, as the export made after the quarter has them."""
    periods, is_joined = _periods(quarter), quarter.key >= JOINED_SINCE
    label = ["PI Code & Short Name"] if is_joined else ["PI Code", "Short Name"]
    columns = [f"{_paper(period)} {measure}" for period in periods for measure in ("Value", "Target", "Status")]
    rows = [[*label, "Managed By", *columns, "Short Trend", "Latest Note"]]
    for one in indicators:
        code = next((c for made, of, c in (WRONG_CODE, FORMER_CODE) if (made, of) == (quarter.key, one.code)), one.code)
        label = [f"{code} {one.name}"] if is_joined else [code, one.name]
        cells = [cell for period in periods for cell in _cells(one, period)]
        rows.append([*label, "Performance team", *cells, "", NOTES.get(one.code, "")])
    return rows


def _paper(period: Period) -> str:
    """`Q3 2021/22` and `2021/22`, as Pentana heads its columns."""
    return period.name if period.kind == "year" else f"{period.key[-2:]} {period.name[:7]}"


def _cells(one: Indicator, period: Period) -> list[str]:
    value, target = one.figures.get(period.key, ""), one.target(period)
    unit = "%" if one.unit == "percent" else ""
    shown = f"{float(value):g}%" if value and unit else f"{int(value):,}" if value else "N/A" if target is None else "?"
    return [shown, "" if target is None else f"{target:g}{unit}", _status(one, period, value, target)]


def _status(one: Indicator, period: Period, value: str, target: float | None) -> str:
    """Green at the target or better, amber within five per cent of it, red beyond."""
    if (one.code, period.key) == OTHER_LIMITS[:2]:
        return OTHER_LIMITS[2]
    if target is None or one.aim == "none":
        return "Data only"
    if not value:
        return "Unknown"
    worse = (target - float(value)) / target * (1 if one.aim == "maximise" else -1)
    return "Green" if worse <= 0 else "Amber" if worse <= 0.05 else "Red"


def _long(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _save_book(path: Path, head: tuple[str, ...], rows: list[Line], sheet: str) -> None:
    workbook = start_book(TITLE, head[2], ["An export of the performance system, made up from the sample deliveries."])
    filled = [[cell or None for cell in row] for row in rows]
    lay_sheet(workbook.create_sheet(sheet), head, len(head) + 1, filled[0], filled[1:], font=BOLD)
    save(workbook, path)


def _save_csv(path: Path, head: tuple[str, ...], rows: list[Line], encoding: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([*([line] for line in head if line), *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue().encode(encoding))


WRITES = {"pentana_indicators": write_pentana_indicators}
