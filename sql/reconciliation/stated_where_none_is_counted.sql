-- A figure that is stated where the deliveries tell the whole period and give none.
-- Settled by: the return corrected, or the statement taken back
select
    a.edition_code,
    a.indicator_code,
    a.indicator_code as subject,
    a.period_key,
    a.indicator_set as detail,
    'deliveries' as first_by,
    a.indicator_set as second_by,
    f.printed as second_said,
    f.delivery_key as second_delivery_key,
    a.sheet_name as second_sheet_name,
    a.cell as second_cell,
    nullif(i.owner_title, 'not stated') as ask,
    a.indicator_code || ' for ' || p.period_name || ' is ' || f.printed || ' in the plan''s ' || a.indicator_set || ' (cell ' || a.cell
    || '), and the deliveries give no figure' as disagrees
from marts.figure_against_plan as a
inner join core.fact_stated_figure as f
    on
        f.edition_code = a.edition_code
        and f.sheet_name = a.sheet_name
        and f.cell = a.cell
inner join meta.indicator as i
    on i.indicator_code = a.indicator_code
inner join core.dim_period as p
    on p.period_key = a.period_key
where a.calculated_value is null
