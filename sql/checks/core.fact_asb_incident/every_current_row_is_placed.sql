-- fail: Every current incident of the force finds its day and its closing type in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_asb_incident
),

listed as (
    select count(*) as n_listed
    from current.police_asb
)

select l.n_listed - p.n_placed || ' current incidents lie outside the calendar or have an unknown closing type.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
