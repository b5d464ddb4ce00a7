-- A part larger than its whole.
-- Settled by: the owner's word which of the two numbers is wrong, or that the one is no part of the other
select
    w.edition_code,
    w.indicator_code,
    o.part_code as subject,
    w.period_key,
    w.indicator_set || ', ' || p.indicator_set as detail,
    w.indicator_set as first_by,
    w.printed as first_said,
    w.delivery_key as first_delivery_key,
    w.sheet_name as first_sheet_name,
    w.cell as first_cell,
    p.indicator_set as second_by,
    p.printed as second_said,
    p.delivery_key as second_delivery_key,
    p.sheet_name as second_sheet_name,
    p.cell as second_cell,
    p.value - w.value as difference,
    nullif(i.owner_title, 'not stated') as ask,
    o.part_code || ' for ' || n.period_name || ' is ' || p.printed || ' (' || p.indicator_set || ', cell ' || p.cell || '), and ' || w.indicator_code
    || ', of which it is a part, is ' || w.printed || ' (' || w.indicator_set || ', cell ' || w.cell || ')' as disagrees
from meta.indicator_part as o
inner join core.fact_stated_figure as w
    on
        w.indicator_code = o.indicator_code
        and w.measure in ('actual', 'achieved')
inner join core.fact_stated_figure as p
    on
        p.indicator_code = o.part_code
        and p.edition_code = w.edition_code
        and p.period_key = w.period_key
        and p.measure in ('actual', 'achieved')
inner join meta.indicator as i
    on i.indicator_code = w.indicator_code
inner join core.dim_period as n
    on n.period_key = w.period_key
where
    o.part_kind in ('part', 'contained')
    and p.value > w.value
