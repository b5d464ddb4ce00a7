-- fail: Every case of a service stands once among the current cases.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the case stands more than once among the current cases.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case as f
qualify count(*) over (partition by f.source_name, f.case_key) > 1
