-- Risks over time: score and status at each export and the move since the one before.
-- One row per export and risk.
select
    ---------- which
    r.as_at,
    d.quarter_key,
    r.risk_code,
    r.risk_title,
    ---------- how high
    r.risk_score,
    r.risk_score - lag(r.risk_score) over (
        partition by r.risk_code
        order by r.as_at, r.delivery_key
    ) as score_since_before, -- Move of the score since the export before; above 0 is worse.
    r.risk_status,
    r.as_at = max(r.as_at) over () as is_latest, -- Whether it is what the latest export tells.
    r.linked_action_codes,
    ---------- where it stands
    r.delivery_key,
    r.sheet_name,
    r.row_number
from core.fact_risk_score as r
left join core.dim_date as d
    on d.date_key = r.as_at
