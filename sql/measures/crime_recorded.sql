-- Recorded crime in the borough by group of offences: all crime, a group, or what is marked across offences.
-- One row per offence, month and reported period.
-- Reach: own rows
select
    o.offence_group as counted_part,
    p.period_kind,
    p.period_key,
    f.n_recorded as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_offence_month as f
inner join core.dim_offence as o
    on o.offence_key = f.offence_key
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
