-- Food complaints and requests for service received, both together.
-- One row per kind of request, month and reported period.
-- Reach: own rows
select
    'requests' as counted_part,
    p.period_kind,
    p.period_key,
    f.n_food_requests as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_food_request_month as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
