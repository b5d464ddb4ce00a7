-- Months of the programme's quarters, told in whole by a tab that speaks for their last day; requests by month.
-- One row per part of the programme, or the requests, and month.
with parts as (
    select unnest(['inspections', 're-inspections', 'premises warned', 'high risk', 'low risk']) as counted_part
),

told as (
    select
        k.month_key,
        max(f.as_at) >= max(k.date_key) as is_complete
    from current.food_premises as f
    inner join core.dim_date as k
        on k.date_key between f.programme_quarter_from and f.programme_quarter_to
    group by k.month_key
)

select
    n.counted_part,
    t.month_key,
    t.is_complete
from told as t
cross join parts as n
union all
select
    'requests' as counted_part,
    f.month_key,
    count(*) = 2 as is_complete
from core.fact_food_request_month as f
group by f.month_key
