-- Incidents of anti-social behaviour that the police recorded, counted on the closing code.
-- One row per incident and reported period.
-- Reach: own rows
select
    'all' as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.ward_code
from core.fact_asb_incident as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
where f.is_asb
