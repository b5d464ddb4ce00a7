-- fail: Every current row of the food safety programme finds its quarter and its risk category in the dimensions.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_food_premises
),

listed as (
    select count(*) as n_listed
    from current.food_premises as p
    where p.listed_category <> 'None'
)

select l.n_listed - p.n_placed || ' current rows of the food safety programme lie outside the calendar or have an unknown risk category.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
