-- warn: No two deliveries that speak for the same day say different things.
-- Dimension: consistency
select
    t.stage_table || ': ' || count(*) || ' keys are told differently by two deliveries that speak for '
    || strftime(t.as_at, '%d/%m/%Y') || '. One was taken by a fixed rule; withdraw the one that is wrong.' as finding,
    t.stage_table,
    t.as_at
from meta.tie as t
group by
    t.stage_table,
    t.as_at
order by
    t.stage_table,
    t.as_at
