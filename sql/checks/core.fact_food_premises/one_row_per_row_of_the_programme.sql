-- fail: Every row of the food safety programme stands once.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the row stands more than once in the star.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_food_premises as f
qualify count(*) over (partition by f.delivery_key, f.sheet_name, f.row_number) > 1
