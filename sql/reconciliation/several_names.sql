-- One code under different names.
-- Settled by: one name in every table
with names as (
    select
        f.edition_code,
        f.indicator_code,
        f.indicator_set,
        coalesce(f.group_heading || ': ', '') || f.printed_name as printed_name,
        min(f.delivery_key) as delivery_key,
        min(f.sheet_name) as sheet_name,
        min(f.row_number) as row_number,
        case f.indicator_set when 'service data' then 1 when 'CSI' then 2 when 'KPI' then 3 else 4 end as place
    from core.fact_stated_figure as f
    group by all
)

select
    b.edition_code,
    b.indicator_code,
    b.indicator_code as subject,
    b.indicator_set as detail,
    a.indicator_set as first_by,
    a.printed_name as first_said,
    a.delivery_key as first_delivery_key,
    a.sheet_name as first_sheet_name,
    'row ' || a.row_number as first_cell,
    b.indicator_set as second_by,
    b.printed_name as second_said,
    b.delivery_key as second_delivery_key,
    b.sheet_name as second_sheet_name,
    'row ' || b.row_number as second_cell,
    nullif(i.owner_title, 'not stated') as ask,
    b.indicator_code || ' is called "' || a.printed_name || '" in ' || a.indicator_set || ' (row ' || a.row_number || ') and "' || b.printed_name || '" in ' || b.indicator_set
    || ' (row ' || b.row_number || ')' as disagrees
from names as a
inner join names as b
    on
        b.edition_code = a.edition_code
        and b.indicator_code = a.indicator_code
        and b.place > a.place
        and regexp_replace(lower(b.printed_name), '[^a-z0-9]+', ' ', 'g') <> regexp_replace(lower(a.printed_name), '[^a-z0-9]+', ' ', 'g')
inner join meta.indicator as i
    on i.indicator_code = b.indicator_code
qualify a.place = min(a.place) over (partition by b.edition_code, b.indicator_code)
