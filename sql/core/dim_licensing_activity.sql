-- What Licensing returns by month for a family of licences; until March 2021 inspections were not told apart by what prompted them.
-- One row per activity, and for inspections per how they were prompted.
with listed as (
    select
        v.licensing_activity_key,
        v.licensing_activity_name,
        v.how_prompted,
        v.told_from_month_key,
        v.told_to_month_key
    from (
        values
        ('received', 'Received', null, null, null),
        ('issued', 'Issued', null, null, null),
        ('issued_within_14_days', 'Issued within 14 days', null, null, null),
        ('refused', 'Refused', null, null, null),
        ('notices_dealt_with', 'Notices dealt with', null, null, null),
        ('inspected', 'Inspected', null, null, '2021-03'),
        ('inspected_pro_actively', 'Inspected', 'Pro-active', '2021-04', null),
        ('inspected_reactively', 'Inspected', 'Reactive', '2021-04', null)
    ) as v (licensing_activity_key, licensing_activity_name, how_prompted, told_from_month_key, told_to_month_key)
)

select
    l.licensing_activity_key, -- Key of the activity of Licensing and of how it was prompted.
    l.licensing_activity_name, -- What Licensing did or received; within 14 days is of a full application, days off counted.
    l.how_prompted, -- Reactive where a complaint prompted the inspection, otherwise pro-active; told from April 2021.
    l.told_from_month_key, -- First month for which the return tells it; empty for one told from the beginning.
    l.told_to_month_key, -- Last month for which the return tells it; empty for one told to this day.
    l.licensing_activity_name in ('Issued', 'Refused', 'Notices dealt with') as is_processing, -- Whether an application or a notice is done with by it.
    l.licensing_activity_name = 'Inspected' as is_inspection -- Whether it is an inspection or a visit.
from listed as l
