-- What each edition of the plan prints for an indicator and period, once: as the service data have it, or the first table that does.
-- One row per edition, indicator and period with a printed number.
select
    f.edition_code,
    f.indicator_code,
    f.period_key,
    f.indicator_set,
    f.value,
    f.printed,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
where
    f.measure in ('actual', 'achieved')
    and f.value is not null
qualify
    row_number() over (
        partition by f.edition_code, f.indicator_code, f.period_key
        order by f.indicator_set <> 'service data', f.indicator_set
    ) = 1
