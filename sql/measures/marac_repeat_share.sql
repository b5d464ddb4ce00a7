-- Repeats among the cases of high risk domestic abuse that the conference of an area discussed.
-- One row per meeting and reported period.
-- Reach: own rows
select
    f.marac_area as counted_part,
    p.period_kind,
    p.period_key,
    f.n_repeats as numerator,
    f.n_cases as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_marac_meeting as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
