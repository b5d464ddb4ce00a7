-- Every target by edition and set for year, quarter and year to date: as stated for the period, or shared out from the year's.
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
),

spread as (
    select
        t.edition_code,
        t.indicator_set,
        t.indicator_code,
        p.period_kind,
        p.period_key,
        p.year_key,
        t.target_value as annual_target_value,
        case
            when p.period_kind = 'year' or i.rollup in ('ratio', 'latest') then t.target_value
            when p.period_kind = 'quarter' then t.target_value * s.share_pct / 100
            else t.target_value * s.share_to_date_pct / 100
        end as period_target_value
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
        and t.period_kind = 'year'
        and (
            p.period_kind = 'year'
            or (p.period_kind in ('quarter', 'year to date') and i.rollup in ('sum', 'ratio', 'latest'))
        )
),

stated as (
    select
        t.edition_code,
        t.indicator_set,
        t.indicator_code,
        t.period_kind,
        t.period_key,
        p.year_key,
        t.target_value
    from core.fact_target as t
    inner join core.dim_reported_period as p
        on
            p.period_kind = t.period_kind
            and p.period_key = t.period_key
    where
        t.target_value is not null
        and t.period_kind in ('quarter', 'year to date')
)

select
    ---------- which
    coalesce(s.edition_code, t.edition_code) as edition_code,
    coalesce(s.indicator_set, t.indicator_set) as indicator_set,
    coalesce(s.indicator_code, t.indicator_code) as indicator_code,
    coalesce(s.period_kind, t.period_kind) as period_kind,
    coalesce(s.period_key, t.period_key) as period_key,
    coalesce(s.year_key, t.year_key) as year_key,
    ---------- how much
    s.annual_target_value, -- The target that the edition prints for the year.
    coalesce(t.target_value, s.period_target_value) as period_target_value -- The target for the period, in the unit of the indicator.
from spread as s
full join stated as t
    on
        t.edition_code = s.edition_code
        and t.indicator_set = s.indicator_set
        and t.indicator_code = s.indicator_code
        and t.period_kind = s.period_kind
        and t.period_key = s.period_key
