-- Food premises to which a written warning was given on any day of the period, each counted once.
-- One row per premises and reported period; periods cannot be added, for the same premises may stand in both.
-- Reach: any time
select
    'premises warned' as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_food_premises as f
inner join core.dim_reported_period as p
    on f.warned_on between p.first_day and p.last_day
qualify row_number() over (
    partition by f.premises_key, p.period_kind, p.period_key
    order by f.delivery_key, f.sheet_name, f.row_number
) = 1
