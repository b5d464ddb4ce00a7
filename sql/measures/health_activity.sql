-- What Environmental Health did or received by activity, and for visits and caravan sites the number planned or due.
-- One row per activity, month and reported period.
-- Reach: own rows
select
    f.health_activity_key as counted_part,
    p.period_kind,
    p.period_key,
    f.n_done as numerator,
    f.n_of as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_health_activity_month as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
