-- The indicator of police-recorded anti-social behaviour by period.
-- One row per indicator and period.
select
    'ComS_011' as indicator_code, -- Code of the performance indicator in Pentana, such as ComS_011.
    r.period_key,
    sum(m.n_incidents)::bigint as numerator, -- What is counted for the figure; for a percentage, the part.
    null::bigint as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    r.n_months,
    r.is_whole
from marts.asb_month as m
inner join meta.period_on_record as r
    on
        r.source_name = 'police_asb'
        and m.month_key between strftime(r.first_day, '%Y-%m') and strftime(r.last_day, '%Y-%m')
group by
    r.period_key,
    r.n_months,
    r.is_whole
