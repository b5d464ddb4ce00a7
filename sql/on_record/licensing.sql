-- Months of each part of Licensing: told in whole where each of its families and activities has its number, which may be 0.
-- One row per counted part and month.
with months as (
    select distinct f.month_key
    from core.fact_licensing_month as f
),

ends as (
    select
        k.month_key,
        max(k.date_key) as last_day
    from core.dim_date as k
    group by k.month_key
)

select
    b.counted_part,
    m.month_key,
    bool_and(coalesce(d.as_at >= e.last_day, false)) as is_complete
from months as m
inner join ends as e
    on e.month_key = m.month_key
cross join core.bridge_licensing_part as b
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
left join core.dim_delivery as d
    on d.delivery_key = f.delivery_key
where b.counted_part <> 'told'
group by
    b.counted_part,
    m.month_key
