-- fail: Every current number of licences in force finds its day and its family in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_licences_in_force
),

listed as (
    select count(*) as n_listed
    from current.licensing_stock
)

select l.n_listed - p.n_placed || ' current numbers of licences in force lie outside the calendar or have an unknown family.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
