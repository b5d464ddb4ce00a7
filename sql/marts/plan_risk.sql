-- The plan's risks as reports list them, with how many actions each names and how many of those the plan has.
-- One row per edition and printed risk.
with actions as (
    select
        a.edition_code,
        a.delivery_key,
        a.row_number,
        count(*) as n_actions,
        count(*) filter (where not a.is_in_plan) as n_actions_unknown
    from core.fact_risk_action as a
    group by all
)

select
    r.edition_code,
    r.risk_kind,
    r.risk_reference,
    r.risk_name,
    r.mitigation,
    r.action_codes,
    r.strategic_risks,
    coalesce(a.n_actions, 0) as n_actions, -- Actions that the risk names.
    coalesce(a.n_actions_unknown, 0) as n_actions_unknown, -- Actions named by the risk that the edition does not print.
    d.file_name,
    r.sheet_name,
    r.row_number
from core.fact_risk as r
left join actions as a
    on
        a.edition_code = r.edition_code
        and a.delivery_key = r.delivery_key
        and a.row_number = r.row_number
left join core.dim_delivery as d
    on d.delivery_key = r.delivery_key
