-- Recorded crime in the borough month by month: by group of offences, all crime, and hate crime and domestic abuse across offences.
-- One row per group of offences and month; the total and the marks are never added to the others.
select
    ---------- when and what
    f.month_key,
    f.quarter_key,
    f.year_key,
    o.offence_group,
    o.is_total,
    o.is_mark,
    ---------- how many
    sum(f.n_recorded)::bigint as n_recorded,
    m.is_complete
from core.fact_offence_month as f
inner join core.dim_offence as o
    on o.offence_key = f.offence_key
inner join meta.month_on_record as m
    on
        m.source_name = 'police_crime'
        and m.counted_part = o.offence_group
        and m.month_key = f.month_key
group by all
