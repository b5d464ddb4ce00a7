-- Cases of anti-social behaviour that a service received.
-- One row per case and reported period.
-- Reach: own rows
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
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
