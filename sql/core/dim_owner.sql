-- The posts and bodies that answer for an indicator, an action, a document or a source; never a person's name.
-- One row per post or body, however its name is spelt in one edition or another.
with named as (
    select p.owner_title as owner_name from current.plan_performance_indicators as p
    union
    select a.officers as owner_name from current.plan_actions as a
    union
    select trim(unnest(string_split(s.responsible, ';'))) as owner_name from current.plan_strategies as s
    union
    select m.source_owner as owner_name from meta.source as m
    union
    select 'not stated' as owner_name
)

select
    lower(regexp_replace(n.owner_name, '[^A-Za-z]+', '_', 'g')) as owner_key, -- Key of the post or body, made from its name.
    min(n.owner_name) as owner_name -- Post or body as the plan or the declaration writes it.
from named as n
where n.owner_name is not null
group by all
