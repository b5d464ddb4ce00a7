-- warn: Every individual before the panel was first discussed within the years that the warehouse keeps.
-- Dimension: validity
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the individual was first discussed outside the years that are kept.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_panel_time as f
where f.month_key is null
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
