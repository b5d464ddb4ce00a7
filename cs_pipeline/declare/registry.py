"""Finds the declarations by folder: a new file under `sources/` or `sql/` is all it takes to add one.

Nothing here names a source or a table. Order is by name, reference sources first, so that every run walks the same way.
"""

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from cs_pipeline.declare.source import Source, Table


@cache
def all_sources() -> tuple[Source, ...]:
    """Every declared source: the `SOURCE` of each module in `cs_pipeline/sources/`."""
    folder = importlib.import_module("cs_pipeline.sources")
    found = []
    for module in pkgutil.iter_modules(folder.__path__):
        if module.ispkg:  # `shapes`: what several sources share is no source.
            continue
        declared = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), "SOURCE", None)
        if not isinstance(declared, Source) or declared.name != module.name:
            raise ValueError(f"sources/{module.name}.py must declare SOURCE with the name {module.name}.")
        found.append(declared)
    names = [table.name for source in found for table in source.tables]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two sources declare the same table: {', '.join(sorted(twice))}.")
    return tuple(sorted(found, key=lambda source: (not source.is_reference, source.name)))


def source_named(name: str) -> Source:
    """One source. Raises KeyError with the known names."""
    known = {source.name: source for source in all_sources()}
    if name not in known:
        raise KeyError(f'There is no source "{name}". Known sources: {", ".join(known)}.')
    return known[name]


def table_named(name: str) -> tuple[Source, Table]:
    return next((s, t) for s in all_sources() for t in s.tables if t.name == name)


@cache
def code_fingerprint(package: Path) -> str:
    """A hash over the code that turns a file into typed rows: when it changes, deliveries are read again from the
    archive.
    """
    digest = hashlib.sha256()
    for folder in ("words", "declare", "intake", "sources/shapes"):
        for path in sorted((package / folder).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def declaration_fingerprint(source: Source, package: Path) -> str:
    """A hash over all that decides how a delivery of this source is read, but for reference data."""
    declared = (package / "sources" / f"{source.name}.py").read_bytes()
    return hashlib.sha256(declared + code_fingerprint(package).encode()).hexdigest()
