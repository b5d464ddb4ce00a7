-- fail: Every current count of food complaints and requests for service finds its month in the calendar.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_food_request_month
),

listed as (
    select count(*) as n_listed
    from current.food_requests
)

select l.n_listed - p.n_placed || ' current counts of food complaints and requests for service lie outside the calendar.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
