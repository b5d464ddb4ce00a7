-- Every target that the plan prints, by edition, so that one edition's targets never overwrite another's.
-- One row per edition, set, indicator and period.
select
    f.edition_code,
    f.indicator_set,
    f.indicator_code,
    f.period_key,
    f.value as target_value, -- The target as a number, in the unit of the indicator.
    f.unit_typed,
    f.printed,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
where f.measure = 'target'
