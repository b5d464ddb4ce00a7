-- A total that is not printed.
-- Settled by: the total, printed under the lines that it adds
with lines as (
    select
        b.edition_code,
        b.period_key,
        count(*) as n_lines
    from core.fact_budget_line as b
    where not b.is_note
    group by all
)

select
    b.edition_code,
    b.budget_heading as subject,
    b.period_key,
    'budget' as first_by,
    b.printed as first_said,
    b.delivery_key as first_delivery_key,
    b.sheet_name as first_sheet_name,
    b.cell as first_cell,
    'Under "' || b.budget_heading || '" (' || b.sheet_name || ', cell ' || b.cell
    || ') stands "' || b.printed || '" where the total of ' || p.period_name || ' is due, and the ' || coalesce(l.n_lines, 0)
    || ' lines above it are added nowhere' as disagrees
from core.fact_budget_line as b
inner join core.dim_period as p
    on p.period_key = b.period_key
left join lines as l
    on
        l.edition_code = b.edition_code
        and l.period_key = b.period_key
where
    b.is_note
    and b.amount_pounds is null
