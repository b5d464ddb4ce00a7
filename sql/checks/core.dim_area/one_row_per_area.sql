-- fail: Every code of an area stands once.
-- Dimension: uniqueness
select
    'Area ' || d.area_code || ' stands more than once.' as finding,
    d.area_code
from core.dim_area as d
group by d.area_code
having count(*) > 1
