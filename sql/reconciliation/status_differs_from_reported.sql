-- A status that differs from the one that Pentana reports.
-- Settled by: the owner's word which limits Pentana holds, and the same limits in the definition
select
    p.indicator_code,
    p.indicator_code as subject,
    p.period_key,
    p.period_kind as detail,
    'figure' as first_by,
    p.figure_status as first_said,
    'Pentana' as second_by,
    p.reported_status as second_said,
    p.status_delivery_key as second_delivery_key,
    p.status_cell as second_cell,
    nullif(i.owner_title, 'not stated') as ask,
    p.indicator_code || ' for ' || n.period_name || ' is ' || p.figure_status || ' against Pentana''s own target, and Pentana reports ' || p.reported_status
    || ' (' || d.file_name || ', cell ' || p.status_cell || ')' as disagrees
from marts.pentana_figure as p
inner join meta.indicator as i
    on i.indicator_code = p.indicator_code
inner join core.dim_reported_period as n
    on
        n.period_kind = p.period_kind
        and n.period_key = p.period_key
inner join core.dim_delivery as d
    on d.delivery_key = p.status_delivery_key
where not p.status_agrees
