"""What people decided, kept as YAML under `sources/decisions/`: each entry with its reason, who decided and when.

Decisions are input like deliveries: the same files and decisions give the same warehouse, in whatever order they came.
"""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class BrokenDecision(Exception):
    """A file of decisions cannot be used; the message names file, line and what to do."""


class Withdrawal(BaseModel):
    """A delivery that no longer counts: its rows stay in stage and on record, and core passes them over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    sha256: str = Field(
        pattern=r"^[0-9a-f]{12,64}$", description="At least the first 12 digits, as cs status prints them."
    )
    because: str = Field(min_length=10)
    by: str = Field(min_length=3)
    on: date


def read_withdrawals(decisions: Path) -> list[Withdrawal]:
    """The entries of `withdrawals.yml`, none when there is no such file. Raises BrokenDecision."""
    path = decisions / "withdrawals.yml"
    if not path.exists():
        return []
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = path.read_text(encoding="utf-8")
        entries = YAML(typ="rt").load(text) or []
        texts = YAML(typ="base").load(text) or []  # every scalar as it is written: 1234567e8901 is a hash, no number
    except (YAMLError, UnicodeDecodeError) as trouble:
        line = getattr(getattr(trouble, "problem_mark", None), "line", 0) + 1
        raise _broken(path, line, "cannot be read as YAML", "Correct the line and run again.") from None
    if not isinstance(entries, list):
        raise _broken(path, 1, "is not a list of entries", "Start each entry with a dash.")
    read = []
    for place in range(len(entries)):
        line = entries.lc.item(place)[0] + 1 if hasattr(entries, "lc") else 1
        try:
            read.append(Withdrawal.model_validate(dict(texts[place])))
        except (ValidationError, TypeError, ValueError) as trouble:
            names = {str(e["loc"][0]) for e in trouble.errors()} if isinstance(trouble, ValidationError) else {"entry"}
            what = f"{', '.join(sorted(names))} is missing or not as it must be"
            raise _broken(path, line, what, "Give source, sha256, because, by and on (2023-01-31).") from None
    return read


def _broken(path: Path, line: int, what: str, remedy: str) -> BrokenDecision:
    return BrokenDecision(f"Decisions, file {path.name}, line {line} — {what}. {remedy}")
