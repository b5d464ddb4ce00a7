-- The fourteen crime types of the public street data.
-- One row per crime type.
with listed as (
    select unnest([
        'Anti-social behaviour', 'Bicycle theft', 'Burglary', 'Criminal damage and arson', 'Drugs', 'Other crime',
        'Other theft', 'Possession of weapons', 'Public order', 'Robbery', 'Shoplifting', 'Theft from the person',
        'Vehicle crime', 'Violence and sexual offences'
    ]) as crime_type_name
)

select
    lower(regexp_replace(l.crime_type_name, '[^A-Za-z]+', '_', 'g')) as crime_type_key, -- Key of the crime type, made from its name.
    l.crime_type_name, -- Crime type as the public street data words it.
    l.crime_type_name <> 'Anti-social behaviour' as is_crime -- Whether the type is a crime; anti-social behaviour is not.
from listed as l
