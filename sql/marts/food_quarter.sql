-- The food safety programme by quarter: premises due, inspected in time, inspections, re-inspections and premises warned.
-- One row per band of risk categories and quarter in which something was due or done.
with of_tab as (
    select
        f.risk_band,
        f.quarter_key,
        count(*) filter (where f.is_due) as n_due,
        count(*) filter (where f.is_due and f.inspected_on is not null) as n_inspected_in_time,
        count(f.inspected_on) as n_inspections
    from core.fact_food_premises as f
    group by all
),

again as (
    select
        f.risk_band,
        d.quarter_key,
        count(distinct f.premises_key || f.reinspected_on) as n_reinspections
    from core.fact_food_premises as f
    inner join core.dim_date as d
        on d.date_key = f.reinspected_on
    group by all
),

warned as (
    select
        f.risk_band,
        d.quarter_key,
        count(distinct f.premises_key) as n_premises_warned
    from core.fact_food_premises as f
    inner join core.dim_date as d
        on d.date_key = f.warned_on
    group by all
)

select
    ---------- when and which
    coalesce(t.quarter_key, a.quarter_key, w.quarter_key) as quarter_key,
    left(coalesce(t.quarter_key, a.quarter_key, w.quarter_key), 7) as year_key,
    coalesce(t.risk_band, a.risk_band, w.risk_band) as risk_band,
    ---------- the programme
    coalesce(t.n_due, 0) as n_due, -- Premises due for inspection in the quarter.
    coalesce(t.n_inspected_in_time, 0) as n_inspected_in_time, -- Of the premises due in the quarter, those inspected by the end of it.
    ---------- what was done
    coalesce(t.n_inspections, 0) as n_inspections, -- Inspections in the quarter, whether due in it, late, new or reactive.
    coalesce(a.n_reinspections, 0) as n_reinspections, -- Re-inspections in the quarter, by their own day.
    coalesce(w.n_premises_warned, 0) as n_premises_warned -- Premises given at least one written warning in the quarter.
from of_tab as t
full join again as a
    on
        a.quarter_key = t.quarter_key
        and a.risk_band = t.risk_band
full join warned as w
    on
        w.quarter_key = coalesce(t.quarter_key, a.quarter_key)
        and w.risk_band = coalesce(t.risk_band, a.risk_band)
