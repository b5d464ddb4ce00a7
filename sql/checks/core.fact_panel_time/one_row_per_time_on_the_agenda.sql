-- fail: Every individual's time on the panel's agenda stands once.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the time on the agenda stands more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_panel_time as f
qualify count(*) over (partition by f.panel_person_key, f.first_discussed_on) > 1
