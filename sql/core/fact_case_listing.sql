-- Cases of anti-social behaviour as every delivery of the three services lists them, withdrawn deliveries left out.
-- One row per case and delivery that lists it.
-- Restricted: row-level facts about cases that people brought.
with told as (
    select
        'environmental_health' as service_key,
        'environmental_health_cases' as source_name,
        e.case_key,
        e.received_on,
        e.closed_on,
        e.reopened_on,
        e.case_type,
        e.ward_name,
        e.as_at,
        e.delivery_key,
        e.sheet_name,
        e.row_number
    from stage.environmental_health_cases as e
    union all
    select
        'housing' as service_key,
        'housing_cases' as source_name,
        h.case_key,
        h.received_on,
        h.closed_on,
        h.reopened_on,
        h.case_type,
        h.ward_name,
        h.as_at,
        h.delivery_key,
        h.sheet_name,
        h.row_number
    from stage.housing_cases as h
    union all
    select
        'communities' as service_key,
        'communities_cases' as source_name,
        c.case_key,
        c.received_on,
        c.closed_on,
        c.reopened_on,
        c.case_type,
        c.ward_name,
        c.as_at,
        c.delivery_key,
        c.sheet_name,
        c.row_number
    from stage.communities_cases as c
)

select
    t.service_key, -- Key of the service, made from its name.
    t.source_name, -- Name of the source, which is also its folder and its file of declarations.
    t.case_key,
    t.received_on,
    t.closed_on,
    t.reopened_on,
    coalesce(t.closed_on < t.reopened_on, t.closed_on is null) as is_open, -- Whether the case is open: never closed, or opened again after it was.
    t.case_type,
    t.ward_name,
    t.as_at,
    t.delivery_key,
    t.sheet_name,
    t.row_number
from told as t
inner join core.dim_delivery as d
    on d.delivery_key = t.delivery_key
where d.outcome <> 'withdrawn'
qualify row_number() over (partition by t.source_name, t.case_key, t.delivery_key order by t.sheet_name, t.row_number) = 1
