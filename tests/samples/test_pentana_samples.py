"""The exports of Pentana among the samples: the same bytes each time, and figures that follow from the deliveries."""

import csv
from pathlib import Path

import pytest

from cs_pipeline.samples.pentana import FIGURES, write_pentana_indicators
from cs_pipeline.samples.pentana_actions import write_pentana_actions, write_pentana_risks
from cs_pipeline.words.settings import PROJECT

SOURCES = PROJECT / "sources"
WRITERS = {
    "pentana_indicators": write_pentana_indicators,
    "pentana_actions": write_pentana_actions,
    "pentana_risks": write_pentana_risks,
}


@pytest.mark.parametrize("source", WRITERS)
def test_the_exports_are_those_written(source: str, tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in WRITERS[source](tmp_path)}
    committed = {path.name: path.read_bytes() for path in (SOURCES / source).iterdir()}
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


def test_a_csv_is_in_either_encoding_and_says_that_it_is_synthetic() -> None:
    raw = {path.name: path.read_bytes() for path in (SOURCES / "pentana_indicators").glob("*.csv")}
    assert sum(text.startswith(b"\xef\xbb\xbf") for text in raw.values()) == 3
    (old,) = (text for text in raw.values() if not text.startswith(b"\xef\xbb\xbf"))
    assert "–" in old.decode("cp1252")
    assert all(b"Synthetic" in text for text in raw.values())


def test_every_indicator_has_a_line_of_figures() -> None:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len({row["code"] for row in rows}) == 67
