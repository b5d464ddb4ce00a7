-- fail: Every entry of the enforcement register stands once.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the entry stands more than once in the star.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_enforcement as f
qualify count(*) over (partition by f.delivery_key, f.sheet_name, f.row_number) > 1
