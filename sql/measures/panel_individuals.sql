-- Individuals on the agenda of the panel on anti-social behaviour on any day of the period, each counted once.
-- One row per individual and reported period; periods cannot be added, for the same individual may stand in both.
-- Reach: any time
select
    'all' as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_panel_time as f
inner join core.dim_reported_period as p
    on
        f.first_discussed_on <= p.last_day
        and coalesce(f.removed_on, p.last_day) >= p.first_day
qualify row_number() over (partition by f.panel_person_key, p.period_kind, p.period_key order by f.delivery_key, f.row_number) = 1
