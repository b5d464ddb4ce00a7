-- A code that is not written as Pentana writes it.
-- Settled by: the code corrected where it is written
with written as (
    select
        f.edition_code,
        f.indicator_set as written_by,
        f.indicator_code,
        f.indicator_code_printed,
        f.delivery_key,
        f.sheet_name,
        f.row_number
    from core.fact_stated_figure as f
    union
    select
        null as edition_code,
        'Pentana' as written_by,
        p.indicator_code,
        regexp_extract(p.indicator_code_printed, '^\S+') as indicator_code_printed,
        p.delivery_key,
        p.sheet_name,
        p.row_number
    from core.fact_pentana_figure as p
)

select
    w.edition_code,
    w.indicator_code,
    w.indicator_code_printed as subject,
    w.written_by as detail,
    'definition' as first_by,
    w.indicator_code as first_said,
    w.written_by as second_by,
    w.indicator_code_printed as second_said,
    max(w.delivery_key) as second_delivery_key,
    max_by(w.sheet_name, w.delivery_key) as second_sheet_name,
    'row ' || max_by(w.row_number, w.delivery_key) as second_cell,
    nullif(max(i.owner_title), 'not stated') as ask,
    w.written_by || ' writes ' || w.indicator_code_printed || ' (row ' || max_by(w.row_number, w.delivery_key) || ') for ' || w.indicator_code as disagrees
from written as w
left join meta.indicator as i
    on i.indicator_code = w.indicator_code
where w.indicator_code_printed <> w.indicator_code
group by
    w.edition_code,
    w.indicator_code,
    w.indicator_code_printed,
    w.written_by
