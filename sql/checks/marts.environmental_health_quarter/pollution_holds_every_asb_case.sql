-- warn: Pollution complaints of a month are at least the cases of anti-social behaviour received in it, which they contain.
-- Dimension: consistency
with received as (
    select
        c.month_key,
        count(*) as n_cases
    from core.fact_case as c
    where c.source_name = 'environmental_health_cases'
    group by c.month_key
)

select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell || ': in '
    || strftime((f.month_key || '-01')::date, '%B %Y')
    || ' there are fewer pollution complaints than cases of anti-social behaviour among them.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell,
    f.month_key
from core.fact_health_activity_month as f
inner join received as r
    on r.month_key = f.month_key
where
    f.health_activity_key = 'pollution_complaints'
    and f.n_done < r.n_cases
order by f.month_key
