-- fail: Every family of licences and activity stands once in each counted part of Licensing, so nothing is counted twice.
-- Dimension: uniqueness
select
    'The part "' || b.counted_part || '" counts ' || b.licence_family_key || ', ' || b.licensing_activity_key
    || ' more than once.' as finding
from core.bridge_licensing_part as b
qualify count(*) over (partition by b.counted_part, b.licence_family_key, b.licensing_activity_key) > 1
