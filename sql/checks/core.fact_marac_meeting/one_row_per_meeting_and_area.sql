-- fail: Every meeting of the domestic abuse conference stands once for each area.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': the meeting and area stand more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_marac_meeting as f
qualify count(*) over (partition by f.meeting_on, f.marac_area) > 1
