-- A value that jumps beyond reason for its history: to three times or a third, or by 50 points.
-- Settled by: the owner's explanation, and a break in the definition where the years do not compare
with years as (
    select
        f.edition_code,
        f.indicator_code,
        f.period_key,
        p.period_name,
        f.value,
        f.printed,
        f.indicator_set,
        f.delivery_key,
        f.sheet_name,
        f.cell,
        lag(f.value) over history as value_before,
        lag(f.printed) over history as printed_before,
        lag(f.cell) over history as cell_before,
        lag(p.period_name) over history as name_before
    from core.fact_stated_figure as f
    inner join core.dim_period as p
        on p.period_key = f.period_key
    where
        f.measure in ('actual', 'achieved')
        and f.value is not null
    window history as (
        partition by f.edition_code, f.indicator_set, f.indicator_code
        order by p.first_day
    )
)

select
    y.edition_code,
    y.indicator_code,
    y.indicator_code as subject,
    y.period_key,
    min(y.indicator_set) as first_by,
    min_by(y.printed_before, y.indicator_set) as first_said,
    min_by(y.delivery_key, y.indicator_set) as first_delivery_key,
    min_by(y.sheet_name, y.indicator_set) as first_sheet_name,
    min_by(y.cell_before, y.indicator_set) as first_cell,
    min(y.indicator_set) as second_by,
    min_by(y.printed, y.indicator_set) as second_said,
    min_by(y.delivery_key, y.indicator_set) as second_delivery_key,
    min_by(y.sheet_name, y.indicator_set) as second_sheet_name,
    min_by(y.cell, y.indicator_set) as second_cell,
    min_by(y.value - y.value_before, y.indicator_set) as difference,
    nullif(i.owner_title, 'not stated') as ask,
    y.indicator_code || ' goes from ' || min_by(y.printed_before, y.indicator_set) || ' for ' || min_by(y.name_before, y.indicator_set) || ' to '
    || min_by(y.printed, y.indicator_set) || ' for ' || min_by(y.period_name, y.indicator_set) || ' (' || min(y.indicator_set) || ', cells '
    || min_by(y.cell_before, y.indicator_set) || ' and ' || min_by(y.cell, y.indicator_set) || ')' as disagrees
from years as y
inner join meta.indicator as i
    on i.indicator_code = y.indicator_code
where
    case i.unit
        when 'percent' then abs(y.value - y.value_before) >= 50
        else greatest(y.value, y.value_before) >= 30 and greatest(y.value, y.value_before) >= 3 * least(y.value, y.value_before)
    end
group by
    y.edition_code,
    y.indicator_code,
    y.period_key,
    i.owner_title
