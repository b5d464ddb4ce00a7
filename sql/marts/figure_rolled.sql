-- What is counted for each indicator and period: as measured, or for sums and ratios as the sums of the period's quarters.
-- One row per indicator, kind of period and period of which anything is measured.
with defined as (
    select
        m.indicator_code,
        m.period_kind,
        m.period_key,
        m.quarter_key,
        m.numerator,
        m.denominator,
        m.is_whole,
        m.is_held,
        m.measure_name || '/' || m.counted_part as basis,
        m.comparable_run,
        m.since_quarter_key,
        i.rollup
    from meta.measured as m
    inner join meta.indicator as i
        on i.indicator_code = m.indicator_code
),

added as (
    select
        d.indicator_code,
        p.period_kind,
        p.period_key,
        sum(d.numerator)::bigint as numerator,
        sum(d.denominator)::bigint as denominator,
        bool_and(d.is_whole) and count(*) = max(p.n_quarters) as is_whole,
        bool_or(d.is_held) as is_held,
        count(distinct d.comparable_run) = 1 as is_of_one_run,
        max(d.comparable_run) as comparable_run,
        max(d.since_quarter_key) as since_quarter_key,
        string_agg(distinct d.basis, ' and ' order by d.basis) as calculated_by
    from defined as d
    inner join core.dim_reported_period as p
        on d.quarter_key between p.first_quarter_key and p.last_quarter_key
    left join meta.odd_period as o
        on
            o.indicator_code = d.indicator_code
            and o.first_quarter_key = p.first_quarter_key
            and o.last_quarter_key = p.last_quarter_key
    where
        d.rollup in ('sum', 'ratio')
        and d.period_kind = 'quarter'
        and (p.period_kind <> 'odd period' or o.indicator_code is not null)
    group by
        d.indicator_code,
        p.period_kind,
        p.period_key
)

select
    ---------- which
    a.indicator_code,
    a.period_kind,
    a.period_key,
    ---------- how much
    a.numerator,
    a.denominator,
    a.is_whole,
    a.is_held,
    ---------- by what
    a.is_of_one_run, -- Whether all quarters of the period were counted under definitions that compare.
    a.comparable_run,
    a.since_quarter_key,
    a.calculated_by -- Measures and parts that the figure was calculated by.
from added as a
union all
select
    d.indicator_code,
    d.period_kind,
    d.period_key,
    d.numerator,
    d.denominator,
    d.is_whole,
    d.is_held,
    true as is_of_one_run,
    d.comparable_run,
    d.since_quarter_key,
    d.basis as calculated_by
from defined as d
where d.rollup not in ('sum', 'ratio')
