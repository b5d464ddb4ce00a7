-- fail: The wards and what is not placed add up to what is counted for the borough, or give its reason.
-- Dimension: consistency
with added as (
    select
        w.indicator_code,
        w.quarter_key,
        sum(w.n_counted)::bigint as n_counted,
        count(*) filter (where w.n_counted is null) as n_without,
        count(*) filter (where w.missing_reason is null) as n_without_reason
    from marts.ward_quarter as w
    group by
        w.indicator_code,
        w.quarter_key
)

select
    a.indicator_code || ', ' || a.quarter_key || ': the wards add up to ' || coalesce(a.n_counted::varchar, 'nothing')
    || ' and the borough''s count is ' || coalesce(c.numerator::varchar, c.missing_reason, 'not there') || '.' as finding,
    a.indicator_code,
    a.quarter_key
from added as a
left join marts.figure_counted as c
    on
        c.indicator_code = a.indicator_code
        and c.period_kind = 'quarter'
        and c.period_key = a.quarter_key
where
    a.n_counted is distinct from c.numerator
    or if(c.missing_reason is null, a.n_without, a.n_without_reason) > 0
