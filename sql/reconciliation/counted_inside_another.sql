-- A measure that is counted inside another, so that the two are never to be added.
-- Settled by: a note beside both that one holds the other
with printed as (
    select
        f.edition_code,
        f.indicator_code,
        string_agg(f.printed, ', ' order by f.period_key) as printed,
        string_agg(f.cell, ', ' order by f.period_key) as cells,
        min(f.delivery_key) as delivery_key,
        min(f.sheet_name) as sheet_name
    from core.fact_stated_figure as f
    where
        f.indicator_set = 'service data'
        and f.value is not null
    group by all
)

select
    w.edition_code,
    w.indicator_code,
    p.indicator_code as subject,
    w.indicator_code as detail,
    'service data' as first_by,
    w.printed as first_said,
    w.delivery_key as first_delivery_key,
    w.sheet_name as first_sheet_name,
    w.cells as first_cell,
    'service data' as second_by,
    p.printed as second_said,
    p.delivery_key as second_delivery_key,
    p.sheet_name as second_sheet_name,
    p.cells as second_cell,
    nullif(i.owner_title, 'not stated') as ask,
    w.indicator_code || ' (' || w.printed || ') holds all that ' || p.indicator_code || ' (' || p.printed || ') counts, so the two are never to be added' as disagrees
from meta.indicator_part as o
inner join printed as w
    on w.indicator_code = o.indicator_code
inner join printed as p
    on
        p.indicator_code = o.part_code
        and p.edition_code = w.edition_code
inner join meta.indicator as i
    on i.indicator_code = w.indicator_code
where o.part_kind = 'contained'
