-- fail: Control limits lie on either side of their centre, and none is below 0.
-- Dimension: validity
select
    l.indicator_code || ' for ' || l.quarter_key || ' has limits ' || format('{:g}', l.lower_limit) || ' and '
    || format('{:g}', l.upper_limit) || ' round a centre of ' || format('{:g}', l.centre) || '.' as finding,
    l.indicator_code,
    l.quarter_key
from marts.figure_limit as l
where
    l.lower_limit < 0
    or l.centre not between l.lower_limit and l.upper_limit
