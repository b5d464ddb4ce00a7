-- Crimes and incidents of anti-social behaviour at streets of the borough, from the public street data of every force.
-- One row per published row; equal rows are separate incidents.
-- Restricted: row-level facts about crimes, although published elsewhere.
select
    d.month_key,
    d.quarter_key,
    d.year_key,
    c.reported_by as force_name, -- Police force that published the row.
    t.crime_type_key,
    c.lsoa_code as area_code, -- Code of the area in national statistics geography.
    c.crime_id,
    c.last_outcome,
    c.longitude,
    c.latitude,
    c.delivery_key,
    c.row_number
from current.police_street as c
inner join core.dim_date as d
    on d.date_key = c.month_from
inner join core.dim_crime_type as t
    on t.crime_type_name = c.crime_type
