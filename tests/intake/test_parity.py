"""A street file gives the same reading and the same rows whether DuckDB reads it or the csv module does."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import makers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from makers import STREET_HEADER, street

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake import bulk
from cs_pipeline.intake.read import Asked, read_delivery
from cs_pipeline.intake.reading import Reading
from cs_pipeline.words.settings import PROJECT

REAL = PROJECT.parent / "shared" / "real" / "police_street"
AREAS = PROJECT / "sources" / "reference" / "areas" / "areas 2023-05-04.csv"
NAME = "2024-02-nottinghamshire-street.csv"
SPACES = ("", "", "", " ", "\t", "\xa0", "\u200b", "\u2003", "\v", "\x85", "\x1c", "\r")


def texts(*usual: str) -> st.SearchStrategy[str]:
    """Mostly what stands there, now and then with space around it, or something no one would expect."""
    spaced = st.builds("{}{}{}".format, st.sampled_from(SPACES), st.sampled_from(usual), st.sampled_from(SPACES))
    odd = st.sampled_from(("", "#N/A", "#UNCALCULATED", "NULL", "N/A", "café", "–", "a;b", "_x000D_x", "\ufeff", "'"))
    return st.sampled_from(usual) | st.sampled_from(usual) | spaced | odd


FIELDS = [
    texts("", "0123456789abcdef" * 4, "123"),
    texts("2024-02", "2024-2", "2024-03"),
    texts("Nottinghamshire Police", ""),
    texts("Nottinghamshire Police"),
    texts("-1.214", "1e1", "x", "-12", "2", "1e999"),
    texts("52.927", "52.927000", "+52", "٥٢"),
    texts("On or near High Street", '"On or near The Drive, Park Lane"', '"two\nlines"', '"say ""so"""', 'a "b" c'),
    texts("E01028069", "E01028070", "E01013870", "E0102806", ""),
    texts("Broxtowe 010A", ""),
    texts("Anti-social behaviour", "Burglary", "anti social BEHAVIOUR", "Antisocial"),
    texts("", "Under investigation"),
    texts("", "x"),
]
GOOD = street().split(",")


@st.composite
def lines(draw: st.DrawFn) -> str:
    cells = list(GOOD)
    for place in draw(st.lists(st.integers(0, 11), max_size=2)):
        cells[place] = draw(FIELDS[place])
    keep = draw(st.sampled_from([12] * 30 + [0, 1, 11, 13]))
    return ",".join([*cells, "extra"][:keep]) if keep else draw(st.sampled_from(["", " ", ",,,,,,,,,,,"]))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Most are plain, so that the quick way takes them; the rest are spoilt in one or several ways."""
    header = draw(st.sampled_from([STREET_HEADER] * 8 + [STREET_HEADER + ",Officer", f"Title\n{STREET_HEADER}", "a,b"]))
    rows = draw(st.lists(lines(), min_size=1, max_size=6))
    rows += rows[: draw(st.integers(0, 2))]
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = end.join([header, *rows]) + draw(st.sampled_from([end, end, "", end + end]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "cp1252"]))
    return text.encode(encoding, errors="replace")


def read_by(way: str, content: bytes, folder: Path, name: str = NAME) -> tuple[Reading, list[tuple[Any, ...]], bool]:
    """A reading by one way, its rows, and whether DuckDB took the file."""
    (folder / name).write_bytes(content)
    took = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "BULK_BYTES", 0 if way == "quick" else len(content) + 1)
        patch.setattr("cs_pipeline.intake.read.read_bulk", lambda *a: took.append(bulk.read_bulk(*a)) or took[-1])
        reading = makers.read("police_street", folder / name, folder)
    rows = []
    for path in reading.rows.values():
        with duckdb.connect() as connection:
            rows = connection.execute(f"from read_parquet('{path}')").fetchall()
    return replace(reading, rows={}), rows, took[-1:] != [None] and took != []


def check_equal(content: bytes, folder: Path) -> bool:
    quick, slow = read_by("quick", content, folder), read_by("slow", content, folder)
    assert not slow[2]
    assert quick[:2] == slow[:2]
    assert all(count.adds_up for count in quick[0].counts)
    return quick[2]


@settings(max_examples=60, deadline=None)
@given(files())
@example(f"{STREET_HEADER}\n{street()}\n \n".encode())
@example(f"{STREET_HEADER}\n,,,,,,,,,,,\n{street()}\n".encode())
@example(f"{STREET_HEADER}\n,,,,,,,,,,,\n".encode())
@example(f"{STREET_HEADER}\n{street()}\n{street()}\r\n".encode())
@example(f"{STREET_HEADER}\r\n{street()}\r\n".encode("utf-8-sig"))
@example(f"{STREET_HEADER}\n{street()}\n{street()}\n\x1a".encode())
@example(f"{STREET_HEADER}\n#{street()}\n".encode())
def test_both_ways_give_the_same_reading_and_the_same_rows(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        check_equal(content, Path(folder))


@pytest.mark.proof
@settings(max_examples=3000, deadline=None)
@given(files())
def test_both_ways_agree_on_many_files(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        check_equal(content, Path(folder))


@pytest.mark.parametrize(
    ("lines", "is_taken"),
    [
        ([street(), street("Burglary"), street(lsoa="")], True),
        ([street(crime_type=" Burglary\u200b", outcome="\xa0x")], True),
        ([street("Nonsense"), street(longitude="x")], True),
        ([street(), ",,,,,,,,,,,", street()], True),
        ([street(location='"The Drive, Park Lane"')], False),
        ([street() + ",long"], False),
        ([street()[:-1]], False),
        ([street(), "", street()], False),
        ([street(outcome="_x000D_")], False),
        ([street(outcome="a\rb")], False),
    ],
)
def test_the_quick_way_takes_plain_files_and_leaves_the_others(
    lines: list[str], is_taken: bool, tmp_path: Path
) -> None:
    content = "\n".join([STREET_HEADER, *lines, ""]).encode()
    assert check_equal(content, tmp_path) == is_taken


def test_a_small_file_is_left_to_the_reference_reader(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(f"{STREET_HEADER}\n{street()}\n")
    with duckdb.connect() as connection:
        assert bulk.read_bulk(connection, source_named("police_street"), tmp_path / NAME, NAME) is None


def test_many_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = [street("Burglary", outcome=f"row {n}") for n in range(2, 60_002)]
    _, typed, took = read_by("quick", "\n".join([STREET_HEADER, *rows]).encode(), tmp_path)
    assert took
    assert [(row[3], row[-1]) for row in typed] == [(n, f"row {n}") for n in range(2, 60_002)]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real police files are not on this machine")
def test_a_real_file_is_read_alike_both_ways(tmp_path: Path) -> None:
    reference = read_delivery("areas", AREAS, AREAS.name, "areas", Asked(tmp_path)).rows["areas"]
    reference.rename(tmp_path / "areas.parquet")
    name = "2024-02-derbyshire-street.csv"
    content = (REAL / name).read_bytes()
    quick, slow = (read_by(way, content, tmp_path, name) for way in ("quick", "slow"))
    assert quick[:2] == slow[:2]
    assert (quick[2], slow[2]) == (True, False)
    assert (quick[0].n_read, quick[0].n_accepted, len(quick[1])) == (8902, 14, 14)
