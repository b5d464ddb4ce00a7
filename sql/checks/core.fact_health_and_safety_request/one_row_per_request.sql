-- fail: Every request on health and safety stands once.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the request stands more than once in the star.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_health_and_safety_request as f
qualify count(*) over (partition by f.delivery_key, f.sheet_name, f.row_number) > 1
