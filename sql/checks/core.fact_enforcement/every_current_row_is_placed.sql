-- fail: Every current entry of the enforcement register finds its day and its type in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_enforcement
),

listed as (
    select count(*) as n_listed
    from current.enforcement_register as e
    where e.enforcement_type <> 'None'
)

select l.n_listed - p.n_placed || ' current entries lie outside the calendar or have an unknown type.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
