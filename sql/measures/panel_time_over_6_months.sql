-- Individuals' times on the agenda of the panel that ended after more than six months, or had lasted longer on the last day.
-- One row per time on the agenda and reported period; meant for the year's end, for it cannot be summed over quarters.
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
        (
            f.removed_on between p.first_day and p.last_day
            and f.removed_on > f.first_discussed_on + interval 6 months
        )
        or (
            coalesce(f.removed_on > p.last_day, true)
            and f.first_discussed_on + interval 6 months < p.last_day
        )
