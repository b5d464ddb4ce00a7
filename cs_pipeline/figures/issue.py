"""Records what people decide about published figures: that a period was issued to a meeting, that one is restated.

Both are decisions under `sources/decisions/`; which figures they mean follows from the ledger's history. What stands as
issued is worked out in `sql/marts/figure_standing.sql`, at the next run.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cs_pipeline.declare.decisions import Issue, Restatement, read_issues, read_restatements
from cs_pipeline.declare.entries import add_decisions
from cs_pipeline.words.figures import show_figure
from cs_pipeline.words.periods import parse_period
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


class CannotRecord(Exception):
    """Nothing was recorded; the message is two sentences for people."""


@dataclass(frozen=True)
class Cut:
    """An issue that was recorded: how many indicators have figures in it, and which had none to be issued."""

    issue: Issue
    n_indicators: int
    missing: tuple[str, ...]


def cut_issue(settings: Settings, publication: "Connection", period_text: str, to: str, on: date) -> Cut:
    """Records that the published figures of a quarter or year were issued. Raises CannotRecord or BrokenDecision.

    They are cut at the publication's own moment: what a night has counted since, and not published, nobody has seen.
    """
    period = parse_period(period_text)
    if period is None or period.kind not in ("quarter", "year"):
        raise CannotRecord(f'"{period_text}" is no quarter or financial year. Write it as 2021-22-Q3 or 2021-22.')
    if len(re.sub(r"[^A-Za-z0-9]", "", to)) < 3:
        raise CannotRecord(f'"{to}" does not name a meeting. Give the meeting or paper with --to, in full.')
    issue = Issue(period=period.key, to=to.strip(), on=on, cut_at=_published_at(publication))
    for other in read_issues(settings.decisions):
        if other.key == issue.key:
            said = f"{period.name} was issued to {other.to} on {other.on:%d/%m/%Y} already"
            raise CannotRecord(f"{said}. Say with --to who else it goes to, for example {to} (supplement).")
    kind = "quarter" if period.kind == "quarter" else "year"
    rows = publication.execute(
        """select f.indicator_code, f.value is not null from marts.figure as f
           where f.period_kind = ? and f.period_key = ? order by 1""",
        [kind, period.key],
    ).fetchall()
    if not any(has_value for _, has_value in rows):
        raise CannotRecord(f"No figure of {period.name} has been published. Run cs run when its returns have come.")
    add_decisions(settings.decisions / "issues.yml", [issue])
    return Cut(issue, sum(has for _, has in rows), tuple(code for code, has in rows if not has))


def restate(
    settings: Settings,
    publication: "Connection",
    indicator: str,
    periods: Sequence[str],
    because: str,
    agreed_by: str,
    on: date,
    moment: datetime,
) -> list[Restatement]:
    """Records that waiting figures of an indicator are restated to what they are calculated as now.

    A period names all its figures that wait: of a quarter the quarter itself and the year to date. Raises CannotRecord
    when none waits, so that nobody agrees to a change of nothing.
    """
    if len(because.strip()) < 10 or len(agreed_by.strip()) < 3:
        raise CannotRecord("A restatement needs a reason and who agreed to it. Give --because and --agreed-by in full.")
    keys = [_key_of(text) for text in periods]
    waiting = {
        (entry.figure, entry.period, entry.fingerprint)
        for entry in read_restatements(settings.decisions)
        if entry.indicator == indicator and entry.at > _published_at(publication)
    }
    rows = publication.execute(
        """select w.period_kind, w.period_key, i.unit, w.standing_value, w.standing_missing_reason,
               w.calculated_value, w.calculated_missing_reason, w.calculated_fingerprint
           from marts.restatement_waiting as w left join meta.indicator as i using (indicator_code)
           where w.indicator_code = ? and w.period_key in (select unnest(?::varchar[])) order by all""",
        [indicator, keys],
    ).fetchall()
    if idle := sorted(set(keys) - {key for _, key, *_ in rows}):
        what = f"Nothing of {indicator} waits to be restated for {', '.join(idle)}"
        raise CannotRecord(f"{what}. cs status lists what waits.")
    made = [
        Restatement(
            indicator=indicator,
            figure=kind,
            period=key,
            issued=show_figure(old, unit, old_none),
            now=show_figure(new, unit, new_none),
            fingerprint=fingerprint,
            because=because.strip(),
            agreed_by=agreed_by.strip(),
            on=on,
            at=moment,
        )
        for kind, key, unit, old, old_none, new, new_none, fingerprint in rows
        if (kind, key, fingerprint) not in waiting
    ]
    if not made:
        what = f"The restatement of {indicator} for {', '.join(keys)} is recorded already"
        raise CannotRecord(f"{what}. Run cs run to publish it.")
    add_decisions(settings.decisions / "restatements.yml", made)
    return made


def _published_at(publication: "Connection") -> datetime:
    """The moment of a publication, to which everything it holds was known."""
    at: datetime = publication.execute("select published_at from meta.publication").fetchall()[0][0]
    return at


def _key_of(text: str) -> str:
    period = parse_period(text)
    if period is None or (period.kind not in ("quarter", "year") and period.months % 3):
        raise CannotRecord(f'"{text}" is no period that figures have. Write it as 2021-22-Q3 or 2021-22.')
    return period.key
