-- fail: Every population of an area and day stands once.
-- Dimension: uniqueness
select
    'The ' || p.population_kind || ' of ' || p.area_code || ' on ' || p.population_day || ' stand more than once.' as finding,
    p.area_code,
    p.population_kind,
    p.population_day
from core.dim_population as p
group by
    p.area_code,
    p.population_kind,
    p.population_day
having count(*) > 1
