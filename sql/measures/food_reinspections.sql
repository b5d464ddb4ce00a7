-- Re-inspections of food premises by their own day, which may lie in a later quarter than the row in which they stand.
-- One row per premises, day of a re-inspection and reported period.
-- Reach: any time
select
    're-inspections' as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_food_premises as f
inner join core.dim_reported_period as p
    on f.reinspected_on between p.first_day and p.last_day
qualify row_number() over (
    partition by f.premises_key, f.reinspected_on, p.period_kind, p.period_key
    order by f.delivery_key, f.sheet_name, f.row_number
) = 1
