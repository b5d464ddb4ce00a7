-- Risk categories of the Food Law Code of Practice; they are no hygiene ratings, which run from 0 to 5.
-- One row per risk category.
with listed as (
    select unnest(['A', 'B', 'C', 'D', 'E']) as risk_category
)

select
    l.risk_category, -- Risk category of a food premises: A, B, C, D or E.
    case when l.risk_category <= 'C' then 'high risk' else 'low risk' end as risk_band -- Band of risk categories: high risk, A to C, or low risk, D and E.
from listed as l
