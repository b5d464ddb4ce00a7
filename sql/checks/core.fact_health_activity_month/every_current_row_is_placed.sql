-- fail: Every current number of an activity of Environmental Health finds its month and its activity in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_health_activity_month
),

listed as (
    select count(*) as n_listed
    from current.environmental_health_counts as c
    where
        c.figure_role = 'number'
        and c.n_health_activity is not null
)

select l.n_listed - p.n_placed || ' current numbers of activities lie outside the calendar or have an unknown activity.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
