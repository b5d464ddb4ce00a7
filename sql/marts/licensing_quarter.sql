-- What Licensing received, decided and inspected by group of families, activity and quarter.
-- One row per group of families of licences, activity and quarter of which a month is told.
select
    l.licence_family_group,
    f.licensing_activity_key,
    a.licensing_activity_name,
    a.how_prompted,
    f.quarter_key,
    f.year_key,
    count(distinct f.month_key) as n_months_told, -- Months of the quarter that a return tells.
    sum(f.n_licensing)::bigint as n_licensing
from core.fact_licensing_month as f
inner join core.dim_licence_family as l
    on l.licence_family_key = f.licence_family_key
inner join core.dim_licensing_activity as a
    on a.licensing_activity_key = f.licensing_activity_key
group by
    l.licence_family_group,
    f.licensing_activity_key,
    a.licensing_activity_name,
    a.how_prompted,
    f.quarter_key,
    f.year_key
