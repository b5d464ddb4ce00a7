-- An action that speaks of money and has no budget line.
-- Settled by: a budget line for it, or the owner's word where the money comes from
with priced as (
    select
        a.edition_code,
        a.action_code,
        a.budget_note,
        a.officers,
        a.delivery_key,
        a.sheet_name,
        a.row_number,
        regexp_extract(a.budget_note, '£ ?[0-9][0-9,.]*k?') as amount_said
    from core.fact_action as a
)

select
    p.edition_code,
    p.action_code as subject,
    'action' as first_by,
    p.budget_note as first_said,
    p.delivery_key as first_delivery_key,
    p.sheet_name as first_sheet_name,
    'row ' || p.row_number as first_cell,
    'budget' as second_by,
    p.officers as ask,
    p.action_code || ' speaks of ' || p.amount_said || ' (' || p.sheet_name || ', row ' || p.row_number || '), and no budget line is for it' as disagrees
from priced as p
left join core.fact_budget_line as b
    on
        b.edition_code = p.edition_code
        and b.action_code = p.action_code
where
    p.amount_said <> ''
    and b.action_code is null
