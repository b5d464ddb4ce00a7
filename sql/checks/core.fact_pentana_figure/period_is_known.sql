-- warn: Every period that Pentana states is in the calendar.
-- Dimension: validity
select
    p.indicator_code || ', cell ' || p.cell || ': the period ' || p.stated_period || ' is not in the calendar.' as finding,
    p.indicator_code,
    p.delivery_key
from core.fact_pentana_figure as p
where p.period_key is null
