-- fail: Every whole financial year has six to eleven bank holidays on weekdays, without which working days are counted wrong.
-- Dimension: completeness
with years as (
    select
        d.year_key,
        count(*) as n_days,
        count(*) filter (where isodow(d.date_key) < 6 and not d.is_working_day) as n_days_off
    from core.dim_date as d
    group by d.year_key
)

select
    'The year ' || replace(y.year_key, '-', '/') || ' has ' || y.n_days_off || ' bank holidays on weekdays.' as finding,
    y.year_key
from years as y
where
    y.n_days >= 365
    and y.n_days_off not between 6 and 11
order by y.year_key
