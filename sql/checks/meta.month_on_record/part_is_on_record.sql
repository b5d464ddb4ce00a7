-- warn: Every part that a definition counts is a part that its source is known by.
-- Dimension: validity
select
    d.indicator_code || ' counts "' || d.counted_part || '", of which ' || i.fed_by || ' has told nothing although it has arrived.' as finding,
    d.indicator_code,
    d.counted_part
from meta.definition as d
inner join meta.indicator as i
    on i.indicator_code = d.indicator_code
where
    d.measure_name is not null
    and i.fed_by in (select m.source_name from meta.month_on_record as m)
    and not exists (
        select 1
        from meta.month_on_record as m
        where
            m.source_name = i.fed_by
            and m.counted_part = d.counted_part
    )
