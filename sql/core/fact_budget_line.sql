-- What each budget line of the plan says for each of its years, and the note that stands in place of a total.
-- One row per edition, heading, item, action and year.
select
    year(b.edition_from) || '-' || right(year(b.edition_to)::varchar, 2) as edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    b.budget_heading,
    b.budget_item,
    b.action_code,
    p.period_key,
    b.printed,
    b.printed_value as amount_pounds, -- Budget for the year in pounds; empty when a reason says why.
    case
        when b.printed_value is not null then null
        when b.printed_missing_reason is not null then b.printed_missing_reason
        when b.printed_missing_mark = 'dash' then 'nil'
    end as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    b.printed_footnote as footnote, -- Footnote mark or words beside the number.
    b.budget_item is null as is_note, -- Whether the line is the note in place of a total.
    b.delivery_key,
    b.sheet_name,
    b.row_number,
    b.cell
from current.plan_budgets as b
left join core.dim_period as p
    on
        p.first_day = coalesce(b.stated_period_from, b.edition_from)
        and p.last_day = coalesce(b.stated_period_to, b.edition_to)
where b.printed is not null
