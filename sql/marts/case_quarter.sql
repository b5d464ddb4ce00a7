-- Cases of anti-social behaviour by service and quarter: how many were received and how many closed.
-- One row per service and quarter in which cases were received or closed.
with events as (
    select
        f.service_key,
        f.quarter_key,
        f.year_key,
        'received' as event
    from core.fact_case as f
    union all
    select
        f.service_key,
        d.quarter_key,
        d.year_key,
        'closed' as event
    from core.fact_case as f
    inner join core.dim_date as d
        on d.date_key = f.counted_closed_on
)

select
    e.service_key,
    s.service_name,
    e.quarter_key,
    e.year_key,
    count(*) filter (where e.event = 'received') as n_received, -- Cases received in the period.
    count(*) filter (where e.event = 'closed') as n_closed -- Cases closed in the period and not opened again before the end of that financial year.
from events as e
left join core.dim_service as s
    on s.service_key = e.service_key
where e.quarter_key is not null
group by all
