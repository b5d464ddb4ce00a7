-- fail: Every quarter's figure has both its control limits or a reason why there are none.
-- Dimension: completeness
select
    l.indicator_code || ' for ' || l.quarter_key || ' has neither both limits nor a reason, or one of each.' as finding,
    l.indicator_code,
    l.quarter_key
from marts.figure_limit as l
where
    (l.lower_limit is null) <> (l.no_limits_because is not null)
    or (l.upper_limit is null) <> (l.no_limits_because is not null)
