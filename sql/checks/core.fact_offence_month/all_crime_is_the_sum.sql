-- warn: All crime is the sum of the offences that add to it, month by month.
-- Dimension: consistency
with added as (
    select
        f.month_key,
        sum(f.n_recorded) as n_added,
        count(*) as n_offences
    from core.fact_offence_month as f
    inner join core.dim_offence as o
        on o.offence_key = f.offence_key
    where o.is_part_of_all_crime
    group by f.month_key
)

select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell || ': all crime of '
    || strftime((f.month_key || '-01')::date, '%B %Y') || ' is ' || f.n_recorded || ' and the ' || a.n_offences
    || ' offences that add to it give ' || a.n_added || '.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell,
    f.month_key
from core.fact_offence_month as f
inner join core.dim_offence as o
    on o.offence_key = f.offence_key
inner join added as a
    on a.month_key = f.month_key
where
    o.is_total
    and f.n_recorded <> a.n_added
order by f.month_key
