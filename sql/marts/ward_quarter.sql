-- How an indicator's count of a quarter spreads over the wards; with what is not placed they add up to the borough's count.
-- One row per indicator, quarter and ward that held in it or is counted in; the one without a ward is what is not placed.
with spread as (
    select
        c.indicator_code,
        c.quarter_key,
        c.year_key,
        c.first_day,
        c.last_day,
        c.missing_reason
    from marts.figure_counted as c
    inner join meta.indicator as i
        on i.indicator_code = c.indicator_code
    inner join meta.definition as d
        on
            d.indicator_code = c.indicator_code
            and c.quarter_key between d.since_quarter_key and coalesce(d.until_quarter_key, c.quarter_key)
    left join meta.measured as m
        on
            m.indicator_code = c.indicator_code
            and m.period_kind = c.period_kind
            and m.period_key = c.period_key
    inner join meta.measure as k
        on k.measure_name = coalesce(m.measure_name, d.measure_name)
    where
        c.period_kind = 'quarter'
        and i.unit <> 'percent'
        and i.rollup not in ('year_end', 'annual')
        and k.knows_ward
),

places as (
    select
        a.area_code as ward_code,
        a.area_name as ward_name,
        a.valid_from,
        a.valid_to
    from core.dim_area as a
    where a.area_kind = 'ward'
    union all
    select
        null as ward_code,
        null as ward_name,
        null as valid_from,
        null as valid_to
),

placed as (
    select
        s.indicator_code,
        s.quarter_key,
        s.year_key,
        s.missing_reason,
        p.ward_code,
        p.ward_name,
        coalesce(p.valid_from > s.last_day or p.valid_to < s.first_day, false) as is_best_fit
    from spread as s
    cross join places as p
)

select
    ---------- which
    p.indicator_code,
    p.quarter_key,
    p.year_key,
    ---------- where
    p.ward_code, -- Code of the electoral ward, such as E05010516.
    p.ward_name, -- Name of the electoral ward as the source writes it.
    p.is_best_fit, -- Whether the ward is of boundaries that did not hold in the quarter, so that it fits those that did only at best.
    ---------- how many
    case when p.missing_reason is null then coalesce(w.n_counted, 0) end as n_counted, -- What of the indicator's count lies in the ward; empty where a reason stands.
    p.missing_reason
from placed as p
left join meta.measured_ward as w
    on
        w.indicator_code = p.indicator_code
        and w.period_kind = 'quarter'
        and w.period_key = p.quarter_key
        and w.ward_code is not distinct from p.ward_code
where
    not p.is_best_fit
    or (w.n_counted > 0 and p.missing_reason is null)
