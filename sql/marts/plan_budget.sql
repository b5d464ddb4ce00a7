-- The plan's budget lines as reports list them, by year, with the action that each pays for.
-- One row per edition, heading, item, action and year.
select
    b.edition_code,
    b.budget_heading,
    b.budget_item,
    b.action_code,
    a.action_name,
    b.period_key,
    b.printed,
    b.amount_pounds,
    b.missing_reason,
    b.footnote,
    b.is_note,
    d.file_name,
    b.sheet_name,
    b.cell
from core.fact_budget_line as b
left join core.fact_action as a
    on
        a.edition_code = b.edition_code
        and a.action_code = b.action_code
left join core.dim_delivery as d
    on d.delivery_key = b.delivery_key
