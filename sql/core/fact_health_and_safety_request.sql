-- Complaints, service requests and accident notifications on health and safety, with the days between which each was answered.
-- One row per request; equal rows are separate requests, and None in a quarter is no request.
-- Restricted: row-level facts about what people reported and accidents that they had.
with received as (
    select
        r.hs_request_kind,
        r.requested_on,
        r.urgent = 'Yes' as is_urgent,
        r.first_response_on,
        r.as_at,
        d.month_key,
        d.quarter_key,
        d.year_key,
        d.working_day_number
        + case when d.is_working_day then 0 else 1 end
        + case when r.urgent = 'Yes' then 1 else 5 end as due_number,
        r.delivery_key,
        r.sheet_name,
        r.row_number
    from current.health_and_safety_requests as r
    inner join core.dim_date as d
        on d.date_key = r.requested_on
    where r.hs_request_kind <> 'None'
)

select
    ---------- what and when
    r.hs_request_kind,
    r.requested_on,
    r.month_key,
    r.quarter_key,
    r.year_key,
    ---------- how soon
    r.is_urgent, -- Whether health and safety may be prejudiced in the short term, so that one working day is given.
    r.first_response_on,
    w.date_key as response_due_on, -- Last day for the first response: 1 working day after receipt if urgent, otherwise 5; a day off counts as the next working day.
    case
        when r.first_response_on <= w.date_key then true
        when r.as_at >= w.date_key then false
    end as is_answered_in_time, -- Whether the first response came in time; empty while the time is not over and there is none.
    ---------- where it stands
    r.delivery_key,
    r.sheet_name,
    r.row_number
from received as r
left join core.dim_date as w
    on
        w.is_working_day
        and w.working_day_number = r.due_number
