-- fail: Every printed budget figure belongs to a period of the calendar.
-- Dimension: validity
select
    'Sheet ' || f.sheet_name || ', cell ' || f.cell || ': the year of the budget figure is not in the calendar.' as finding,
    f.sheet_name,
    f.cell
from core.fact_budget_line as f
where f.period_key is null
