-- The services of the council: those that the plan names, under its objectives or over its service data, and those that list cases.
-- One row per service, however its name is spelt in one edition or another.
with named as (
    select trim(unnest(string_split(o.services, ';'))) as service_name
    from current.plan_objectives as o
    union
    select s.section as service_name
    from current.plan_service_data as s
    union
    select unnest(['Communities', 'Environmental Health', 'Housing']) as service_name
)

select
    lower(regexp_replace(n.service_name, '[^A-Za-z]+', '_', 'g')) as service_key, -- Key of the service, made from its name.
    min(n.service_name) as service_name -- Name of the service as the plan prints it.
from named as n
group by all
