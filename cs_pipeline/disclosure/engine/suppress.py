"""Chooses what to hide: every small count, and as few others as protect it.

A small count is protected by a line, the cheapest one there is, whose cells are hidden with it. In the end every cell
that was hidden for another's sake is shown again where all others stay protected without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from cs_pipeline.disclosure.engine.counts import Bound, Key, Share
from cs_pipeline.disclosure.engine.improve import best_cover
from cs_pipeline.disclosure.engine.known import Known, Open, find_open
from cs_pipeline.disclosure.engine.needs import Needs
from cs_pipeline.disclosure.engine.system import System
from cs_pipeline.disclosure.engine.web import make_web

Why = Literal["small", "covers"]


@dataclass(frozen=True)
class Pattern:
    """What is hidden, counts and the shares and bounds that tell of them; why; and what cannot be protected."""

    hidden: frozenset[Key]
    why: Mapping[Key, Why]
    open: tuple[Open, ...]


def suppress(system: System, least_values: int = 4) -> Pattern:
    """What to hide so that no hidden count can be narrowed down to fewer values."""
    hidden: set[Key] = set()
    found: list[Open] = []
    for part in system.components():
        web = make_web(part)
        if not any(count.is_below for count in web.counts):
            continue
        shown_always = frozenset(cell for cell, count in enumerate(web.counts) if not count.may_be_hidden)
        needs = Needs(web, Known(web, part, shown_always), least_values)
        hidden |= set(web.keys(best_cover(needs).hidden))
        for each, is_worked_out in find_open(needs.known, needs.open, least_values):
            found.append(each)
            if is_worked_out:
                hidden.discard(each.key)
    return _pattern(system, hidden, tuple(sorted(found, key=lambda each: each.key)))


def _pattern(system: System, hidden: set[Key], found: tuple[Open, ...]) -> Pattern:
    """The pattern with the shares and bounds that tell of hidden counts."""
    why: dict[Key, Why] = {key: "small" if system.by_key[key].is_small else "covers" for key in sorted(hidden)}
    for each in system.stated:
        reasons = [why[key] for key in _told_of(each) if key in why]
        if reasons and not each.is_public:
            why[each.key] = "small" if "small" in reasons else "covers"
    return Pattern(frozenset(why), MappingProxyType(why), found)


def _told_of(stated: Share | Bound) -> tuple[Key, ...]:
    return (stated.of,) if isinstance(stated, Bound) else (*stated.numerator, *stated.denominator)
