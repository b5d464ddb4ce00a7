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
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
