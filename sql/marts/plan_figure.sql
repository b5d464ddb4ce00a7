-- The plan's own figures for reports and analysts: every printed cell with its indicator, period, value or reason.
-- One row per edition, set, indicator, measure and printed period.
select
    ---------- what
    f.edition_code,
    f.indicator_set,
    f.indicator_code,
    f.indicator_code_printed,
    f.group_heading,
    f.printed_name,
    f.measure,
    f.stated_period,
    f.period_key,
    p.period_name,
    p.first_day,
    p.last_day,
    ---------- how much
    f.printed,
    f.value,
    i.unit,
    f.missing_reason,
    f.footnote,
    ---------- who and where
    f.objective_code,
    f.owner_title,
    f.note,
    d.file_name,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
left join core.dim_period as p
    on p.period_key = f.period_key
left join core.dim_indicator as i
    on i.indicator_code = f.indicator_code
left join core.dim_delivery as d
    on d.delivery_key = f.delivery_key
