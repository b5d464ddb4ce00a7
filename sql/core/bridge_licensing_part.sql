-- What each counted part of Licensing is made of: licences processed, premises inspected, what was pro-active, what was in time.
-- One row per counted part, family of licences and activity.
with told as (
    select
        f.licence_family_key,
        f.licence_family_group,
        f.is_statutory,
        f.is_other_premises,
        a.licensing_activity_key,
        a.how_prompted,
        a.is_processing,
        a.is_inspection
    from core.dim_licence_family as f
    cross join core.dim_licensing_activity as a
    where
        case
            when a.is_inspection then f.is_inspected
            when a.licensing_activity_key = 'notices_dealt_with' then not f.is_licence
            else f.is_licence or a.licensing_activity_key = 'received'
        end
),

parts as (
    select
        unnest([
            'told',
            if(t.is_processing, 'processed', null),
            if(t.is_inspection, t.licence_family_group || ' inspected', null),
            if(t.how_prompted = 'Pro-active', t.licence_family_group || ' inspected pro-actively', null),
            if(t.is_inspection and t.is_other_premises, 'other premises visited', null),
            if(
                not t.is_statutory and t.licensing_activity_key in ('issued', 'issued_within_14_days'),
                'non-statutory issued within 14 days',
                null
            )
        ]) as counted_part,
        t.licence_family_key,
        t.licensing_activity_key
    from told as t
)

select
    p.counted_part, -- Part of the source that is counted by itself, such as a group of offences or an area; all where it has none.
    p.licence_family_key,
    p.licensing_activity_key,
    p.counted_part = 'non-statutory issued within 14 days' and p.licensing_activity_key = 'issued' as is_denominator -- Whether it is what the part is of, and not the part itself.
from parts as p
where p.counted_part is not null
