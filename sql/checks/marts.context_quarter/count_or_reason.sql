-- fail: Every quarter of a context is a count or a typed reason why there is none, and stands once.
-- Dimension: completeness
select
    c.context_name || ', ' || c.quarter_key || ': ' || count(*) || ' rows, '
    || count(c.n_incidents) || ' counts and ' || count(c.missing_reason) || ' reasons where one of either must stand.' as finding,
    c.context_name,
    c.quarter_key
from marts.context_quarter as c
group by
    c.context_name,
    c.quarter_key
having
    count(*) > 1
    or count(c.n_incidents) + count(c.missing_reason) <> 1
