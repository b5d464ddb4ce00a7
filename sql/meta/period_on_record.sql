-- How much of each reported period the deliveries of a source tell.
-- One row per source, part of it that is counted by itself, and reported period of which a month is on record.
select
    m.source_name,
    m.counted_part,
    p.period_kind,
    p.period_key,
    count(*) filter (where m.is_complete) as n_months, -- Months of the period that are on record in whole.
    count(*) filter (where m.is_complete) = 3 * max(p.n_quarters) as is_whole -- Whether every month of the period is on record in whole.
from meta.month_on_record as m
inner join core.dim_reported_period as p
    on m.month_key between strftime(p.first_day, '%Y-%m') and strftime(p.last_day, '%Y-%m')
group by
    m.source_name,
    m.counted_part,
    p.period_kind,
    p.period_key
