-- fail: Every family of licences and activity stands once in each month.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell
    || ': the family, activity and month stand more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_licensing_month as f
qualify count(*) over (partition by f.licence_family_key, f.licensing_activity_key, f.month_key) > 1
