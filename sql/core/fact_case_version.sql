-- The history of each case: what was said of it, from which delivery on, until a later one said otherwise.
-- One row per case and version; a delivery that repeats what the one before it said makes none.
-- Restricted: row-level facts about cases that people brought.
with listed as (
    select
        l.source_name,
        l.case_key,
        l.as_at,
        l.delivery_key,
        (l.received_on, l.closed_on, l.reopened_on, l.case_type, l.ward_name) as said
    from core.fact_case_listing as l
    qualify row_number() over (partition by l.source_name, l.case_key, l.as_at order by l.delivery_key desc) = 1
),

changed as (
    select
        l.source_name,
        l.case_key,
        l.delivery_key
    from listed as l
    qualify l.said is distinct from lag(l.said) over (partition by l.source_name, l.case_key order by l.as_at)
)

select
    ---------- which
    l.service_key,
    l.source_name,
    l.case_key,
    row_number() over history as version_number, -- Place of the version in its history, counted from 1.
    l.as_at as valid_from_as_at, -- Day for which the delivery speaks that first tells this version.
    lead(l.as_at) over history as valid_until_as_at, -- Day for which the delivery speaks that first says otherwise; empty while the version holds.
    ---------- what it says
    l.received_on,
    l.closed_on,
    l.reopened_on,
    l.is_open,
    coalesce(l.is_open and not lag(l.is_open) over history, false) as is_reopening, -- Whether it tells as open a case that the version before told as closed.
    l.case_type,
    l.ward_name,
    ---------- where it stands
    l.delivery_key,
    l.sheet_name,
    l.row_number
from changed as c
inner join core.fact_case_listing as l
    on
        l.source_name = c.source_name
        and l.case_key = c.case_key
        and l.delivery_key = c.delivery_key
window history as (partition by l.source_name, l.case_key order by l.as_at)
