-- Months of recorded crime by group of offences: told in whole where every offence of the group has its count.
-- One row per group of offences and month.
with groups as (
    select
        o.offence_group,
        count(*) as n_offences
    from core.dim_offence as o
    group by o.offence_group
)

select
    o.offence_group as counted_part,
    f.month_key,
    count(*) = max(g.n_offences) as is_complete
from core.fact_offence_month as f
inner join core.dim_offence as o
    on o.offence_key = f.offence_key
inner join groups as g
    on g.offence_group = o.offence_group
group by
    o.offence_group,
    f.month_key
