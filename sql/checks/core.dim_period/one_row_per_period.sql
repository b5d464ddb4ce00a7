-- fail: Every period has one key, and its first day is not after its last.
-- Dimension: uniqueness
select
    'Period ' || d.period_key || ' stands more than once, or ends before it starts.' as finding,
    d.period_key
from core.dim_period as d
qualify
    count(*) over (partition by d.period_key) > 1
    or d.first_day > d.last_day
