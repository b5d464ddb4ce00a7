"""How a file of decisions is read and added to: a YAML list of entries, each judged by the model of its kind.

The kinds themselves are in `decisions.py` and `commentary.py`.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError


class BrokenDecision(Exception):
    """A file of decisions cannot be used; the message names file, line and what to do."""


class Decided(BaseModel):
    """What every entry of a file of decisions shares: no key but those declared, no change once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Read = TypeVar("Read", bound=Decided)


def read_entries(path: Path, judge: Callable[[Mapping[str, object]], Read], remedy: str) -> list[Read]:
    """The entries of a file, none when there is no such file; `judge` makes each from its texts. Raises
    BrokenDecision, which ends with `remedy` and quotes nothing of the entry.
    """
    read = []
    for line, texts in _load(path) if path.exists() else []:
        try:
            read.append(judge({name: _blank_as_none(text) for name, text in dict(texts).items()}))
        except (ValidationError, TypeError, ValueError) as trouble:
            errors = trouble.errors() if isinstance(trouble, ValidationError) else []
            names = {str(e["loc"][0]) if e["loc"] else "cell" for e in errors} or {"entry"}
            what = f"{', '.join(sorted(names))} is missing or not as it must be"
            raise broken(path, line, what, remedy) from None
    return read


def refuse_twice(path: Path, keys: Sequence[str], remedy: str = "Keep one.") -> None:
    """Raises BrokenDecision when a key comes more than once."""
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise broken(path, 1, f"{', '.join(twice)} stands twice", remedy)


def broken(path: Path, line: int, what: str, remedy: str) -> BrokenDecision:
    """The refusal of a file, in the two sentences that people read."""
    return BrokenDecision(f"Decisions, file {path.name}, line {line} — {what}. {remedy}")


def add_decisions(path: Path, entries: Sequence[Decided]) -> None:
    """Adds entries at the end of a file of decisions; what stands there keeps its comments, and the file is replaced in
    one rename.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedSeq

    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 1000, True
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    listed = yaml.load(written)
    lines = io.StringIO()
    if listed is None:  # nothing yet, or comments alone, which belong to no entry
        listed = CommentedSeq()
        lines.write(written)
    listed.fa.set_block_style()
    listed.extend(entry.model_dump(mode="json") for entry in entries)
    yaml.dump(listed, lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(lines.getvalue(), encoding="utf-8")
    part.replace(path)


def _load(path: Path) -> list[tuple[int, Any]]:
    """The line of each entry, and the entry with every scalar as it is written."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = path.read_text(encoding="utf-8")
        entries = YAML(typ="rt").load(text) or []
        texts = YAML(typ="base").load(text) or []  # 1234567e8901 is a hash, no number
    except (YAMLError, UnicodeDecodeError) as trouble:
        line = getattr(getattr(trouble, "problem_mark", None), "line", 0) + 1
        raise broken(path, line, "cannot be read as YAML", "Correct the line and run again.") from None
    if not isinstance(entries, list):
        raise broken(path, 1, "is not a list of entries", "Start each entry with a dash.")
    lines = [entries.lc.item(place)[0] + 1 if hasattr(entries, "lc") else 1 for place in range(len(entries))]
    return list(zip(lines, texts, strict=True))


def _blank_as_none(text: object) -> object:
    return None if text == "" else text
