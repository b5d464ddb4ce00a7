-- Months of the register's quarters by type and issuer: a tab without entries tells of every type that there was none.
-- One row per type, or type and issuer, and month.
with entered as (
    select
        unnest([
            t.enforcement_type_key, t.enforcement_type_key || ' by Council', t.enforcement_type_key || ' by Police'
        ]) as counted_part
    from core.dim_enforcement_type as t
)

select
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
