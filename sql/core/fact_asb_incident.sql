-- Incidents of anti-social behaviour from the police force, each as its latest delivery tells it.
-- One row per incident.
-- Restricted: row-level facts about incidents that people reported.
select
    i.incident_number,
    i.occurred_on,
    d.month_key,
    d.quarter_key,
    d.year_key,
    i.occurred_at,
    t.asb_type_key,
    t.is_asb,
    i.asb_type as asb_group, -- Group of the incident under the national standard.
    i.qualifiers,
    i.beat_code,
    i.ward_name,
    i.delivery_key,
    i.sheet_name,
    i.row_number
from current.police_asb as i
inner join core.dim_date as d
    on d.date_key = i.occurred_on
inner join core.dim_asb_type as t
    on t.asb_type_name = coalesce(i.closing_type, 'Still open')
