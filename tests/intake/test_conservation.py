"""No row is lost: what a second, plain reader counts on a sheet is what was accepted, quarantined and ignored."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import makers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

TABS = ["April 2019", "May 2019", "Jun 2019", "Jul 2019"]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
STREET_FILE = "2024-02-nottinghamshire-street.csv"


@st.composite
def asb_rows(draw: st.DrawFn) -> list[Any]:
    kind = draw(st.sampled_from(["log"] * 6 + ["blank", "spaces", "total", "words", "beside"]))
    if kind == "blank":
        return []
    if kind == "spaces":
        return [" ", None, "\xa0"]
    if kind == "total":
        return [draw(st.sampled_from(["Total", "grand total", "Sub-total week 2", "TOTALS"])), 9]
    if kind == "words":
        return [draw(st.sampled_from(["Source: command and control", "Nontotal", "0"]))]
    if kind == "beside":
        return [None] * 14 + ["beside the table"]
    day = date(2019, 4, 1) + timedelta(days=draw(st.integers(0, 32)))
    number = draw(st.sampled_from([f"NP-{day:%Y%m%d}-{n:04}" for n in range(3)] + ["", "no number"]))
    dates = st.sampled_from([day, f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}", (day - date(1899, 12, 30)).days, None, "#N/A"])
    closing = draw(st.sampled_from(["Noise", "noise ", None, "Nonsense", "=A1"]))
    return makers.log(number, draw(dates), closing=closing)


def count_rows(path: Path) -> dict[str, int]:
    """By openpyxl's ordinary reader: rows under the heading with any text in them; of other sheets all such rows."""
    counts = {}
    for sheet in load_workbook(path):
        rows = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        at = next((place for place, row in enumerate(rows) if "Incident No" in row), -1)
        counts[sheet.title] = sum(any(re.search(r"[^\s\xa0]", text) for text in row) for row in rows[at + 1 :])
    return counts


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(st.lists(st.lists(asb_rows(), max_size=8), min_size=len(TABS), max_size=len(TABS)), st.booleans())
def test_every_row_of_a_workbook_is_accounted_for(tabs: list[makers.Rows], has_notes: bool) -> None:
    whole = [makers.log("NP-20190402-9999", date(2019, 4, 2))]
    sheets = {name: makers.tab(rows) for name, rows in zip(TABS, [tabs[0] + whole, *tabs[1:]], strict=True)}
    sheets |= {"Sheet9": tabs[1]} | ({"Notes": tabs[0]} if has_notes else {})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "q1.xlsx"
        makers.save_book(path, sheets)
        reading = makers.read("police_asb", path, Path(folder))
        told = {sheet: read for sheet, read, *_ in makers.counts_of(reading)}
        assert told == {sheet: n for sheet, n in count_rows(path).items() if n}
        assert (reading.n_accepted, reading.n_quarantined) == (
            len(makers.rows_of(reading, "police_asb")),
            len(reading.quarantined),
        )


@st.composite
def street_lines(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["row"] * 8 + ["blank", "commas", "short", "long"]))
    if kind in ("blank", "commas"):
        return "" if kind == "blank" else " ,,,\xa0,,,,,,,,"
    line = makers.street(
        draw(st.sampled_from(["Anti-social behaviour", "Burglary", "Nonsense", ""])),
        draw(st.sampled_from([makers.INSIDE, makers.OUTSIDE, "", "E01"])),
        month=draw(st.sampled_from(["2024-02", "2024-02", "2024-03", "Feb"])),
        location=draw(st.sampled_from(["On or near High Street", '"The Drive, Park Lane"', '"two\nlines"'])),
    )
    return line.rsplit(",", 4)[0] if kind == "short" else line + ",x" if kind == "long" else line


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(st.lists(street_lines(), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_record_of_a_street_file_is_accounted_for(lines: list[str], end: str) -> None:
    text = end.join([makers.STREET_HEADER, makers.street(), *lines, ""])
    records = [row for row in csv.reader(StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / STREET_FILE
        path.write_bytes(text.encode())
        reading = makers.read("police_street", path, Path(folder))
        ((_, read, accepted, quarantined, ignored),) = makers.counts_of(reading)
        assert read == len(records) - 1 == accepted + quarantined + sum(ignored.values())
        assert (accepted, quarantined) == (len(makers.rows_of(reading, "police_street")), len(reading.quarantined))
