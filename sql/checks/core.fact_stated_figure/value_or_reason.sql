-- warn: Every printed figure is a number or has the reason why there is none.
-- Dimension: completeness
select
    f.indicator_code || ', ' || f.indicator_set || ' ' || f.stated_period || ', cell ' || f.cell || ': "'
    || coalesce(f.printed, '') || '" stands where a figure is due and nothing beside it says why.' as finding,
    f.indicator_code,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
where
    f.value is null
    and f.missing_reason is null
order by f.sheet_name, f.cell
