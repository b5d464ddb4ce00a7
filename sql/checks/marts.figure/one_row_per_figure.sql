-- fail: Every figure is published once.
-- Dimension: uniqueness
select
    f.indicator_code || ' stands more than once for ' || f.period_key || ' (' || f.period_kind || ').' as finding,
    f.indicator_code,
    f.period_kind,
    f.period_key
from marts.figure as f
group by
    f.indicator_code,
    f.period_kind,
    f.period_key
having count(*) > 1
