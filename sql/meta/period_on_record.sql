-- How much of each financial year, and of each odd period for which the plan states a figure, the deliveries of a source tell.
-- One row per source, part of it that is counted by itself, and period.
with periods as (
    select
        p.period_key,
        p.period_kind,
        p.first_day,
        p.last_day,
        (year(p.last_day) - year(p.first_day)) * 12 + month(p.last_day) - month(p.first_day) + 1 as n_months_in_period
    from core.dim_period as p
    where
        p.period_kind = 'year'
        or p.period_key in (select f.period_key from core.fact_stated_figure as f where f.measure in ('actual', 'achieved'))
)

select
    m.source_name,
    m.counted_part,
    p.period_key,
    p.period_kind,
    p.first_day,
    p.last_day,
    count(*) filter (where m.is_complete) as n_months, -- Months of the period that are on record in whole.
    count(*) filter (where m.is_complete) = max(p.n_months_in_period) as is_whole -- Whether every month of the period is on record in whole.
from meta.month_on_record as m
inner join periods as p
    on m.month_key between strftime(p.first_day, '%Y-%m') and strftime(p.last_day, '%Y-%m')
group by
    m.source_name,
    m.counted_part,
    p.period_key,
    p.period_kind,
    p.first_day,
    p.last_day
