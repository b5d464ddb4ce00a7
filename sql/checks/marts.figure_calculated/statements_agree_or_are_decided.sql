-- hold: No figure goes out while statements of it disagree and nobody has decided which holds.
-- Dimension: consistency
select
    f.held_over || '; the figure is held until precedence.yml says which holds.' as finding,
    f.indicator_code,
    min(f.period_key) as period_key
from marts.figure_calculated as f
where f.held_over is not null
group by
    f.indicator_code,
    f.first_day,
    f.last_day,
    f.held_over
