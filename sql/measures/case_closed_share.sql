-- Cases closed in less than three months against cases received, as the plan prints it: the two need not be the same cases.
-- One row per case received and per case closed, and reported period.
-- Reach: any time
select
    f.service_key as counted_part,
    p.period_kind,
    p.period_key,
    0 as numerator,
    1 as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case as f
inner join core.dim_reported_period as p
    on f.received_on between p.first_day and p.last_day
union all
select
    f.service_key as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    0 as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case as f
inner join core.dim_reported_period as p
    on f.counted_closed_on between p.first_day and p.last_day
where f.counted_closed_on < f.received_on + interval 3 months
