-- warn: The day on which a case was received is the same in every delivery that lists it.
-- Dimension: consistency
select
    'Delivery ' || v.delivery_key || ', sheet ' || v.sheet_name || ', row ' || v.row_number
    || ': the day on which the case was received is not the one that an earlier delivery gave.' as finding,
    v.delivery_key,
    v.sheet_name,
    v.row_number
from core.fact_case_version as v
qualify v.received_on <> lag(v.received_on) over (partition by v.source_name, v.case_key order by v.version_number)
order by
    v.delivery_key,
    v.sheet_name,
    v.row_number
