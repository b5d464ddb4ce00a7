-- fail: Every current count of recorded crime finds its month and its offence in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_offence_month
),

listed as (
    select count(*) as n_listed
    from current.police_crime
)

select l.n_listed - p.n_placed || ' current counts of recorded crime lie outside the calendar or have an unknown offence.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
