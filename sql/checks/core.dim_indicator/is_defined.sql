-- warn: Every indicator that the plan prints has its unit, aim and roll-up in the indicator rules.
-- Dimension: completeness
select
    d.indicator_code || ' is printed in the plan and has no rules.' as finding,
    d.indicator_code
from core.dim_indicator as d
where d.unit is null
order by d.indicator_code
