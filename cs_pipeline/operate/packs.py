"""Which packs are due after a night, and making them: the last complete quarter, the last complete year, the plan.

It is level-triggered like the night: a pack that was made once is made again when it would say something else, so a
restatement reaches every pack that it concerns. What is in a pack is `reports/`.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.protection import CannotPublish
from cs_pipeline.reports.make import KINDS, Ask, digest, make_checked, open_for_packs, write_packs
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class MadePacks:
    """The packs of one quarter, year or edition that were written, where they are, and the hash of what they say."""

    ask: Ask
    folder: Path
    files: tuple[Path, ...]
    digest: str


@dataclass
class Known:
    """What was written before: for which publication it was last looked at, and the hash of each set of packs."""

    publication: str
    packs: dict[str, str]


def are_looked_at(settings: Settings) -> bool:
    """Whether the packs that are due were looked at for the publication that stands."""
    link = settings.publication
    return not settings.makes_packs or not link.exists() or _recorded(settings).publication == link.resolve().name


def make_due(
    settings: Settings,
    only: set[str] | None = None,
    quarters: set[str] | None = None,
    hear: Callable[[MadePacks], None] = lambda _: None,
    stopped: Callable[[str], None] = lambda _: None,
) -> list[MadePacks]:
    """Writes the packs that are due and would say something else than when they were last written.

    `only` names kinds of packs, as `reports.quarterly`, to write whatever they say, and `quarters` which of them.
    Nothing is written before the first publication. All are for the public, so one that would give a protected number
    away is not written; `stopped` hears why, and the next run tries again.
    """
    from cs_pipeline.publish.release import current_publication

    now = current_publication(settings)
    if now is None:
        return []
    known, made, refused = _recorded(settings), list[MadePacks](), list[str]()
    try:
        with open_for_packs(settings) as (source, protection):
            for ask in _wanted(due(source, known, settings.earlier_years), only, quarters):
                try:
                    packs = make_checked(source, protection, ask)
                except CannotPublish as trouble:
                    refused.append(str(trouble))
                    continue
                folder, says = settings.reports / ask.folder, digest(packs)
                if only is None and known.packs.get(_name(ask)) == says and folder.is_dir():
                    continue
                made.append(MadePacks(ask, folder, tuple(write_packs(packs, folder)), says))
                known.packs[_name(ask)] = says
                hear(made[-1])
    except CannotPublish as trouble:
        refused.append(str(trouble))
    for sentence in refused:
        stopped(sentence)
    if only is None and not refused:
        known.publication = now.name
    _record(settings, known)
    return made


def _wanted(asks: list[Ask], only: set[str] | None, quarters: set[str] | None) -> list[Ask]:
    """Those that are due; or those of the kinds that are asked for, and of quarters exactly those that are."""
    if only is None:
        return asks
    kinds = [kind for kind in KINDS if pack_asset(kind) in only]
    if "quarterly" in kinds and quarters:
        return [Ask("quarterly", key) for key in sorted(quarters)]
    return [ask for ask in asks if ask.kind in kinds]


def pack_asset(kind: str) -> str:
    """`reports.business_plan`: the name of a kind of packs among the assets."""
    return f"reports.{kind.replace('-', '_')}"


def due(publication: "Connection", known: Known, n_earlier: int) -> list[Ask]:
    """The last complete quarter and year and the last edition, and whatever was made before.

    A quarter is complete when no figure of it is awaited any more, a year when its last quarter is.
    """
    row = publication.execute(
        """with complete as (
               select period_key, max(last_day) as last_day from marts.figure where period_kind = 'quarter'
               group by period_key
               having count(value) > 0 and count(*) filter (missing_reason = 'not yet available') = 0)
           select (select max_by(period_key, last_day) from complete),
               (select max_by(left(period_key, 7), last_day) from complete where right(period_key, 2) = 'Q4'),
               (select max(edition_code) from marts.plan_figure)"""
    ).fetchall()[0]
    asks = [Ask(kind, key, n_earlier=n_earlier) for kind, key in zip(KINDS, row, strict=True) if key]
    asks += [
        Ask(kind, name.removeprefix(f"{kind} "), n_earlier=n_earlier)
        for name in known.packs
        for kind in KINDS
        if name.startswith(f"{kind} ")
    ]
    return list(dict.fromkeys(asks))


def _name(ask: Ask) -> str:
    return f"{ask.kind} {ask.key}"


def _recorded(settings: Settings) -> Known:
    try:
        known = json.loads((settings.reports / ".made.json").read_text())
        return Known(str(known["publication"]), dict(known["packs"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Known("", {})


def _record(settings: Settings, known: Known) -> None:
    settings.reports.mkdir(parents=True, exist_ok=True)
    part = settings.reports / ".made.json.part"
    part.write_text(json.dumps(asdict(known), indent=1, sort_keys=True))
    part.replace(settings.reports / ".made.json")
