-- Every target that an edition of the plan prints or Pentana states, side by side, so that none overwrites another.
-- One row per edition, set, indicator, kind of period and period; Pentana's stand under an edition and a set of that name.
select
    f.edition_code,
    f.indicator_set,
    f.indicator_code,
    'year' as period_kind, -- Kind of period: month, quarter, year to date, year, odd period or span.
    f.period_key,
    f.value as target_value, -- The target as a number, in the unit of the indicator.
    f.unit_typed,
    f.printed,
    f.delivery_key,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
where f.measure = 'target'
union all
select
    'Pentana' as edition_code,
    'Pentana' as indicator_set,
    p.indicator_code,
    p.period_kind,
    p.period_key,
    p.value as target_value,
    p.unit_typed,
    p.printed,
    p.delivery_key,
    p.sheet_name,
    p.cell
from core.fact_pentana_figure as p
where p.pi_measure = 'target'
