-- fail: Every indicator stands once in each ward of a quarter, and once for what is not placed.
-- Dimension: uniqueness
select
    w.indicator_code || ', ' || w.quarter_key || ', ward ' || coalesce(w.ward_code, 'not placed') || ': ' || count(*)
    || ' rows where one must stand.' as finding,
    w.indicator_code,
    w.quarter_key,
    w.ward_code
from marts.ward_quarter as w
group by
    w.indicator_code,
    w.quarter_key,
    w.ward_code
having count(*) > 1
