-- Every target by edition and set, for the year and, by its profile, for each quarter and year to date.
-- One row per edition, set, indicator, kind of period and period; a count's annual target is shared out, a rate's holds throughout.
with shares as (
    select
        t.indicator_code,
        t.quarter_number,
        t.share_pct,
        sum(t.share_pct) over (
            partition by t.indicator_code
            order by t.quarter_number
        ) as share_to_date_pct
    from meta.target_share as t
)

select
    ---------- which
    t.edition_code,
    t.indicator_set,
    t.indicator_code,
    p.period_kind,
    p.period_key,
    p.year_key,
    ---------- how much
    t.target_value as annual_target_value, -- The target that the edition prints for the year.
    case
        when p.period_kind = 'year' or i.rollup in ('ratio', 'latest') then t.target_value
        when p.period_kind = 'quarter' then t.target_value * s.share_pct / 100
        else t.target_value * s.share_to_date_pct / 100
    end as period_target_value -- The target for the period, in the unit of the indicator.
from core.fact_target as t
inner join meta.indicator as i
    on i.indicator_code = t.indicator_code
inner join core.dim_reported_period as p
    on p.year_key = t.period_key
left join shares as s
    on
        s.indicator_code = t.indicator_code
        and s.quarter_number = right(p.last_quarter_key, 1)::integer
where
    t.target_value is not null
    and (p.period_kind = 'year' or (p.period_kind in ('quarter', 'year to date') and i.rollup in ('sum', 'ratio', 'latest')))
