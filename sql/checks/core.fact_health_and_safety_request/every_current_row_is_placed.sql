-- fail: Every current request on health and safety finds its day, and the day by which it is to be answered, in the calendar.
-- Dimension: completeness
with placed as (
    select count(f.response_due_on) as n_placed
    from core.fact_health_and_safety_request as f
),

listed as (
    select count(*) as n_listed
    from current.health_and_safety_requests as r
    where r.hs_request_kind <> 'None'
)

select l.n_listed - p.n_placed || ' current requests on health and safety lie outside the calendar.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
