-- Every month, quarter and financial year, and the odd periods that a document names, such as October to September.
-- One row per period, known by its first and last day.
with months as (
    select
        d.month_key as period_key,
        strftime(min(d.date_key), '%B %Y') as period_name,
        'month' as period_kind,
        min(d.date_key) as first_day,
        max(d.date_key) as last_day
    from core.dim_date as d
    group by d.month_key
),

quarters as (
    select
        d.quarter_key as period_key,
        replace(left(d.quarter_key, 7), '-', '/') || ' ' || right(d.quarter_key, 2) as period_name,
        'quarter' as period_kind,
        min(d.date_key) as first_day,
        max(d.date_key) as last_day
    from core.dim_date as d
    group by d.quarter_key
),

years as (
    select
        d.year_key as period_key,
        replace(d.year_key, '-', '/') as period_name,
        'year' as period_kind,
        min(d.date_key) as first_day,
        max(d.date_key) as last_day
    from core.dim_date as d
    group by d.year_key
),

named as (
    select
        coalesce(s.printed_period_from, s.stated_period_from) as first_day,
        coalesce(s.printed_period_to, s.stated_period_to) as last_day
    from current.plan_service_data as s
    union
    select
        coalesce(p.printed_period_from, p.stated_period_from) as first_day,
        coalesce(p.printed_period_to, p.stated_period_to) as last_day
    from current.plan_performance_indicators as p
    union
    select
        coalesce(b.stated_period_from, b.edition_from) as first_day,
        coalesce(b.stated_period_to, b.edition_to) as last_day
    from current.plan_budgets as b
    union
    select
        max(p.stated_period_to) over (partition by p.edition_from) + 1 as first_day,
        p.edition_to as last_day
    from current.plan_performance_indicators as p
),

regular as (
    select
        months.period_key,
        months.period_name,
        months.period_kind,
        months.first_day,
        months.last_day
    from months
    union all
    select
        quarters.period_key,
        quarters.period_name,
        quarters.period_kind,
        quarters.first_day,
        quarters.last_day
    from quarters
    union all
    select
        years.period_key,
        years.period_name,
        years.period_kind,
        years.first_day,
        years.last_day
    from years
),

spans as (
    select
        strftime(n.first_day, '%Y-%m') || '/' || strftime(n.last_day, '%Y-%m') as period_key,
        strftime(n.first_day, '%B %Y') || ' to ' || strftime(n.last_day, '%B %Y') as period_name,
        'span' as period_kind,
        n.first_day,
        n.last_day
    from named as n
    where
        n.last_day > n.first_day
        and not exists (
            select 1
            from regular as r
            where
                r.first_day = n.first_day
                and r.last_day = n.last_day
        )
),

everything as (
    select
        regular.period_key,
        regular.period_name,
        regular.period_kind,
        regular.first_day,
        regular.last_day
    from regular
    union all
    select
        spans.period_key,
        spans.period_name,
        spans.period_kind,
        spans.first_day,
        spans.last_day
    from spans
)

select
    e.period_key, -- Key of the period: 2021-10, 2021-22-Q3, 2021-22, or first and last month of an odd period.
    e.period_name, -- Name of the period as it is written on paper.
    e.period_kind, -- Kind of period: month, quarter, year to date, year, odd period or span.
    e.first_day, -- First day of the period.
    e.last_day -- Last day of the period, which still belongs to it.
from everything as e
