-- Entries of the enforcement register: what was issued, made, imposed or asked for, by whom and when, never to whom.
-- One row per entry; equal rows are separate entries, and None in a quarter is no entry.
-- Restricted: row-level facts about measures against people.
select
    e.issued_on,
    d.month_key,
    d.quarter_key,
    d.year_key,
    t.enforcement_type_key,
    e.issued_by,
    e.delivery_key,
    e.sheet_name,
    e.row_number
from current.enforcement_register as e
inner join core.dim_date as d
    on d.date_key = e.issued_on
inner join core.dim_enforcement_type as t
    on t.enforcement_type_name = e.enforcement_type
