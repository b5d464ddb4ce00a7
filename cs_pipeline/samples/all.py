"""Writes the sample deliveries of every source into one folder, ready to be taken in from there.

A module that makes some says so in its `WRITES`, by the source's name; nothing else is edited to add one. The Business
Plan and reference data are facts, so the project's own files are copied; what the pipeline writes itself is left out.
"""

import importlib
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from cs_pipeline.declare.registry import all_sources
from cs_pipeline.words.settings import PROJECT

FACTS = ("reference", "business_plan")

Writer = Callable[..., list[Path]]  # (folder, seed=its own, scale=1) -> the files in the order they were sent


@dataclass(frozen=True)
class Written:
    """What now stands in one folder; `n_files` is 0 for a source of which nothing can be made."""

    title: str
    folder: Path
    n_files: int
    is_copied: bool = False


def find_writers() -> dict[str, Writer]:
    """What each module beside this one writes, by the name of the source."""
    package = importlib.import_module("cs_pipeline.samples")
    modules = (importlib.import_module(f"{package.__name__}.{m.name}") for m in pkgutil.iter_modules(package.__path__))
    return {name: writer for module in modules for name, writer in getattr(module, "WRITES", {}).items()}


def write_all(to_dir: Path, seed: int | None = None, scale: int = 1) -> Iterator[Written]:
    """Write folder by folder, and tell of each once it stands.

    Without a seed every module takes its own, which gives the committed deliveries; from a seed each gets one derived.
    """
    for folder in FACTS:
        files = [path for path in (PROJECT / "sources" / folder).rglob("*") if path.is_file()]
        shutil.copytree(PROJECT / "sources" / folder, to_dir / folder)
        yield Written(folder.replace("_", " ").capitalize(), to_dir / folder, len(files), is_copied=True)
    writers = find_writers()
    for source in all_sources():
        if source.made_here or source.arrives_in.split("/")[0] in FACTS:
            continue
        folder_of = to_dir / source.arrives_in
        writer = writers.get(source.name)
        given = {} if seed is None else {"seed": derive(seed, source.name)}
        yield Written(source.title, folder_of, len(writer(folder_of, scale=scale, **given)) if writer else 0)


def derive(seed: int, name: str) -> int:
    """A seed of one source's own, so that no two sources draw the same numbers."""
    return crc32(f"{name} {seed}".encode())
