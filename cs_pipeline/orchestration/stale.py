"""The check that says, on the Dagster page, which quarters of which indicators are stale: run it there when you like.

It rehearses the next run on a throwaway copy (`operate/rehearse.py`), so it changes nothing.
"""

import dagster as dg

from cs_pipeline.operate.rehearse import Change, rehearse
from cs_pipeline.orchestration.graph import key_of
from cs_pipeline.words.settings import Settings

MOST = 200


def make_stale_check(settings: Settings) -> dg.AssetChecksDefinition:
    """The check on `marts/figure_calculated`; each stale quarter is also an observation on its indicator's page."""

    @dg.asset_check(
        asset=key_of("marts.figure_calculated"),
        name="no_quarter_is_stale",
        description="Every figure is counted from the rows, decisions and definitions that hold now.",
    )
    def no_quarter_is_stale(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        stale = [change for change in rehearse(settings) if change.is_counted]
        for change in stale[:MOST]:
            context.op_execution_context.log_event(_observation(change))
        if not stale:
            return dg.AssetCheckResult(passed=True, metadata={"stale quarters": 0})
        quarters = {(change.indicator, change.quarter) for change in stale}
        return dg.AssetCheckResult(
            passed=False,
            severity=dg.AssetCheckSeverity.WARN,
            description=f"Stale: {_list(quarters)}. Materialise those quarters on the indicator's page, or run all.",
            metadata={"stale quarters": len(quarters), "figures": _table(stale)},
        )

    return no_quarter_is_stale


def _list(quarters: set[tuple[str, str]]) -> str:
    by_indicator: dict[str, list[str]] = {}
    for indicator, quarter in sorted(quarters):
        by_indicator.setdefault(indicator, []).append(quarter)
    return "; ".join(f"{indicator} in {', '.join(found)}" for indicator, found in by_indicator.items())


def _observation(change: Change) -> dg.AssetObservation:
    return dg.AssetObservation(
        key_of(f"figures.{change.indicator}"),
        partition=change.quarter,
        description=f"Stale: {change.why}",
        metadata={
            "period": change.period_name,
            "stands": change.old,
            "would be": change.new,
            "stale because": change.why,
        },
    )


def _table(stale: list[Change]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "indicator": change.indicator,
                    "period": change.period_name,
                    "stands": change.old,
                    "would be": change.new,
                    "why": change.why,
                }
            )
            for change in stale[:MOST]
        ]
    )
