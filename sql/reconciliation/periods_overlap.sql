-- Periods of one indicator that overlap, so that something is counted in both.
-- Settled by: one period for every column, or a mark that the years do not compare
with spans as (
    select
        f.edition_code,
        f.indicator_set,
        f.indicator_code,
        f.period_key,
        p.period_name,
        p.first_day,
        p.last_day,
        f.printed,
        f.delivery_key,
        f.sheet_name,
        f.cell
    from core.fact_stated_figure as f
    inner join core.dim_period as p
        on p.period_key = f.period_key
    where f.measure in ('actual', 'achieved')
)

select
    a.edition_code,
    a.indicator_code,
    a.indicator_code as subject,
    b.period_key,
    a.indicator_set || ' ' || a.period_key as detail,
    a.indicator_set as first_by,
    a.printed as first_said,
    a.delivery_key as first_delivery_key,
    a.sheet_name as first_sheet_name,
    a.cell as first_cell,
    b.indicator_set as second_by,
    b.printed as second_said,
    b.delivery_key as second_delivery_key,
    b.sheet_name as second_sheet_name,
    b.cell as second_cell,
    nullif(i.owner_title, 'not stated') as ask,
    a.indicator_code || ' is printed for ' || a.period_name || ' (cell ' || a.cell || ') and for ' || b.period_name || ' (cell ' || b.cell || '), and '
    || strftime(b.first_day, '%B %Y') || ' to ' || strftime(a.last_day, '%B %Y') || ' lies in both' as disagrees
from spans as a
inner join spans as b
    on
        b.edition_code = a.edition_code
        and b.indicator_set = a.indicator_set
        and b.indicator_code = a.indicator_code
        and b.first_day > a.first_day
        and b.first_day <= a.last_day
inner join meta.indicator as i
    on i.indicator_code = a.indicator_code
