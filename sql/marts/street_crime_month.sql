-- Crimes and anti-social behaviour in the borough from the public street data, by month, force and crime type.
-- One row per month, force and crime type; a month that is held as incomplete has a reason in place of its count.
with counted as (
    select
        c.month_key,
        c.quarter_key,
        c.year_key,
        c.force_name,
        c.crime_type_key,
        count(*) as n_rows
    from core.fact_street_crime as c
    group by all
),

held as (
    select
        h.held_row ->> 'month_key' as month_key,
        h.held_row ->> 'force_name' as force_name,
        h.held_row ->> 'crime_type_key' as crime_type_key,
        h.held_because
    from meta.held as h
    where h.table_name = 'core.fact_street_crime'
)

select
    ---------- what
    c.month_key,
    c.quarter_key,
    c.year_key,
    c.force_name,
    c.crime_type_key,
    t.crime_type_name,
    ---------- how many
    case when h.month_key is null then c.n_rows end as n_incidents, -- Incidents counted for the period; empty where a reason stands in their place.
    c.n_rows as n_on_record, -- Rows that the deliveries hold, complete or not.
    case when h.month_key is not null then 'held' end as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    h.held_because
from counted as c
inner join core.dim_crime_type as t
    on t.crime_type_key = c.crime_type_key
left join held as h
    on
        h.month_key = c.month_key
        and h.force_name = c.force_name
        and h.crime_type_key = c.crime_type_key
