-- fail: Every rate stands once, taken per one population.
-- Dimension: uniqueness
select
    'The rate of ' || r.indicator_code || ' for ' || r.year_key || ' stands more than once.' as finding,
    r.indicator_code,
    r.year_key
from marts.indicator_rate as r
group by
    r.indicator_code,
    r.year_key
having count(*) > 1
