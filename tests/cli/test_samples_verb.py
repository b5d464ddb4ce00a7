"""`cs samples`: the committed deliveries again, or others as like them, and never into a folder that is in use."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_samples import assert_same_files

from cs_pipeline.cli import samples as verb
from cs_pipeline.cli.main import main
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.samples import all as every
from cs_pipeline.samples.police_asb import write_police_asb
from cs_pipeline.samples.police_street import write_police_street
from cs_pipeline.words.settings import PROJECT

SOURCES = PROJECT / "sources"
QUICK = ("marac", "police_street", "asb_panel")


def only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """All writers but these stand still, so that the test is quick."""
    writers = every.find_writers()
    monkeypatch.setattr(every, "find_writers", lambda: {name: writers[name] for name in names})


def rows_of(path: Path) -> list[tuple[object, ...]]:
    book = load_workbook(path, read_only=True)
    rows = [row for sheet in book.worksheets if sheet.title != "Notes" for row in sheet.values]
    book.close()
    return rows


def test_every_source_has_its_samples_or_is_a_fact_or_is_made_here() -> None:
    facts = {source.name for source in all_sources() if source.arrives_in.split("/")[0] in every.FACTS}
    facts |= {source.name for source in all_sources() if source.made_here}
    assert set(every.find_writers()) | facts == {source.name for source in all_sources()}
    assert not set(every.find_writers()) & facts


def test_without_a_seed_they_are_the_committed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    only(monkeypatch, *QUICK)
    assert main(["samples", "--to", str(tmp_path / "made")]) == 0
    for folder in (*QUICK, *every.FACTS):
        assert_same_files(tmp_path / "made" / folder, SOURCES / folder)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"Writing sample deliveries to {tmp_path / 'made'}"
    assert "  MARAC                          17 files, synthetic" in told
    assert "  Business plan                  1 file, copied, for these are facts" in told
    assert "  Police crime                   none: no module in cs_pipeline/samples makes any" in told
    assert told[-1].endswith(f"Take them in with: cs run --sources {tmp_path / 'made'} --warehouse DIR")


def test_another_seed_gives_others_and_the_same_seed_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, *QUICK)
    for name in ("first", "second"):
        assert main(["samples", "--to", str(tmp_path / name), "--seed", "7"]) == 0
    assert_same_files(tmp_path / "first", tmp_path / "second")
    for source in QUICK:
        one = sorted((tmp_path / "first" / source).iterdir())[0]
        assert one.read_bytes() != (SOURCES / source / one.name).read_bytes()
    seeds = {every.derive(seed, name) for seed in (1, 2, 3) for name in every.find_writers()}
    assert len(seeds) == 3 * len(every.find_writers())


@pytest.mark.proof
def test_a_scale_multiplies_what_the_police_send(tmp_path: Path) -> None:
    workbook = write_police_asb(tmp_path / "asb", scale=2)[0]
    n_committed = sum(str(row[0]).startswith("NP-") for row in rows_of(SOURCES / "police_asb" / workbook.name))
    numbers = [str(row[0]) for row in rows_of(workbook) if str(row[0]).startswith("NP-")]
    assert 1.9 * n_committed < len(numbers) < 2.1 * n_committed
    assert all(len(number) == len("NP-20190401-0012") for number in numbers)
    for path in write_police_street(tmp_path / "street", scale=3):
        n_rows = []
        for file in (path, SOURCES / "police_street" / path.name):
            with file.open(encoding="utf-8", newline="") as lines:
                n_rows.append(sum(1 for _ in csv.DictReader(lines)))
        assert n_rows[0] == 3 * n_rows[1]


@pytest.mark.parametrize("scale", ["0", "-1", str(verb.MOST_SCALE + 1), "half"])
def test_a_scale_that_is_none_is_refused_in_one_line(
    scale: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["samples", "--to", str(tmp_path / "made"), "--scale", scale])
    except SystemExit as ended:  # argparse ends by itself when it is no number at all
        code = int(str(ended.code))
    assert code == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "made").exists()


def test_a_folder_in_use_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for to in (tmp_path, tmp_path / "mine.txt"):
        assert main(["samples", "--to", str(to)]) == 3
        told = capsys.readouterr().err
        assert told == f"cs: {to} is not empty, and nothing was written. Give a folder without files.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
