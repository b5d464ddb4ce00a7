-- Requests on health and safety by kind: complaints and service requests together, and accident notifications.
-- One row per request and reported period.
-- Reach: own rows
select
    case f.hs_request_kind when 'Accident notification' then 'accident' else 'complaint or request' end as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_health_and_safety_request as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
