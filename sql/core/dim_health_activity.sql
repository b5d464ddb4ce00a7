-- What Environmental Health returns by month: inspections, visits, actions, complaints, notifications, encampments.
-- One row per activity.
with listed as (
    select
        unnest([
            'Infectious disease notifications investigated', 'Health and safety inspections',
            'Health and safety intervention visits', 'Licensing and registration actions', 'Pollution complaints',
            'Caravan sites inspected', 'Traveller encampments', 'Traveller encampments on Council land'
        ]) as health_activity_name
)

select
    lower(regexp_replace(l.health_activity_name, '[^A-Za-z]+', '_', 'g')) as health_activity_key, -- Key of the activity of Environmental Health, made from its name.
    l.health_activity_name, -- What Environmental Health did or received, in the words of its return.
    l.health_activity_name in ('Health and safety intervention visits', 'Caravan sites inspected') as is_of_a_whole -- Whether it is done of a number that was planned or due.
from listed as l
