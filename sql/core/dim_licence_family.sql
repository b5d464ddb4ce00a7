-- The families of licences, by the Act or the trade that they are for.
-- One row per family. ComS_069 judges what is not statutory, for there alone the council decides how long it takes: the
-- Licensing Act 2003 and the Gambling Act 2005 give 28 days for representations and lay down notices to the police, and
-- an animal licence needs an inspection first.
with listed as (
    select
        v.licence_family_name,
        v.licence_family_group,
        v.statute
    from (
        values
        ('Licensing Act 2003 premises', 'licensing act', 'statutory'),
        ('Licensing Act 2003 clubs', 'licensing act', 'statutory'),
        ('Personal licences', 'licensing act', 'statutory'),
        ('Temporary event notices', 'licensing act', 'statutory'),
        ('Gambling Act 2005', 'gambling', 'statutory'),
        ('Hackney carriage and private hire drivers', 'hackney and private hire', 'not'),
        ('Hackney carriage and private hire vehicles', 'hackney and private hire', 'not'),
        ('Private hire operators', 'hackney and private hire', 'not'),
        ('Animal welfare', 'animal welfare', 'statutory'),
        ('Street trading', 'other', 'not'),
        ('Scrap metal', 'other', 'not'),
        ('Other licences and permits', 'other', 'not')
    ) as v (licence_family_name, licence_family_group, statute)
)

select
    lower(regexp_replace(l.licence_family_name, '[^A-Za-z0-9]+', '_', 'g')) as licence_family_key, -- Key of the family of licences, made from its name.
    l.licence_family_name, -- Family of licences, by the Act or the trade that they are for.
    l.licence_family_group, -- Heading under which families of licences are counted together, such as gambling.
    l.statute = 'statutory' as is_statutory, -- Whether an Act lays down the steps and the time of its grant, so that 14 days cannot judge it.
    l.licence_family_name <> 'Temporary event notices' as is_licence, -- Whether it is issued and then in force; a notice is given to the council and dealt with.
    l.licence_family_name not in ('Personal licences', 'Temporary event notices') as is_inspected, -- Whether there is somebody or something to inspect.
    l.licence_family_name in (
        'Private hire operators', 'Street trading', 'Scrap metal', 'Other licences and permits'
    ) as is_other_premises -- Whether Licensing visits premises of it under neither Act; vehicles, drivers and animals are none.
from listed as l
