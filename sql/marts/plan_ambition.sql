-- What each table of an edition says was achieved last, beside the first target that it sets after that.
-- One row per edition, set and indicator with both.
with achieved as (
    select
        f.edition_code,
        f.indicator_set,
        f.indicator_code,
        f.period_key,
        f.value,
        f.printed,
        f.cell,
        p.period_name
    from core.fact_stated_figure as f
    inner join core.dim_period as p
        on p.period_key = f.period_key
    where
        f.measure = 'achieved'
        and f.value is not null
    qualify row_number() over (partition by f.edition_code, f.indicator_set, f.indicator_code order by p.last_day desc) = 1
),

targeted as (
    select
        t.edition_code,
        t.indicator_set,
        t.indicator_code,
        t.period_key,
        t.target_value,
        t.printed,
        t.delivery_key,
        t.sheet_name,
        t.cell,
        p.period_name
    from core.fact_target as t
    inner join core.dim_period as p
        on p.period_key = t.period_key
    where t.target_value is not null
    qualify row_number() over (partition by t.edition_code, t.indicator_set, t.indicator_code order by p.first_day) = 1
)

select
    ---------- which
    t.edition_code,
    t.indicator_set,
    t.indicator_code,
    ---------- what was achieved last
    a.period_key as achieved_period_key, -- Key of the last period with an achieved value.
    a.period_name as achieved_period_name, -- Name of the last period with an achieved value.
    a.value as achieved_value, -- What was achieved in it, in the unit of the indicator.
    a.printed as achieved_printed, -- The achieved value exactly as it is printed.
    a.cell as achieved_cell, -- Cell of the achieved value.
    ---------- what is to be achieved next
    t.period_key as target_period_key, -- Key of the first period with a target.
    t.period_name as target_period_name, -- Name of the first period with a target.
    t.target_value,
    t.printed as target_printed, -- The target exactly as it is printed.
    t.cell as target_cell, -- Cell of the target.
    ---------- where both stand
    t.delivery_key,
    t.sheet_name
from targeted as t
inner join achieved as a
    on
        a.edition_code = t.edition_code
        and a.indicator_set = t.indicator_set
        and a.indicator_code = t.indicator_code
