-- A percentage whose operands are not printed.
-- Settled by: the next edition printing what was counted and out of how many
with bare as (
    select
        f.edition_code,
        f.indicator_set,
        f.indicator_code,
        f.period_key,
        f.printed,
        f.delivery_key,
        f.sheet_name,
        f.cell
    from core.fact_stated_figure as f
    inner join meta.indicator as i
        on i.indicator_code = f.indicator_code
    left join meta.indicator_part as o
        on
            o.indicator_code = f.indicator_code
            and o.part_kind in ('numerator', 'denominator')
    left join core.fact_stated_figure as s
        on
            s.indicator_code = o.part_code
            and s.edition_code = f.edition_code
            and s.period_key = f.period_key
            and s.value is not null
    where
        i.unit = 'percent'
        and f.measure in ('actual', 'achieved')
        and f.value is not null
    group by all
    having count(distinct s.indicator_code) < 2
)

select
    b.edition_code,
    b.indicator_code,
    b.indicator_code as subject,
    b.indicator_set as detail,
    b.indicator_set as first_by,
    string_agg(b.printed, ', ' order by b.period_key) as first_said,
    min(b.delivery_key) as first_delivery_key,
    min(b.sheet_name) as first_sheet_name,
    string_agg(b.cell, ', ' order by b.period_key) as first_cell,
    nullif(i.owner_title, 'not stated') as ask,
    b.indicator_code || ' is printed as ' || string_agg(b.printed, ', ' order by b.period_key) || ' (' || b.indicator_set || ', '
    || string_agg(b.cell, ', ' order by b.period_key) || '), and no number that it follows from stands beside it' as disagrees
from bare as b
inner join meta.indicator as i
    on i.indicator_code = b.indicator_code
group by
    b.edition_code,
    b.indicator_code,
    b.indicator_set,
    i.owner_title
