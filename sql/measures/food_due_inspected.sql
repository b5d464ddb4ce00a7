-- Of the food premises that were due for inspection in the quarter, those inspected by the end of it.
-- One row per premises due and reported period.
-- Reach: own rows
select
    f.risk_band as counted_part,
    p.period_kind,
    p.period_key,
    (f.inspected_on is not null)::integer as numerator,
    1 as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_food_premises as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
where f.is_due
