-- hold: No more visits were made than planned, and no more caravan sites inspected than were due, and the whole is told.
-- Dimension: validity
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell || ': ' || lower(a.health_activity_name)
    || ' in ' || strftime((f.month_key || '-01')::date, '%B %Y')
    || case when f.n_of is null then ' lack the number that they are of.' else ' are more than they are of.' end as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell,
    f.month_key,
    f.health_activity_key as counted_part
from core.fact_health_activity_month as f
inner join core.dim_health_activity as a
    on a.health_activity_key = f.health_activity_key
where
    a.is_of_a_whole
    and coalesce(f.n_done > f.n_of, true)
order by
    f.month_key,
    f.health_activity_key
