-- warn: Every case was received within the years that the warehouse keeps.
-- Dimension: validity
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the case was received outside the years that are kept, so it is counted as received in none of them.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case as f
where f.month_key is null
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
