-- Cases of anti-social behaviour by service: received, and how long it took to close them, as it stood on a period's last day.
-- One row per service and financial year, or odd period for which the plan states a figure.
with told as (
    select
        f.service_key,
        f.source_name,
        r.period_key,
        r.first_day,
        r.last_day,
        f.received_on,
        case
            when f.closed_on <= r.last_day and not coalesce(f.reopened_on > f.closed_on and f.reopened_on <= r.last_day, false)
                then f.closed_on
        end as closed_by_then
    from core.fact_case as f
    inner join meta.period_on_record as r
        on r.source_name = f.source_name
),

timed as (
    select
        t.service_key,
        t.source_name,
        t.period_key,
        t.received_on between t.first_day and t.last_day as is_received,
        case
            when t.closed_by_then < t.first_day then 'closed before'
            when t.closed_by_then < t.received_on + interval 3 months then 'under 3 months'
            when t.closed_by_then <= t.received_on + interval 6 months then '3 to 6 months'
            when t.closed_by_then is not null then 'over 6 months'
            when t.received_on + interval 6 months < t.last_day then 'over 6 months'
        end as band
    from told as t
),

counted as (
    select
        t.service_key,
        t.source_name,
        t.period_key,
        count(*) filter (where t.is_received) as n_received,
        count(*) filter (where t.band = 'under 3 months') as n_under_3_months,
        count(*) filter (where t.band = '3 to 6 months') as n_3_to_6_months,
        count(*) filter (where t.band = 'over 6 months') as n_over_6_months
    from timed as t
    group by all
)

select
    ---------- which
    c.service_key,
    c.source_name,
    r.period_key,
    r.period_kind,
    ---------- how many
    c.n_received, -- Cases received in the period.
    c.n_under_3_months as n_closed_under_3_months, -- Cases closed in the period less than three months after they were received.
    c.n_3_to_6_months as n_closed_3_to_6_months, -- Cases closed in the period three to six months after they were received.
    case
        when s.latest_as_at >= r.last_day then c.n_over_6_months
    end as n_over_6_months_or_open, -- Cases closed in the period after more than six months, or open for longer on its last day; empty until it is over.
    ---------- how far
    r.n_months,
    r.is_whole
from counted as c
inner join meta.period_on_record as r
    on
        r.source_name = c.source_name
        and r.period_key = c.period_key
inner join meta.source_span as s
    on s.source_name = c.source_name
