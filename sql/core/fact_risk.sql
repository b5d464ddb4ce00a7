-- The risks of the plan, from its three tables: key strategic risks, the risk register, and risks to key tasks.
-- One row per edition and printed risk.
select
    year(r.edition_from) || '-' || right(year(r.edition_to)::varchar, 2) as edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    r.risk_kind,
    r.risk_reference,
    r.risk_name,
    r.mitigation,
    r.action_codes,
    r.strategic_risks,
    r.delivery_key,
    r.sheet_name,
    r.row_number
from current.plan_risks as r
