-- warn: A month that Licensing tells is told for every family of licences and each of its activities, with 0 where there was nothing.
-- Dimension: completeness
with months as (
    select
        f.month_key,
        max(f.delivery_key) as delivery_key
    from core.fact_licensing_month as f
    group by f.month_key
)

select
    strftime((m.month_key || '-01')::date, '%B %Y') || ': Licensing tells nothing of ' || l.licence_family_name || ', '
    || lower(a.licensing_activity_name) || coalesce(', ' || lower(a.how_prompted), '') || '.' as finding,
    m.delivery_key,
    m.month_key
from months as m
inner join core.bridge_licensing_part as b
    on b.counted_part = 'told'
inner join core.dim_licence_family as l
    on l.licence_family_key = b.licence_family_key
inner join core.dim_licensing_activity as a
    on
        a.licensing_activity_key = b.licensing_activity_key
        and m.month_key >= coalesce(a.told_from_month_key, m.month_key)
        and m.month_key <= coalesce(a.told_to_month_key, m.month_key)
left join core.fact_licensing_month as f
    on
        f.licence_family_key = b.licence_family_key
        and f.licensing_activity_key = b.licensing_activity_key
        and f.month_key = m.month_key
where f.month_key is null
order by
    m.month_key,
    l.licence_family_name,
    a.licensing_activity_key
