-- warn: A premises that was due and inspected in one quarter stands in one row, or the inspection does not count as done in time.
-- Dimension: consistency
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the premises was due and stands uninspected, and row ' || i.row_number || ' has an inspection of it in the same quarter.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.quarter_key
from core.fact_food_premises as f
inner join core.fact_food_premises as i
    on
        i.premises_key = f.premises_key
        and i.quarter_key = f.quarter_key
where
    f.is_due
    and f.inspected_on is null
    and i.inspected_on is not null
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
