-- Months of each activity; of requests those of the return's quarter; of answers in time once no request can be waiting.
-- One row per activity, or kind of request, or all of them for the answers, and month.
with told as (
    select
        k.month_key,
        max(r.as_at) as as_at,
        max(k.date_key) as last_day,
        max(k.working_day_number) + case when arg_max(k.is_working_day, k.date_key) then 5 else 6 end as due_number
    from current.health_and_safety_requests as r
    inner join core.dim_date as k
        on k.date_key between r.return_quarter_from and r.return_quarter_to
    group by k.month_key
),

kinds as (
    select unnest(['complaint or request', 'accident']) as counted_part
)

select
    f.health_activity_key as counted_part,
    f.month_key,
    max(d.as_at) >= max(k.date_key) as is_complete
from core.fact_health_activity_month as f
inner join core.dim_delivery as d
    on d.delivery_key = f.delivery_key
inner join core.dim_date as k
    on k.month_key = f.month_key
group by
    f.health_activity_key,
    f.month_key
union all
select
    n.counted_part,
    t.month_key,
    t.as_at >= t.last_day as is_complete
from told as t
cross join kinds as n
union all
select
    'all' as counted_part,
    t.month_key,
    t.as_at >= t.last_day and coalesce(a.working_day_number >= t.due_number, false) as is_complete
from told as t
left join core.dim_date as a
    on a.date_key = t.as_at
