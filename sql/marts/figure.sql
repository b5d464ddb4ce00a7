-- Every figure as it is published: an issued figure keeps its issued value until a restatement is agreed, all others are as calculated now.
-- One row per indicator, kind of period and period.
with standing as (
    select
        s.indicator_code,
        s.period_kind,
        s.period_key,
        s.value,
        s.numerator,
        s.denominator,
        s.missing_reason,
        s.since_quarter_key,
        s.figure_fingerprint,
        s.is_restated
    from marts.figure_standing as s
    where s.stands_until_at is null
),

known as (
    select
        c.indicator_code,
        c.period_kind,
        c.period_key
    from marts.figure_calculated as c
    union
    select
        s.indicator_code,
        s.period_kind,
        s.period_key
    from standing as s
)

select
    ---------- which
    k.indicator_code,
    k.period_kind,
    k.period_key,
    p.period_name,
    p.last_quarter_key as quarter_key, -- Financial quarter, such as 2021-22-Q3.
    p.year_key,
    ---------- how much
    case when s.indicator_code is null then c.value else s.value end as value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    case when s.indicator_code is null then c.numerator else s.numerator end as numerator, -- What is counted for the figure; for a percentage, the part.
    case when s.indicator_code is null then c.denominator else s.denominator end as denominator, -- For a percentage, the whole that the part is taken of; empty for a count.
    case
        when s.indicator_code is null then c.missing_reason
        else s.missing_reason
    end as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    case when s.indicator_code is null then c.held_over end as held_over,
    case when s.indicator_code is null then c.taken_from end as taken_from,
    ---------- how it stands
    case
        when s.indicator_code is null then 'provisional'
        when s.is_restated then 'restated'
        else 'issued'
    end as figure_state, -- How the figure stands: provisional until it is issued, then issued or restated.
    coalesce(s.figure_fingerprint <> coalesce(c.figure_fingerprint, '-'), false) as is_waiting, -- Whether the figure would change and waits for a restatement to be agreed.
    coalesce(c.figure_fingerprint, '-') as calculated_fingerprint, -- Hash over the figure as it is calculated now.
    c.value as calculated_value, -- The figure as the deliveries and definitions give it now.
    coalesce(
        c.missing_reason, case when c.indicator_code is null then 'not yet available' end
    ) as calculated_missing_reason, -- Why the deliveries and definitions give no figure now.
    ---------- by what
    coalesce(s.since_quarter_key, c.since_quarter_key) as since_quarter_key,
    coalesce(d.comparable_run, c.comparable_run) as comparable_run,
    coalesce(s.figure_fingerprint, c.figure_fingerprint) as figure_fingerprint,
    p.first_day,
    p.last_day
from known as k
inner join core.dim_reported_period as p
    on
        p.period_kind = k.period_kind
        and p.period_key = k.period_key
left join marts.figure_calculated as c
    on
        c.indicator_code = k.indicator_code
        and c.period_kind = k.period_kind
        and c.period_key = k.period_key
left join standing as s
    on
        s.indicator_code = k.indicator_code
        and s.period_kind = k.period_kind
        and s.period_key = k.period_key
left join meta.definition as d
    on
        d.indicator_code = s.indicator_code
        and d.since_quarter_key = s.since_quarter_key
