-- Which cases of which service each indicator counts, and its count or its part and whole by period.
-- One row per indicator and period.
with measures as (
    select
        v.indicator_code,
        v.service_key,
        v.counted,
        v.out_of
    from (
        values
        ('ComS_012', 'environmental_health', 'received', null),
        ('ComS_012a', 'environmental_health', 'under 3 months', null),
        ('ComS_012b', 'environmental_health', '3 to 6 months', null),
        ('ComS_012c', 'environmental_health', 'over 6 months or open', null),
        ('ComS_012d', 'environmental_health', 'under 3 months', 'received'),
        ('ComS_013', 'housing', 'received', null),
        ('ComS_013a', 'housing', 'under 3 months', null),
        ('ComS_013b', 'housing', '3 to 6 months', null),
        ('ComS_013c', 'housing', 'over 6 months or open', null),
        ('ComS_013d', 'housing', 'under 3 months', 'received'),
        ('ComS_014', 'communities', 'received', null),
        ('ComS_014a', 'communities', 'under 3 months', null),
        ('ComS_014b', 'communities', '3 to 6 months', null),
        ('ComS_014c', 'communities', 'over 6 months or open', null),
        ('ComS_014d', 'communities', 'under 3 months', 'received')
    ) as v (indicator_code, service_key, counted, out_of)
)

select
    m.indicator_code, -- Code of the performance indicator in Pentana, such as ComS_011.
    c.period_key,
    case m.counted
        when 'received' then c.n_received
        when 'under 3 months' then c.n_closed_under_3_months
        when '3 to 6 months' then c.n_closed_3_to_6_months
        when 'over 6 months or open' then c.n_over_6_months_or_open
    end as numerator, -- What is counted for the figure; for a percentage, the part.
    case m.out_of
        when 'received' then c.n_received
    end as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    c.n_months,
    c.is_whole
from measures as m
inner join marts.case_period as c
    on c.service_key = m.service_key
