-- Licences in force at the end of each financial year, and how many more or fewer than a year before.
-- One row per family of licences and year. A stock: families may be added, years never.
select
    f.licence_family_key,
    l.licence_family_name,
    l.licence_family_group,
    f.year_key,
    f.in_force_on,
    f.n_in_force,
    f.n_in_force - b.n_in_force as n_more_in_force -- Licences in force more than a year before, or fewer; empty where that day is not told.
from core.fact_licences_in_force as f
inner join core.dim_licence_family as l
    on l.licence_family_key = f.licence_family_key
left join core.fact_licences_in_force as b
    on
        b.licence_family_key = f.licence_family_key
        and b.in_force_on = (f.in_force_on - interval 1 year)::date
