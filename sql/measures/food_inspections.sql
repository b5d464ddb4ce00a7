-- Inspections of food premises, whether due in the programme, late, new or reactive.
-- One row per inspection and reported period.
-- Reach: own rows
select
    'inspections' as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_food_premises as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
where f.inspected_on is not null
