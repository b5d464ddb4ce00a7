-- fail: Every case stands once in each delivery that lists it.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the case stands more than once in this delivery.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case_listing as f
qualify count(*) over (partition by f.source_name, f.case_key, f.delivery_key) > 1
