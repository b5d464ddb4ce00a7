-- A target that contradicts the aim of its indicator.
-- Settled by: the owner's word what the aim is, or another target
with targets as (
    select
        t.edition_code,
        t.indicator_set,
        t.indicator_code,
        i.aim,
        i.owner_title,
        string_agg(t.printed, ', ' order by p.first_day) as printed,
        string_agg(t.cell, ', ' order by p.first_day) as cells,
        min(t.delivery_key) as delivery_key,
        min(t.sheet_name) as sheet_name,
        list(t.target_value order by p.first_day) as in_order
    from core.fact_target as t
    inner join core.dim_period as p
        on p.period_key = t.period_key
    inner join meta.indicator as i
        on i.indicator_code = t.indicator_code
    where
        t.edition_code <> 'Pentana'
        and t.target_value is not null
    group by all
)

select
    t.edition_code,
    t.indicator_code,
    t.indicator_code as subject,
    t.indicator_set as detail,
    'definition' as first_by,
    t.aim as first_said,
    t.indicator_set as second_by,
    t.printed as second_said,
    t.delivery_key as second_delivery_key,
    t.sheet_name as second_sheet_name,
    t.cells as second_cell,
    nullif(t.owner_title, 'not stated') as ask,
    t.indicator_code || ' has the targets ' || t.printed || ' (' || t.indicator_set || ', ' || t.cells || ') although '
    || case t.aim
        when 'none' then 'neither more nor less of it is an aim'
        when 'minimise' then 'less of it is the aim'
        else 'more of it is the aim'
    end as disagrees
from targets as t
where
    case t.aim
        when 'none' then true
        when 'minimise' then t.in_order <> list_sort(t.in_order, 'DESC')
        when 'maximise' then t.in_order <> list_sort(t.in_order, 'ASC')
    end
