-- A mark in place of a figure that nobody can read.
-- Settled by: the mark replaced by the reason why there is no figure
select
    f.edition_code,
    f.indicator_code,
    f.indicator_code as subject,
    f.period_key,
    f.indicator_set || ' ' || f.measure as detail,
    f.indicator_set as first_by,
    f.printed as first_said,
    f.delivery_key as first_delivery_key,
    f.sheet_name as first_sheet_name,
    f.cell as first_cell,
    nullif(i.owner_title, 'not stated') as ask,
    f.indicator_code || ' for ' || p.period_name || ' is printed as "' || f.printed || '" (' || f.indicator_set || ', cell ' || f.cell || ')'
    || coalesce(', which only the comment beside it explains: ' || f.missing_reason, ', and nothing beside it says why') as disagrees
from core.fact_stated_figure as f
inner join core.dim_period as p
    on p.period_key = f.period_key
left join meta.indicator as i
    on i.indicator_code = f.indicator_code
where
    f.value is null
    and f.printed is not null
    and not regexp_full_match(lower(trim(f.printed)), '[-–]|n/?a|n/?c|nil|new from .*|not [a-z ]+|\[[a-z]\]|suppressed|held')
