-- fail: Every year to date has an estimate of its year or a reason why there is none, and never both.
-- Dimension: completeness
select
    o.indicator_code || ' at ' || o.quarter_key || ' has '
    || case when o.outlook_value is null then 'neither an estimate nor a reason.' else 'an estimate and a reason.' end as finding,
    o.indicator_code,
    o.quarter_key
from marts.figure_outlook as o
where (o.outlook_value is null) = (o.no_outlook_because is null)
