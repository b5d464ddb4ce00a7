-- The borough, its wards with the dates on which they hold, and its lower layer super output areas with their best-fit ward.
-- One row per area.
with listed as (
    select distinct a.ward_code
    from current.areas as a
),

wards as (
    select
        w.ward_code,
        w.ward_name,
        make_date(w.first_listed, 5, 1) as valid_from,
        case
            when l.ward_code is null then make_date(max(w.first_listed) over (), 4, 30)
        end as valid_to
    from current.wards as w
    left join listed as l
        on l.ward_code = w.ward_code
),

everything as (
    select
        'E07000172' as area_code,
        'Broxtowe' as area_name,
        'borough' as area_kind,
        null as ward_code,
        null as ward_share,
        null as valid_from,
        null as valid_to
    union all
    select
        w.ward_code as area_code,
        w.ward_name as area_name,
        'ward' as area_kind,
        w.ward_code,
        null as ward_share,
        w.valid_from,
        w.valid_to
    from wards as w
    union all
    select
        a.lsoa_code as area_code,
        a.lsoa_name as area_name,
        'lsoa' as area_kind,
        a.ward_code,
        a.area_share as ward_share,
        null as valid_from,
        null as valid_to
    from current.areas as a
)

select
    e.area_code, -- Code of the area in national statistics geography.
    e.area_name, -- Name of the area; areas are matched by code, never by name.
    e.area_kind, -- Kind of area: borough, ward or lsoa.
    e.ward_code,
    e.ward_share::double as ward_share, -- Share of an lsoa's land that lies in its best-fit ward, 0 to 1.
    e.valid_from::date as valid_from, -- First month from which a ward holds; empty where it always has.
    e.valid_to::date as valid_to -- Last day on which a ward held; empty while it holds.
from everything as e
