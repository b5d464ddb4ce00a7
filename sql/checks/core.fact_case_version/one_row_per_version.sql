-- fail: Every version of a case stands once.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the version of the case stands more than once.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case_version as f
qualify count(*) over (partition by f.source_name, f.case_key, f.version_number) > 1
