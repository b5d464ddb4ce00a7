"""The sheets of a pack's workbook: one table on each, under a name that Excel allows and that no other sheet has.

No format yet: `xlsx.py` writes them. Words become tables of one column, and what lines are drawn from a tidy table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from cs_pipeline.reports.pack import Cell, Chart, Column, Line, Pack, Section, Table, figure

HISTORIES = "Histories"
# gptables makes the first two, and Excel keeps the third for itself: it repairs a workbook that has such a sheet.
TAKEN = ("cover", "contents", "history")
LONGEST_NAME = 31
LONGEST_LINE = 140  # Characters across A4: a line above a table could only be wrapped by merging cells.


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the lines that stand above its table, the table, and the chart beside it.

    The table of a chart is `chart.data`, and after it the columns of `split_runs`. A table of Excel has a row at least:
    where there is none, the first cell says so.
    """

    label: str
    above: tuple[str, ...]
    table: Table
    chart: Chart | None = None

    @property
    def heading_row(self) -> int:
        """Under the title, the lines above, and the sentence that says what the sheet holds."""
        return len(self.above) + 2


def make_sheets(pack: Pack) -> list[Sheet]:
    """What the marks mean, what the sections hold in their order, and the histories if any small line is drawn."""
    found = [_notes(pack)]
    for section, path in _with_paths(pack.sections):
        found += _sheets_of(section, path)
    if drawn := _drawn(pack):
        found.append(_histories(drawn))
    complete = (replace(sheet, above=(pack.notice, *sheet.above), table=_with_a_row(sheet.table)) for sheet in found)
    return list(_with_labels(complete))


def history_ranges(pack: Pack, sheets: list[Sheet]) -> dict[tuple[str, Line], str]:
    """Where on the last sheet the values of each small line stand: `'Histories'!C5:C10`."""
    ranges: dict[tuple[str, Line], str] = {}
    first = sheets[-1].heading_row + 2
    for name, line in _drawn(pack):
        last = first + len(history_of(name, line)) - 1
        ranges[name, line] = f"'{sheets[-1].label}'!C{first}:C{last}"
        first = last + 1
    return ranges


def history_of(name: str, line: Line) -> list[tuple[Cell, ...]]:
    """A row for each point, and between two runs one without a value, where a line drawn from the rows stops."""
    rows: list[tuple[Cell, ...]] = []
    for place, point in enumerate(line.points):
        if place and line.points[place - 1].run != point.run:
            said = "The figures below are not comparable with those above."
            rows.append((Cell(name), Cell("break"), Cell(""), Cell(said)))
        missing = Cell("No figure." if point.value is None else "")
        rows.append((Cell(name), Cell(point.label), figure(point.value, line.unit), missing))
    return rows


def split_runs(chart: Chart) -> list[tuple[Column, tuple[Cell, ...]]]:
    """The values again, a column for each run, because Excel joins all that stands in one; none where all are one."""
    points = chart.line.points
    runs = [list(run) for _, run in groupby((place for place, _ in enumerate(points)), lambda place: points[place].run)]
    valued = [run for run in runs if any(points[place].value is not None for place in run)]
    if len(valued) < 2:
        return []
    kind = chart.data.columns[1].kind
    return [
        (
            Column(f"run_{number}", f"{points[run[0]].label} to {points[run[-1]].label}", kind),
            tuple(figure(point.value if place in run else None, chart.line.unit) for place, point in enumerate(points)),
        )
        for number, run in enumerate(valued, 1)
    ]


def _notes(pack: Pack) -> Sheet:
    columns = (Column("mark", "Mark", width=8), Column("meaning", "Meaning", width=80))
    rows = tuple((Cell(mark), Cell(meaning)) for mark, meaning in pack.marks.items())
    table = Table("notes", "Notes: what the marks mean", columns, rows, empty="None used")
    return Sheet("Notes", (), table)


def _sheets_of(section: Section, path: str) -> Iterator[Sheet]:
    """Sentences stand above the first table or chart if each fits on a line; else all words have their own sheet."""
    is_short = not section.listed and all(len(sentence) <= LONGEST_LINE for sentence in section.sentences)
    above = section.sentences if is_short and (section.tables or section.charts) else ()
    words = () if above else (*section.sentences, *section.listed)
    if words:
        rows = tuple((Cell(text),) for text in words)
        yield Sheet(section.title, (), Table(section.title, path, (Column("text", "Text", width=90),), rows))
    for table in section.tables:
        yield Sheet(table.name, (path, *above), table)
        above = ()
    for chart in section.charts:
        yield Sheet(chart.name, (path, *above), _chart_table(chart), chart)
        above = ()


def _chart_table(chart: Chart) -> Table:
    data, runs = chart.data, split_runs(chart)
    rows = tuple((*row, *(cells[place] for _, cells in runs)) for place, row in enumerate(data.rows))
    return replace(data, title=chart.title, columns=(*data.columns, *(column for column, _ in runs)), rows=rows)


def _drawn(pack: Pack) -> list[tuple[str, Line]]:
    """Every small line with a value, once, with the name of its row."""
    named = ((row[table.row_heading].text, cell.line) for table in pack.tables for row in table.rows for cell in row)
    return list(dict.fromkeys((name, line) for name, line in named if line is not None and line.runs))


def _histories(drawn: Iterable[tuple[str, Line]]) -> Sheet:
    columns = (
        Column("row", "Row", width=40),
        Column("period", "Period", width=14),
        Column("value", "Value", "number", 12),
        Column("note", "Note", width=50),
    )
    rows = tuple(row for name, line in drawn for row in history_of(name, line))
    return Sheet(HISTORIES, (), Table(HISTORIES, "Histories: the values of the small lines", columns, rows))


def _with_a_row(table: Table) -> Table:
    return table if table.rows else replace(table, rows=((Cell(table.empty), *(Cell("") for _ in table.columns[1:])),))


def _with_paths(sections: Iterable[Section]) -> Iterator[tuple[Section, str]]:
    """Each section with the headings that it stands under: `Critical success indicators: Anti-social behaviour`."""
    over: list[Section] = []
    for section in sections:
        while over and over[-1].level >= section.level:
            over.pop()
        over.append(section)
        yield section, ": ".join(each.title for each in over)


def _with_labels(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """`csi_cs1` becomes `CSI CS1`, and the second of that name `CSI CS1 2`; to Excel, CSI and Csi are one name."""
    taken = set(TAKEN)
    for sheet in sheets:
        readable = " ".join(re.sub(r"[^\w ().,+-]", " ", sheet.label.replace("_", " ")).split()) or "Sheet"
        readable = re.sub(r"\bcoms (?=\d)", "ComS_", readable)
        readable = re.sub(r"\b(csi|kpi|mpi|cs\d+)\b", lambda code: code[0].upper(), readable)
        readable = readable[:1].upper() + readable[1:]
        label, number = readable[:LONGEST_NAME].rstrip(), 1
        while label.lower() in taken:
            number += 1
            label = f"{readable[: LONGEST_NAME - 1 - len(str(number))].rstrip()} {number}"
        taken.add(label.lower())
        yield replace(sheet, label=label)
