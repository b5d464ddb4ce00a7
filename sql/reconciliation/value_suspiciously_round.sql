-- A count that is suspiciously round: 500 or more, in whole hundreds.
-- Settled by: the owner's word that it was counted and not estimated
select
    f.edition_code,
    f.indicator_code,
    f.indicator_code as subject,
    f.period_key,
    min(f.indicator_set) as first_by,
    min(f.printed) as first_said,
    min(f.delivery_key) as first_delivery_key,
    min_by(f.sheet_name, f.indicator_set) as first_sheet_name,
    min_by(f.cell, f.indicator_set) as first_cell,
    nullif(i.owner_title, 'not stated') as ask,
    f.indicator_code || ' for ' || p.period_name || ' is exactly ' || min(f.printed)
    || ' (' || min(f.indicator_set) || ', cell ' || min_by(f.cell, f.indicator_set) || ')' as disagrees
from core.fact_stated_figure as f
inner join meta.indicator as i
    on
        i.indicator_code = f.indicator_code
        and i.unit = 'number'
inner join core.dim_period as p
    on p.period_key = f.period_key
where
    f.measure in ('actual', 'achieved')
    and f.value >= 500
    and f.value % 100 = 0
group by
    f.edition_code,
    f.indicator_code,
    f.period_key,
    p.period_name,
    i.owner_title
