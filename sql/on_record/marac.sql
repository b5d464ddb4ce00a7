-- Months of the MARAC's quarters by area: told in whole where the return speaks for the last day of the quarter.
-- One row per area and month.
select
    m.marac_area as counted_part,
    k.month_key,
    max(d.as_at) >= max(k.date_key) as is_complete
from core.fact_marac_meeting as m
inner join core.dim_delivery as d
    on d.delivery_key = m.delivery_key
inner join core.dim_date as k
    on k.quarter_key = m.quarter_key
group by
    m.marac_area,
    k.month_key
