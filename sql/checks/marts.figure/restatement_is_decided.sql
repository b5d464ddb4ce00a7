-- warn: No issued figure waits for a restatement to be agreed.
-- Dimension: consistency
select
    f.indicator_code || ', ' || f.period_name || ': issued as ' || coalesce(format('{:g}', f.value), f.missing_reason)
    || ' and would now be ' || coalesce(format('{:g}', f.calculated_value), f.calculated_missing_reason)
    || '; the issued figure stands until cs restate records who agreed to change it.' as finding,
    f.indicator_code,
    f.period_kind,
    f.period_key
from marts.figure as f
where f.is_waiting
order by
    f.indicator_code,
    f.period_key,
    f.period_kind
