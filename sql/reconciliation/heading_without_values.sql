-- A code that stands on a heading and has no values of its own.
-- Settled by: values for the code, or the code taken off the heading
with headed as (
    select
        f.edition_code,
        f.group_heading,
        regexp_extract(f.group_heading, '\b([A-Za-z]+_[0-9]+[a-z]?)\b', 1) as code,
        min(f.delivery_key) as delivery_key,
        min(f.sheet_name) as sheet_name,
        min(f.row_number) as row_number
    from core.fact_stated_figure as f
    where f.group_heading is not null
    group by
        f.edition_code,
        f.group_heading
)

select
    h.edition_code,
    h.code as subject,
    'heading' as first_by,
    h.group_heading as first_said,
    h.delivery_key as first_delivery_key,
    h.sheet_name as first_sheet_name,
    'row ' || h.row_number as first_cell,
    nullif(i.owner_title, 'not stated') as ask,
    h.code || ' stands on the heading "' || h.group_heading || '" (' || h.sheet_name || ', from row ' || h.row_number || '), and no row prints a value for it' as disagrees
from headed as h
left join core.fact_stated_figure as f
    on
        f.edition_code = h.edition_code
        and f.indicator_code = h.code
left join meta.indicator as i
    on i.indicator_code = h.code
where
    h.code <> ''
    and f.indicator_code is null
