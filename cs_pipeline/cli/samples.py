"""`cs samples`: the synthetic deliveries of every source, in a folder of their own."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.cli.common import Asked, Verbs, add_verb

if TYPE_CHECKING:
    from cs_pipeline.samples.all import Written

# Above it the four digits of an incident's number cannot count a busy day, nor a sheet that is read hold a month.
MOST_SCALE = 100


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "samples",
        "Write the synthetic deliveries of every source into a folder.",
        "cs samples --to /tmp/samples && cs run --sources /tmp/samples --warehouse /tmp/warehouse",
        samples,
    )
    parser.add_argument("--to", metavar="DIR", required=True, help="folder to write to; it must be empty or not exist")
    parser.add_argument("--seed", metavar="N", type=int, help="draw other deliveries (default: those in sources/)")
    parser.add_argument("--scale", metavar="K", type=int, default=1, help="so many times as many rows (default: 1)")


def samples(asked: Asked) -> int:
    """Prints a line for each folder as it is written. 3, and nothing written, when the folder is in use."""
    to_dir = Path(asked.to)
    if not 1 <= asked.scale <= MOST_SCALE:
        print(f"cs: {asked.scale} is no scale. Give a whole number from 1 to {MOST_SCALE}.", file=sys.stderr)
        return 3
    if to_dir.exists() and not (to_dir.is_dir() and not any(to_dir.iterdir())):
        print(f"cs: {to_dir} is not empty, and nothing was written. Give a folder without files.", file=sys.stderr)
        return 3
    from cs_pipeline.samples.all import write_all

    n_files = 0
    print(f"Writing sample deliveries to {to_dir}", flush=True)
    for written in write_all(to_dir, asked.seed, asked.scale):
        n_files += written.n_files
        print(f"  {written.title:<30} {_tell(written)}", flush=True)
    print(f"{n_files} files. Take them in with: cs run --sources {to_dir} --warehouse DIR")
    return 0


def _tell(written: "Written") -> str:
    if not written.n_files:
        return "none: no module in cs_pipeline/samples makes any"
    how = "copied, for these are facts" if written.is_copied else "synthetic"
    return f"{written.n_files} {'file' if written.n_files == 1 else 'files'}, {how}"
