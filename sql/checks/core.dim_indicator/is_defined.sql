-- warn: Every indicator that the plan prints is defined: its unit, its aim, how quarters become a year.
-- Dimension: completeness
select
    d.indicator_code || ' is printed in the plan and nobody defines it.' as finding,
    d.indicator_code
from core.dim_indicator as d
where d.unit is null
order by d.indicator_code
