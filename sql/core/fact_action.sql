-- The key tasks of the plan with the day by which each is due.
-- One row per edition and action.
select
    year(a.edition_from) || '-' || right(year(a.edition_to)::varchar, 2) as edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    a.action_code,
    a.action_name,
    a.intended_outcome,
    a.partners,
    a.officers,
    a.due,
    a.due_to as due_on, -- Last day of the month by which the key task is due.
    a.budget_note,
    a.delivery_key,
    a.sheet_name,
    a.row_number
from current.plan_actions as a
