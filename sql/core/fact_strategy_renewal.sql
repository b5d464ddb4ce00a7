-- The strategies and policies that the plan lists, and when each is renewed.
-- One row per edition and document.
select
    year(s.edition_from) || '-' || right(year(s.edition_to)::varchar, 2) as edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    s.document,
    s.renewal,
    s.renewal_to as renew_by, -- Last day of the period in which the document is renewed; empty when renewed as a rule.
    case
        when s.renewal_to is null then lower(s.renewal)
    end as renewal_rule, -- How the document is renewed when no date is printed, such as updated annually.
    s.responsible,
    s.delivery_key,
    s.sheet_name,
    s.row_number
from current.plan_strategies as s
