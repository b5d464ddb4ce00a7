-- How many licences of each family were in force at the end of each financial year, as the latest return tells it.
-- One row per family of licences and 31 March. A stock: the latest holds, and years are never added.
select
    f.licence_family_key,
    d.date_key as in_force_on,
    d.year_key,
    c.n_in_force,
    c.delivery_key,
    c.sheet_name,
    c.row_number,
    c.cell
from current.licensing_stock as c
inner join core.dim_date as d
    on d.date_key = c.in_force_on
inner join core.dim_licence_family as f
    on f.licence_family_name = c.licence_family_name
