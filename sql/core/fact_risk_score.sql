-- The score and status of each risk as each export of Pentana told it, with the actions linked to it.
-- One row per export and risk.
select
    r.as_at,
    r.risk_code,
    r.risk_title,
    r.risk_score,
    r.risk_status,
    r.linked_action_codes,
    r.delivery_key,
    r.sheet_name,
    r.row_number
from stage.pentana_risks as r
inner join core.dim_delivery as d
    on d.delivery_key = r.delivery_key
where d.outcome <> 'withdrawn'
