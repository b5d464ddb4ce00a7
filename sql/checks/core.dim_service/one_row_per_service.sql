-- fail: Every service of the council stands once.
-- Dimension: uniqueness
select
    'The service ' || d.service_key || ' stands more than once.' as finding,
    d.service_key
from core.dim_service as d
group by d.service_key
having count(*) > 1
