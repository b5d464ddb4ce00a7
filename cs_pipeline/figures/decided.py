"""Brings the records in `meta` up to the decisions about figures, and says which decisions fit nothing.

Decisions are read in `declare/decisions.py`; those about deliveries are applied in `warehouse/`.
"""

from typing import TYPE_CHECKING, Any

from cs_pipeline.declare.decisions import Decisions
from cs_pipeline.warehouse.connect import write_anew

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def refresh_decided(connection: "Connection", decisions: Decisions) -> None:
    """Writes anew what `meta` holds of issues, figures, conflicts and sources by decision."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        "issue": [(i.key, i.period, i.on, i.to, i.cut_at) for i in decisions.issues],
        "restated": [
            (r.indicator, r.figure, r.period, r.fingerprint, r.because, r.agreed_by, r.on, r.at)
            for r in decisions.restatements
        ],
        "precedence": [
            (None if p.indicator == "all" else p.indicator, *p.days, party, place, p.because, p.by, p.on)
            for p in decisions.precedences
            for place, party in enumerate(p.order, 1)
        ],
        "settlement": [(s.conflict, s.first, s.second, s.because, s.by, s.on) for s in decisions.settlements],
        "illustrative": [(i.source, i.because, i.by, i.on) for i in decisions.illustrative],
    }
    for name, of_table in (rows | _commentary_rows(decisions)).items():
        write_anew(connection, name, of_table)


def _commentary_rows(decisions: Decisions) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "comment": [
            (c.indicator, c.period_kind, c.period, number, c.comment, c.by, c.on)
            for number, c in enumerate(decisions.comments, 1)
        ],
        "sign_off": [
            (s.indicator, s.period_kind, s.period, number, s.signs, s.by, s.on)
            for number, s in enumerate(decisions.sign_offs, 1)
        ],
    }


def unmatched_decisions(connection: "Connection") -> list[str]:
    """Two sentences for each decision about figures that fits nothing: what is wrong, and what to do."""
    unmatched = (_restatements, _precedences, _commentary, _illustrative)
    return [sentence for find in unmatched for sentence in find(connection)]


def _restatements(connection: "Connection") -> list[str]:
    """A sentence for each restatement whose figure was never known as what it says."""
    rows = connection.execute(
        """select r.indicator_code, r.period_key, r.period_kind from meta.restated as r
           anti join meta.figure_history as h using (indicator_code, period_kind, period_key, figure_fingerprint)
           order by all"""
    ).fetchall()
    return [
        f"Decisions, file restatements.yml — {code} for {period} ({kind}) was never known as what it says. "
        "The issued figure stands; take the entry out, or let cs restate write it."
        for code, period, kind in rows
    ]


def _precedences(connection: "Connection") -> list[str]:
    """A sentence for each order of precedence over an indicator that nobody defines."""
    rows = connection.execute(
        """select distinct p.for_indicator_code from meta.precedence as p
           anti join meta.indicator as i on i.indicator_code = p.for_indicator_code
           where p.for_indicator_code is not null order by all"""
    ).fetchall()
    return [
        f"Decisions, file precedence.yml — {code} is an indicator that nobody defines, so nothing is settled by it. "
        "Correct the code, or take the entry out."
        for (code,) in rows
    ]


def _commentary(connection: "Connection") -> list[str]:
    """A sentence for each period for which somebody commented on or signed an indicator that nobody defines."""
    rows = connection.execute(
        """select n.indicator_code, n.period_key from (
               select indicator_code, period_key from meta.comment
               union select indicator_code, period_key from meta.sign_off) as n
           anti join meta.indicator as i using (indicator_code) order by all"""
    ).fetchall()
    return [
        f"Decisions, folder commentary, period {period} — {code} is an indicator that nobody defines, so its comments "
        "and sign-offs stand with no figure. Correct the code, or take the entries out."
        for code, period in rows
    ]


def _illustrative(connection: "Connection") -> list[str]:
    """A sentence for each source said to be illustrative that is not declared."""
    rows = connection.execute(
        "select source_name from meta.illustrative anti join meta.source using (source_name) order by all"
    ).fetchall()
    return [
        f"Decisions, file illustrative.yml — {source} is no source, so nothing is illustrative by it. "
        "Correct the name, or take the entry out."
        for (source,) in rows
    ]
