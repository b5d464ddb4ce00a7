-- warn: No two actions of the latest export share a code.
-- Dimension: uniqueness
select
    'Pentana''s code ' || a.action_code || ' stands for ' || count(*) || ' actions in the export as at ' || strftime(a.as_at, '%d/%m/%Y')
    || ', rows ' || string_agg(a.row_number::varchar, ' and ' order by a.row_number) || '. Give each its own code in Pentana.' as finding,
    a.action_code,
    a.delivery_key
from core.fact_action_progress as a
where a.as_at = (select max(l.as_at) from core.fact_action_progress as l)
group by
    a.action_code,
    a.as_at,
    a.delivery_key
having count(*) > 1
order by
    a.as_at,
    a.action_code
