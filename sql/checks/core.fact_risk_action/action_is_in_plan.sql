-- warn: Every action that a risk names is an action of the same edition.
-- Dimension: consistency
select
    'Risk in row ' || f.row_number || ' names the action ' || f.action_code || ', which the edition ' || f.edition_code
    || ' does not print.' as finding,
    f.action_code,
    f.sheet_name,
    f.row_number
from core.fact_risk_action as f
where not f.is_in_plan
order by f.row_number, f.action_code
