-- warn: What a year's applications and notices came to is near to what was received: no more than a quarter and 10 apart.
-- Dimension: consistency
with years as (
    select
        f.licence_family_key,
        f.year_key,
        sum(f.n_licensing) filter (where a.is_processing) as n_decided,
        sum(f.n_licensing) filter (where f.licensing_activity_key = 'received') as n_received,
        max(f.delivery_key) as delivery_key
    from core.fact_licensing_month as f
    inner join core.dim_licensing_activity as a
        on a.licensing_activity_key = f.licensing_activity_key
    group by
        f.licence_family_key,
        f.year_key
    having count(distinct f.month_key) = 12
)

select
    l.licence_family_name || ' of ' || replace(y.year_key, '-', '/') || ': ' || y.n_received || ' received and '
    || y.n_decided || ' issued, refused or dealt with.' as finding,
    y.delivery_key,
    y.year_key
from years as y
inner join core.dim_licence_family as l
    on l.licence_family_key = y.licence_family_key
where abs(y.n_decided - y.n_received) > 10 + y.n_received / 4
order by
    y.year_key,
    l.licence_family_name
