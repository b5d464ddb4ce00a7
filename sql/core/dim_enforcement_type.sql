-- What the enforcement register holds: contracts, warning letters, notices, injunctions, orders and trigger requests.
-- One row per type of enforcement.
with listed as (
    select unnest([
        'Acceptable Behaviour Contract', 'Community Protection Notice warning letter', 'Community Protection Notice',
        'Injunction', 'Public Spaces Protection Order', 'Community Trigger request'
    ]) as enforcement_type_name
)

select
    lower(regexp_replace(l.enforcement_type_name, '[^A-Za-z]+', '_', 'g')) as enforcement_type_key, -- Key of the type of enforcement, made from its name.
    l.enforcement_type_name -- Type of enforcement in the words of the register.
from listed as l
