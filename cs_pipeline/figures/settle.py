"""Writes down how a conflict is settled: an order of who holds where a figure is held, else that it is accepted.

What follows from it is plain SQL: `sql/marts/figure_decided.sql` and `sql/marts/conflict_decided.sql`.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic import ValidationError

from cs_pipeline.declare.decisions import Party, Precedence, Settlement, read_decisions
from cs_pipeline.declare.entries import Decided, add_decisions
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


class CannotSettle(Exception):
    """The conflict cannot be settled so; the message is two sentences for people."""


def settle_conflict(
    settings: Settings,
    publication: "Connection",
    key: str,
    order: tuple[str, ...],
    because: str,
    by: str,
    on: date,
) -> Path:
    """Adds the decision to its file and returns that file. Raises CannotSettle, BrokenDecision."""
    rows = publication.execute(CONFLICT, [key]).fetchall()
    if not rows:
        raise CannotSettle(f"No open conflict has the key {key}. cs reconcile prints the keys of those that are open.")
    code, period, first_by, first_said, second_by, second_said, is_over_figure = rows[0]
    if is_over_figure and not {first_by, second_by} <= set(order):
        named = " and ".join(dict.fromkeys((first_by, second_by)))
        what = f"{code} for {period} needs an order that names {named}"
        raise CannotSettle(f"{what}. Give it with --order, the one that holds first.")
    if order and not is_over_figure:
        what = f"The conflict {key} holds no figure, so no order settles it"
        raise CannotSettle(f"{what}. Leave --order out to record that it is settled or accepted.")
    decided = {"because": because, "by": by, "on": on}
    try:
        if is_over_figure:
            name = "precedence.yml"
            entry: Decided = Precedence.model_validate({"indicator": code, "period": period, "order": order, **decided})
        else:
            name = "settlements.yml"
            entry = Settlement.model_validate({"conflict": key, "first": first_said, "second": second_said, **decided})
    except ValidationError:
        what = "The order, the reason or who decided is not as it must be"
        parties = ", ".join(get_args(Party))
        raise CannotSettle(f"{what}. An order names {parties}, each once; a reason is a sentence.") from None
    known = read_decisions(settings.decisions)
    if _same(entry) in {_same(other) for other in (*known.precedences, *known.settlements)}:
        raise CannotSettle(f"{name} has an entry for this already. Change that one, with its reason and its day.")
    add_decisions(settings.decisions / name, [entry])
    return settings.decisions / name


def _same(entry: Decided) -> tuple[object, ...]:
    """What two entries of a file may not share."""
    if isinstance(entry, Precedence):
        return (entry.indicator, *entry.days)
    return (entry.conflict,) if isinstance(entry, Settlement) else ()


CONFLICT = """
    select indicator_code, period_key, first_by, first_said, second_by, second_said,
        coalesce(k.kind_holds_figure, false)
    from marts.reconciliation as r left join meta.conflict_kind as k using (conflict_kind)
    where conflict_key = ? and is_unsettled"""
