-- hold: Every food premises is due for inspection once in a quarter, for the share inspected would count it twice.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the premises is due in another row of the same quarter too.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.quarter_key,
    f.risk_band as counted_part
from core.fact_food_premises as f
where f.is_due
qualify count(*) over (partition by f.premises_key, f.quarter_key) > 1
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
