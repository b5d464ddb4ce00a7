-- warn: Every delivery was taken in whole.
-- Dimension: validity
select
    f.sentence as finding,
    f.delivery_key,
    f.severity
from meta.finding as f
inner join meta.delivery as d
    on d.delivery_key = f.delivery_key
where
    f.severity <> 'warned'
    and d.outcome <> 'withdrawn'
order by
    f.delivery_key,
    f.finding_number
