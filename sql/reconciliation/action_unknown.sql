-- A budget line or a risk that names an action which is not there.
-- Settled by: the code corrected, or the action added
with named as (
    select
        r.edition_code,
        'risk' as named_by,
        r.action_code,
        r.risk_name as of_what,
        r.delivery_key,
        r.sheet_name,
        r.row_number
    from core.fact_risk_action as r
    union
    select
        b.edition_code,
        'budget' as named_by,
        b.action_code,
        b.budget_item as of_what,
        b.delivery_key,
        b.sheet_name,
        b.row_number
    from core.fact_budget_line as b
    where b.action_code is not null
)

select
    n.edition_code,
    n.action_code as subject,
    n.named_by || ' ' || n.of_what as detail,
    n.named_by as first_by,
    n.action_code as first_said,
    n.delivery_key as first_delivery_key,
    n.sheet_name as first_sheet_name,
    'row ' || n.row_number as first_cell,
    'actions' as second_by,
    'The ' || n.named_by || ' "' || n.of_what || '" (' || n.sheet_name || ', row ' || n.row_number || ') names the action ' || n.action_code
    || ', and the edition ' || n.edition_code || ' has no such action' as disagrees
from named as n
left join core.fact_action as a
    on
        a.edition_code = n.edition_code
        and a.action_code = n.action_code
where a.action_code is null
