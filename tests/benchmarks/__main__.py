"""Prints ratios and times of the things that must stay cheap. Asserts nothing: machines differ.

Run with `make bench`. The real police files stand beside the project where it is developed; without them, synthetic
ones serve.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from cs_pipeline.operate.night import Listener, night
from cs_pipeline.warehouse.arrive import find_arrivals
from cs_pipeline.warehouse.connect import open_build
from cs_pipeline.warehouse.ledger import open_ledger
from cs_pipeline.warehouse.tables import make_tables
from cs_pipeline.warehouse.take import Desk, take
from cs_pipeline.words.settings import PROJECT, Settings, read_settings
from tests.benchmarks.disclosure import time_disclosure
from tests.benchmarks.figures import compare_figures
from tests.benchmarks.packs import time_packs
from tests.benchmarks.reconciliation import time_reconciliation

ROUNDS = 5
CS = shutil.which("cs", path=str(Path(sys.executable).parent)) or "cs"
REAL = PROJECT.parent / "shared" / "real"


def main() -> None:
    print("Intake of police street files against DuckDB read_csv and insert of the same files")
    compare_intake(REAL if REAL.exists() else PROJECT / "sources")
    print("\nA run with nothing new and 500 deliveries on record (whole process)")
    time_nothing_new(500)
    print("\nCounting figures of two million incidents")
    compare_figures()
    print("\nReconciling the committed deliveries")
    time_reconciliation()
    print("\nPacks of five quarters, for every audience and in every form")
    time_packs()
    print("\nChoosing what to hide, and attacking what is left")
    time_disclosure()
    print("\ncs run over all committed deliveries, into a new warehouse (whole process)")
    run_everything()
    print("\ncs --help (whole process)")
    tell("", [time_command("--help") for _ in range(ROUNDS)], aim="under 0.3 s")


def compare_intake(sources: Path) -> None:
    """Both into a new file on disk; ours with hashing, archive, judging, the reading process and its start-up."""
    files = sorted((sources / "police_street").glob("*.csv"))
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(ROUNDS):
            plain = clock(lambda n=n: insert_plainly(files, Path(folder) / f"plain{n}.duckdb"))
            settings = read_settings(sources, Path(folder) / f"ours{n}")
            take_reference(settings)
            rounds.append((clock(lambda s=settings: take_street(s)), plain))
    tell(f"  ours, {len(files)} files", [ours for ours, _ in rounds])
    tell("  plain DuckDB", [plain for _, plain in rounds])
    ratios = sorted(ours / plain for ours, plain in rounds)
    print(f"  ratio: median {statistics.median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f} (aim: within 2.5)")


def insert_plainly(files: list[Path], path: Path) -> None:
    with duckdb.connect(path.as_posix()) as connection:
        for place, file in enumerate(files):
            verb = "create table street as" if place == 0 else "insert into street"
            connection.execute(
                f"{verb} select * from read_csv(?, header = true, all_varchar = true)", [file.as_posix()]
            )


def take_reference(settings: Settings) -> None:
    with open_ledger(settings) as ledger, open_build(settings) as build:
        make_tables(build)
        arrivals = [a for a in find_arrivals(settings, ledger) if a.source.is_reference]
        assert all(taken.is_new for taken in take(Desk(settings, ledger, build), arrivals, {"areas"}))


def take_street(settings: Settings) -> None:
    with open_ledger(settings) as ledger, open_build(settings) as build:
        arrivals = [a for a in find_arrivals(settings, ledger) if a.source.name == "police_street"]
        assert len(list(take(Desk(settings, ledger, build), arrivals, {"police_street"}))) == len(arrivals)


def time_nothing_new(n_deliveries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sources, warehouse = Path(folder) / "sources", Path(folder) / "warehouse"
        make_deliveries(sources / "police_street", n_deliveries)
        settings = read_settings(sources, warehouse)
        night(settings, Listener())
        where = ("run", "--sources", str(sources), "--warehouse", str(warehouse))
        tell("  no file touched", [time_command(*where) for _ in range(ROUNDS)], aim="under 1.5 s")
        touched = []
        for _ in range(ROUNDS):
            for path in sources.rglob("*.csv"):
                path.touch()
            touched.append(time_command(*where))
        tell("  every file touched, none changed", touched)


def make_deliveries(folder: Path, n: int) -> None:
    """Small street files of many forces and months, each with its own bytes."""
    folder.mkdir(parents=True)
    lines = (PROJECT / "sources/police_street/2022-12-derbyshire-street.csv").read_text().splitlines()[:6]
    for place in range(n):
        month = f"{2018 + place % 60 // 12}-{place % 12 + 1:02}"
        text = "\n".join(lines).replace("2022-12", month).replace("Derbyshire Constabulary", f"Sample Force {place}")
        (folder / f"{month}-sample-force-{place}-street.csv").write_text(text + "\n")


def run_everything() -> None:
    """All committed deliveries into a new warehouse: the time, and the most memory that its processes held together."""
    taken, held = [], []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            command = [CS, "run", "--sources", str(PROJECT / "sources"), "--warehouse", folder]
            begun = time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
                most = 0
                while process.poll() is None:
                    most = max(most, memory_of(process.pid))
                    time.sleep(0.5)
            taken.append(time.perf_counter() - begun)
            held.append(most)
    tell("  whole run", taken, aim="under 25 s")
    print(f"  memory of its processes together: most {max(held) / 2**20:.0f} MB (aim: under 600 MB)")


def memory_of(session: int) -> int:
    """What the processes of a session hold for themselves, and their share of what they hold in common, in bytes."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            if int((process / "stat").read_text().rsplit(")", 1)[1].split()[3]) == session:
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def time_command(*arguments: str) -> float:
    return clock(lambda: subprocess.run([CS, *arguments], check=True, stdout=subprocess.DEVNULL))


def clock(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def tell(what: str, seconds: list[float], aim: str = "") -> None:
    told = f"median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f}"
    print(f"{what or ' '}: {told}{f' (aim: {aim})' if aim else ''}", flush=True)


if __name__ == "__main__":
    main()
