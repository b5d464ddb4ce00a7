-- What an incident log can be closed as: the thirteen national headings of anti-social behaviour, and what is not.
-- One row per type of closing.
with listed as (
    select
        unnest([
            'Abandoned vehicle', 'Vehicle nuisance', 'Rowdy or inconsiderate behaviour', 'Nuisance neighbours',
            'Littering/drugs paraphernalia', 'Animal problems', 'Trespass', 'Nuisance communications',
            'Street drinking', 'Prostitution-related activity', 'Noise', 'Begging', 'Fireworks'
        ]) as asb_type_name,
        true as is_asb
    union all
    select
        unnest(['Crime recorded', 'Concern for safety', 'Duplicate log', 'Still open']) as asb_type_name,
        false as is_asb
)

select
    lower(regexp_replace(l.asb_type_name, '[^A-Za-z]+', '_', 'g')) as asb_type_key, -- Key of the closing type, made from its name.
    l.asb_type_name, -- Closing type in the words of the National Standard for Incident Recording.
    l.is_asb -- Whether an incident closed as this counts as anti-social behaviour.
from listed as l
