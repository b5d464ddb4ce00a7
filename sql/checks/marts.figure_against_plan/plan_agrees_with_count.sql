-- warn: The plan states what the deliveries give for a whole period.
-- Dimension: accuracy
select
    c.indicator_code || ', ' || c.indicator_set || ' ' || c.period_key || ', sheet ' || c.sheet_name || ', cell ' || c.cell || ': the plan states '
    || case when i.unit = 'number' then format('{:,}', c.stated_value::bigint) else format('{:g}%', c.stated_value) end
    || ' and the deliveries give '
    || coalesce(case when i.unit = 'number' then format('{:,}', c.calculated_value::bigint) else format('{:.1f}%', c.calculated_value) end, 'none')
    || '.' as finding,
    c.indicator_code,
    c.period_key,
    c.indicator_set
from marts.figure_against_plan as c
inner join meta.indicator as i
    on i.indicator_code = c.indicator_code
where not c.agrees
order by
    c.indicator_code,
    c.period_key,
    c.indicator_set
