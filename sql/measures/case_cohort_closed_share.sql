-- Of the cases received in a period, those that were closed within three months, told once three months have passed.
-- One row per case received and reported period.
-- Reach: own rows
-- Waits: one quarter
select
    f.service_key as counted_part,
    p.period_kind,
    p.period_key,
    coalesce(f.counted_closed_on < f.received_on + interval 3 months, false)::integer as numerator,
    1 as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case as f
inner join core.dim_reported_period as p
    on f.quarter_key between p.first_quarter_key and p.last_quarter_key
