-- Every figure as the deliveries and the definitions in force give it now, or the typed reason why there is none.
-- One row per indicator, kind of period and period; what was decided where others state another is in marts.figure_calculated.
with judged as (
    select
        i.indicator_code,
        p.period_kind,
        p.period_key,
        p.last_quarter_key,
        p.year_key,
        p.first_day,
        p.last_day,
        i.unit,
        case
            when i.first_comparable_day > p.first_day then i.missing_before
            when i.rollup in ('year_end', 'annual') and p.period_kind <> 'year' then 'not applicable'
            when r.is_held then 'held'
            when not coalesce(r.is_whole, false) then 'not yet available'
            when not r.is_of_one_run then 'not comparable'
            when i.unit = 'percent' and coalesce(r.denominator, 0) = 0 then 'not applicable'
        end as missing_reason,
        r.numerator,
        r.denominator,
        r.calculated_by,
        r.comparable_run,
        r.since_quarter_key
    from meta.indicator as i
    cross join marts.figure_span as p
    left join marts.figure_rolled as r
        on
            r.indicator_code = i.indicator_code
            and r.period_kind = p.period_kind
            and r.period_key = p.period_key
    left join meta.odd_period as o
        on
            o.indicator_code = i.indicator_code
            and o.first_quarter_key = p.first_quarter_key
            and o.last_quarter_key = p.last_quarter_key
    where
        not i.is_heading
        and (p.period_kind <> 'odd period' or o.indicator_code is not null)
),

valued as (
    select
        j.indicator_code,
        j.period_kind,
        j.period_key,
        j.last_quarter_key,
        j.year_key,
        j.first_day,
        j.last_day,
        j.unit,
        j.missing_reason,
        case when j.missing_reason is null then j.numerator end as shown_numerator,
        case when j.missing_reason is null then j.denominator end as shown_denominator,
        j.calculated_by,
        j.comparable_run,
        j.since_quarter_key
    from judged as j
)

select
    ---------- which
    v.indicator_code,
    v.period_kind,
    v.period_key,
    v.last_quarter_key as quarter_key, -- Financial quarter, such as 2021-22-Q3.
    v.year_key,
    ---------- how much
    case
        when v.unit = 'percent' then 100.0 * v.shown_numerator / nullif(v.shown_denominator, 0)
        else v.shown_numerator::double
    end as value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    v.shown_numerator as numerator, -- What is counted for the figure; for a percentage, the part.
    v.shown_denominator as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    v.missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    ---------- by what
    v.since_quarter_key,
    v.comparable_run,
    v.calculated_by,
    v.first_day,
    v.last_day
from valued as v
