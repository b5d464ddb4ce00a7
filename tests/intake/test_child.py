"""The reading process: whatever a file makes it do, there is a sentence and the next file is read."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile
import pytest

from cs_pipeline.intake.book import read_book
from cs_pipeline.intake.child import Limits, Reader
from cs_pipeline.intake.identify import identify
from cs_pipeline.words.findings import Refused

LIMITS = Limits(memory_mb=600, cpu_s=1, wall_s=4)
SMALLER = "Send it in parts, or without the pictures, formats and sheets that are not part of the return."
NEW_COPY = "Copy the table into a new workbook, or export it as CSV, and send that."
SLOW = "takes longer to read than is allowed (1 s of processor time, 4 s in all)"


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(LIMITS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("function", "rule", "sentences"),
    [
        (hostile.eat_memory, "too_heavy", f"needs more memory to read than is allowed (600 MB). {SMALLER}"),
        (hostile.spin, "too_heavy", f"{SLOW}. {SMALLER}"),
        (hostile.die, "reader_died", f"stopped the process that was reading it. {NEW_COPY}"),
        (hostile.crash, "reader_died", f"stopped the process that was reading it. {NEW_COPY}"),
        (hostile.fail_with_a_value, "unreadable", f"cannot be read (ValueError). {NEW_COPY}"),
    ],
)
def test_a_function_that_misbehaves_is_a_sentence_and_the_next_is_read(
    function: Callable[[], object], rule: str, sentences: str, reader: Reader
) -> None:
    first = reader.call(os.getpid)
    with pytest.raises(Refused) as refused:
        reader.call(function)
    assert (refused.value.rule, str(refused.value)) == (rule, sentences)
    assert (reader.call(os.getpid) == first) is (rule == "unreadable")


def test_a_function_that_sleeps_is_ended_by_the_clock() -> None:
    with Reader(Limits(wall_s=0.5)) as reader:
        with pytest.raises(
            Refused, match=r"takes longer to read than is allowed \(120 s of processor time, 0.5 s in all\)"
        ):
            reader.call(hostile.sleep)
        assert reader.call(os.getpid) != os.getpid()


def test_a_call_begun_ahead_has_its_own_answer_whatever_is_asked_meanwhile(reader: Reader) -> None:
    for meanwhile in (None, os.getppid):
        reader.begin(pow, 2, 10)
        if meanwhile:
            assert reader.call(meanwhile) == os.getpid()
        assert reader.call(pow, 2, 10) == 1024
    reader.begin(pow, 2, 11)
    reader.begin(pow, 2, 12)
    assert [reader.call(pow, 2, 11), reader.call(pow, 2, 12)] == [2048, 4096], "one given up, one kept"


@pytest.mark.parametrize("function", [hostile.die, hostile.fail_with_a_value])
def test_a_call_begun_ahead_that_misbehaves_is_told_when_it_is_asked_for(
    function: Callable[[], object], reader: Reader
) -> None:
    reader.begin(function)
    assert reader.call(pow, 2, 10) == 1024
    with pytest.raises(Refused):
        reader.call(function)
    assert reader.call(pow, 2, 10) == 1024


def test_processor_time_is_allowed_for_each_call_anew(reader: Reader) -> None:
    first = reader.call(os.getpid)
    for _ in range(4):
        reader.call(hostile.work, 0.4)
    assert reader.call(time.process_time) > 1.5
    assert reader.call(os.getpid) == first


def test_one_child_serves_many_calls_and_starts_at_the_first(tmp_path: Path) -> None:
    path = tmp_path / "q1.xlsx"
    path.write_bytes(hostile.saved([["Ward", 4]]))
    with Reader() as reader:
        assert reader._process is None
        assert reader.call(identify, path) == "xlsx"
        child = reader.call(os.getpid)
        assert reader.call(read_book, path).sheets[0].rows == [(1, ["Ward", "4"])]
        assert reader.call(hostile.print_and_return) == child != os.getpid()
        with pytest.raises(Refused, match=r"cannot be read \((AttributeError|PicklingError)\)"):
            reader.call(hostile.return_what_cannot_be_sent)
        assert reader.call(os.getpid) == child
    assert not _runs(child)


def test_a_refusal_comes_back_as_it_was_raised(tmp_path: Path) -> None:
    path = tmp_path / "q1.xlsx"
    far = '<sheetData><row r="1"><c r="GS1"><v>1</v></c></row></sheetData>'
    path.write_bytes(hostile.one_sheet(far))
    with Reader() as reader, pytest.raises(Refused) as refused:
        reader.call(read_book, path)
    assert (refused.value.rule, refused.value.sheet, refused.value.cells) == ("far_cell", "Mar", ("GS1",))


def test_a_child_that_died_between_calls_is_replaced(reader: Reader) -> None:
    first = reader.call(os.getpid)
    os.kill(first, 9)
    assert reader._process
    reader._process.wait(5)
    assert reader.call(os.getpid) != first


def test_ctrl_c_is_not_for_the_child(reader: Reader) -> None:
    first = reader.call(os.getpid)
    os.kill(first, 2)
    assert reader.call(os.getpid) == first


def test_a_child_outlives_the_thread_that_started_it(reader: Reader) -> None:
    pids: list[int] = []
    thread = threading.Thread(target=lambda: pids.append(reader.call(os.getpid)))
    thread.start()
    thread.join()
    assert reader.call(os.getpid) == pids[0]


@pytest.mark.parametrize("call", ["hostile.write_names, path", "os.getpid"])
def test_a_child_ends_with_its_parent_busy_or_idle(call: str, tmp_path: Path) -> None:
    """Also that a parent started with `python -c`, which has no importable main module, can use it."""
    path = tmp_path / "child"
    script = (
        "import hostile, os, threading, time; from pathlib import Path\n"
        "from cs_pipeline.intake.child import Reader\n"
        f"path = Path({str(path)!r}); reader = Reader()\n"
        "threading.Timer(1, lambda: os.kill(os.getpid(), 9)).start()\n"
        f"result = reader.call({call}); path.write_text(str(result)); time.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(hostile.__file__).parent)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, timeout=20).returncode == -9
    child = int(path.read_text())
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def test_start_up_imports_nothing_heavy(reader: Reader) -> None:
    loaded = reader.call(hostile.modules)
    assert not {"openpyxl", "msoffcrypto", "pandas", "duckdb", "dagster", "multiprocessing"} & set(loaded)


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie: an orphan's new parent may not have collected it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
