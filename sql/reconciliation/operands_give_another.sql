-- A percentage that its declared operands do not give.
-- Settled by: the owner's word which of the three numbers is wrong, or another definition
with operand as (
    select
        o.indicator_code,
        o.part_kind,
        f.edition_code,
        f.indicator_set,
        f.period_key,
        f.indicator_code as part_code,
        f.value,
        f.printed,
        f.delivery_key,
        f.sheet_name,
        f.cell
    from meta.indicator_part as o
    inner join core.fact_stated_figure as f
        on
            f.indicator_code = o.part_code
            and f.measure in ('actual', 'achieved')
    where o.part_kind in ('numerator', 'denominator')
),

-- Where an operand is printed with two values, either may be the one that was meant.
reckoned as (
    select
        f.edition_code,
        f.indicator_set,
        f.indicator_code,
        f.period_key,
        f.value,
        f.printed,
        f.delivery_key,
        f.sheet_name,
        f.cell,
        n.printed || ' out of ' || d.printed as operands,
        n.delivery_key as operand_delivery_key,
        n.sheet_name as operand_sheet_name,
        n.cell || ' and ' || d.cell as operand_cells,
        100.0 * n.value / nullif(d.value, 0) as given,
        abs(100.0 * n.value / nullif(d.value, 0) - f.value) as distance,
        0.5 * power(10, -length(regexp_extract(f.printed, '\.([0-9]+)', 1))) + 0.0000001 as rounding
    from core.fact_stated_figure as f
    inner join operand as n
        on
            n.indicator_code = f.indicator_code
            and n.part_kind = 'numerator'
            and n.edition_code = f.edition_code
            and n.period_key = f.period_key
    inner join operand as d
        on
            d.indicator_code = f.indicator_code
            and d.part_kind = 'denominator'
            and d.edition_code = f.edition_code
            and d.period_key = f.period_key
    where
        f.measure in ('actual', 'achieved')
        and f.value is not null
    qualify row_number() over (
        partition by f.edition_code, f.indicator_set, f.indicator_code, f.period_key
        order by distance nulls last, n.indicator_set <> 'service data', d.indicator_set <> 'service data', n.indicator_set, d.indicator_set
    ) = 1
)

select
    r.edition_code,
    r.indicator_code,
    r.indicator_code as subject,
    r.period_key,
    r.indicator_set as detail,
    'operands' as first_by,
    r.operands as first_said,
    r.operand_delivery_key as first_delivery_key,
    r.operand_sheet_name as first_sheet_name,
    r.operand_cells as first_cell,
    r.indicator_set as second_by,
    r.printed as second_said,
    r.delivery_key as second_delivery_key,
    r.sheet_name as second_sheet_name,
    r.cell as second_cell,
    r.value - r.given as difference,
    nullif(i.owner_title, 'not stated') as ask,
    r.indicator_code || ' for ' || p.period_name || ' is printed as ' || r.printed || ' (' || r.indicator_set || ', cell ' || r.cell || '), but '
    || r.operands || ' (' || r.operand_sheet_name || ', ' || r.operand_cells || ') is ' || coalesce(format('{:.1f}%', r.given), 'no percentage') as disagrees
from reckoned as r
inner join meta.indicator as i
    on i.indicator_code = r.indicator_code
inner join core.dim_period as p
    on p.period_key = r.period_key
where coalesce(r.distance > r.rounding, true)
