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
    a.area_code as ward_code, -- Code of the electoral ward, such as E05010516.
    i.delivery_key,
    i.sheet_name,
    i.row_number
from current.police_asb as i
inner join core.dim_date as d
    on d.date_key = i.occurred_on
inner join core.dim_asb_type as t
    on t.asb_type_name = coalesce(i.closing_type, 'Still open')
left join core.dim_area as a
    on
        a.area_kind = 'ward'
        and a.area_name = i.ward_name
        and i.occurred_on between coalesce(a.valid_from, i.occurred_on) and coalesce(a.valid_to, i.occurred_on)
