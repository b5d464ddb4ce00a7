-- What Pentana states for each quarter, year to date and year, beside the figure and the status that the deliveries give.
-- One row per indicator, kind of period and period of which Pentana states a value, a target or a status; each of the three is one cell.
with stated as (
    select
        p.indicator_code,
        p.period_kind,
        p.period_key,
        max(p.pi_name) as pi_name,
        max(p.value) filter (where p.pi_measure = 'value') as pentana_value,
        max(p.missing_reason) filter (where p.pi_measure = 'value') as pentana_missing_reason,
        max(p.value) filter (where p.pi_measure = 'target') as pentana_target,
        max(p.reported_status) as reported_status,
        max(p.latest_note) as latest_note,
        max(p.cell) filter (where p.pi_measure = 'value') as value_cell,
        max(p.cell) filter (where p.pi_measure = 'status') as status_cell,
        max(p.delivery_key) filter (where p.pi_measure = 'value') as value_delivery_key,
        max(p.delivery_key) filter (where p.pi_measure = 'status') as status_delivery_key
    from core.fact_pentana_figure as p
    where p.period_kind in ('quarter', 'year to date', 'year')
    group by
        p.indicator_code,
        p.period_kind,
        p.period_key
)

select
    ---------- which
    p.indicator_code,
    p.pi_name,
    p.period_kind,
    p.period_key,
    ---------- what Pentana says
    p.pentana_value, -- Value that Pentana states, in the unit of the indicator.
    p.pentana_missing_reason, -- Why Pentana states no value, where its mark says it.
    p.pentana_target, -- Target that Pentana states for the period.
    p.reported_status,
    p.latest_note,
    ---------- what the deliveries give
    f.value,
    f.missing_reason,
    p.pentana_value - f.value as pentana_minus_figure, -- By how much Pentana's value exceeds the figure.
    coalesce(s.figure_status, 'data only') as figure_status, -- How the figure stands against its target: green, amber, red, data only or unknown.
    f.value is null
    or p.reported_status is null
    or p.reported_status = coalesce(s.figure_status, 'data only') as status_agrees, -- Whether Pentana reports the status that its target and the figure give; or one is missing.
    ---------- where it stands
    p.value_cell, -- Cell of the value.
    p.value_delivery_key, -- The delivery in which the value stands: the latest that tells it.
    p.status_cell, -- Cell of the status.
    p.status_delivery_key -- The delivery in which the status stands: the latest that tells it.
from stated as p
left join marts.figure as f
    on
        f.indicator_code = p.indicator_code
        and f.period_kind = p.period_kind
        and f.period_key = p.period_key
left join marts.figure_status as s
    on
        s.indicator_code = p.indicator_code
        and s.period_kind = p.period_kind
        and s.period_key = p.period_key
        and s.edition_code = 'Pentana'
