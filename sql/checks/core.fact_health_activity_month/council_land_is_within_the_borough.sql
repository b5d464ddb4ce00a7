-- hold: There are no more encampments on Council land than in the whole borough.
-- Dimension: consistency
with doubtful as (
    select unnest(['traveller_encampments', 'traveller_encampments_on_council_land']) as counted_part
)

select
    'Delivery ' || c.delivery_key || ', sheet ' || c.sheet_name || ', cell ' || c.cell || ': in '
    || strftime((c.month_key || '-01')::date, '%B %Y')
    || ' more encampments stand on Council land than in the borough.' as finding,
    c.delivery_key,
    c.sheet_name,
    c.cell,
    c.month_key,
    d.counted_part
from core.fact_health_activity_month as c
inner join core.fact_health_activity_month as b
    on
        b.month_key = c.month_key
        and b.health_activity_key = 'traveller_encampments'
cross join doubtful as d
where
    c.health_activity_key = 'traveller_encampments_on_council_land'
    and c.n_done > b.n_done
order by
    c.month_key,
    d.counted_part
