-- fail: Every family of licences stands once at each 31 March.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell
    || ': the family and day stand more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_licences_in_force as f
qualify count(*) over (partition by f.licence_family_key, f.in_force_on) > 1
