-- Cases of anti-social behaviour that a service closed after more than six months, or that were open for longer on the last day.
-- One row per case and reported period; meant for the year's end, for it cannot be summed over quarters.
-- Reach: any time
select
    f.service_key as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_case as f
inner join core.dim_reported_period as p
    on
        (
            f.counted_closed_on between p.first_day and p.last_day
            and f.counted_closed_on > f.received_on + interval 6 months
        )
        or (
            f.received_on + interval 6 months < p.last_day
            and (
                f.closed_on is null
                or f.closed_on > p.last_day
                or (f.reopened_on > f.closed_on and f.reopened_on <= p.last_day)
            )
        )
