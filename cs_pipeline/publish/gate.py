"""Decides whether a build may be published: a broken `fail:` claim blocks it, a `hold:` withholds a figure, a `warn:`
shows.

The claims were judged while the tables were built (`warehouse/build.py`); this reads what they found.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


@dataclass(frozen=True)
class Verdict:
    """What the gate found: sentences by severity. Anything in `fails` means that nothing is published."""

    fails: tuple[str, ...]
    holds: tuple[str, ...]
    warns: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def opens(self) -> bool:
        return not self.fails

    @property
    def is_clean(self) -> bool:
        """Nothing was refused, quarantined or held."""
        return self.opens and not self.holds and not self.refused


def judge_build(connection: "Connection") -> Verdict:
    """The gate's verdict on a build."""

    def broken(severity: str) -> tuple[str, ...]:
        rows = connection.execute(
            "select broken_by from meta.claim_row where severity = ? and claim_name <> 'has_no_findings' order by all",
            [severity],
        )
        return tuple(row[0] for row in rows.fetchall())

    refused = connection.execute(
        """select f.sentence from meta.finding as f join meta.delivery as d using (delivery_key)
           where f.severity = 'refused' and d.outcome <> 'withdrawn' order by all"""
    ).fetchall()
    return Verdict(broken("fail"), broken("hold"), broken("warn"), tuple(row[0] for row in refused))
