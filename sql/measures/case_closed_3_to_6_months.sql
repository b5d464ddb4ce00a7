-- Cases of anti-social behaviour that a service closed three to six months after it received them.
-- One row per case and reported period in which it was closed for good or for the rest of the financial year.
-- Reach: any time
select
    f.service_key as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.ward_code
from core.fact_case as f
inner join core.dim_reported_period as p
    on f.counted_closed_on between p.first_day and p.last_day
where
    f.counted_closed_on >= f.received_on + interval 3 months
    and f.counted_closed_on <= f.received_on + interval 6 months
