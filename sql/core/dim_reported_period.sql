-- The periods that figures are reported for: every quarter, year to date and financial year, and the odd periods of an indicator.
-- One row per kind of period and period; a year to date is known by the quarter that it reaches.
with quarters as (
    select
        p.period_key,
        p.period_name,
        p.first_day,
        p.last_day,
        left(p.period_key, 7) as year_key,
        right(p.period_key, 1)::integer as quarter_number
    from core.dim_period as p
    where p.period_kind = 'quarter'
),

odd as (
    select distinct
        o.stands_for_year_key,
        a.period_key as first_quarter_key,
        b.period_key as last_quarter_key,
        a.first_day,
        b.last_day
    from meta.odd_period as o
    inner join quarters as a
        on a.period_key = o.first_quarter_key
    inner join quarters as b
        on b.period_key = o.last_quarter_key
),

reported as (
    select
        'quarter' as period_kind,
        q.period_key,
        q.period_name,
        q.period_key as first_quarter_key,
        q.period_key as last_quarter_key,
        q.year_key,
        q.first_day,
        q.last_day
    from quarters as q
    union all
    select
        'year to date' as period_kind,
        q.period_key,
        replace(q.year_key, '-', '/') || ' to the end of Q' || q.quarter_number as period_name,
        a.period_key as first_quarter_key,
        q.period_key as last_quarter_key,
        q.year_key,
        a.first_day,
        q.last_day
    from quarters as q
    inner join quarters as a
        on
            a.year_key = q.year_key
            and a.quarter_number = 1
    union all
    select
        'year' as period_kind,
        q.year_key as period_key,
        replace(q.year_key, '-', '/') as period_name,
        a.period_key as first_quarter_key,
        q.period_key as last_quarter_key,
        q.year_key,
        a.first_day,
        q.last_day
    from quarters as q
    inner join quarters as a
        on
            a.year_key = q.year_key
            and a.quarter_number = 1
    where q.quarter_number = 4
    union all
    select
        'odd period' as period_kind,
        strftime(o.first_day, '%Y-%m') || '/' || strftime(o.last_day, '%Y-%m') as period_key,
        strftime(o.first_day, '%B %Y') || ' to ' || strftime(o.last_day, '%B %Y') as period_name,
        o.first_quarter_key,
        o.last_quarter_key,
        o.stands_for_year_key as year_key,
        o.first_day,
        o.last_day
    from odd as o
)

select
    ---------- which
    r.period_kind,
    r.period_key,
    r.period_name, -- Name of the period as it is written on paper.
    r.first_quarter_key,
    r.last_quarter_key,
    r.year_key, -- Financial year, such as 2021-22.
    ---------- from when to when
    r.first_day, -- First day of the period.
    r.last_day, -- Last day of the period, which still belongs to it.
    ((year(r.last_day) - year(r.first_day)) * 12 + month(r.last_day) - month(r.first_day) + 1) // 3 as n_quarters -- Quarters that the period is made of.
from reported as r
