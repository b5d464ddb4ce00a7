-- Which entries of the enforcement register each indicator counts, and its count by period.
-- One row per indicator and period.
with measures as (
    select
        v.indicator_code,
        v.enforcement_type_key,
        v.issued_by
    from (
        values
        ('ComS_002', 'acceptable_behaviour_contract', null),
        ('ComS_016', 'injunction', 'Council'),
        ('ComS_018a', 'community_protection_notice_warning_letter', 'Council'),
        ('ComS_018b', 'community_protection_notice_warning_letter', 'Police'),
        ('ComS_019a', 'community_protection_notice', 'Council'),
        ('ComS_019b', 'community_protection_notice', 'Police'),
        ('ComS_028', 'community_trigger_request', 'Council'),
        ('ComS_029', 'public_spaces_protection_order', null)
    ) as v (indicator_code, enforcement_type_key, issued_by)
)

select
    m.indicator_code, -- Code of the performance indicator in Pentana, such as ComS_011.
    r.period_key,
    count(f.issued_on) as numerator, -- What is counted for the figure; for a percentage, the part.
    null::bigint as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    r.n_months,
    r.is_whole
from measures as m
inner join meta.period_on_record as r
    on r.source_name = 'enforcement_register'
left join core.fact_enforcement as f
    on
        f.enforcement_type_key = m.enforcement_type_key
        and f.issued_by = coalesce(m.issued_by, f.issued_by)
        and f.issued_on between r.first_day and r.last_day
group by
    m.indicator_code,
    r.period_key,
    r.n_months,
    r.is_whole
