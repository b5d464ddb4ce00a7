"""Reads the indicators' files, one for each owner, and files of one entry, such as the site's own settings.

Every fault is told with file and line. Everything is judged when it is loaded, so that a figure is never calculated
from a definition with a hole in it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cs_pipeline.declare.definition_faults import Fault, find_faults, find_target_faults
from cs_pipeline.declare.indicator import Entry, Indicator, Site
from cs_pipeline.words.periods import quarters


class BrokenDefinition(Exception):
    """A definition cannot be used; the message names file, line, what is wrong and what to do."""


Read = TypeVar("Read", bound=Entry)


def read_indicators(
    folder: Path, measures: frozenset[str], sources: frozenset[str], first_quarter: str
) -> tuple[Indicator, ...]:
    """Every indicator by code, from every YAML file of the folder. Raises BrokenDefinition.

    `measures` and `sources` are the names that exist; `first_quarter` is where the warehouse begins, and so by when
    a definition must hold.
    """
    begins = quarters(first_quarter, first_quarter)[0]
    found: dict[str, tuple[Indicator, Path, Lines]] = {}
    for path in sorted(folder.glob("*.yml")):
        for entry, lines in _entries(path):
            indicator = _validated(Indicator, path, entry, lines, str(entry.get("code") or "An indicator"))
            for key, what, todo in find_faults(indicator, measures, sources, begins):
                raise _broken(path, lines.at(*key), f"{indicator.code} {what}", todo)
            if indicator.code in found:
                what = f"{indicator.code} is defined here and in {found[indicator.code][1].name}"
                raise _broken(path, lines.at("code"), what, "Keep one of the two.")
            found[indicator.code] = (indicator, path, lines)
    for indicator, path, lines in found.values():
        for link, named in indicator.links.items():
            if unknown := sorted(set(named) - found.keys()):
                what = f"{indicator.code} names {', '.join(unknown)}, which no file defines"
                raise _broken(path, lines.at(link), what, "Correct the code.")
    return tuple(indicator for _, (indicator, _, _) in sorted(found.items()))


def read_site(folder: Path) -> Site:
    """The site's own settings, from `site/defaults.yml` beside the definitions. Raises BrokenDefinition."""
    return read_one(
        folder / "site" / "defaults.yml",
        Site,
        "The site",
        lambda site: find_target_faults(site.thresholds, site.profile),
    )


def read_one(path: Path, kind: type[Read], called: str, faults: Callable[[Read], Iterable[Fault]]) -> Read:
    """The one entry that a file holds; `faults` finds what single values do not show. Raises BrokenDefinition."""
    written = _loaded(path)
    if not isinstance(written, dict):
        *others, last = kind.model_fields
        raise _broken(path, 1, "holds no settings", f"Give {', '.join(others)} and {last}.")
    lines = Lines(written, 1)
    read = _validated(kind, path, written, lines, called)
    for key, what, todo in faults(read):
        raise _broken(path, lines.at(*key), f"{called} {what}", todo)
    return read


class Lines:
    """The line of a file on which each part of an entry stands."""

    def __init__(self, entry: Any, fallback: int) -> None:
        self._entry, self._fallback = entry, fallback

    def at(self, *path: str | int) -> int:
        """The line of a part; of the nearest part around it that has one, where it is not there."""
        here, line = self._entry, self._fallback
        for key in path:
            try:
                line = (here.lc.item(key) if isinstance(key, int) else here.lc.key(key))[0] + 1
                here = here[key]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return int(line)


def _loaded(path: Path) -> Any:
    """What a file holds, each part with its line; None when it is empty."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    line, said = 1, "it is not there"
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        pass
    except UnicodeDecodeError:
        said = "it is not written in UTF-8"
    except (YAMLError, ValueError, AttributeError) as trouble:  # ruamel.yaml: 2021-02-30, or !!set before a text.
        line += getattr(getattr(trouble, "problem_mark", None), "line", 0)
        said = getattr(trouble, "problem", None) or "it holds a value that is not YAML"
    raise _broken(path, line, f"cannot be read: {said}", "Correct it and run again.")


def _entries(path: Path) -> Iterator[tuple[dict[str, Any], Lines]]:
    """Each entry of a file as it is written, with its lines."""
    entries = _loaded(path)
    if not isinstance(entries, list | None):
        raise _broken(path, 1, "is not a list of indicators", "Start each with a dash and its code.")
    for place, entry in enumerate(entries or ()):
        line = Lines(entries, 1).at(place)
        if not isinstance(entry, dict):
            raise _broken(path, line, "holds an entry that is no indicator", "Start each with a dash and its code.")
        yield entry, Lines(entry, line)


SAID = {  # What pydantic's own words would not tell an officer.
    "bool_parsing": "must be yes or no",
    "bool_type": "must be yes or no",
    "float_parsing": "must be a number",
    "missing": "must have more items",
    "model_type": "must have keys of its own",
    "string_pattern_mismatch": "must be written as ComS_011 or ComS_012a",
    "string_type": "must be a text",
    "tuple_type": "must be a list",
}


def _validated(kind: type[Read], path: Path, entry: dict[str, Any], lines: Lines, called: str) -> Read:
    try:
        return kind.model_validate(_plain(entry))
    except ValidationError as trouble:
        # A misspelt key comes first: what is missing may stand there under the wrong word.
        fault = min(trouble.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
        where = fault["loc"]
        name = ".".join(part for part in where if isinstance(part, str))
        if fault["type"] == "missing" and isinstance(where[-1], str):
            what, todo = f"{called} has no {name}", f"Add {where[-1]}."
        elif fault["type"] == "extra_forbidden":
            what, todo = f"{called} has {name}, which means nothing here", "Correct the word or take it out."
        else:
            said = SAID.get(fault["type"], re.sub(r"^\w+ should ", "must ", str(fault["msg"])))
            what, todo = f"{called} has {name} that cannot be used: it {said}", "Correct it and run again."
        raise _broken(path, lines.at(*where), what, todo) from None


def _plain(entry: Any) -> Any:
    """Mappings and lists as Python's own, and text where YAML made a day, a number or a yes of it."""
    if isinstance(entry, dict):
        return {str(key): _plain(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_plain(value) for value in entry]
    return entry if entry is None else str(entry)


def _broken(path: Path, line: int, what: str, todo: str) -> BrokenDefinition:
    return BrokenDefinition(f"Definitions, file {path.name}, line {line} — {what}. {todo}")
