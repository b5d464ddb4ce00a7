-- Cases of high risk domestic abuse that came back to the conference of an area.
-- One row per meeting and reported period.
-- Reach: own rows
select
    f.marac_area as counted_part,
    p.period_kind,
    p.period_key,
    f.n_repeats as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_marac_meeting as f
inner join core.dim_reported_period as p
    on f.quarter_key between p.first_quarter_key and p.last_quarter_key
