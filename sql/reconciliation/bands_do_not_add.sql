-- Bands that do not add to their total.
-- Settled by: the owner's word what the bands count that the total does not, or a corrected number
with added as (
    select
        w.edition_code,
        w.indicator_code,
        w.period_key,
        sum(p.value) as bands_value,
        string_agg(p.printed, ' + ' order by p.indicator_code) as bands,
        string_agg(p.cell, ', ' order by p.indicator_code) as cells,
        min(p.delivery_key) as delivery_key,
        min(p.sheet_name) as sheet_name
    from marts.plan_value as w
    inner join meta.indicator_part as o
        on
            o.indicator_code = w.indicator_code
            and o.part_kind = 'part'
    left join marts.plan_value as p
        on
            p.indicator_code = o.part_code
            and p.edition_code = w.edition_code
            and p.period_key = w.period_key
    group by
        w.edition_code,
        w.indicator_code,
        w.period_key
    having count(*) = count(p.value)
)

select
    w.edition_code,
    w.indicator_code,
    w.indicator_code as subject,
    w.period_key,
    w.indicator_set as first_by,
    w.printed as first_said,
    w.delivery_key as first_delivery_key,
    w.sheet_name as first_sheet_name,
    w.cell as first_cell,
    'bands' as second_by,
    a.bands as second_said,
    a.delivery_key as second_delivery_key,
    a.sheet_name as second_sheet_name,
    a.cells as second_cell,
    a.bands_value - w.value as difference,
    nullif(i.owner_title, 'not stated') as ask,
    'The bands of ' || w.indicator_code || ' for ' || n.period_name || ' (' || a.sheet_name || ', ' || a.cells || ') are ' || a.bands || ' = '
    || format('{:,}', a.bands_value::bigint) || ', and its total (' || w.indicator_set || ', cell ' || w.cell || ') is ' || w.printed as disagrees
from added as a
inner join marts.plan_value as w
    on
        w.edition_code = a.edition_code
        and w.indicator_code = a.indicator_code
        and w.period_key = a.period_key
inner join meta.indicator as i
    on i.indicator_code = a.indicator_code
inner join core.dim_period as n
    on n.period_key = a.period_key
where a.bands_value <> w.value
