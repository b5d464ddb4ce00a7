-- fail: Every activity of Environmental Health stands once in each month.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell
    || ': the activity and month stand more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_health_activity_month as f
qualify count(*) over (partition by f.health_activity_key, f.month_key) > 1
