-- fail: Complaints and requests for service about food stand once in each month.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell
    || ': the kind of request and month stand more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_food_request_month as f
qualify count(*) over (partition by f.request_kind, f.month_key) > 1
