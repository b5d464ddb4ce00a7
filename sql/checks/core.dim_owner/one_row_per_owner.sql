-- fail: Every post and body that answers for something stands once.
-- Dimension: uniqueness
select
    'The owner ' || d.owner_key || ' stands more than once.' as finding,
    d.owner_key
from core.dim_owner as d
group by d.owner_key
having count(*) > 1
