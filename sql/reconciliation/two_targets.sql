-- Two targets for one code and period.
-- Settled by: the owner's word which target holds, and the other corrected
with placed as (
    select
        t.edition_code,
        t.indicator_set,
        t.indicator_code,
        t.period_key,
        t.target_value,
        t.printed,
        t.delivery_key,
        t.sheet_name,
        t.cell,
        case t.indicator_set when 'CSI' then 1 when 'KPI' then 2 when 'MPI' then 3 else 4 end as place
    from core.fact_target as t
    where
        t.target_value is not null
        and t.edition_code in ('Pentana', (select max(l.edition_code) from core.fact_target as l where l.edition_code <> 'Pentana'))
)

select
    nullif(b.edition_code, 'Pentana') as edition_code,
    b.indicator_code,
    b.indicator_code as subject,
    b.period_key,
    b.indicator_set as detail,
    a.indicator_set as first_by,
    a.printed as first_said,
    a.delivery_key as first_delivery_key,
    a.sheet_name as first_sheet_name,
    a.cell as first_cell,
    b.indicator_set as second_by,
    b.printed as second_said,
    b.delivery_key as second_delivery_key,
    b.sheet_name as second_sheet_name,
    b.cell as second_cell,
    b.target_value - a.target_value as difference,
    nullif(i.owner_title, 'not stated') as ask,
    b.indicator_code || ' has the target ' || a.printed || ' for ' || n.period_name || ' in ' || a.indicator_set || ' (cell ' || a.cell
    || ') and ' || b.printed || ' in ' || b.indicator_set || ' (cell ' || b.cell || ')' as disagrees
from placed as a
inner join placed as b
    on
        b.indicator_code = a.indicator_code
        and b.period_key = a.period_key
        and b.place > a.place
        and b.target_value <> a.target_value
inner join meta.indicator as i
    on i.indicator_code = b.indicator_code
inner join core.dim_period as n
    on n.period_key = b.period_key
