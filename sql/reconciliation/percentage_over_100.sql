-- A percentage over 100.
-- Settled by: a basis whose numerator is a part of its denominator
select
    f.edition_code,
    f.indicator_code,
    f.indicator_code as subject,
    f.period_key,
    f.indicator_set as detail,
    f.indicator_set as first_by,
    f.printed as first_said,
    f.delivery_key as first_delivery_key,
    f.sheet_name as first_sheet_name,
    f.cell as first_cell,
    f.value - 100 as difference,
    nullif(i.owner_title, 'not stated') as ask,
    f.indicator_code || ' for ' || p.period_name || ' is printed as ' || f.printed
    || ' (' || f.indicator_set || ', cell ' || f.cell || '), which is more than the whole' as disagrees
from core.fact_stated_figure as f
inner join meta.indicator as i
    on
        i.indicator_code = f.indicator_code
        and i.unit = 'percent'
inner join core.dim_period as p
    on p.period_key = f.period_key
where f.value > 100
