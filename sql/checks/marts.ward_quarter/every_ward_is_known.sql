-- fail: Every ward in which something is counted is a ward of the borough that is known.
-- Dimension: validity
select
    w.indicator_code || ', ' || w.quarter_key || ': ' || w.ward_code || ' is no ward that the list of areas knows.' as finding,
    w.indicator_code,
    w.quarter_key,
    w.ward_code
from marts.ward_quarter as w
where
    w.ward_code is not null
    and not exists (
        select 1
        from core.dim_area as a
        where
            a.area_kind = 'ward'
            and a.area_code = w.ward_code
    )
