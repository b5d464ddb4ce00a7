-- Which individuals before the panel, or times on its agenda, each indicator counts, and its count by period.
-- One row per indicator and period.
with measures as (
    select
        v.indicator_code,
        v.counted
    from (
        values
        ('ComS_017', 'individuals'),
        ('ComS_015a', 'under 3 months'),
        ('ComS_015b', '3 to 6 months'),
        ('ComS_015c', 'over 6 months or on the agenda')
    ) as v (indicator_code, counted)
)

select
    m.indicator_code, -- Code of the performance indicator in Pentana, such as ComS_011.
    p.period_key,
    case m.counted
        when 'individuals' then p.n_individuals
        when 'under 3 months' then p.n_removed_under_3_months
        when '3 to 6 months' then p.n_removed_3_to_6_months
        when 'over 6 months or on the agenda' then p.n_over_6_months_or_on_agenda
    end as numerator, -- What is counted for the figure; for a percentage, the part.
    null::bigint as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    p.n_months,
    p.is_whole
from measures as m
cross join marts.panel_period as p
