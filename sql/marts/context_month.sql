-- What stands beside an objective as context and is no indicator of the plan, by month: possession of weapons recorded in the borough, for knife crime.
-- One row per context and month on record; a month that the borough's own force has not published, or that is held, has a reason in place of its count.
with counted as (
    select
        c.month_key,
        c.quarter_key,
        c.year_key,
        bool_or(c.force_name = 'Nottinghamshire Police') as is_told,
        count(*) filter (where c.crime_type_key = 'possession_of_weapons') as n_rows
    from core.fact_street_crime as c
    group by all
),

-- Weapons are too few to be judged by themselves: a file found incomplete in any type is not trusted for them.
held as (
    select
        h.held_row ->> 'month_key' as month_key,
        min(h.held_because) as held_because
    from meta.held as h
    where h.table_name = 'core.fact_street_crime'
    group by all
)

select
    ---------- what
    'Possession of weapons recorded in the borough' as context_name, -- What is shown as context, in words.
    'CS3' as objective_code, -- Code of the objective that the indicator serves, such as CS1.
    false as is_indicator, -- Whether it is an indicator of the plan; a context never is.
    c.month_key,
    c.quarter_key,
    c.year_key,
    ---------- how many
    case when c.is_told and h.month_key is null then c.n_rows end as n_incidents, -- Incidents counted for the period; empty where a reason stands in their place.
    c.n_rows as n_on_record, -- Rows that the deliveries hold, complete or not.
    case
        when not c.is_told then 'not yet available'
        when h.month_key is not null then 'held'
    end as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    h.held_because
from counted as c
left join held as h
    on h.month_key = c.month_key
