-- fail: Every incident number stands once among the current incidents.
-- Dimension: uniqueness
select
    'Incident ' || f.sheet_name || ' row ' || f.row_number || ' stands more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_asb_incident as f
qualify count(*) over (partition by f.incident_number) > 1
