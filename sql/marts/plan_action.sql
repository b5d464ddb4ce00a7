-- The plan's key tasks as reports list them, with the day each is due and how many risks name it.
-- One row per edition and action.
with risks as (
    select
        r.edition_code,
        r.action_code,
        count(*) as n_risks
    from core.fact_risk_action as r
    group by all
)

select
    a.edition_code,
    a.action_code,
    a.action_name,
    a.intended_outcome,
    a.partners,
    a.officers,
    a.due,
    a.due_on,
    a.budget_note,
    coalesce(r.n_risks, 0) as n_risks, -- Risks of the plan that name the action.
    d.file_name,
    a.sheet_name,
    a.row_number
from core.fact_action as a
left join risks as r
    on
        r.edition_code = a.edition_code
        and r.action_code = a.action_code
left join core.dim_delivery as d
    on d.delivery_key = a.delivery_key
