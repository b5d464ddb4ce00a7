-- warn: Every budget line pays for an action of the same edition.
-- Dimension: consistency
select distinct
    'Budget line in row ' || f.row_number || ' names the action ' || f.action_code || ', which the edition '
    || f.edition_code || ' does not print.' as finding,
    f.action_code,
    f.sheet_name,
    f.row_number
from core.fact_budget_line as f
left join core.fact_action as a
    on
        a.edition_code = f.edition_code
        and a.action_code = f.action_code
where
    f.action_code is not null
    and a.action_code is null
order by f.row_number
