-- warn: An inspection that came late is of a premises that the tab of the quarter in which it was due lists as not inspected.
-- Dimension: consistency
with tabs as (
    select distinct f.quarter_key
    from core.fact_food_premises as f
)

select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the inspection came late, and the tab of ' || d.quarter_key || ' does not list the premises as due and not inspected.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.quarter_key
from core.fact_food_premises as f
inner join core.dim_date as d
    on d.date_key = f.inspection_due_on
inner join tabs as t
    on t.quarter_key = d.quarter_key
left join core.fact_food_premises as e
    on
        e.premises_key = f.premises_key
        and e.quarter_key = d.quarter_key
        and e.is_due
        and e.inspected_on is null
where
    d.quarter_key < f.quarter_key
    and e.premises_key is null
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
