-- Months of incidents: told in whole where their latest delivery speaks for the last day of the month.
-- One row per month.
select
    'all' as counted_part,
    i.month_key,
    max(d.as_at) >= last_day(max(i.occurred_on)) as is_complete
from core.fact_asb_incident as i
inner join core.dim_delivery as d
    on d.delivery_key = i.delivery_key
group by i.month_key
