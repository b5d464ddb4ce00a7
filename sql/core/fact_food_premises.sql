-- Food premises of the programme: when each was due, inspected, inspected again and warned, a row an inspection.
-- One row per premises and inspection, or what followed one; None in a quarter is no row.
-- Restricted: row-level facts about businesses, of which many are one person.
select
    ---------- which
    p.premises_key,
    r.risk_category,
    r.risk_band,
    ---------- when
    p.inspection_due_on,
    p.inspected_on,
    p.reinspected_on,
    p.warned_on,
    d.quarter_key,
    d.year_key,
    coalesce(p.inspection_due_on >= p.programme_quarter_from, false) as is_due, -- Whether the premises was due in the quarter of the row; false for what was due before or never.
    ---------- where it stands
    p.delivery_key,
    p.sheet_name,
    p.row_number
from current.food_premises as p
inner join core.dim_date as d
    on d.date_key = p.programme_quarter_from
inner join core.dim_food_risk as r
    on r.risk_category = p.listed_category
