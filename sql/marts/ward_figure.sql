-- How many of an indicator's cases each ward had in a quarter and in a year.
-- One row per indicator, kind of period, period and ward; those that could be placed in no ward have a row of their own.
with quarterly as (
    select
        w.indicator_code,
        coalesce(w.ward_code, 'not placed') as ward_code,
        w.ward_name,
        w.quarter_key,
        w.n_counted,
        w.is_best_fit
    from marts.ward_quarter as w
),

added as (
    select
        q.indicator_code,
        p.period_kind,
        p.period_key,
        q.ward_code,
        case when count(q.n_counted) = max(p.n_quarters) then sum(q.n_counted)::bigint end as n_counted,
        any_value(q.ward_name) as ward_name,
        bool_or(q.is_best_fit) as is_best_fit
    from quarterly as q
    inner join meta.indicator as i
        on i.indicator_code = q.indicator_code
    inner join core.dim_reported_period as p
        on
            q.quarter_key between p.first_quarter_key and p.last_quarter_key
            and p.period_kind in ('quarter', 'year')
            and (p.period_kind = 'quarter' or i.rollup = 'sum')
    group by
        q.indicator_code,
        p.period_kind,
        p.period_key,
        q.ward_code
)

select
    ---------- which
    a.indicator_code,
    a.period_kind,
    a.period_key,
    a.ward_code,
    a.ward_name,
    ---------- how much
    case when f.value is not null then a.n_counted::double end as value,
    case
        when f.value is null then f.missing_reason
        when a.n_counted is null then 'not comparable'
    end as missing_reason,
    a.is_best_fit
from added as a
inner join marts.figure_counted as f
    on
        f.indicator_code = a.indicator_code
        and f.period_kind = a.period_kind
        and f.period_key = a.period_key
