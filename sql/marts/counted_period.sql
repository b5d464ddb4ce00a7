-- What the deliveries give for each indicator that can be counted from them, by financial year and odd period that the plan states.
-- One row per indicator and period in which rows are on record; a percentage is a ratio of sums, never a mean of percentages.
with counted as (
    select
        a.indicator_code,
        a.period_key,
        a.numerator,
        a.denominator,
        a.n_months,
        a.is_whole
    from marts.counted_asb as a
    union all
    select
        c.indicator_code,
        c.period_key,
        c.numerator,
        c.denominator,
        c.n_months,
        c.is_whole
    from marts.counted_case as c
    union all
    select
        c.indicator_code,
        c.period_key,
        c.numerator,
        c.denominator,
        c.n_months,
        c.is_whole
    from marts.counted_crime as c
    union all
    select
        e.indicator_code,
        e.period_key,
        e.numerator,
        e.denominator,
        e.n_months,
        e.is_whole
    from marts.counted_enforcement as e
    union all
    select
        m.indicator_code,
        m.period_key,
        m.numerator,
        m.denominator,
        m.n_months,
        m.is_whole
    from marts.counted_marac as m
    union all
    select
        p.indicator_code,
        p.period_key,
        p.numerator,
        p.denominator,
        p.n_months,
        p.is_whole
    from marts.counted_panel as p
),

stated as (
    select distinct
        f.indicator_code,
        f.period_key
    from core.fact_stated_figure as f
    where f.measure in ('actual', 'achieved')
)

select
    ---------- what
    c.indicator_code,
    c.period_key,
    ---------- how much
    c.numerator,
    c.denominator,
    case
        when c.denominator is null then c.numerator::double
        else 100.0 * c.numerator / nullif(c.denominator, 0)
    end as value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    ---------- how far
    c.n_months,
    c.is_whole
from counted as c
inner join core.dim_period as p
    on p.period_key = c.period_key
left join stated as s
    on
        s.indicator_code = c.indicator_code
        and s.period_key = c.period_key
where
    p.period_kind = 'year'
    or s.period_key is not null
