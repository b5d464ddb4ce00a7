-- Individuals' times on the agenda of the panel on anti-social behaviour that ended in three to six months.
-- One row per time on the agenda and reported period in which it ended.
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
    on f.removed_on between p.first_day and p.last_day
where f.removed_on between f.first_discussed_on + interval 3 months and f.first_discussed_on + interval 6 months
