-- Which actions each risk of the plan names, and whether the plan has such an action.
-- One row per edition, risk and action code.
with named as (
    select
        r.edition_code,
        r.risk_kind,
        r.risk_reference,
        r.risk_name,
        trim(unnest(regexp_split_to_array(trim(r.action_codes), '[\s,;]+'))) as action_code,
        r.delivery_key,
        r.sheet_name,
        r.row_number
    from core.fact_risk as r
    where r.action_codes is not null
)

select
    n.edition_code,
    n.risk_kind,
    n.risk_reference,
    n.risk_name,
    n.action_code,
    a.action_code is not null as is_in_plan, -- Whether the same edition prints an action with this code.
    n.delivery_key,
    n.sheet_name,
    n.row_number
from named as n
left join core.fact_action as a
    on
        a.edition_code = n.edition_code
        and a.action_code = n.action_code
