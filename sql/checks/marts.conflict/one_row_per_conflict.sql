-- fail: Every conflict is told once.
-- Dimension: uniqueness
select
    c.conflict_kind || ' is told ' || count(*) || ' times with the key ' || c.conflict_key || ': ' || min(c.disagrees) || '.' as finding,
    c.conflict_key
from marts.conflict as c
group by
    c.conflict_kind,
    c.conflict_key
having count(*) > 1
