-- warn: Every figure is counted from the rows, decisions and definitions that hold now.
-- Dimension: timeliness
select
    s.indicator_code || ' is stale for ' || string_agg(distinct s.period_key, ', ' order by s.period_key)
    || ', because only other quarters were counted anew; cs run counts all.' as finding,
    s.indicator_code
from meta.stale as s
group by s.indicator_code
order by s.indicator_code
