-- What Environmental Health did or received by activity and quarter, and for visits and caravan sites of how many.
-- One row per activity and quarter of which a month is told.
select
    f.health_activity_key,
    a.health_activity_name,
    f.quarter_key,
    f.year_key,
    count(*) as n_months_told, -- Months of the quarter that a return tells.
    sum(f.n_done)::bigint as n_done,
    sum(f.n_of)::bigint as n_of,
    100.0 * sum(f.n_done) / nullif(sum(f.n_of), 0) as done_pct -- What was done as a percentage of what was planned or due, 0 to 100; empty where there was none.
from core.fact_health_activity_month as f
inner join core.dim_health_activity as a
    on a.health_activity_key = f.health_activity_key
group by
    f.health_activity_key,
    a.health_activity_name,
    f.quarter_key,
    f.year_key
