-- Requests on health and safety of every kind that were answered in time, of those answered or whose time was over.
-- One row per request and reported period.
-- Reach: own rows
select
    'all' as counted_part,
    p.period_kind,
    p.period_key,
    f.is_answered_in_time::integer as numerator,
    1 as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_health_and_safety_request as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
where f.is_answered_in_time is not null
