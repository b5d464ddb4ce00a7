-- Which group of recorded offences each indicator counts, and its count by period.
-- One row per indicator and period.
with measures as (
    select
        v.indicator_code,
        v.offence_group
    from (
        values
        ('ComS_001', 'all crime'),
        ('ComS_007', 'burglary'),
        ('ComS_008', 'vehicle crime'),
        ('ComS_009', 'robbery'),
        ('ComS_010', 'violence with injury'),
        ('ComS_020', 'hate'),
        ('ComS_025', 'domestic abuse')
    ) as v (indicator_code, offence_group)
)

select
    m.indicator_code, -- Code of the performance indicator in Pentana, such as ComS_011.
    r.period_key,
    sum(c.n_recorded)::bigint as numerator, -- What is counted for the figure; for a percentage, the part.
    null::bigint as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    r.n_months,
    r.is_whole
from measures as m
inner join meta.period_on_record as r
    on
        r.source_name = 'police_crime'
        and r.counted_part = m.offence_group
inner join marts.crime_month as c
    on
        c.offence_group = m.offence_group
        and c.month_key between strftime(r.first_day, '%Y-%m') and strftime(r.last_day, '%Y-%m')
group by
    m.indicator_code,
    r.period_key,
    r.n_months,
    r.is_whole
