-- fail: Every indicator is counted once for each period.
-- Dimension: uniqueness
select
    c.indicator_code || ' is counted more than once for ' || c.period_key || '.' as finding,
    c.indicator_code,
    c.period_key
from marts.counted_period as c
group by
    c.indicator_code,
    c.period_key
having count(*) > 1
