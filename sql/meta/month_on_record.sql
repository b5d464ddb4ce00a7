-- Which months stand in each source, and whether its deliveries tell the whole of the month.
-- One row per source, part of it that is counted by itself, and month.
with entered as (
    select unnest([t.enforcement_type_key, t.enforcement_type_key || ' by Council', t.enforcement_type_key || ' by Police']) as counted_part
    from core.dim_enforcement_type as t
),

counted as (
    select
        'police_crime' as source_name,
        o.offence_group as counted_part,
        f.month_key,
        count(*) = max(e.n_offences) as is_complete
    from core.fact_offence_month as f
    inner join core.dim_offence as o
        on o.offence_key = f.offence_key
    inner join (
        select
            x.offence_group,
            count(*) as n_offences
        from core.dim_offence as x
        group by x.offence_group
    ) as e
        on e.offence_group = o.offence_group
    group by
        o.offence_group,
        f.month_key
    union all
    select
        'police_asb' as source_name,
        'all' as counted_part,
        i.month_key,
        max(d.as_at) >= last_day(max(i.occurred_on)) as is_complete
    from core.fact_asb_incident as i
    inner join core.dim_delivery as d
        on d.delivery_key = i.delivery_key
    group by i.month_key
    union all
    select
        'marac' as source_name,
        m.marac_area as counted_part,
        k.month_key,
        max(d.as_at) >= max(k.date_key) as is_complete
    from core.fact_marac_meeting as m
    inner join core.dim_delivery as d
        on d.delivery_key = m.delivery_key
    inner join core.dim_date as k
        on k.quarter_key = m.quarter_key
    group by
        m.marac_area,
        k.month_key
    union all
    select
        'enforcement_register' as source_name,
        n.counted_part,
        k.month_key,
        max(e.as_at) >= max(k.date_key) as is_complete
    from current.enforcement_register as e
    inner join core.dim_date as k
        on k.date_key between e.register_quarter_from and e.register_quarter_to
    cross join entered as n
    group by
        n.counted_part,
        k.month_key
    union all
    select
        s.source_name,
        coalesce(v.service_key, 'all') as counted_part,
        p.period_key as month_key,
        p.first_day >= s.covered_from and p.last_day <= s.latest_as_at as is_complete
    from meta.source_span as s
    left join (
        select distinct
            f.source_name,
            f.service_key
        from core.fact_case as f
    ) as v
        on v.source_name = s.source_name
    inner join core.dim_period as p
        on
            p.last_day >= least(s.first_quarter_from, s.covered_from)
            and (p.last_day <= s.latest_as_at or p.first_day < s.last_quarter_from + interval 3 months)
    where p.period_kind = 'month'
)

select
    c.source_name,
    c.counted_part, -- Part of the source that is counted by itself, such as a group of offences or an area; all where it has none.
    c.month_key,
    c.is_complete -- Whether the deliveries tell the whole of the month.
from counted as c
