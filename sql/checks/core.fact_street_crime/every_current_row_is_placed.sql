-- fail: Every current row of the street data finds its month and its crime type in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_street_crime
),

listed as (
    select count(*) as n_listed
    from current.police_street
)

select l.n_listed - p.n_placed || ' current rows lie outside the calendar or have an unknown crime type.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
