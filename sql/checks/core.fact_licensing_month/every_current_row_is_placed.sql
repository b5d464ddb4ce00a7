-- fail: Every current number of Licensing finds its month, its family of licences and its activity in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_licensing_month
),

listed as (
    select count(*) as n_listed
    from current.licensing_activity as c
    where c.n_licensing is not null
)

select l.n_listed - p.n_placed || ' current numbers of Licensing lie outside the calendar or have an unknown family or activity.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
