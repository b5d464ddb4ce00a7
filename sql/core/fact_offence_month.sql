-- Recorded crime in the borough by offence and month, each count as its latest extract tells it.
-- One row per offence and month.
select
    d.month_key,
    d.quarter_key,
    d.year_key,
    o.offence_key,
    c.n_recorded,
    c.extract_query,
    c.delivery_key,
    c.sheet_name,
    c.row_number,
    c.cell
from current.police_crime as c
inner join core.dim_date as d
    on d.date_key = c.recorded_month_from
inner join core.dim_offence as o
    on o.offence_name = c.offence_name
