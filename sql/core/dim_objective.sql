-- The objectives of each edition of the Business Plan.
-- One row per edition and objective.
select
    year(o.edition_from) || '-' || right(year(o.edition_to)::varchar, 2) as edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    o.objective_code,
    o.objective_name, -- The objective in the plan's own words.
    o.delivery_key,
    o.sheet_name,
    o.row_number
from current.plan_objectives as o
