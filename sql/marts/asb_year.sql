-- Police-recorded anti-social behaviour by financial year beside what each table of the plan states.
-- One row per financial year, edition and set that states a figure; a year without one still has its row.
with counted as (
    select
        m.year_key,
        sum(m.n_incidents)::bigint as n_incidents,
        count(*) as n_months
    from marts.asb_month as m
    group by m.year_key
),

stated as (
    select
        f.period_key as year_key,
        f.edition_code,
        f.indicator_set,
        f.value,
        f.sheet_name,
        f.cell
    from core.fact_stated_figure as f
    where
        f.indicator_code = 'ComS_011'
        and f.measure in ('actual', 'achieved')
)

select
    coalesce(c.year_key, s.year_key) as year_key, -- Financial year, such as 2021-22.
    c.n_incidents, -- Incidents counted for the period; empty where a reason stands in their place.
    c.n_months, -- Months of the year for which incidents are on record.
    s.edition_code,
    s.indicator_set,
    s.value as stated_value, -- What the plan states for the year.
    s.value - c.n_incidents as stated_minus_counted, -- By how much the plan's figure exceeds the count.
    s.sheet_name,
    s.cell
from counted as c
full join stated as s
    on s.year_key = c.year_key
