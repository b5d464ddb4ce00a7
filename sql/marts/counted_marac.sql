-- Which cases of the domestic abuse conference each indicator counts, and its count or its part and whole by period.
-- One row per indicator and period.
with measures as (
    select
        v.indicator_code,
        v.marac_area,
        v.counted,
        v.out_of
    from (
        values
        ('ComS_024', 'Broxtowe', 'repeats', 'cases'),
        ('ComS_024a', 'Broxtowe', 'cases', null),
        ('ComS_024b', 'Broxtowe', 'repeats', null)
    ) as v (indicator_code, marac_area, counted, out_of)
)

select
    m.indicator_code, -- Code of the performance indicator in Pentana, such as ComS_011.
    r.period_key,
    sum(case m.counted when 'cases' then f.n_cases when 'repeats' then f.n_repeats end)::bigint as numerator, -- What is counted for the figure; for a percentage, the part.
    sum(case m.out_of when 'cases' then f.n_cases end)::bigint as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    r.n_months,
    r.is_whole
from measures as m
inner join meta.period_on_record as r
    on
        r.source_name = 'marac'
        and r.counted_part = m.marac_area
inner join core.fact_marac_meeting as f
    on
        f.marac_area = m.marac_area
        and f.meeting_on between r.first_day and r.last_day
group by
    m.indicator_code,
    r.period_key,
    r.n_months,
    r.is_whole
