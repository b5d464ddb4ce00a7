-- warn: Pentana reports the status that its own target and the figure from the deliveries give.
-- Dimension: consistency
select
    p.indicator_code || ', ' || p.period_kind || ' ' || p.period_key || ', file ' || d.file_name || ', cell ' || p.status_cell
    || ': Pentana reports ' || p.reported_status || ', and the figure against its target is ' || p.figure_status || '. Ask the owner which limits Pentana holds.' as finding,
    p.indicator_code,
    p.period_key,
    d.delivery_key
from marts.pentana_figure as p
inner join core.dim_delivery as d
    on d.delivery_key = p.status_delivery_key
where not p.status_agrees
order by
    p.indicator_code,
    p.period_key
