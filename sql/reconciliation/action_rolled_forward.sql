-- An action rolled forward from an earlier plan.
-- Settled by: the owner's word what is left of it to do, and a code of this edition
with coded as (
    select
        a.edition_code,
        a.action_code,
        a.action_name,
        a.due,
        a.officers,
        a.delivery_key,
        a.sheet_name,
        a.row_number,
        2000 + try_cast(regexp_extract(a.action_code, '^[A-Za-z]+([0-9]{2})([0-9]{2})_', 1) as integer) as first_year,
        2000 + try_cast(regexp_extract(a.action_code, '^[A-Za-z]+([0-9]{2})([0-9]{2})_', 2) as integer) as last_year
    from core.fact_action as a
)

select
    c.edition_code,
    c.action_code as subject,
    'actions' as first_by,
    c.action_code as first_said,
    c.delivery_key as first_delivery_key,
    c.sheet_name as first_sheet_name,
    'row ' || c.row_number as first_cell,
    'edition' as second_by,
    c.edition_code as second_said,
    c.officers as ask,
    c.action_code || ' "' || c.action_name || '" (row ' || c.row_number || ') has the years ' || c.first_year || ' to ' || c.last_year
    || ' in its code, so it was in a plan before the edition ' || c.edition_code || '; it is now due in ' || coalesce(c.due, 'no month') as disagrees
from coded as c
where c.first_year < left(c.edition_code, 4)::integer
