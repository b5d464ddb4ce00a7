-- fail: Every stated figure belongs to a period of the calendar.
-- Dimension: validity
select
    f.indicator_code || ', cell ' || f.cell || ': the period ' || f.stated_period || ' is not in the calendar.' as finding,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
where f.period_key is null
