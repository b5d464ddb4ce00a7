-- What the force counts in its extracts: the offences that add to all crime, all crime itself, and what is marked across offences.
-- One row per offence, or group of crimes and incidents.
with listed as (
    select
        v.offence_name,
        v.offence_group,
        v.part
    from (
        values
        ('Violence with injury', 'violence with injury', 'part'),
        ('Violence without injury', 'violence without injury', 'part'),
        ('Stalking and harassment', 'violence without injury', 'part'),
        ('Sexual offences', 'sexual offences', 'part'),
        ('Personal robbery', 'robbery', 'part'),
        ('Business robbery', 'robbery', 'part'),
        ('Residential burglary', 'burglary', 'part'),
        ('Business and community burglary', 'burglary', 'part'),
        ('Theft of a vehicle', 'vehicle crime', 'part'),
        ('Theft from a vehicle', 'vehicle crime', 'part'),
        ('Vehicle interference', 'vehicle crime', 'part'),
        ('Bicycle theft', 'other theft', 'part'),
        ('Shoplifting', 'other theft', 'part'),
        ('Theft from the person', 'other theft', 'part'),
        ('Other theft', 'other theft', 'part'),
        ('Criminal damage and arson', 'criminal damage', 'part'),
        ('Drug offences', 'other crime', 'part'),
        ('Possession of weapons', 'other crime', 'part'),
        ('Public order offences', 'other crime', 'part'),
        ('Other crimes against society', 'other crime', 'part'),
        ('All crime', 'all crime', 'total'),
        ('Hate crimes and incidents', 'hate', 'mark'),
        ('Domestic abuse crimes and incidents', 'domestic abuse', 'mark')
    ) as v (offence_name, offence_group, part)
)

select
    lower(regexp_replace(l.offence_name, '[^A-Za-z]+', '_', 'g')) as offence_key, -- Key of the offence, made from its name.
    l.offence_name, -- Offence, or group of crimes and incidents, in the force's words.
    l.offence_group, -- Heading under which offences are counted together, such as burglary.
    l.part = 'part' as is_part_of_all_crime, -- Whether the offence is one of those that add to all crime.
    l.part = 'total' as is_total, -- Whether this is all crime, the total of the others.
    l.part = 'mark' as is_mark -- Whether it is a mark across offences, and so part of no total.
from listed as l
